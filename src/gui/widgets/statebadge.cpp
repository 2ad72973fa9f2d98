#include "gui/widgets/statebadge.h"

#include "gui/widgets/painting.h"

#include <QPainter>

#include <utility>

namespace upgradedesk
{

StateBadge::StateBadge(QWidget *parent)
    : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    StateBadge::retranslateUi();
}

void StateBadge::setState(State state)
{
    if (std::exchange(m_state, state) == state)
        return;
    retranslateUi();
    updateGeometry();
    update();
}

StateBadge::State StateBadge::state() const
{
    return m_state;
}

QString StateBadge::word() const
{
    return m_word.isEmpty() ? wordOf(m_state) : m_word;
}

void StateBadge::setWord(const QString &word)
{
    if (std::exchange(m_word, word) == word)
        return;
    retranslateUi();
    updateGeometry();
    update();
}

void StateBadge::setSmall(bool small)
{
    if (std::exchange(m_small, small) == small)
        return;
    updateGeometry();
    update();
}

Icon StateBadge::icon(State state)
{
    switch (state) {
    case State::NotUpgraded:
        return Icon::Up;
    case State::Upgraded:
        return Icon::Shield;
    case State::Exempt:
        return Icon::Star;
    case State::Foreign:
        return Icon::Slash;
    case State::AppOnly:
        return Icon::Phone;
    case State::Refused:
        return Icon::Hand;
    case State::Pending:
        return Icon::Hourglass;
    case State::Queued:
        return Icon::Queue;
    case State::Attention:
        return Icon::Alert;
    case State::MayEnter:
        return Icon::Right;
    case State::MayNotEnter:
        return Icon::TurnBack;
    }
    return Icon::None;
}

Tone StateBadge::tone(State state)
{
    switch (state) {
    case State::NotUpgraded:
    case State::Attention:
        return Tone::Warn;
    case State::Upgraded:
    case State::MayEnter:
        return Tone::Ok;
    case State::Exempt:
        return Tone::Free;
    case State::Foreign:
    case State::AppOnly:
    case State::Refused:
        return Tone::Off;
    case State::Pending:
    case State::Queued:
        return Tone::Pend;
    case State::MayNotEnter:
        return Tone::Bad;
    }
    return Tone::Ink;
}

bool StateBadge::isDashed(State state)
{
    return state == State::Pending || state == State::Queued;
}

QString StateBadge::wordOf(State state)
{
    switch (state) {
    case State::NotUpgraded:
        //: state.new
        return tr("未升级");
    case State::Upgraded:
        //: state.done
        return tr("已升级");
    case State::Exempt:
        //: state.free
        return tr("免升级");
    case State::Foreign:
        //: state.foreign
        return tr("非本系统");
    case State::AppOnly:
        //: state of a card that can be linked in an app only
        return tr("请在 App 办理");
    case State::Refused:
        //: state of a card the catalogue refuses
        return tr("不能办理");
    case State::Pending:
        //: state.pend
        return tr("待补查");
    case State::Queued:
        //: done: saved, waits for the upload
        return tr("待上传");
    case State::Attention:
        //: the card was read twice with different results
        return tr("需要注意");
    case State::MayEnter:
        //: health: 0, 1 or 2 days
        return tr("可以进站");
    case State::MayNotEnter:
        //: health: anything else
        return tr("今天不能进站");
    }
    return {};
}

QSize StateBadge::sizeHint() const
{
    const Theme theme = currentTheme();
    if (m_small)
        return {8 + theme.len(16) + 6 + textWidth(theme, 15, true, word()) + 10 + 2, theme.len(28)};
    return {12 + theme.len(22) + 8 + textWidth(theme, 20, true, word()) + 14 + 2, theme.len(40)};
}

QSize StateBadge::minimumSizeHint() const
{
    return sizeHint();
}

void StateBadge::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    const Tone colour = tone(m_state);
    const int side = theme.len(m_small ? 16 : 22);
    const double x = m_small ? 9 : 13;
    QPainter painter(this);
    drawBox(painter, rect(),
            {.fill = theme.soft(colour),
             .border = theme.toneLine(colour),
             .borderWidth = 1,
             .radius = m_small ? 6.0 : 8.0,
             .dashed = isDashed(m_state)});
    paintIcon(painter, QRectF(x, (height() - side) / 2.0, side, side), icon(m_state),
              theme.tone(colour), 2.2);
    const double left = x + side + (m_small ? 6 : 8);
    drawText(painter, QRectF(left, 0, width() - left - 4, height()),
             theme.font(m_small ? 15 : 20, true), theme.tone(colour), word());
}

void StateBadge::retranslateUi()
{
    //: a11y name of the state badge
    setAccessibleName(tr("状态"));
    setAccessibleDescription(word());
}

} // namespace upgradedesk
