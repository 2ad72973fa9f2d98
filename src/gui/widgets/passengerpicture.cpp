#include "gui/widgets/passengerpicture.h"

#include "core/sentences.h"
#include "flow/gatedecision.h"
#include "gui/widgets/painting.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr QSize drawnFor(1366, 768);
constexpr QSize largeScreen(1920, 1080);
constexpr double scaleOfLarge = 1.25;
constexpr double smallestScale = 0.4;

// All at 1366 x 768.
constexpr int headerHeight = 96;
constexpr int footHeight = 120;
constexpr int answersHeight = 176;
constexpr int sideEdge = 64;
constexpr int answerEdge = 96;
constexpr int answerGap = 36;
constexpr int answerHeight = 112;
constexpr int languageWidth = 116;
constexpr int languageHeight = 56;
constexpr int numberSize = 92;
constexpr int headlineSize = 56;
constexpr int largeWords = 34;
constexpr int smallWords = 20;

constexpr int wordWrapped = Qt::TextWordWrap;

} // namespace

double passengerScale(QSize screen)
{
    if (screen.width() >= largeScreen.width() && screen.height() >= largeScreen.height())
        return scaleOfLarge;
    const double fits = std::min(double(screen.width()) / drawnFor.width(),
                                 double(screen.height()) / drawnFor.height());
    return std::clamp(fits, smallestScale, 1.0);
}

PassengerPicture::PassengerPicture(const PassengerScene &scene, QSize size)
    : m_scene(scene)
    , m_size(size)
    , m_theme(currentTheme())
    , m_text(passengerText(scene))
{
    m_theme.textFactor = 1;
    m_theme.scale = passengerScale(size);
}

const QString &PassengerPicture::mine(const LocalText &text) const
{
    return text.in(m_scene.language);
}

const QString &PassengerPicture::other(const LocalText &text) const
{
    return text.in(m_scene.language == Language::Chinese ? Language::English : Language::Chinese);
}

double PassengerPicture::footerHeight() const
{
    return m_theme.len(m_scene.view == PassengerScene::View::Consent ? answersHeight : footHeight);
}

QRectF PassengerPicture::body() const
{
    const double top = m_theme.len(headerHeight);
    return QRectF(0, top, m_size.width(), m_size.height() - top - footerHeight());
}

std::array<QRect, 2> PassengerPicture::answers() const
{
    const int left = m_theme.len(answerEdge);
    const int gap = m_theme.len(answerGap);
    const int width = (m_size.width() - 2 * left - gap) / 2;
    const int height = m_theme.len(answerHeight);
    const int top = m_size.height() - (int(footerHeight()) + height) / 2;
    return {QRect(left, top, width, height), QRect(left + width + gap, top, width, height)};
}

std::array<QRect, 2> PassengerPicture::languages() const
{
    const int width = m_theme.len(languageWidth);
    const int height = m_theme.len(languageHeight);
    const int top = (m_theme.len(headerHeight) - height) / 2;
    const int right = m_size.width() - m_theme.len(sideEdge);
    const int gap = m_theme.len(8);
    return {QRect(right - 2 * width - gap, top, width, height),
            QRect(right - width, top, width, height)};
}

/// The largest size at which the text takes one line; at the smallWords it may take more.
QFont PassengerPicture::fitting(const QString &text, int largest, bool bold) const
{
    const double room = m_size.width() - 2.0 * m_theme.len(sideEdge);
    for (int size = largest; size > largeWords; size -= 2) {
        QFont font = m_theme.font(size, bold);
        if (QFontMetricsF(font).horizontalAdvance(text) <= room)
            return font;
    }
    return m_theme.font(std::min(largest, largeWords), bold);
}

