#include "gui/pages/queuetable.h"

#include "gui/pages/words.h"
#include "gui/theme/theme.h"
#include "gui/widgets/keybutton.h"
#include "gui/widgets/painting.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QMouseEvent>
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
    , m_print(new KeyButton(this))
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_print->setObjectName(u"printRow"_s);
    m_print->setCompact(true);
    m_print->setShortcut(Qt::ALT | Qt::Key_P);
    m_print->hide();
    connect(m_print, &QPushButton::clicked, this, [this] { emit printRequested(chosen()); });
    QueueTable::retranslateUi();
}

void QueueTable::setRows(const QList<QueueEntry> &rows)
{
    const QString kept = chosen();
    if (std::exchange(m_rows, rows) == rows)
        return;
    // The row that was chosen stays chosen when newer ones come above it.
    const auto same = std::ranges::find(std::as_const(m_rows), kept, &QueueEntry::record);
    m_chosen = m_chosen > 0 && same != m_rows.cend() ? same - m_rows.cbegin() : 0;
    retranslateUi();
    placeButton();
}

void QueueTable::setPrinter(bool present, bool busy)
{
    m_printer = present;
    m_print->setEnabled(!busy);
    setFocusPolicy(present ? Qt::StrongFocus : Qt::NoFocus);
    placeButton();
}

QString QueueTable::chosen() const
{
    return m_chosen < m_rows.size() ? m_rows.at(m_chosen).record : QString();
}

/// The last line says how many do not fit, when some do not.
qsizetype QueueTable::shownRows() const
{
    const Theme theme = currentTheme();
    const double room = (height() - theme.len(tableHead)) / double(theme.len(tableRow));
    const qsizetype fitting = std::max<qsizetype>(1, qsizetype(room));
    return m_rows.size() > fitting ? fitting - 1 : m_rows.size();
}

void QueueTable::choose(qsizetype row)
{
    m_chosen = std::clamp<qsizetype>(row, 0, std::max<qsizetype>(0, shownRows() - 1));
    placeButton();
}

void QueueTable::placeButton()
{
    const Theme theme = currentTheme();
    const bool shown = m_printer && m_chosen < shownRows();
    if (shown) {
        const QSize size = m_print->sizeHint();
        const int high = theme.len(tableRow);
        // Beside the figure in the last column.
        const int right = width() - tableAir - textWidth(theme, 17, false, u"0000"_s);
        m_print->setGeometry(right - size.width(),
                             theme.len(tableHead) + int(m_chosen) * high +
                                 (high - size.height()) / 2,
                             size.width(), size.height());
    }
    m_print->setVisible(shown);
    update();
}

void QueueTable::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Up)
        choose(m_chosen - 1);
    else if (event->key() == Qt::Key_Down)
        choose(m_chosen + 1);
    else
        PaintedWidget::keyPressEvent(event);
}

void QueueTable::mousePressEvent(QMouseEvent *event)
{
    const Theme theme = currentTheme();
    const double below = event->position().y() - theme.len(tableHead);
    if (m_printer && below >= 0)
        choose(qsizetype(below / theme.len(tableRow)));
}

void QueueTable::changeEvent(QEvent *event)
{
    PaintedWidget::changeEvent(event);
    placeButton();
}

void QueueTable::resizeEvent(QResizeEvent *event)
{
    PaintedWidget::resizeEvent(event);
    choose(m_chosen);
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
    const qsizetype shown = shownRows();
    if (m_printer && m_chosen < shown)
        painter.fillRect(QRectF(0, head + double(m_chosen) * high, width(), high),
                         theme.accentSoft);
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
    //: q.print: the receipt of this row
    m_print->setText(tr("打印"));
    placeButton();
    //: q.table
    setAccessibleName(tr("最近的记录"));
    QStringList lines;
    for (const QueueEntry &row : std::as_const(m_rows))
        lines << clockTime(row.at) + u' ' + row.maskedNumber.right(4) + u' ' +
                     queueLook(row.state).word;
    setAccessibleDescription(lines.isEmpty() ? tr("本机还没有记录") : lines.join(u", "_s));
}

} // namespace upgradedesk
