#include "slip/sliprender.h"

#include <QFont>
#include <QFontMetricsF>
#include <QIODevice>
#include <QMarginsF>
#include <QPageLayout>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

using Kind = SlipLine::Kind;

constexpr double labelMm = 18;
constexpr double codeMm = 30;
constexpr double ruleAirMm = 2;
constexpr double paperAirMm = 4;
constexpr double mmPerInch = 25.4;

QFont slipFont(double pixels, bool heavy)
{
    QFont font;
    // Those of ui-spec 2.2; the first that is installed.
    font.setFamilies(
        {u"Noto Sans CJK SC"_s, u"Source Han Sans SC"_s, u"Microsoft YaHei UI"_s, u"sans-serif"_s});
    font.setPixelSize(std::max(1, int(std::lround(pixels))));
    font.setBold(heavy);
    // Shaping picks other glyphs for digits among Latin letters, which a PDF cannot turn back into
    // text.
    font.setStyleStrategy(QFont::PreferNoShaping);
    return font;
}

double sizeOf(Kind kind)
{
    switch (kind) {
    case Kind::Title:
        return 5.5;
    case Kind::Subtitle:
        return 4.4;
    case Kind::Centred:
        return 2.9;
    default:
        return 3.4;
    }
}

bool isBold(Kind kind)
{
    return kind == Kind::Title || kind == Kind::Subtitle || kind == Kind::Strong;
}

bool isCentred(Kind kind)
{
    return kind == Kind::Title || kind == Kind::Subtitle || kind == Kind::Centred;
}

/// Paints one line after the other, or only measures them.
class Pen
{
public:
    Pen(QPainter *painter, double dotsPerMm)
        : m_painter(painter)
        , m_dots(dotsPerMm)
        , m_width(slipPrintMm * dotsPerMm)
    {
    }

    void add(const SlipLine &line)
    {
        if (line.kind == Kind::Rule)
            rule();
        else if (line.kind == Kind::Code)
            code(line.text);
        else if (line.kind == Kind::Field)
            field(line);
        else
            m_y += text(line.text, line.kind, 0, m_width);
    }

    [[nodiscard]] double height() const { return m_y; }

private:
    /// Returns the height it takes.
    double text(const QString &words, Kind kind, double x, double width)
    {
        const QFont font = slipFont(sizeOf(kind) * m_dots, isBold(kind));
        const int flags =
            Qt::TextWordWrap | (isCentred(kind) ? Qt::AlignHCenter : Qt::AlignLeft) | Qt::AlignTop;
        const QFontMetricsF metrics(font);
        const QRectF place(x, m_y, width, 1e6);
        const double height = metrics.boundingRect(place, flags, words).height();
        if (m_painter) {
            m_painter->setFont(font);
            m_painter->drawText(QRectF(x, m_y, width, height), flags, words);
        }
        return height;
    }

    void field(const SlipLine &line)
    {
        const double label = text(line.label, Kind::Field, 0, labelMm * m_dots);
        const double value =
            text(line.text, Kind::Field, labelMm * m_dots, m_width - labelMm * m_dots);
        m_y += std::max(label, value);
    }

    void rule()
    {
        const double air = ruleAirMm * m_dots;
        const double thick = std::max(1.0, m_dots / 8);
        if (m_painter)
            m_painter->fillRect(QRectF(0, m_y + air / 2, m_width, thick), Qt::black);
        m_y += air + thick;
    }

    void code(const QString &words)
    {
        const auto made = qrCode(words.toUtf8());
        if (!made)
            return;
        const int whole = made->size + 2 * qrQuietZone;
        // Whole dots, or modules would differ in width.
        const double module = std::max(1.0, std::floor(codeMm * m_dots / whole));
        const double begin = std::floor((m_width - whole * module) / 2);
        for (int row = 0; m_painter && row < made->size; ++row) {
            for (int column = 0; column < made->size; ++column) {
                if (made->at(row, column))
                    m_painter->fillRect(QRectF(begin + (qrQuietZone + column) * module,
                                               std::floor(m_y) + (qrQuietZone + row) * module,
                                               module, module),
                                        Qt::black);
            }
        }
        m_y += whole * module;
    }

    QPainter *m_painter;
    double m_dots;
    double m_width;
    double m_y = 0;
};

} // namespace

double paintSlip(QPainter *painter, const QList<SlipLine> &lines, double dotsPerMm)
{
    Pen pen(painter, dotsPerMm);
    for (const SlipLine &line : lines)
        pen.add(line);
    return pen.height();
}

Result<void> writeSlipPdf(const QList<SlipLine> &lines, QIODevice &device)
{
    constexpr int resolution = 300;
    constexpr double dotsPerMm = resolution / mmPerInch;
    const double height = paintSlip(nullptr, lines, dotsPerMm);
    QPdfWriter writer(&device);
    writer.setCreator(u"UpgradeDesk"_s);
    writer.setResolution(resolution);
    writer.setPageSize(QPageSize(QSizeF(slipPaperMm, height / dotsPerMm + 2 * paperAirMm),
                                 QPageSize::Millimeter, u"receipt"_s, QPageSize::ExactMatch));
    writer.setPageMargins(
        QMarginsF((slipPaperMm - slipPrintMm) / 2, paperAirMm, (slipPaperMm - slipPrintMm) / 2, 0),
        QPageLayout::Millimeter);
    QPainter painter;
    const bool begun = painter.begin(&writer);
    if (begun)
        paintSlip(&painter, lines, dotsPerMm);
    if (!begun || !painter.end())
        return fail(ErrorCode::FileUnwritable, u"the receipt cannot be written"_s);
    return {};
}

QImage drawnLine(const QString &text, int dots, bool large)
{
    // A printer's own characters are 24 dots high.
    constexpr int high = 24;
    constexpr int lineAir = 6;
    const int size = large ? 2 * high : high;
    QImage image(dots, size + lineAir, QImage::Format_Grayscale8);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setFont(slipFont(size * 0.85, large));
    const Qt::Alignment side = large ? Qt::AlignHCenter : Qt::AlignLeft;
    painter.drawText(image.rect(), int(side | Qt::AlignVCenter), text);
    painter.end();
    // Of Mono, a bit that is set is dark.
    image = image.convertToFormat(QImage::Format_Mono, Qt::MonoOnly | Qt::ThresholdDither);
    if (qGray(image.color(1)) > qGray(image.color(0)))
        image.invertPixels();
    return image;
}

QImage drawnCode(const QrCode &code, int dotsPerModule)
{
    const int whole = (code.size + 2 * qrQuietZone) * dotsPerModule;
    QImage image(whole, whole, QImage::Format_Mono);
    image.fill(0);
    const int first = qrQuietZone * dotsPerModule;
    for (int y = 0; y < code.size * dotsPerModule; ++y) {
        for (int x = 0; x < code.size * dotsPerModule; ++x) {
            if (code.at(y / dotsPerModule, x / dotsPerModule))
                image.setPixel(first + x, first + y, 1);
        }
    }
    return image;
}

} // namespace upgradedesk