QList<PassengerPicture::Line> PassengerPicture::lines(const LocalText &text, int size,
                                                      int otherSize, bool bold,
                                                      const QColor &colour) const
{
    if (mine(text).isEmpty())
        return {};
    QList<Line> list{{mine(text), fitting(mine(text), size, bold), colour, 0}};
    if (other(text) != mine(text))
        list.append({other(text), m_theme.font(otherSize), m_theme.ink3, double(m_theme.len(4))});
    return list;
}

double PassengerPicture::heightOf(const Line &line) const
{
    const QRectF room(0, 0, m_size.width() - 2.0 * m_theme.len(sideEdge), 10000);
    return line.gap +
           std::ceil(QFontMetricsF(line.font).boundingRect(room, wordWrapped, line.text).height());
}

double PassengerPicture::draw(QPainter &painter, double top, const QList<Line> &lines) const
{
    for (const Line &line : lines) {
        const double height = heightOf(line) - line.gap;
        top += line.gap;
        painter.setFont(line.font);
        painter.setPen(line.colour);
        painter.drawText(QRectF(m_theme.len(sideEdge), top,
                                m_size.width() - 2.0 * m_theme.len(sideEdge), height + 1),
                         wordWrapped | Qt::AlignHCenter | Qt::TextDontClip, line.text);
        top += height;
    }
    return top;
}

void PassengerPicture::paint(QPainter &painter) const
{
    using View = PassengerScene::View;
    painter.fillRect(QRect(QPoint(), m_size), m_theme.bg);
    paintHeader(painter);
    paintFooter(painter);
    if (m_scene.view == View::Card || m_scene.view == View::Confirm)
        paintCard(painter);
    else if (m_scene.view == View::Consent)
        paintConsent(painter);
    else
        paintMessage(painter);
    if (!m_scene.turned)
        return;
    const LocalText staff = passengerWord(u"staff"_s);
    drawText(painter,
             QRectF(m_theme.len(sideEdge), body().top() + m_theme.len(6),
                    m_size.width() - 2.0 * m_theme.len(sideEdge), m_theme.px(28)),
             m_theme.font(smallWords), m_theme.ink3, staff.chinese + u" · "_s + staff.english,
             Qt::AlignRight | Qt::AlignVCenter);
}

void PassengerPicture::paintHeader(QPainter &painter) const
{
    const QRectF bar(0, 0, m_size.width(), m_theme.len(headerHeight));
    painter.fillRect(bar, m_theme.surface);
    painter.fillRect(QRectF(0, bar.bottom() - 1, bar.width(), 1), m_theme.line);
    if (const auto step = m_scene.step()) {
        paintSteps(painter, *step);
        return;
    }
    const LocalText title = passengerWord(u"title"_s);
    drawText(painter, bar.adjusted(m_theme.len(sideEdge), 0, 0, 0), m_theme.font(26, true),
             m_theme.ink, mine(title));
}

void PassengerPicture::paintSteps(QPainter &painter, int current) const
{
    constexpr int count = 5;
    const double left = m_theme.len(sideEdge);
    const double right = languages()[0].left() - m_theme.len(48);
    const double disc = m_theme.len(44);
    const double middle = m_theme.len(headerHeight) / 2.0;
    QStringList labels;
    double words = 0;
    for (int i = 0; i < count; ++i) {
        labels << mine(passengerWord(u"step.%1"_s.arg(i)));
        words += disc + m_theme.len(10) + textWidth(m_theme, 24, i == current, labels.last());
    }
    const double gap = std::max(double(m_theme.len(16)), (right - left - words) / (count - 1));
    double x = left;
    for (int i = 0; i < count; ++i) {
        const QRectF round(x, middle - disc / 2, disc, disc);
        const bool done = i < current;
        const QColor colour = done ? m_theme.ok : m_theme.accent;
        drawBox(painter, round,
                {.fill = i <= current ? colour : m_theme.surface,
                 .border = i <= current ? colour : m_theme.lineStrong,
                 .borderWidth = 2,
                 .radius = disc / 2});
        if (done)
            paintIcon(painter, round.adjusted(disc / 4, disc / 4, -disc / 4, -disc / 4),
                      Icon::Check, m_theme.surface, 3);
        else
            drawText(painter, round, m_theme.font(20, true),
                     i == current ? m_theme.onAccent : m_theme.ink3, QString::number(i + 1),
                     Qt::AlignCenter);
        x += disc + m_theme.len(10);
        const int width = textWidth(m_theme, 24, i == current, labels.at(i));
        drawText(painter, QRectF(x, 0, width, m_theme.len(headerHeight)),
                 m_theme.font(24, i == current), i == current ? m_theme.ink : m_theme.ink2,
                 labels.at(i));
        x += width;
        if (i + 1 < count && gap > m_theme.len(24))
            painter.fillRect(QRectF(x + m_theme.len(10), middle - 1, gap - m_theme.len(20), 2),
                             m_theme.line);
        x += gap;
    }
}

