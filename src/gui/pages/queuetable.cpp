#include "gui/pages/queuetable.h"

#include "gui/pages/words.h"
#include "gui/theme/theme.h"
#include "gui/widgets/painting.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int tableHead = 36;
constexpr int tableRow = 44;
constexpr int tableAir = 10;

/// Translation context of the words below.
struct QueueWords {
    Q_DECLARE_TR_FUNCTIONS(upgradedesk::QueueTable)
};

struct QueueLook {
    Tone tone;
    Icon icon;
    QString word;
};

QueueLook queueLook(const QString &state)
{
    if (state == u"accepted")
        //: q.state.accepted
        return {Tone::Ok, Icon::Check, QueueWords::tr("已上传")};
    if (state == u"attention")
        //: q.state.attention
        return {Tone::Warn, Icon::Alert, QueueWords::tr("待处理")};
    if (state == u"sending")
        //: q.state.sending
        return {Tone::Pend, Icon::Up, QueueWords::tr("正在上传")};
    //: q.state.queued
    return {Tone::Pend, Icon::Hourglass, QueueWords::tr("待上传")};
}

} // namespace

QString kindWord(const QString &kind)
{
    if (kind == u"first-topup")
        //: q.kind.topup
        return QueueWords::tr("首次充值登记");
    if (kind == u"unlink")
        //: q.kind.unlink
        return QueueWords::tr("解绑");
    if (kind == u"replace")
        //: q.kind.replace
        return QueueWords::tr("换卡");
    if (kind == u"revoke")
        //: q.kind.revoke
        return QueueWords::tr("撤销");
    //: q.kind.link
    return QueueWords::tr("升级");
}

QueueTable::QueueTable(QWidget *parent)
    : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    QueueTable::retranslateUi();
}

void QueueTable::setRows(const QList<QueueEntry> &rows)
{
    if (std::exchange(m_rows, rows) == rows)
        return;
    retranslateUi();
    update();
}

QSize QueueTable::sizeHint() const
{
    const Theme theme = currentTheme();
    return {740, theme.len(tableHead) + 6 * theme.len(tableRow)};
}

QSize QueueTable::minimumSizeHint() const
{
    const Theme theme = currentTheme();
    return {500, theme.len(tableHead) + 2 * theme.len(tableRow)};
}

/// Where the columns begin, as parts of the width; the last one ends at its end.
QList<double> QueueTable::columns() const
{
    const double wide = width() - 2 * tableAir;
    QList<double> places;
    for (const double part : {0.0, 0.215, 0.45, 0.59, 0.8})
        places << tableAir + part * wide;
    return places;
}

void QueueTable::paintHead(QPainter &painter) const
{
    const Theme theme = currentTheme();
    //: q.columns
    const QStringList names{tr("时间"), tr("卡号尾 4 位"), tr("业务"), tr("状态"), tr("已试次数")};
    const QList<double> places = columns();
    const double high = theme.len(tableHead);
    for (qsizetype i = 0; i < names.size(); ++i) {
        const bool last = i + 1 == names.size();
        const double end = last ? width() - tableAir : places.at(i + 1) - 8;
        drawText(painter, QRectF(places.at(i), 0, end - places.at(i), high), theme.font(13),
                 theme.ink3, names.at(i),
                 (last ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
}

void QueueTable::paintRow(QPainter &painter, const QueueEntry &row, double top) const
{
    const Theme theme = currentTheme();
    const QList<double> places = columns();
    const double high = theme.len(tableRow);
    const auto cell = [&](qsizetype i) {
        return QRectF(places.at(i), top, places.at(i + 1) - places.at(i) - 8, high);
    };
    painter.fillRect(QRectF(0, top, width(), 1), theme.line);
    drawText(painter, cell(0), theme.font(17), theme.ink, clockTime(row.at, true));

    const double sign = theme.len(20);
    const QRectF card = cell(1);
    paintIcon(painter, QRectF(card.left(), card.center().y() - sign / 2, sign, sign),
              mediumIcon(row.medium), theme.ink2);
    drawText(painter, card.adjusted(sign + 8, 0, 0, 0), theme.font(17, true), theme.ink,
             row.maskedNumber.right(4));
    drawText(painter, cell(2), theme.font(17), theme.ink, kindWord(row.kind));

    const QueueLook look = queueLook(row.state);
    const QRectF state = cell(3);
    const double mark = theme.len(16);
    paintIcon(painter, QRectF(state.left(), state.center().y() - mark / 2, mark, mark), look.icon,
              theme.tone(look.tone), 2.4);
    drawText(painter, state.adjusted(mark + 6, 0, 0, 0), theme.font(17), theme.tone(look.tone),
             look.word);
    drawText(painter, QRectF(places.at(4), top, width() - tableAir - places.at(4), high),
             theme.font(17), theme.ink2, QString::number(row.attempts),
             Qt::AlignRight | Qt::AlignVCenter);
}

void QueueTable::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintHead(painter);
    const double head = theme.len(tableHead);
    const double high = theme.len(tableRow);
    if (m_rows.isEmpty()) {
        painter.fillRect(QRectF(0, head, width(), 1), theme.line);
        //: q.none
        drawText(painter, QRectF(tableAir, head, width() - 2 * tableAir, high), theme.font(17),
                 theme.ink3, tr("本机还没有记录"));
        return;
    }
    const qsizetype room = std::max<qsizetype>(1, qsizetype((height() - head) / high));
    // The last line says how many do not fit, when some do not.
    const qsizetype shown = m_rows.size() > room ? room - 1 : m_rows.size();
    for (qsizetype i = 0; i < shown; ++i)
        paintRow(painter, m_rows.at(i), head + double(i) * high);
    if (shown == m_rows.size())
        return;
    const double top = head + double(shown) * high;
    painter.fillRect(QRectF(0, top, width(), 1), theme.line);
    //: q.more
    const QString more = tr("还有 %n 条更早的", nullptr, int(m_rows.size() - shown));
    drawText(painter, QRectF(tableAir, top, width() - 2 * tableAir, high), theme.font(15),
             theme.ink3, more);
}

void QueueTable::retranslateUi()
{
    //: q.table
    setAccessibleName(tr("最近的记录"));
    QStringList lines;
    for (const QueueEntry &row : std::as_const(m_rows))
        lines << clockTime(row.at) + u' ' + row.maskedNumber.right(4) + u' ' +
                     queueLook(row.state).word;
    setAccessibleDescription(lines.isEmpty() ? tr("本机还没有记录") : lines.join(u", "_s));
}

} // namespace upgradedesk
