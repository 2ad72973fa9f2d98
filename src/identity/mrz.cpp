#include "identity/mrz.h"

#include "identity/checkdigits.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr qsizetype longestInput = 1024;
constexpr QChar filler = u'<';
constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF");

struct Layout {
    MrzFormat format;
    MrzFormat visa; ///< what this shape is when its first letter is V
    qsizetype lines;
    qsizetype width;
    QLatin1StringView codes; ///< first letters of its documents
};

constexpr std::array layouts{
    Layout{MrzFormat::Td1, MrzFormat::Unknown, 3, 30, "ACI"_L1},
    Layout{MrzFormat::Td2, MrzFormat::MrvB, 2, 36, "ACI"_L1},
    Layout{MrzFormat::Td3, MrzFormat::MrvA, 2, 44, "P"_L1},
};

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

bool isLetter(QChar c)
{
    return c >= u'A' && c <= u'Z';
}

bool isFiller(QStringView text)
{
    return std::ranges::all_of(text, [](QChar c) { return c == filler; });
}

QString withoutFiller(QStringView text)
{
    while (text.endsWith(filler))
        text.chop(1);
    return text.toString();
}

QStringView withoutBlanks(QStringView line)
{
    const auto blank = [](QChar c) { return c == u' ' || c == u'\t'; };
    while (!line.isEmpty() && blank(line.front()))
        line = line.sliced(1);
    while (!line.isEmpty() && blank(line.back()))
        line.chop(1);
    return line;
}

/// The lines that are not empty, without blanks around them, in capitals. A byte that is not ASCII
/// becomes a character no zone has.
QStringList linesOf(QByteArrayView text)
{
    QStringList lines;
    QString line;
    const auto end = [&] {
        if (const QStringView bare = withoutBlanks(line); !bare.isEmpty())
            lines << bare.toString();
        line.clear();
    };
    if (text.startsWith(byteOrderMark))
        text = text.sliced(byteOrderMark.size());
    for (const char byte : text) {
        if (byte == '\n' || byte == '\r')
            end();
        else
            line += QLatin1Char(byte >= 'a' && byte <= 'z' ? char(byte - 'a' + 'A') : byte);
    }
    end();
    return lines;
}

/// Cuts a zone that came without line ends.
QStringList cut(const QString &text)
{
    QStringList lines;
    for (const Layout &layout : layouts) {
        if (text.size() != layout.lines * layout.width)
            continue;
        for (qsizetype i = 0; i < layout.lines; ++i)
            lines << text.sliced(i * layout.width, layout.width);
    }
    return lines;
}

const Layout *layoutOf(const QStringList &lines)
{
    const auto found = std::ranges::find_if(layouts, [&lines](const Layout &layout) {
        return lines.size() == layout.lines && std::ranges::all_of(lines, [&](const QString &line) {
                   return line.size() == layout.width;
               });
    });
    return found == layouts.end() ? nullptr : &*found;
}

/// Letters of a country or an organisation, then only fillers.
bool isState(QStringView text)
{
    const QString letters = withoutFiller(text);
    return !letters.isEmpty() && std::ranges::all_of(letters, isLetter);
}

QString joined(std::initializer_list<QStringView> parts)
{
    QString text;
    for (const QStringView part : parts)
        text += part;
    return text;
}

/// A check digit is a digit; a filler in its place fits no field.
bool fits(QStringView field, QChar check)
{
    return icaoCheckDigit(field) == check;
}

class Reader
{
public:
    Reader(const DocumentKinds &kinds, QDate on)
        : m_kinds(kinds)
        , m_on(on)
    {
    }