void PassengerPicture::paintFooter(QPainter &painter) const
{
    const double height = footerHeight();
    const QRectF bar(0, m_size.height() - height, m_size.width(), height);
    painter.fillRect(bar, m_theme.surface);
    painter.fillRect(QRectF(0, bar.top(), bar.width(), 1), m_theme.line);
    if (m_scene.view == PassengerScene::View::Consent) {
        if (!showsWholeNotice())
            draw(
                painter, bar.center().y() - m_theme.px(50),
                lines(passengerWord(u"consent.long"_s), largeWords, smallWords, true, m_theme.ink));
        return;
    }
    const double left = m_theme.len(sideEdge);
    const double right = m_size.width() - left;
    drawText(painter, QRectF(left, bar.top(), right - left, bar.height()), m_theme.font(smallWords),
             m_theme.ink3, m_scene.place, Qt::AlignRight | Qt::AlignVCenter);
    if (mine(m_text.hint).isEmpty())
        return;
    const double side = m_theme.len(52);
    paintIcon(painter, QRectF(left, bar.center().y() - side / 2, side, side),
              m_scene.cardState == StateBadge::State::NotUpgraded ||
                      m_scene.cardState == StateBadge::State::Pending
                  ? Icon::Id
                  : Icon::Right,
              m_theme.accent, 1.8);
    const double x = left + side + m_theme.len(22);
    const double large = m_theme.px(44);
    const double small = m_theme.px(28);
    const double top = bar.center().y() - (large + small) / 2;
    drawText(painter, QRectF(x, top, right - x, large), m_theme.font(largeWords, true), m_theme.ink,
             mine(m_text.hint));
    drawText(painter, QRectF(x, top + large, right - x, small), m_theme.font(smallWords),
             m_theme.ink3, other(m_text.hint));
}

void PassengerPicture::paintNumber(QPainter &painter, double top, double height) const
{
    QStringList groups;
    qsizetype at = 0;
    for (const int group : m_scene.groups) {
        groups << m_scene.number.mid(at, group);
        at += group;
    }
    if (at < m_scene.number.size() || groups.isEmpty())
        groups << m_scene.number.mid(at);
    const double room = m_size.width() - 2.0 * m_theme.len(sideEdge);
    QFont font = m_theme.font(numberSize, true);
    double width = 0;
    double digit = 0;
    double gap = 0;
    // It steps down like every number of the desk; it never wraps.
    for (int size = numberSize; size >= headlineSize; size -= 4) {
        font = m_theme.font(size, true);
        digit = QFontMetricsF(font).horizontalAdvance(u'0');
        gap = font.pixelSize() * digitGroupGap;
        width = digit * double(m_scene.number.size()) + gap * double(groups.size() - 1);
        if (width <= room)
            break;
    }
    double x = (m_size.width() - width) / 2;
    for (const QString &group : std::as_const(groups)) {
        drawText(painter, QRectF(x, top, digit * double(group.size()) + 2, height), font,
                 m_theme.ink, group);
        x += digit * double(group.size()) + gap;
    }
}

