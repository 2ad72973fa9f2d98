#include "slip/escpos.h"

#include "slip/qrcode.h"
#include "slip/sliprender.h"

#include <QImage>
#include <QStringEncoder>

#include <algorithm>

using namespace Qt::StringLiterals;

// Commands as in the manuals of ESC/POS printers (reference: identity.md §6).

namespace upgradedesk
{
namespace
{

using Kind = SlipLine::Kind;

const QByteArray initialise("\x1B@");
const QByteArray chineseMode("\x1C&");
const QByteArray leaveChineseMode("\x1C.");
const QByteArray left("\x1B"
                      "a\x00",
                      3);
const QByteArray middle("\x1B"
                        "a\x01");
const QByteArray bold("\x1B"
                      "E\x01");
const QByteArray plain("\x1B"
                       "E\x00",
                       3);
const QByteArray doubleSize("\x1D!\x11");
const QByteArray singleSize("\x1D!\x00", 3);
const QByteArray feedAndCut("\x1DVA\x00", 4);

constexpr int codeDots = 6;   ///< of one module
constexpr int labelAir = 2;   ///< columns between label and value
constexpr int chunkRows = 24; ///< of a picture: printers have little memory

/// GS ( k: parameters of one function of QR codes (cn 49).
QByteArray codeCommand(char function, const QByteArray &parameters)
{
    const auto length = quint16(parameters.size() + 2);
    QByteArray command("\x1D(k");
    command += char(length & 0xFF);
    command += char(length >> 8);
    command += '1';
    command += function;
    return command + parameters;
}

QByteArray madeCode(const QByteArray &text)
{
    return codeCommand('A', QByteArray("2\x00", 2)) + codeCommand('C', QByteArray(1, codeDots)) +
           codeCommand('E', "1") + codeCommand('P', '0' + text) + codeCommand('Q', "0");
}

/// GS v 0, a few rows at a time. The image is of one bit a dot, set where it prints.
QByteArray picture(const QImage &image)
{
    const int bytesWide = (image.width() + 7) / 8;
    QByteArray commands;
    for (int top = 0; top < image.height(); top += chunkRows) {
        const int rows = std::min(chunkRows, image.height() - top);
        commands += QByteArray("\x1Dv0\x00", 4);
        for (const int number : {bytesWide, rows}) {
            commands += char(number & 0xFF);
            commands += char(number >> 8);
        }
        for (int row = top; row < top + rows; ++row)
            commands +=
                QByteArray(reinterpret_cast<const char *>(image.constScanLine(row)), bytesWide);
    }
    return commands;
}

/// Breaks where a line is full: Han needs no spaces for it, and a word of Latin letters goes to the
/// next line whole when it fits there.
QStringList wrapped(const QString &text, int columns)
{
    const auto width = [](QStringView piece) {
        const auto bytes = printerText(piece.toString());
        return bytes ? int(bytes->size()) : int(2 * piece.size());
    };
    const auto isLatin = [](QChar c) { return c.unicode() > u' ' && c.unicode() < 0x7F; };
    QStringList lines;
    QString line;
    int used = 0;
    for (qsizetype i = 0; i < text.size();) {
        qsizetype end = i + 1;
        if (isLatin(text[i])) {
            while (end < text.size() && isLatin(text[end]))
                ++end;
        } else if (text[i].isHighSurrogate() && end < text.size()) {
            ++end;
        }
        if (width(QStringView(text).sliced(i, end - i)) > columns)
            end = i + 1;
        const QStringView piece = QStringView(text).sliced(i, end - i);
        if (used + width(piece) > columns) {
            lines << line.trimmed();
            line.clear();
            used = 0;
        }
        if (!(line.isEmpty() && piece == u" ")) {
            line += piece;
            used += width(piece);
        }
        i = end;
    }
    if (!line.isEmpty())
        lines << line.trimmed();
    return lines;
}

class Printout
{
public:
    explicit Printout(const PaperRoll &roll)
        : m_roll(roll)
    {
        m_bytes = initialise + chineseMode;
    }

    void add(const SlipLine &line)
    {
        switch (line.kind) {
        case Kind::Title:
            add(line.text, middle + bold + doubleSize, singleSize + plain, m_roll.columns / 2);
            break;
        case Kind::Subtitle:
            add(line.text, middle + bold, plain, m_roll.columns);
            break;
        case Kind::Field:
            addField(line);
            break;
        case Kind::Strong:
            add(line.text, left + bold, plain, m_roll.columns);
            break;
        case Kind::Text:
            add(line.text, left, {}, m_roll.columns);
            break;
        case Kind::Centred:
            add(line.text, middle, {}, m_roll.columns);
            break;
        case Kind::Rule:
            m_bytes += left + QByteArray(m_roll.columns, '-') + '\n';
            break;
        case Kind::Code:
            addCode(line.text);
            break;
        }
    }

    [[nodiscard]] QByteArray finish() const { return m_bytes + leaveChineseMode + feedAndCut; }

private:
    void add(const QString &text, const QByteArray &before, const QByteArray &after, int columns)
    {
        m_bytes += before;
        for (const QString &line : wrapped(text, columns))
            addLine(line, columns < m_roll.columns);
        m_bytes += after;
    }

    void addLine(const QString &line, bool large)
    {
        const auto text = printerText(line);
        m_bytes += text ? *text + '\n' : picture(drawnLine(line, m_roll.dots, large));
    }

    void addField(const SlipLine &line)
    {
        // Labels of one language differ in length; values begin in one column all the same.
        constexpr int labelColumns = 10;
        const QByteArray label = printerText(line.label).value_or(QByteArray());
        const int begin = std::max<int>(labelColumns, int(label.size()) + labelAir);
        QString start = line.label + QString(begin - label.size(), u' ');
        m_bytes += left;
        for (const QString &part : wrapped(line.text, m_roll.columns - begin)) {
            addLine(start + part, false);
            start = QString(begin, u' ');
        }
    }

    void addCode(const QString &text)
    {
        m_bytes += middle;
        const QByteArray bytes = text.toUtf8();
        if (m_roll.makesCodes) {
            m_bytes += madeCode(bytes) + '\n';
            return;
        }
        if (const auto code = qrCode(bytes))
            m_bytes += picture(drawnCode(*code, codeDots));
    }

    const PaperRoll m_roll;
    QByteArray m_bytes;
};

} // namespace

std::optional<QByteArray> printerText(const QString &text)
{
    QByteArray all;
    // Each its own, so that no state is shared between threads or left by a bad character.
    QStringEncoder encoder("GB18030");
    if (!encoder.isValid())
        return std::nullopt;
    for (const uint point : text.toUcs4()) {
        if (point < 0x20 || point == 0x7F)
            return std::nullopt;
        if (point < 0x7F) {
            all += char(point);
            continue;
        }
        const char32_t character = point;
        const QByteArray bytes = encoder.encode(QString::fromUcs4(&character, 1));
        // Four bytes: a character that is in no printer's font. The areas for private use likewise.
        const auto lead = bytes.isEmpty() ? uchar(0) : uchar(bytes.front());
        if (bytes.size() != 2 || lead < 0x81 || QChar::category(point) == QChar::Other_PrivateUse)
            return std::nullopt;
        all += bytes;
    }
    return all;
}

QByteArray escPos(const QList<SlipLine> &lines, const PaperRoll &roll)
{
    Printout printout(roll);
    for (const SlipLine &line : lines)
        printout.add(line);
    return printout.finish();
}

} // namespace upgradedesk