    Mrz read(QByteArrayView text)
    {
        if (text.size() > longestInput)
            return stop(u"LENGTH"_s);
        QStringList lines = linesOf(text);
        if (lines.size() == 1)
            lines = cut(lines.first());
        const Layout *layout = layoutOf(lines);
        if (layout == nullptr)
            return stop(u"LENGTH"_s);
        for (const QString &line : std::as_const(lines)) {
            if (!std::ranges::all_of(
                    line, [](QChar c) { return isDigit(c) || isLetter(c) || c == filler; }))
                return stop(u"CHARSET"_s);
        }

        const QChar code = lines.first().front();
        if (code == u'V') {
            m_mrz.format = layout->visa;
            return stop(u"VISA"_s);
        }
        m_mrz.format = layout->format;
        // Travel permits of China are cards of three lines too and count their places differently:
        // the number begins where others name the issuing state.
        if (!layout->codes.contains(code) || !isState(QStringView(lines.first()).sliced(2, 3)))
            return stop(u"FORMAT"_s);
        if (layout->format == MrzFormat::Td1)
            readCard(lines);
        else
            readTwoLines(lines);
        return finish();
    }

private:
    Mrz stop(const QString &reason)
    {
        m_mrz.reasons = {reason};
        return m_mrz;
    }

    void reason(const QString &reason)
    {
        if (!m_mrz.reasons.contains(reason))
            m_mrz.reasons << reason;
    }

    void warning(const QString &warning)
    {
        if (!m_mrz.warnings.contains(warning))
            m_mrz.warnings << warning;
    }

    void readCard(const QStringList &lines)
    {
        const QStringView one(lines[0]);
        const QStringView two(lines[1]);
        head(one, lines[2]);
        number(one.sliced(5, 9), one[14], one.sliced(15));
        birth(two.first(6), two[6]);
        sex(two[7]);
        expiry(two.sliced(8, 6), two[14]);
        nationality(two.sliced(15, 3));
        m_mrz.checks.composite = fits(
            joined({one.sliced(5), two.first(7), two.sliced(8, 7), two.sliced(18, 11)}), two[29]);
    }

    void readTwoLines(const QStringList &lines)
    {
        const QStringView two(lines[1]);
        const bool passport = m_mrz.format == MrzFormat::Td3;
        head(lines[0], QStringView(lines[0]).sliced(5));
        number(two.first(9), two[9], passport ? QStringView() : two.sliced(28, 7));
        nationality(two.sliced(10, 3));
        birth(two.sliced(13, 6), two[19]);
        sex(two[20]);
        expiry(two.sliced(21, 6), two[27]);
        if (passport) {
            const QStringView optional = two.sliced(28, 14);
            // An empty field may have a filler for its check digit.
            m_mrz.checks.optional =
                fits(optional, two[42]) || (isFiller(optional) && two[42] == filler);
        }
        const qsizetype last = two.size() - 1;
        m_mrz.checks.composite =
            fits(joined({two.first(10), two.sliced(13, 7), two.sliced(21, last - 21)}), two[last]);
    }

    /// `names` is the rest of the first line, or the whole third.
    void head(QStringView first, QStringView names)
    {
        m_mrz.documentCode = withoutFiller(first.first(2));
        m_mrz.issuer = withoutFiller(first.sliced(2, 3));
        state(m_mrz.issuer);
        if (m_mrz.issuer == u"UTO")
            warning(u"SPECIMEN"_s);

        const bool named = std::ranges::any_of(names, isLetter);
        if (!named || std::ranges::any_of(names, isDigit))
            reason(u"NAME"_s);
        const qsizetype gap = names.indexOf(u"<<"_s);
        m_mrz.surname = words(gap < 0 ? names : names.first(gap));
        m_mrz.given = words(gap < 0 ? QStringView() : names.sliced(gap));
        if (!names.endsWith(filler))
            warning(u"NAME_TRUNCATED"_s);
    }

    static QString words(QStringView part)
    {
        return part.toString().replace(filler, u' ').simplified();
    }

    /// A number of more than nine characters has a filler for its check digit; the rest and the
    /// check digit stand first in the optional field, up to a filler.
    void number(QStringView field, QChar check, QStringView optional)
    {
        if (check != filler || optional.isEmpty() || field.endsWith(filler)) {
            m_mrz.documentNumber = withoutFiller(field);
            m_mrz.checks.number = fits(field, check);
        } else {
            const qsizetype end = optional.indexOf(filler);
            const QStringView rest = end < 0 ? optional : optional.first(end);
            m_mrz.documentNumber = joined({field, rest}).chopped(rest.isEmpty() ? 0 : 1);
            m_mrz.checks.number = rest.size() >= 2 && fits(m_mrz.documentNumber, rest.back());
        }
        if (m_mrz.documentNumber.isEmpty() || m_mrz.documentNumber.startsWith(filler))
            reason(u"FORMAT"_s);
    }

