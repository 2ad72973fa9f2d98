#include "gui/widgets/passengerpreview.h"

#include "gui/widgets/iconlabel.h"
#include "gui/widgets/painting.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QPainter>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int screenWidth = 294;
constexpr int screenHeight = 165;
constexpr int screenPadding = 15;

} // namespace

PassengerPreview::PassengerPreview(QWidget *parent)
    : QFrame(parent)
    , m_title(new IconLabel(this))
    , m_screen(new QWidget(this))
{
    setProperty("panel", u"side"_s);
    m_title->setIcon(Icon::Screen);
    m_screen->setFixedSize(screenWidth, screenHeight);
    m_screen->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(21, 17, 21, 17);
    column->setSpacing(10);
    column->addWidget(m_title);
    column->addWidget(m_screen);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    retranslateUi();
}

void PassengerPreview::setScene(const PassengerScene &scene)
{
    if (std::exchange(m_scene, scene) == scene)
        return;
    retranslateUi();
    update();
}

PassengerScene PassengerPreview::scene() const
{
    return m_scene;
}

QStringList PassengerPreview::words() const
{
    const Language language = m_scene.language;
    const PassengerText text = passengerText(m_scene);
    if (m_scene.view == PassengerScene::View::Consent)
        return {text.headline.in(language), text.above.in(language),
                passengerWord(u"consent.no"_s).in(language),
                passengerWord(u"consent.yes"_s).in(language)};
    QStringList words{text.above.in(language), text.headline.in(language), text.sub.in(language)};
    // Of a result its end stands on the large screen only.
    if (m_scene.view != PassengerScene::View::Card && m_scene.view != PassengerScene::View::Confirm)
        words.removeFirst();
    words.removeAll(QString());
    return words;
}

void PassengerPreview::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::StyleChange)
        update();
}

void PassengerPreview::paintEvent(QPaintEvent *event)
{
    QFrame::paintEvent(event);
    const Theme theme = currentTheme();
    QPainter painter(this);
    const QRectF screen = m_screen->geometry();
    drawBox(painter, screen, {.fill = theme.sunken, .border = theme.line});
    const QRectF area =
        screen.adjusted(screenPadding, screenPadding, -screenPadding, -screenPadding);
    switch (m_scene.view) {
    case PassengerScene::View::Card:
    case PassengerScene::View::Confirm:
        paintNumber(painter, area);
        break;
    case PassengerScene::View::Consent:
        paintQuestion(painter, area);
        break;
    default:
        paintWords(painter, area);
        break;
    }
}

void PassengerPreview::paintNumber(QPainter &painter, const QRectF &area) const
{
    const Theme theme = currentTheme();
    const PassengerText said = passengerText(m_scene);
    const QString above = said.above.in(m_scene.language);
    const QString below = said.headline.in(m_scene.language);
    const bool card = m_scene.view == PassengerScene::View::Card;
    Tone tone = Tone::Ink;
    if (card && (m_scene.cardState == StateBadge::State::Upgraded ||
                 m_scene.cardState == StateBadge::State::Exempt))
        tone = StateBadge::tone(m_scene.cardState);
    // Small copy of another screen: its sizes do not follow the operator's text size.
    QFont small = theme.font(13);
    small.setPixelSize(13);
    QFont strong = theme.font(15, true);
    strong.setPixelSize(15);
    drawText(painter, QRectF(area.left(), area.top(), area.width(), 18), small, theme.ink2, above);
    drawText(painter, QRectF(area.left(), area.bottom() - 21, area.width(), 21), strong,
             theme.tone(tone), below, Qt::AlignCenter);

    QStringList groups;
    qsizetype at = 0;
    for (const int group : m_scene.groups) {
        groups << m_scene.number.mid(at, group);
        at += group;
    }
    const QString digits = groups.isEmpty() ? m_scene.number : groups.join(u' ');
    QFont number = theme.font(20, true);
    for (int px = 20; px >= 12; --px) {
        number.setPixelSize(px);
        number.setWordSpacing(px * 0.12);
        if (QFontMetricsF(number).horizontalAdvance(digits) <= area.width())
            break;
    }
    drawText(painter, area, number, theme.ink, digits, Qt::AlignCenter);
}

