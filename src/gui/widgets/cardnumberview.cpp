#include "gui/widgets/cardnumberview.h"

#include "gui/widgets/painting.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int smallest = 12;

QFont fontAt(int px)
{
    QFont font = currentTheme().font(20, true);
    font.setPixelSize(px);
    return font;
}

/// The widest digit: a family without tabular digits still gets equal cells.
double cellWidth(const QFont &font)
{
    const QFontMetricsF metrics(font);
    double widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    return widest;
}

} // namespace

CardNumberView::CardNumberView(QWidget *parent)
    : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    CardNumberView::retranslateUi();
}

void CardNumberView::setNumber(const QString &digits, const QList<int> &groups)
{
    if (m_number == digits && m_groups == groups)
        return;
    m_number = digits;
    m_groups = groups;
    retranslateUi();
    updateGeometry();
    update();
}

QString CardNumberView::number() const
{
    return m_number;
}

void CardNumberView::clear()
{
    setMissing(0);
    setMarks({});
    setNumber({}, {});
}

void CardNumberView::setMissing(int digits)
{
    m_missing = std::max(0, digits);
    retranslateUi();
    updateGeometry();
    update();
}

void CardNumberView::setMarks(const QList<int> &positions)
{
    if (std::exchange(m_marks, positions) == positions)
        return;
    update();
}

void CardNumberView::setDigitSize(int px)
{
    if (std::exchange(m_digitSize, px) == px)
        return;
    updateGeometry();
    update();
}

int CardNumberView::digitSize() const
{
    return m_digitSize;
}

void CardNumberView::setAlignment(Qt::Alignment alignment)
{
    if (std::exchange(m_alignment, alignment) == alignment)
        return;
    update();
}

void CardNumberView::setTone(Tone tone)
{
    if (std::exchange(m_tone, tone) == tone)
        return;
    update();
}

QList<int> CardNumberView::groupLengths() const
{
    QList<int> lengths;
    int left = int(m_number.size()) + m_missing;
    for (const int group : m_groups) {
        if (left <= 0)
            break;
        lengths.append(std::min(group, left));
        left -= lengths.last();
    }
    if (left > 0) {
        if (lengths.isEmpty())
            lengths.append(left);
        else
            lengths.last() += left;
    }
    return lengths;
}

double CardNumberView::widthAt(int px) const
{
    const double cell = cellWidth(fontAt(px));
    const auto cells = double(m_number.size() + m_missing);
    const auto gaps = double(std::max<qsizetype>(0, groupLengths().size() - 1));
    return cells * cell + gaps * digitGroupGap * px;
}

QList<int> CardNumberView::sizes() const
{
    const Theme theme = currentTheme();
    QList<int> steps;
    if (m_digitSize == 56) {
        if (m_number.size() + m_missing <= 16)
            steps.append(60);
        steps.append({56, 52, 48});
    } else {
        steps.append(m_digitSize);
    }
    QList<int> result;
    for (const int step : std::as_const(steps))
        result.append(theme.px(step));
    // Beyond the designed steps: two pixels at a time, so that even a narrow place shows the whole
    // number.
    for (int px = result.last() - 2; px >= smallest; px -= 2)
        result.append(px);
    return result;
}

int CardNumberView::sizeForWidth(int width) const
{
    const QList<int> candidates = sizes();
    for (const int px : candidates) {
        if (widthAt(px) <= width)
            return px;
    }
    return candidates.last();
}

QString CardNumberView::spoken() const
{
    QStringList groups;
    qsizetype at = 0;
    for (const int length : groupLengths()) {
        QStringList digits;
        for (const QChar digit : m_number.mid(at, length))
            digits << QString(digit);
        at += length;
        if (!digits.isEmpty())
            groups << digits.join(u' ');
    }
    if (groups.isEmpty())
        return {};
    //: a11y: after the digits of a card number, how many there are
    QString text = groups.join(u", "_s) + tr("；共 %1 位").arg(m_number.size());
    if (m_missing > 0)
        //: a11y: how many digits are missing
        text += tr("，少 %1 位").arg(m_missing);
    return text;
}

QSize CardNumberView::sizeHint() const
{
    const int px = sizes().first();
    return {int(std::ceil(widthAt(px))), int(std::ceil(px * 1.1))};
}

QSize CardNumberView::minimumSizeHint() const
{
    return {0, sizeHint().height()};
}

void CardNumberView::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    const int px = sizeForWidth(width());
    const QFont font = fontAt(px);
    const double cell = cellWidth(font);
    const double total = widthAt(px);
    double x = 0;
    if (m_alignment & Qt::AlignHCenter)
        x = std::max(0.0, (width() - total) / 2);
    else if (m_alignment & Qt::AlignRight)
        x = std::max(0.0, width() - total);

    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    int position = 0;
    for (const int length : groupLengths()) {
        for (int i = 0; i < length; ++i, ++position, x += cell) {
            const QRectF box(x, 0, cell, height());
            if (position >= m_number.size()) {
                const double side = 0.82 * px;
                drawBox(painter, QRectF(x + cell * 0.06, (height() - side) / 2, cell * 0.88, side),
                        {.fill = theme.warnSoft,
                         .border = theme.warn,
                         .borderWidth = std::max(1.5, px / 18.0),
                         .radius = px / 9.0,
                         .dashed = true});
                continue;
            }
            if (m_marks.contains(position)) {
                const double bar = std::max(2.0, px / 9.0);
                painter.fillRect(box, theme.warnSoft);
                painter.fillRect(QRectF(x, height() - bar, cell, bar), theme.warn);
            }
            painter.setFont(font);
            painter.setPen(theme.tone(m_tone));
            painter.drawText(box, Qt::AlignCenter | Qt::TextDontClip, m_number.mid(position, 1));
        }
        x += digitGroupGap * px;
    }
}

void CardNumberView::retranslateUi()
{
    //: a11y name of the card number
    setAccessibleName(tr("卡号"));
    setAccessibleDescription(spoken());
}

} // namespace upgradedesk
