#include "gui/widgets/gatepreview.h"

#include "flow/gatedecision.h"
#include "gui/theme/theme.h"
#include "gui/widgets/painting.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QPen>

#include <algorithm>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int drawingGap = 20;
constexpr int blockGap = 8;
constexpr double ledSide = 18;
constexpr double ledTop = 14;
constexpr int wrapped = Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignVCenter;

double textHeight(const QFont &font, double width, const QString &text)
{
    if (text.isEmpty())
        return 0;
    const QRectF room(0, 0, std::max(1.0, width), 10000);
    return std::ceil(QFontMetricsF(font).boundingRect(room, wrapped, text).height());
}

} // namespace

GatePreview::GatePreview(QWidget *parent)
    : PaintedWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    GatePreview::retranslateUi();
}

void GatePreview::setGate(Gate gate)
{
    if (std::exchange(m_gate, gate) != gate)
        textChanged();
}

GatePreview::Gate GatePreview::gate() const
{
    return m_gate;
}

void GatePreview::setTitle(const QString &title)
{
    if (std::exchange(m_title, title) != title)
        textChanged();
}

void GatePreview::setLed(const QString &text)
{
    if (std::exchange(m_led, text) != text)
        textChanged();
}

QString GatePreview::led() const
{
    return m_led;
}

void GatePreview::setSentence(const QString &sentence)
{
    if (std::exchange(m_sentence, sentence) != sentence)
        textChanged();
}

void GatePreview::setNote(const QString &note)
{
    if (std::exchange(m_note, note) != note)
        textChanged();
}

void GatePreview::setLarge(bool large)
{
    if (std::exchange(m_large, large) != large)
        textChanged();
}

QString GatePreview::notLinkedSentence()
{
    return gateLed();
}

void GatePreview::textChanged()
{
    retranslateUi();
    updateGeometry();
    update();
}

QSize GatePreview::drawingSize() const
{
    return (m_large ? QSize(200, 120) : QSize(160, 96)) * currentTheme().scale;
}

QString GatePreview::meaning() const
{
    //: gate.led.meaning: shown in English only
    const char *source = QT_TR_NOOP("没有查到健康码信息，请尽快授权升级。闸门不开。");
    const QString text = tr(source);
    return m_led.isEmpty() || text == QString::fromUtf8(source) ? QString() : text;
}

QFont GatePreview::meaningFont(Detail detail) const
{
    return currentTheme().font(detail == Detail::Full ? 15 : 13);
}

QFont GatePreview::bodyFont(Detail detail) const
{
    return currentTheme().font(m_large && m_led.isEmpty() && detail == Detail::Full ? 26 : 20,
                               true);
}

/// A sentence says what the note repeats.
bool GatePreview::saysNote(Detail detail) const
{
    return detail != Detail::Least || !m_led.isEmpty();
}

/// English in the largest text would not leave the rest of a page its room.
GatePreview::Detail GatePreview::wantedDetail() const
{
    const bool large = currentTheme().textFactor > 1.2;
    return large && !meaning().isEmpty() ? Detail::Shorter : Detail::Full;
}

GatePreview::Blocks GatePreview::fittingBlocks(QSizeF room) const
{
    for (const Detail detail : {Detail::Full, Detail::Shorter}) {
        const Blocks fitting = blocks(room.width(), detail);
        if (fitting.height <= room.height())
            return fitting;
    }
    return blocks(room.width(), Detail::Least);
}

double GatePreview::shownHeight() const
{
    return fittingBlocks(size()).height;
}

GatePreview::Blocks GatePreview::blocks(double width, Detail detail) const
{
    const Theme theme = currentTheme();
    const double left = drawingSize().width() + drawingGap;
    const double room = std::max(80.0, width - left);
    const bool led = !m_led.isEmpty();
    const QFont bodyFont = this->bodyFont(detail);

    const bool titled = detail == Detail::Full || (!led && detail != Detail::Least);
    const double title = titled ? textHeight(theme.font(15), room, m_title) : 0;
    const double body = led ? textHeight(bodyFont, room - 2 * ledSide, m_led) + 2 * ledTop
                            : textHeight(bodyFont, room, m_sentence);
    const double explained =
        detail == Detail::Least ? 0 : textHeight(meaningFont(detail), room, meaning());
    const double note =
        saysNote(detail) ? textHeight(theme.font(m_large ? 17 : 15), room, m_note) : 0;
    const double gaps = (title > 0 && body > 0 ? blockGap : 0) + (explained > 0 ? blockGap : 0) +
                        (note > 0 ? blockGap : 0);

    Blocks blocks;
    blocks.detail = detail;
    blocks.height =
        std::max(double(drawingSize().height()), title + body + explained + note + gaps);
    double y = (blocks.height - title - body - explained - note - gaps) / 2;
    blocks.title = QRectF(left, y, room, title);
    y += title + (title > 0 && body > 0 ? blockGap : 0);
    blocks.body = QRectF(left, y, room, body);
    y += body + blockGap;
    blocks.meaning = QRectF(left, y, room, explained);
    y += explained > 0 ? explained + blockGap : 0;
    blocks.note = QRectF(left, y, room, note);
    return blocks;
}

