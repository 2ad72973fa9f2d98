#include "gui/pages/recentlist.h"

#include "gui/pages/words.h"
#include "gui/theme/theme.h"
#include "gui/widgets/keybutton.h"
#include "gui/widgets/painting.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

int rowHeight()
{
    return currentTheme().len(52);
}

struct Look {
    Tone tone;
    Icon icon;
};

Look lookOf(const QString &state)
{
    if (state == u"accepted")
        return {Tone::Ok, Icon::Shield};
    if (state == u"attention")
        return {Tone::Warn, Icon::Alert};
    if (state == u"revoked")
        return {Tone::Ink2, Icon::Undo};
    return {Tone::Pend, Icon::Hourglass};
}

} // namespace

RecentList::RecentList(QWidget *parent)
    : PaintedWidget(parent)
    , m_undo(new KeyButton(this))
{
    m_undo->setObjectName(u"undoLast"_s);
    m_undo->setCompact(true);
    m_undo->setRole(KeyButton::Role::flat);
    m_undo->setShortcut(Qt::CTRL | Qt::Key_Z);
    m_undo->setKeyListening(false); // the page owns the key, whether the row is on the list or not
    m_undo->hide();
    connect(m_undo, &QPushButton::clicked, this, &RecentList::undoRequested);
    retranslateUi();
}

void RecentList::setRows(const QList<RecentRow> &rows)
{
    m_rows = rows;
    retranslateUi();
    placeUndo();
    update();
}

void RecentList::setUndoable(const QString &record, bool busy)
{
    m_undoable = record;
    m_undo->setEnabled(!busy);
    placeUndo();
}

void RecentList::placeUndo()
{
    const auto row = std::ranges::find_if(m_rows, [this](const RecentRow &one) {
        return !m_undoable.isEmpty() && one.record == m_undoable;
    });
    const qsizetype index = row - m_rows.begin();
    const bool shown = index < m_rows.size() && (index + 1) * rowHeight() <= height();
    if (shown) {
        const QSize size = m_undo->sizeHint();
        // What is drawn in the button ends where the row ends.
        m_undo->setGeometry(width() - size.width() + 15,
                            int(index) * rowHeight() + (rowHeight() - size.height()) / 2 + 1,
                            size.width(), size.height());
    }
    m_undo->setVisible(shown);
}

void RecentList::changeEvent(QEvent *event)
{
    PaintedWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        placeUndo();
}

void RecentList::resizeEvent(QResizeEvent *event)
{
    PaintedWidget::resizeEvent(event);
    placeUndo();
}

QSize RecentList::sizeHint() const
{
    return {296, 6 * rowHeight()};
}

QString RecentList::stateWord(const QString &state) const
{
    if (state == u"accepted")
        //: state.done
        return tr("已升级");
    if (state == u"attention")
        //: nav.inbox
        return tr("待处理");
    if (state == u"revoked")
        //: state.revoked
        return tr("已撤销");
    //: state.queued
    return tr("待上传");
}

void RecentList::retranslateUi()
{
    //: btn.undo
    m_undo->setText(tr("撤销"));
    placeUndo();
    //: shift.recent
    setAccessibleName(tr("最近办理"));
    QStringList lines;
    for (const RecentRow &row : std::as_const(m_rows))
        lines << clockTime(row.at) + u' ' + row.lastFour + u' ' + stateWord(row.state);
    //: rp.empty
    setAccessibleDescription(lines.isEmpty() ? tr("本班还没有记录") : lines.join(u", "_s));
}

void RecentList::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRectF(0, 0, width(), 1), theme.line);
    if (m_rows.isEmpty()) {
        drawText(painter, QRectF(0, 0, width(), rowHeight()), theme.font(15), theme.ink3,
                 //: rp.empty
                 tr("本班还没有记录"));
        return;
    }

    const qsizetype fitting = std::min<qsizetype>(m_rows.size(), height() / rowHeight());
    for (qsizetype i = 0; i < fitting; ++i) {
        const RecentRow &row = m_rows.at(i);
        const Look look = lookOf(row.state);
        const QRectF line(0, double(i * rowHeight()), width(), rowHeight());
        const double middle = line.center().y();
        painter.fillRect(QRectF(0, line.top(), width(), 1), theme.line);
        double x = 0;
        const auto text = [&](const QFont &font, const QColor &colour, double cell,
                              const QString &words) {
            drawText(painter, QRectF(x, line.top(), cell, rowHeight()), font, colour, words);
            x += cell + 8;
        };
        const auto sign = [&](Icon icon, double side, const QColor &colour, double stroke) {
            paintIcon(painter, QRectF(x, middle - side / 2, side, side), icon, colour, stroke);
            x += side + 8;
        };
        text(theme.font(15), theme.ink3, theme.px(44), clockTime(row.at));
        sign(mediumIcon(row.medium), theme.len(20), theme.ink2, 2);
        text(theme.font(17, true), theme.ink, theme.px(46), row.lastFour);
        sign(look.icon, theme.len(16), theme.tone(look.tone), 2.4);
        x -= 4;
        text(theme.font(15), theme.tone(look.tone), width() - x, stateWord(row.state));
    }
}

} // namespace upgradedesk