void PassengerPicture::paintState(QPainter &painter, double top) const
{
    const Tone tone = StateBadge::tone(m_scene.cardState);
    const QString &words = mine(m_text.headline);
    const QFont font = fitting(words, 40, true);
    const double side = m_theme.len(42);
    const double width = std::ceil(QFontMetricsF(font).horizontalAdvance(words));
    const double whole = width + side + m_theme.len(18) + 2 * m_theme.len(30);
    const QRectF box((m_size.width() - whole) / 2, top, whole, m_theme.len(72));
    drawBox(painter, box,
            {.fill = m_theme.soft(tone),
             .border = m_theme.toneLine(tone),
             .borderWidth = 1,
             .radius = double(m_theme.len(12)),
             .dashed = StateBadge::isDashed(m_scene.cardState)});
    const double x = box.left() + m_theme.len(30);
    paintIcon(painter, QRectF(x, box.center().y() - side / 2, side, side),
              StateBadge::icon(m_scene.cardState), m_theme.tone(tone));
    drawText(painter, QRectF(x + side + m_theme.len(18), box.top(), width + 2, box.height()), font,
             m_theme.tone(tone), words);
    QList<Line> below{
        {other(m_text.headline), m_theme.font(26), m_theme.ink3, double(m_theme.len(12))}};
    below += lines(m_text.sub, largeWords, smallWords, false, m_theme.ink2);
    draw(painter, box.bottom(), below);
}

void PassengerPicture::paintCard(QPainter &painter) const
{
    const QRectF area = body();
    const bool card = m_scene.view == PassengerScene::View::Card;
    const QList<Line> above = lines(m_text.above, 44, 26, false, m_theme.ink2);
    double high = 0;
    for (const Line &line : above)
        high += heightOf(line);
    const bool numbered = !m_scene.number.isEmpty();
    const double number = numbered ? m_theme.px(101) + m_theme.len(40) : 0;
    const double state = m_theme.len(124) + (mine(m_text.sub).isEmpty() ? 0 : m_theme.px(80));
    double y = area.center().y() - (high + number + state + m_theme.len(32)) / 2;
    y = draw(painter, y, above) + m_theme.len(40);
    if (numbered) {
        paintNumber(painter, y, m_theme.px(101));
        y += number;
    }
    if (card)
        paintState(painter, y);
    else
        draw(painter, y, lines(m_text.headline, 44, 26, true, m_theme.ink));
}

double PassengerPicture::gateHeight() const
{
    return m_scene.gate ? m_theme.len(160) : 0;
}

void PassengerPicture::paintGate(QPainter &painter, double top) const
{
    const PassengerScene::Gate &gate = *m_scene.gate;
    const double width =
        std::min(double(m_theme.len(1000)), m_size.width() - 2.0 * m_theme.len(sideEdge));
    const LocalText title = passengerWord(
        m_scene.view == PassengerScene::View::DoneQueued ? u"gate.pending"_s : u"gate.now"_s);
    // A trial says it in its headline.
    if (m_scene.view != PassengerScene::View::Trial)
        drawText(painter, QRectF(0, top, m_size.width(), m_theme.px(32)), m_theme.font(22),
                 m_theme.ink3, mine(title) + u" · "_s + other(title), Qt::AlignCenter);
    const QRectF box((m_size.width() - width) / 2, top + m_theme.px(40), width, m_theme.len(80));
    const QString &sentence = mine(gate.sentence);
    QFont font = m_theme.font(largeWords, true);
    for (int size = largeWords; size > smallWords; --size) {
        font = m_theme.font(size, true);
        if (QFontMetricsF(font).horizontalAdvance(sentence) <= width - m_theme.len(110))
            break;
    }
    LocalText below = gate.sentence;
    if (gate.panel) {
        drawBox(painter, box, {.fill = m_theme.ledBg, .border = m_theme.line});
        drawText(painter, box, font, m_theme.ledInk, gateLed(), Qt::AlignCenter);
        below = {word(u"gate.led.meaning"_s, Language::Chinese),
                 word(u"gate.led.meaning"_s, Language::English)};
    } else {
        const Tone tone = gate.open ? Tone::Ok : Tone::Off;
        drawBox(painter, box, {.fill = m_theme.soft(tone), .border = m_theme.toneLine(tone)});
        const double side = m_theme.len(40);
        paintIcon(painter,
                  QRectF(box.left() + m_theme.len(24), box.center().y() - side / 2, side, side),
                  gate.open ? Icon::Right : Icon::TurnBack, m_theme.tone(tone), 2.2);
        drawText(painter, box.adjusted(m_theme.len(64), 0, 0, 0), font, m_theme.tone(tone),
                 sentence, Qt::AlignCenter);
    }
    // Whoever reads Chinese has read the panel.
    const QString &small = gate.panel ? below.english : other(below);
    draw(painter, box.bottom(),
         {{small, m_theme.font(smallWords), m_theme.ink3, double(m_theme.len(8))}});
}