bool GatePreview::hasHeightForWidth() const
{
    return true;
}

int GatePreview::heightForWidth(int width) const
{
    return int(std::ceil(blocks(width, wantedDetail()).height));
}

QSize GatePreview::sizeHint() const
{
    return {708, heightForWidth(708)};
}

QSize GatePreview::minimumSizeHint() const
{
    return {400, drawingSize().height()};
}

void GatePreview::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    paintDrawing(painter);

    const Blocks at = fittingBlocks(size());
    painter.translate(0, std::max(0.0, (height() - at.height) / 2));
    painter.setFont(theme.font(15));
    painter.setPen(theme.ink3);
    if (at.title.height() > 0)
        painter.drawText(at.title, wrapped, m_title);
    if (!m_led.isEmpty()) {
        drawBox(painter, at.body, {.fill = theme.ledBg, .border = theme.line});
        painter.setFont(theme.font(20, true));
        painter.setPen(theme.ledInk);
        painter.drawText(at.body.adjusted(ledSide, ledTop, -ledSide, -ledTop), wrapped, m_led);
    } else {
        painter.setFont(bodyFont(at.detail));
        painter.setPen(m_gate == Gate::Open ? theme.ok : theme.ink);
        painter.drawText(at.body, wrapped, m_sentence);
    }
    painter.setFont(meaningFont(at.detail));
    painter.setPen(theme.ink3);
    if (at.meaning.height() > 0)
        painter.drawText(at.meaning, wrapped, meaning());
    painter.setFont(theme.font(m_large ? 17 : 15));
    painter.setPen(theme.ink2);
    if (at.note.height() > 0)
        painter.drawText(at.note, wrapped, m_note);
}

void GatePreview::paintDrawing(QPainter &painter) const
{
    const Theme theme = currentTheme();
    const bool open = m_gate == Gate::Open;
    const QColor signal = open ? theme.ok : theme.bad;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(0, (height() - drawingSize().height()) / 2.0);
    painter.scale(drawingSize().width() / 160.0, drawingSize().height() / 96.0);
    painter.setPen(QPen(theme.lineStrong, 2));
    for (const double x : {16.0, 108.0}) {
        painter.setBrush(theme.sunken);
        painter.drawRoundedRect(QRectF(x, 14, 36, 72), 5, 5);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.ledBg);
    for (const double x : {23.0, 115.0})
        painter.drawRoundedRect(QRectF(x, 22, 22, 12), 2, 2);

    // The flaps: folded away at an open gate, across the passage at a closed one.
    const double reach = open ? 5 : 18;
    const double drop = open ? 2 : 4;
    painter.setPen(QPen(signal, 2.5, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.setBrush(open ? theme.okSoft : theme.badSoft);
    for (const double side : {1.0, -1.0}) {
        const double hinge = side > 0 ? 52 : 108;
        const QPointF flap[] = {{hinge, 30},
                                {hinge + side * reach, 30 + drop},
                                {hinge + side * reach, open ? 58.0 : 56.0},
                                {hinge, 60}};
        painter.drawPolygon(flap, 4);
    }
    painter.setBrush(Qt::NoBrush);
    if (open) {
        QPainterPath arrow(QPointF(80, 72));
        arrow.lineTo(80, 32);
        arrow.moveTo(70, 42);
        arrow.lineTo(80, 31);
        arrow.lineTo(90, 42);
        painter.setPen(QPen(signal, 4.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(arrow);
    } else {
        QPen dots(signal, 3, Qt::SolidLine, Qt::FlatCap);
        dots.setDashPattern({1, 1});
        painter.setPen(dots);
        painter.drawLine(QPointF(72, 45), QPointF(88, 45));
    }
    painter.setPen(QPen(theme.lineStrong, 2));
    painter.drawLine(QPointF(8, 88), QPointF(152, 88));
    painter.restore();
}

void GatePreview::retranslateUi()
{
    //: a11y name of the gate preview
    setAccessibleName(tr("闸机"));
    QString text;
    if (m_gate == Gate::Open)
        //: a11y: the gate opens
        text = tr("开闸");
    else if (m_led.isEmpty())
        //: a11y: the gate stays closed
        text = tr("闸门不开");
    else
        //: a11y: the gate stays closed and says %1
        text = tr("闸门不开，提示 %1").arg(m_led);
    QString notes = m_note;
    notes.replace(u'\n', u' ');
    for (const QString &part : {m_led.isEmpty() ? m_sentence : meaning(), notes}) {
        if (!part.isEmpty())
            text += tr("；") + part;
    }
    setAccessibleDescription(text);
}

} // namespace upgradedesk
