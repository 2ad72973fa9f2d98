#include "identity/personnumber.h"

#include "identity/checkdigits.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int longestLife = 130;

bool areDigits(QStringView text)
{
    return std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

bool areLetters(QStringView text)
{
    return std::ranges::all_of(text, [](QChar c) { return c >= u'A' && c <= u'Z'; });
}

/// Collects what is wrong and judges at the end.
class Findings
{
public:
    explicit Findings(const QString &form) { m_check.form = form; }

    DocumentCheck &check() { return m_check; }
    void reason(const QString &reason) { m_check.reasons << reason; }
    void warning(const QString &warning) { m_check.warnings << warning; }

    void checkCharacter(QChar expected, QChar found)
    {
        if (expected != found)
            reason(u"CHECK_DIGIT"_s);
    }

    void birth(QDate date, QDate on)
    {
        if (!date.isValid()) {
            reason(u"BIRTH_DATE"_s);
            return;
        }
        m_check.birth = date;
        if (date > on || date.year() < on.year() - longestLife)
            reason(u"BIRTH_RANGE"_s);
    }

    void sex(QChar digit) { m_check.sex = (digit.unicode() - u'0') % 2 != 0 ? u"M"_s : u"F"_s; }

    DocumentCheck finish()
    {
        m_check.valid = m_check.reasons.isEmpty();
        return m_check;
    }

private:
    DocumentCheck m_check;
};

DocumentCheck stopped(const QString &reason, const QString &form = {})
{
    Findings findings(form);
    findings.reason(reason);
    return findings.finish();
}

QDate dateOf(QStringView text)
{
    return QDate(text.first(4).toInt(), text.sliced(4, 2).toInt(), text.sliced(6, 2).toInt());
}

void checkDivision(Findings &findings, const DocumentKinds &kinds, QStringView code)
{
    const Division division = kinds.division(code);
    findings.check().region = divisionKey(division);
    if (division == Division::Unknown)
        findings.reason(u"REGION"_s);
    else if (division != Division::Current && division != Division::Historic)
        findings.warning(u"REGION_UNKNOWN"_s);
}

struct Territory {
    QLatin1StringView division;
    QLatin1StringView form;
    QLatin1StringView region;
};

constexpr std::array territories{Territory{"810000"_L1, "hmt-hk"_L1, "HK"_L1},
                                 Territory{"820000"_L1, "hmt-mo"_L1, "MO"_L1},
                                 Territory{"830000"_L1, "hmt-tw"_L1, "TW"_L1}};

/// The territory by the first two digits, or null.
const Territory *territoryOf(QStringView number)
{
    const auto found = std::ranges::find_if(territories, [number](const Territory &row) {
        return number.first(2) == row.division.first(2);
    });
    return found == territories.end() ? nullptr : &*found;
}

bool fitsEighteen(const QString &number)
{
    return areDigits(QStringView(number).first(17)) &&
           (number.back() == u'X' || areDigits(QStringView(number).last(1)));
}

/// Birth, sequence and check character, which all numbers of 18 characters have in the same places.
void checkEighteen(Findings &findings, const QString &number, QDate on)
{
    const QStringView text(number);
    findings.checkCharacter(mod11CheckCharacter(text.first(17)), number.back());
    findings.birth(dateOf(text.sliced(6, 8)), on);
    findings.sex(number[16]);
}

DocumentCheck checkFirstGeneration(const DocumentKinds &kinds, const QString &number, QDate on)
{
    if (!areDigits(number))
        return stopped(u"CHARSET"_s, u"cn15"_s);
    Findings findings(u"cn15"_s);
    // Sequences 996 to 999 were kept for people born before 1900.
    const QString century = number.last(3) >= u"996"_s ? u"18"_s : u"19"_s;
    QString upgraded = number.first(6) + century + number.sliced(6);
    upgraded += mod11CheckCharacter(upgraded);
    findings.check().upgraded = upgraded;
    findings.birth(dateOf(QStringView(upgraded).sliced(6, 8)), on);
    findings.sex(number.back());
    checkDivision(findings, kinds, QStringView(number).first(6));
    return findings.finish();
}

DocumentCheck checkTerritory(const Territory &territory, const QString &number, QDate on)
{
    Findings findings(territory.form);
    checkEighteen(findings, number, on);
    findings.check().region = territory.region;
    if (!number.startsWith(territory.division))
        findings.reason(u"REGION"_s);
    return findings.finish();
}

void checkIssuingPlace(Findings &findings, const DocumentKinds &kinds, const QString &place)
{
    findings.check().region = place;
    if (!kinds.knowsProvince(QStringView(place).first(2)))
        findings.reason(u"REGION"_s);
    else if (place.size() == 4 && !kinds.knowsPrefecture(place))
        findings.warning(u"REGION_UNKNOWN"_s);
}

DocumentCheck checkForeign15(const DocumentKinds &kinds, const QString &number, QDate on)
{
    const QString form = u"fpr15"_s;
    const QStringView text(number);
    if (!areLetters(text.first(3)) || !areDigits(text.sliced(3)))
        return stopped(u"FORMAT"_s, form);
    Findings findings(form);
    DocumentCheck &check = findings.check();
    findings.checkCharacter(icaoCheckDigit(text.first(14)), number.back());
    check.birthShort = number.sliced(7, 6);
    // No century in it: the latest such day that is not after `on`.
    QDate birth = dateOf(u"20"_s + check.birthShort);
    if (!birth.isValid() || birth > on)
        birth = dateOf(u"19"_s + check.birthShort);
    findings.birth(birth, on);
    findings.sex(number[13]);
    checkIssuingPlace(findings, kinds, number.sliced(3, 4));
    check.country = number.first(3);
    if (!kinds.knowsCountry(check.country))
        findings.reason(u"COUNTRY"_s);
    return findings.finish();
}

DocumentCheck checkForeign18(const DocumentKinds &kinds, const QString &number, QDate on)
{
    const QString form = u"fpr18"_s;
    if (!fitsEighteen(number))
        return stopped(u"CHARSET"_s, form);
    if (!number.startsWith(u'9'))
        return stopped(u"FORMAT"_s, form);
    Findings findings(form);
    checkEighteen(findings, number, on);
    checkIssuingPlace(findings, kinds, number.sliced(1, 2));
    findings.check().country = number.sliced(3, 3);
    if (!kinds.knowsCountry(findings.check().country))
        findings.reason(u"COUNTRY"_s);
    return findings.finish();
}

} // namespace

