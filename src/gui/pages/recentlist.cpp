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

/// Inside the button its words begin, and end, this far from its edges.
constexpr int buttonPadding = 15;

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
}

void RecentList::setUndoable(const QString &record, bool busy)
{
    m_undoable = record;
    m_undo->setEnabled(!busy);
    placeUndo();
}

bool RecentList::isUndoable(qsizetype row) const
{
    return !m_undoable.isEmpty() && m_rows.at(row).record == m_undoable;
}

void RecentList::placeUndo()
{
    qsizetype index = 0;
    while (index < m_rows.size() && !isUndoable(index))
        ++index;
    const bool shown = index < m_rows.size() && (index + 1) * rowHeight() <= height();
    if (shown) {
        const QSize size = m_undo->sizeHint();
        // What is drawn in the button ends where the row ends.
        m_undo->setGeometry(width() - size.width() + buttonPadding,
                            int(index) * rowHeight() + (rowHeight() - size.height()) / 2 + 1,
                            size.width(), size.height());
    }
    m_undo->setVisible(shown);
    update();
}

RecentList::Places RecentList::placesOf(qsizetype row) const
{
    const Theme theme = currentTheme();
    const double top = double(row * rowHeight());
    const auto place = [&](double left, double width) {
        return QRectF(left, top, width, rowHeight());
    };
    Places places;
    places.time = place(0, theme.px(44));
    places.medium = place(places.time.right() + 8, theme.len(20));
    places.lastFour = place(places.medium.right() + 8, theme.px(46));
    places.sign = place(places.lastFour.right() + 8, theme.len(16));
    const int words = textWidth(theme, 15, false, stateWord(m_rows.at(row).state));
    places.word = place(places.sign.right() + 4, words);
    const int button = m_undo->geometry().left() + buttonPadding;
    if (!isUndoable(row) || m_undo->isHidden() || places.word.right() + 4 <= button)
        return places;

    // Two lines: what was done above, what became of it below.
    const double line = theme.px(21);
    const double first = top + (rowHeight() - 2 * line) / 2;
    for (QRectF *part : {&places.time, &places.medium, &places.lastFour}) {
        part->moveTop(first);
        part->setHeight(line);
    }
    places.sign = QRectF(0, first + line, theme.len(16), line);
    places.word = QRectF(places.sign.right() + 4, first + line, words, line);
    return places;
}

QRectF RecentList::statePlace(qsizetype row) const
{
    const Places places = placesOf(row);
    return places.sign | places.word;
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
        const Places places = placesOf(i);
        painter.fillRect(QRectF(0, double(i * rowHeight()), width(), 1), theme.line);
        const auto sign = [&](const QRectF &place, Icon icon, const QColor &colour, double stroke) {
            const QRectF square(place.left(), place.center().y() - place.width() / 2, place.width(),
                                place.width());
            paintIcon(painter, square, icon, colour, stroke);
        };
        drawText(painter, places.time, theme.font(15), theme.ink3, clockTime(row.at));
        sign(places.medium, mediumIcon(row.medium), theme.ink2, 2);
        drawText(painter, places.lastFour, theme.font(17, true), theme.ink, row.lastFour);
        sign(places.sign, look.icon, theme.tone(look.tone), 2.4);
        drawText(painter, places.word, theme.font(15), theme.tone(look.tone), stateWord(row.state));
    }
}

} // namespace upgradedesk
