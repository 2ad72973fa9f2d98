#include "gui/pages/devicecards.h"

#include "gui/pages/devicewords.h"
#include "gui/pages/words.h"
#include "gui/widgets/painting.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int columns = 2;
constexpr int rows = 3;
constexpr double cardGap = 16;
constexpr double cardEdge = 20;
constexpr double cardTop = 14;

} // namespace

DeviceCards::DeviceCards(QWidget *parent)
    : PaintedWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    // The chosen card has a frame of its own.
    setProperty("ownFocus", true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    DeviceCards::retranslateUi();
}

Icon DeviceCards::icon(const DeviceFacts &facts)
{
    if (facts.device == CounterDevice::Hub && facts.state == DeviceFacts::State::Absent)
        return Icon::HubOff;
    switch (facts.state) {
    case DeviceFacts::State::Ok:
        return Icon::CheckCircle;
    case DeviceFacts::State::Absent:
        return Icon::CrossCircle;
    case DeviceFacts::State::NotChosen:
        return Icon::Minus;
    case DeviceFacts::State::Busy:
        return Icon::Lock;
    case DeviceFacts::State::Attention:
        return Icon::Alert;
    case DeviceFacts::State::Simulated:
        return Icon::Info;
    case DeviceFacts::State::Starting:
        break;
    }
    return Icon::Hourglass;
}

Tone DeviceCards::tone(const DeviceFacts &facts)
{
    if (facts.device == CounterDevice::Hub && facts.state == DeviceFacts::State::Absent)
        return Tone::Pend;
    switch (facts.state) {
    case DeviceFacts::State::Ok:
        return Tone::Ok;
    case DeviceFacts::State::Absent:
    case DeviceFacts::State::Busy:
        return Tone::Bad;
    case DeviceFacts::State::Attention:
        return Tone::Warn;
    case DeviceFacts::State::NotChosen:
        return Tone::Off;
    case DeviceFacts::State::Simulated:
    case DeviceFacts::State::Starting:
        break;
    }
    return Tone::Pend;
}

void DeviceCards::setFacts(const QList<DeviceFacts> &facts)
{
    if (m_facts == facts)
        return;
    m_facts = facts;
    speak();
    update();
}

void DeviceCards::choose(CounterDevice device)
{
    if (m_chosen == device)
        return;
    m_chosen = device;
    speak();
    update();
    emit chosenChanged(device);
}

QSize DeviceCards::sizeHint() const
{
    return {774, 560};
}

QSize DeviceCards::minimumSizeHint() const
{
    return {500, 400};
}

QRectF DeviceCards::place(int index) const
{
    const double wide = (width() - cardGap * (columns - 1)) / columns;
    const int row = index / columns;
    const double high = (height() - cardGap * (rows - 1)) / rows;
    return {(wide + cardGap) * (index % columns), (high + cardGap) * row, wide, high};
}

void DeviceCards::keyPressEvent(QKeyEvent *event)
{
    int index = int(m_chosen);
    switch (event->key()) {
    case Qt::Key_Left:
        --index;
        break;
    case Qt::Key_Right:
        ++index;
        break;
    case Qt::Key_Up:
        index -= columns;
        break;
    case Qt::Key_Down:
        index += columns;
        break;
    default:
        PaintedWidget::keyPressEvent(event);
        return;
    }
    if (index >= 0 && index < int(counterDevices.size()))
        choose(counterDevices[std::size_t(index)]);
}

void DeviceCards::mousePressEvent(QMouseEvent *event)
{
    for (const CounterDevice device : counterDevices) {
        if (place(int(device)).contains(event->position()))
            choose(device);
    }
}

void DeviceCards::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    for (const DeviceFacts &facts : m_facts) {
        const QRectF box = place(int(facts.device));
        const bool chosen = facts.device == m_chosen;
        drawBox(painter, box,
                {.fill = theme.surface,
                 .border = chosen ? theme.accent : theme.line,
                 .borderWidth = chosen ? 2.0 : 1.0,
                 .radius = 12});
        paintCard(painter, box.adjusted(cardEdge, cardTop, -cardEdge, -cardTop), facts);
    }
}