DocumentCheck checkResident(const DocumentKinds &kinds, const QString &number, QDate on)
{
    if (number.size() == 15)
        return checkFirstGeneration(kinds, number, on);
    if (number.size() != 18)
        return stopped(u"LENGTH"_s);
    if (!fitsEighteen(number))
        return stopped(u"CHARSET"_s);
    if (const Territory *territory = territoryOf(number))
        return checkTerritory(*territory, number, on);
    Findings findings(u"cn18"_s);
    checkEighteen(findings, number, on);
    checkDivision(findings, kinds, QStringView(number).first(6));
    return findings.finish();
}

DocumentCheck checkResidencePermit(const DocumentKinds &kinds, const QString &number, QDate on)
{
    if (number.size() != 18)
        return stopped(u"LENGTH"_s);
    DocumentCheck check = checkResident(kinds, number, on);
    if (check.form == u"cn18" && !check.reasons.contains(u"REGION"_s)) {
        check.reasons << u"REGION"_s;
        check.valid = false;
    }
    return check;
}

DocumentCheck checkForeignPermanent(const DocumentKinds &kinds, const QString &number, QDate on)
{
    if (number.size() == 15)
        return checkForeign15(kinds, number, on);
    if (number.size() == 18)
        return checkForeign18(kinds, number, on);
    return stopped(u"LENGTH"_s);
}

} // namespace upgradedesk