void PassengerPreview::paintWords(QPainter &painter, const QRectF &area) const
{
    using View = PassengerScene::View;
    const Theme theme = currentTheme();
    const QStringList text = words();
    Icon icon = Icon::None;
    QColor iconColour = theme.ink;
    int headline = 20;
    int second = 17;
    switch (m_scene.view) {
    case View::Idle:
        icon = Icon::Nfc;
        iconColour = theme.accent;
        headline = 26;
        second = 13;
        break;
    case View::Document:
    case View::Guardian:
    case View::DocumentTyped:
        icon = Icon::Id;
        break;
    case View::Done:
        icon = Icon::CheckCircle;
        iconColour = theme.ok;
        headline = 26;
        second = 15;
        break;
    case View::DoneQueued:
        icon = Icon::Hourglass;
        iconColour = theme.pend;
        second = 15;
        break;
    default:
        break;
    }
    QFont large = theme.font(20, true);
    large.setPixelSize(headline);
    while (headline > 13 && QFontMetricsF(large).horizontalAdvance(text.value(0)) > area.width())
        large.setPixelSize(--headline);
    QFont small = theme.font(17);
    small.setPixelSize(second);
    while (second > 11 && QFontMetricsF(small).horizontalAdvance(text.value(1)) > area.width())
        small.setPixelSize(--second);

    const double iconSide = icon == Icon::None ? 0 : 44;
    const double iconGap = icon == Icon::None ? 0 : 6;
    const double largeLine = headline * 1.3;
    const double smallLine = text.size() > 1 ? second * 1.4 : 0;
    const double gap = text.size() > 1 ? (icon == Icon::None ? 8 : 2) : 0;
    double y = area.center().y() - (iconSide + iconGap + largeLine + gap + smallLine) / 2;
    if (icon != Icon::None)
        paintIcon(painter, QRectF(area.center().x() - iconSide / 2, y, iconSide, iconSide), icon,
                  iconColour, icon == Icon::Id ? 1.6 : 2.0);
    y += iconSide + iconGap;
    drawText(painter, QRectF(area.left(), y, area.width(), largeLine), large, theme.ink,
             text.value(0), Qt::AlignCenter);
    y += largeLine + gap;
    drawText(painter, QRectF(area.left(), y, area.width(), smallLine), small, theme.ink2,
             text.value(1), Qt::AlignCenter);
}

void PassengerPreview::paintQuestion(QPainter &painter, const QRectF &area) const
{
    const Theme theme = currentTheme();
    const QStringList text = words();
    QFont question = theme.font(17, true);
    for (int px = 17; px > 11; --px) {
        question.setPixelSize(px);
        if (QFontMetricsF(question).horizontalAdvance(text.value(0)) <= area.width())
            break;
    }
    QFont small = theme.font(13);
    small.setPixelSize(13);
    QFont label = theme.font(15);
    label.setPixelSize(15);
    drawText(painter, QRectF(area.left(), area.top(), area.width(), 24), question, theme.ink,
             text.value(0), Qt::AlignHCenter | Qt::AlignVCenter);
    drawText(painter, QRectF(area.left(), area.top() + 50, area.width(), 20), small, theme.ink2,
             text.value(1), Qt::AlignCenter);
    // Both answers look the same: the screen must not lean to either.
    const double wide = (area.width() - 8) / 2;
    for (int i = 0; i < 2; ++i) {
        const QRectF button(area.left() + i * (wide + 8), area.bottom() - 40, wide, 40);
        drawBox(painter, button,
                {.fill = theme.surface, .border = theme.lineStrong, .borderWidth = 1, .radius = 6});
        drawText(painter, button, label, theme.ink, text.value(2 + i), Qt::AlignCenter);
    }
}

void PassengerPreview::retranslateUi()
{
    //: side.screen
    m_title->setText(tr("乘客屏正在显示"));
    setAccessibleName(m_title->text());
    setAccessibleDescription(words().join(u", "_s));
}

} // namespace upgradedesk