void PassengerPicture::paintMessage(QPainter &painter) const
{
    using View = PassengerScene::View;
    Icon icon = Icon::None;
    QColor colour = m_theme.ink2;
    switch (m_scene.view) {
    case View::Idle:
    case View::ReadAgain:
        icon = Icon::Nfc;
        colour = m_theme.accent;
        break;
    case View::Document:
    case View::Guardian:
    case View::DocumentTyped:
        icon = Icon::Id;
        colour = m_theme.accent;
        break;
    case View::Thanks:
        icon = Icon::Check;
        colour = m_theme.ok;
        break;
    case View::Health:
        icon = m_scene.mayEnter ? Icon::Right : Icon::TurnBack;
        colour = m_scene.mayEnter ? m_theme.ok : m_theme.ink2;
        break;
    case View::Done:
        icon = Icon::CheckCircle;
        colour = m_theme.ok;
        break;
    case View::HealthPending:
    case View::DoneQueued:
        icon = Icon::Hourglass;
        colour = m_theme.pend;
        break;
    case View::HealthAsking:
    case View::Wait:
        icon = Icon::Hourglass;
        break;
    case View::Declined:
        icon = Icon::Hand;
        break;
    case View::Undone:
        icon = Icon::Undo;
        break;
    case View::Returned:
        icon = Icon::Info;
        break;
    case View::Trial:
        icon = Icon::Nfc;
        break;
    case View::Card:
    case View::Confirm:
    case View::Consent:
        break;
    }
    const QRectF area = body();
    // A result needs room for what the gate does.
    const double side = m_theme.len(m_scene.gate ? 64 : 112);
    const double gap = m_theme.len(m_scene.gate ? 12 : 16);
    QList<Line> text;
    if (!mine(m_text.above).isEmpty())
        text = {{mine(m_text.above) + u" · "_s + other(m_text.above), m_theme.font(22),
                 m_theme.ink2, 0}};
    const QList<Line> headline =
        lines(m_text.headline, m_scene.gate ? 48 : headlineSize, 26, true, m_theme.ink);
    QList<Line> sub = lines(m_text.sub, largeWords, 22, false, m_theme.ink2);
    if (!sub.isEmpty())
        sub.first().gap = m_theme.len(m_scene.gate ? 12 : 28);
    text += headline;
    text += sub;
    double high = side + gap;
    for (const Line &line : std::as_const(text))
        high += heightOf(line);
    if (m_scene.gate)
        high += gap + gateHeight();
    double y = area.center().y() - high / 2;
    paintIcon(painter, QRectF((m_size.width() - side) / 2, y, side, side), icon, colour, 1.8);
    y = draw(painter, y + side + gap, text);
    if (m_scene.gate)
        paintGate(painter, y + gap);
}

} // namespace upgradedesk
