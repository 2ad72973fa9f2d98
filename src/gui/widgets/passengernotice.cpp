#include "gui/widgets/passengerpicture.h"

#include "gui/widgets/painting.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

// The question and the whole notice above the two answers.

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int noticeEdge = 96;
constexpr int textLeft = 172;
constexpr int noticeTop = 246;
constexpr int noticeBottom = 582; ///< the answers' bar begins at 592
constexpr int rowGap = 16;
constexpr int largestNotice = 34;
constexpr int smallestNotice = 20;
constexpr int smallestInLine = 28;
constexpr int noticeFlags = Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignTop;

} // namespace

QStringList PassengerPicture::noticeLines() const
{
    const NoticeText &notice = m_scene.notice;
    return {notice.collected, notice.purpose, notice.recipient, notice.withdrawal};
}

QRectF PassengerPicture::noticeArea() const
{
    const double left = m_theme.len(textLeft);
    const double top = m_theme.len(noticeTop);
    // A larger screen has its room here.
    const double bottom = m_size.height() - m_theme.len(768 - noticeBottom);
    return QRectF(left, top, m_size.width() - left - m_theme.len(noticeEdge), bottom - top);
}

double PassengerPicture::noticeHeight(int size) const
{
    const QFontMetricsF metrics(m_theme.font(size));
    double height = -m_theme.len(rowGap);
    for (const QString &line : noticeLines())
        height +=
            std::ceil(
                metrics.boundingRect(QRectF(0, 0, noticeArea().width(), 10000), noticeFlags, line)
                    .height()) +
            m_theme.len(rowGap);
    return height;
}

/// Each line on one line where that leaves the words large, else as large as they fit.
int PassengerPicture::noticeSize() const
{
    const QStringList rows = noticeLines();
    for (int size = largestNotice; size >= smallestInLine; --size) {
        const QFontMetricsF metrics(m_theme.font(size));
        const bool inLine = std::ranges::all_of(rows, [&](const QString &row) {
            return metrics.horizontalAdvance(row) <= noticeArea().width();
        });
        if (inLine && noticeHeight(size) <= noticeArea().height())
            return size;
    }
    for (int size = largestNotice; size > smallestNotice; --size) {
        if (noticeHeight(size) <= noticeArea().height())
            return size;
    }
    return smallestNotice;
}

bool PassengerPicture::showsWholeNotice() const
{
    return noticeHeight(noticeSize()) <= noticeArea().height();
}

void PassengerPicture::paintConsent(QPainter &painter) const
{
    const double left = m_theme.len(noticeEdge);
    const double width = m_size.width() - 2 * left;
    const double top = m_theme.len(106);
    drawText(painter, QRectF(left, top, width, m_theme.px(32)), m_theme.font(22), m_theme.ink2,
             mine(m_text.above) + (mine(m_text.above).isEmpty() ? QString() : u" · "_s) +
                 other(m_text.above));
    const QString &question = mine(m_text.headline);
    drawText(painter, QRectF(left, top + m_theme.px(30), width, m_theme.px(66)),
             fitting(question, 50, true), m_theme.ink, question);
    drawText(painter, QRectF(left, top + m_theme.px(94), width, m_theme.px(34)), m_theme.font(24),
             m_theme.ink3, other(m_text.headline));

    constexpr std::array icons{Icon::Document, Icon::Shield, Icon::Hub, Icon::Undo};
    const QRectF area = noticeArea();
    const int size = noticeSize();
    const QFont font = m_theme.font(size);
    const QFontMetricsF metrics(font);
    const double spare = (area.height() - noticeHeight(size)) / 5;
    const double icon = m_theme.len(44);
    double y = area.top() + std::max(0.0, spare);
    const QStringList rows = noticeLines();
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const double high = std::ceil(
            metrics.boundingRect(QRectF(0, 0, area.width(), 10000), noticeFlags, rows.at(i))
                .height());
        // The sign stands beside the first line.
        paintIcon(painter,
                  QRectF(left + m_theme.len(4), y + (metrics.height() - icon) / 2, icon, icon),
                  icons.at(std::size_t(i)), m_theme.accent, 1.8);
        painter.setFont(font);
        painter.setPen(m_theme.ink);
        painter.drawText(QRectF(area.left(), y, area.width(), high + 1),
                         noticeFlags | Qt::TextDontClip, rows.at(i));
        y += high + m_theme.len(rowGap) + std::max(0.0, spare);
    }
}

} // namespace upgradedesk
