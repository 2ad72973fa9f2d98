#include "identity/scanpayload.h"

#include "identity/scansplitter.h"

#include <QStringDecoder>
#include <QStringList>

#include <algorithm>
#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

using Kind = ScanPayload::Kind;
using Reason = ScanPayload::Reason;

/// Tokens of health services are long and random; a code of a few characters is a label.
constexpr qsizetype shortestToken = 16;
/// What a record may carry on (see flow/linkcheck).
constexpr qsizetype longestToken = 4096;

ScanPayload unknown(Reason reason)
{
    return {Kind::Unknown, reason, {}};
}

std::optional<QString> decoded(QByteArrayView bytes)
{
    for (const char *encoding : {"UTF-8", "GB18030"}) {
        QStringDecoder decoder(encoding);
        if (!decoder.isValid())
            continue;
        QString text = decoder.decode(bytes);
        // A character that is cut off is no error to the decoder.
        if (!decoder.hasError() && !text.contains(QChar::ReplacementCharacter))
            return text;
    }
    return std::nullopt;
}

/// Full-width characters of an input method become those of the keyboard.
QChar narrowed(QChar c)
{
    if (c == u'\u3000')
        return u' ';
    return c >= u'！' && c <= u'～' ? QChar(ushort(c.unicode() - 0xFEE0)) : c;
}

bool isControl(QChar c)
{
    return c.unicode() < 0x20 || c.unicode() == 0x7F;
}

/// The name of the symbology in front of a code: a bracket, a letter and a digit.
bool beginsWithSymbology(const QString &text)
{
    const auto at = [&text](qsizetype i) { return text.at(i).toLower(); };
    return text.size() > 3 && at(0) == u']' && at(1) >= u'a' && at(1) <= u'z' && at(2) >= u'0' &&
           at(2) <= u'9';
}

/// Without the marks a scanner puts around a code, STX and ETX and the name of the symbology, and
/// those of another scanner it passes on.
QString stripped(QString text)
{
    std::ranges::transform(text, text.begin(), narrowed);
    const auto isEdge = [](QChar c) { return c.isSpace() || isControl(c) || c == u'\uFEFF'; };
    while (!text.isEmpty() && isEdge(text.back()))
        text.chop(1);
    for (;;) {
        const auto first = std::ranges::find_if_not(text, isEdge);
        text.remove(0, std::distance(text.begin(), first));
        if (!beginsWithSymbology(text))
            return text;
        text.remove(0, 3);
    }
}

bool isScanDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

bool isZoneCharacter(QChar c)
{
    return (c >= u'A' && c <= u'Z') || isScanDigit(c) || c == u'<';
}

/// The lines of a zone, in capitals: whether they are right is for readMrz(). Nothing when it has
/// not even the shape of one.
std::optional<QString> zoneOf(const QString &text)
{
    const QStringList lines = text.toUpper().split(u'\n', Qt::SkipEmptyParts);
    QStringList zone;
    for (const QString &line : lines) {
        const QString one = line.trimmed();
        if (!std::ranges::all_of(one, isZoneCharacter))
            return std::nullopt;
        zone << one;
    }
    const QString whole = zone.join(QString());
    const bool fits = zone.size() > 1 || whole.size() == 72 || whole.size() == 88 ||
                      whole.size() == 90 || whole.contains(u"<<"_s);
    // A single digit in front: no document's code begins with one.
    if (!fits || whole.size() < 30 || whole.size() > 90 || isScanDigit(whole.front()) ||
        !whole.contains(u'<'))
        return std::nullopt;
    return zone.join(u'\n');
}

/// The check digit of resident numbers and of those made like them.
bool isResidentNumber(const QString &text)
{
    return text.size() == 18 && std::all_of(text.begin(), text.end() - 1, isScanDigit) &&
           (isScanDigit(text.back()) || text.back().toUpper() == u'X');
}

bool isCertificate(const QString &text)
{
    return text.startsWith(u"HC1:"_s, Qt::CaseInsensitive) ||
           text.startsWith(u"shc:/"_s, Qt::CaseInsensitive);
}

/// Any address, `https://…`, `wxp://…`, `mailto:…`: what is before the colon is a word.
bool isLink(const QString &text)
{
    const qsizetype colon = text.indexOf(u':');
    if (text.startsWith(u"www."_s, Qt::CaseInsensitive))
        return true;
    if (colon < 2 || colon > 12)
        return false;
    return std::all_of(text.begin(), text.begin() + colon, [](QChar c) {
        return (c.toLower() >= u'a' && c.toLower() <= u'z') || c == u'+' || c == u'-';
    });
}

bool isCardNumber(const QString &digits)
{
    constexpr std::array<qsizetype, 4> printed{16, 17, 19, 20};
    return std::ranges::find(printed, digits.size()) != printed.end() &&
           std::ranges::all_of(digits, isScanDigit);
}

} // namespace

QString scanKindKey(Kind kind)
{
    switch (kind) {
    case Kind::CardNumber:
        return u"card-number"_s;
    case Kind::HealthCode:
        return u"health-code"_s;
    case Kind::Mrz:
        return u"mrz"_s;
    case Kind::Unknown:
        break;
    }
    return u"unknown"_s;
}

QString scanReasonKey(Reason reason)
{
    switch (reason) {
    case Reason::None:
        return {};
    case Reason::Empty:
        return u"empty"_s;
    case Reason::TooLong:
        return u"too-long"_s;
    case Reason::NotText:
        return u"not-text"_s;
    case Reason::Document:
        return u"document-number"_s;
    case Reason::Certificate:
        return u"certificate"_s;
    case Reason::Link:
        return u"link"_s;
    case Reason::Other:
        break;
    }
    return u"other"_s;
}

ScanPayload readScan(QByteArrayView bytes)
{
    if (bytes.size() > ScanSplitter::longest)
        return unknown(Reason::TooLong);
    const auto text = decoded(bytes);
    return text ? readScanText(*text) : unknown(Reason::NotText);
}

ScanPayload readScanText(const QString &scanned)
{
    if (scanned.size() > ScanSplitter::longest)
        return unknown(Reason::TooLong);
    QString text = stripped(scanned);
    text.replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n');
    if (text.isEmpty())
        return unknown(Reason::Empty);
    if (std::ranges::any_of(text, [](QChar c) { return isControl(c) && c != u'\n'; }))
        return unknown(Reason::NotText);
    if (const auto zone = zoneOf(text))
        return {Kind::Mrz, Reason::None, *zone};
    if (text.contains(u'\n'))
        return unknown(Reason::Other);
    QString digits = text;
    digits.remove(u' ').remove(u'-');
    if (isCardNumber(digits))
        return {Kind::CardNumber, Reason::None, digits};
    if (isResidentNumber(digits))
        return unknown(Reason::Document);
    if (isCertificate(text))
        return unknown(Reason::Certificate);
    if (isLink(text))
        return unknown(Reason::Link);
    const bool isWord =
        std::ranges::all_of(text, [](QChar c) { return c > u' ' && c.unicode() < 0x7F; });
    const bool isNumber = std::ranges::all_of(text, isScanDigit);
    if (isWord && !isNumber && text.size() >= shortestToken && text.size() <= longestToken)
        return {Kind::HealthCode, Reason::None, text};
    return unknown(Reason::Other);
}

} // namespace upgradedesk