/// Icon, name and badge.
void DeviceCards::paintHead(QPainter &painter, const QRectF &box, const DeviceFacts &facts) const
{
    const Theme theme = currentTheme();
    const double sign = theme.len(28);
    const double line = std::max<double>(sign, theme.px(28));
    paintIcon(painter, QRectF(box.left(), box.top() + (line - sign) / 2, sign, sign),
              deviceIcon(facts.device), theme.ink2, 1.8);

    const QString word = deviceState(facts);
    const Tone colour = tone(facts);
    const double small = theme.len(16);
    const double wide = 8 + small + 6 + textWidth(theme, 15, true, word) + 12;
    const QRectF badge(box.right() - wide, box.top(), wide, line);
    drawBox(painter, badge,
            {.fill = theme.soft(colour), .border = theme.toneLine(colour), .radius = 6});
    paintIcon(painter, QRectF(badge.left() + 9, badge.center().y() - small / 2, small, small),
              icon(facts), theme.tone(colour), 2.2);
    drawText(painter, badge.adjusted(8 + small + 7, 0, 0, 0), theme.font(15, true),
             theme.tone(colour), word);

    const double left = box.left() + sign + 12;
    drawText(painter, QRectF(left, box.top(), badge.left() - 8 - left, line), theme.font(20, true),
             theme.ink, deviceName(facts.device));
}

void DeviceCards::paintCard(QPainter &painter, const QRectF &box, const DeviceFacts &facts) const
{
    const Theme theme = currentTheme();
    paintHead(painter, box, facts);
    const double head = std::max<double>(theme.len(28), theme.px(28)) + 6;
    const double small = theme.px(22);
    QRectF rest = box.adjusted(0, head, 0, 0);
    if (facts.trouble) {
        // One sentence: what is wrong and what to do. It may need the whole card.
        const QString text = errorText(*facts.trouble);
        painter.setPen(theme.tone(tone(facts)));
        const int flags = Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignTop;
        painter.setFont(theme.font(15));
        if (painter.boundingRect(rest, flags, text).height() > rest.height())
            painter.setFont(theme.font(13));
        painter.drawText(rest, flags, text);
        return;
    }
    drawText(painter, QRectF(rest.left(), rest.top(), rest.width(), small), theme.font(15),
             theme.ink3, facts.place);
    const double foot = box.bottom() - 2 * small;
    if (facts.state == DeviceFacts::State::NotChosen) {
        QString words;
        if (takesPort(facts.device))
            //: dv.choose: on a card without a device
            words = tr("选中后按 Alt 加数字，指定它的串口");
        else if (facts.device == CounterDevice::PassengerScreen)
            //: dv.screen.none
            words = tr("没有第二块屏，不影响办理");
        else
            //: q.badge.training
            words = tr("培训，不联网");
        painter.setPen(theme.ink2);
        painter.setFont(theme.font(15));
        painter.drawText(rest.adjusted(0, small + 4, 0, 0), Qt::TextWordWrap, words);
        return;
    }
    drawText(painter, QRectF(rest.left(), foot, rest.width(), small), theme.font(17), theme.ink2,
             lastEventWords(facts));
    drawText(painter, QRectF(rest.left(), foot + small, rest.width(), small), theme.font(15),
             theme.ink3, countWords(facts));
}

void DeviceCards::speak()
{
    for (const DeviceFacts &facts : std::as_const(m_facts)) {
        if (facts.device != m_chosen)
            continue;
        setAccessibleName(deviceName(m_chosen) + u' ' + deviceState(facts));
        setAccessibleDescription(facts.trouble ? errorText(*facts.trouble) : facts.place);
    }
}

void DeviceCards::retranslateUi()
{
    //: help.devices
    setProperty("keyHelp", QStringList{u"← → ↑ ↓"_s, tr("选设备")});
    setAccessibleName(deviceName(m_chosen));
    speak();
}

} // namespace upgradedesk