    void nationality(QStringView field)
    {
        m_mrz.nationality = withoutFiller(field);
        if (isState(field))
            state(m_mrz.nationality);
        else
            reason(u"FORMAT"_s);
    }

    void state(const QString &code)
    {
        if (!m_kinds.knowsTravelCode(code))
            warning(u"COUNTRY_UNKNOWN"_s);
    }

    void sex(QChar c)
    {
        // X is not in the standard; some states print it for "not stated" all the same.
        if (c == u'M' || c == u'F')
            m_mrz.sex = c;
        else if (c != filler && c != u'X')
            reason(u"FORMAT"_s);
    }

    static QDate dateOf(int century, QStringView field)
    {
        return QDate(century + field.first(2).toInt(), field.sliced(2, 2).toInt(),
                     field.sliced(4, 2).toInt());
    }

    /// Year, then month, then day may be unknown, from the end on: a filler pair each.
    static bool isPartOfDate(QStringView field)
    {
        const QString known = withoutFiller(field);
        if (known.size() % 2 != 0 || !std::ranges::all_of(known, isDigit))
            return false;
        const int month = known.size() > 2 ? QStringView(known).sliced(2, 2).toInt() : 1;
        return known.size() < field.size() && month >= 1 && month <= 12;
    }

    void birth(QStringView field, QChar check)
    {
        m_mrz.birthShort = field.toString();
        m_mrz.checks.birth = fits(field, check);
        if (isPartOfDate(field)) {
            warning(u"BIRTH_UNKNOWN"_s);
            return;
        }
        if (!std::ranges::all_of(field, isDigit)) {
            reason(u"BIRTH_DATE"_s);
            return;
        }
        // No century in it: the latest such day that is not after today.
        const int thisCentury = m_on.year() / 100 * 100;
        for (const int century : {thisCentury, thisCentury - 100}) {
            const QDate date = dateOf(century, field);
            if (date.isValid() && date <= m_on) {
                m_mrz.birth = date;
                return;
            }
        }
        reason(u"BIRTH_DATE"_s);
    }

    void expiry(QStringView field, QChar check)
    {
        m_mrz.expiryShort = field.toString();
        m_mrz.checks.expiry = fits(field, check);
        if (isFiller(field)) {
            warning(u"EXPIRY_UNKNOWN"_s);
            return;
        }
        const QDate date = std::ranges::all_of(field, isDigit) ? dateOf(2000, field) : QDate();
        if (!date.isValid()) {
            reason(u"EXPIRY_DATE"_s);
            return;
        }
        m_mrz.expiry = date;
        if (date < m_on)
            warning(u"EXPIRED"_s);
    }

    Mrz finish()
    {
        const MrzChecks &checks = m_mrz.checks;
        for (const auto &check :
             {checks.number, checks.birth, checks.expiry, checks.optional, checks.composite}) {
            if (!check.value_or(true))
                reason(u"CHECK_DIGIT"_s);
        }
        m_mrz.valid = m_mrz.reasons.isEmpty();
        return m_mrz;
    }

    const DocumentKinds &m_kinds;
    const QDate m_on;
    Mrz m_mrz;
};

} // namespace

QString mrzFormatKey(MrzFormat format)
{
    switch (format) {
    case MrzFormat::Td1:
        return u"TD1"_s;
    case MrzFormat::Td2:
        return u"TD2"_s;
    case MrzFormat::Td3:
        return u"TD3"_s;
    case MrzFormat::MrvA:
        return u"MRV-A"_s;
    case MrzFormat::MrvB:
        return u"MRV-B"_s;
    case MrzFormat::Unknown:
        break;
    }
    return {};
}

Mrz readMrz(const DocumentKinds &kinds, QByteArrayView text, QDate on)
{
    return Reader(kinds, on).read(text);
}

const QStringList &mrzUncovered()
{
    static const QStringList fields{u"issuer"_s, u"surname"_s, u"given"_s, u"nationality"_s,
                                    u"sex"_s};
    return fields;
}

} // namespace upgradedesk
