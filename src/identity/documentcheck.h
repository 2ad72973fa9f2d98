#pragma once

#include "identity/documentkinds.h"

#include <QDate>
#include <QString>
#include <QStringList>

#include <optional>

namespace upgradedesk
{

/// What a document number tells. Empty texts and dates mean "not in this number" or "not known".
struct DocumentCheck {
    bool valid = false;
    QStringList
        reasons; ///< LENGTH, CHARSET, CHECK_DIGIT, BIRTH_DATE, BIRTH_RANGE, REGION, FORMAT, COUNTRY
    QStringList warnings;    ///< REGION_UNKNOWN, OLD_FORM, UNCHECKED, FORMAT_UNUSUAL
    bool unfinished = false; ///< FORMAT only because characters are missing at the end
    QString normalized; ///< upper case, no separators; ASCII but for the Han characters of military
                        ///< numbers
    QString
        form; ///< `cn18`, `cn15`, `hmt-hk`, `hmt-mo`, `hmt-tw`, `fpr15`, `fpr18`, `hm-permit`, …
    std::optional<QDate> birth;
    QString birthShort; ///< YYMMDD, for numbers that hold no century; `birth` is then the latest
                        ///< day not after `on`
    QString sex;        ///< `M` or `F`
    QString region; ///< `current`, … of a resident number; HK, MO, TW; else the digits of the place
    QString upgraded;   ///< 18-character form of a 15-digit resident number
    QString country;    ///< ISO 3166 letters (fpr15) or digits (fpr18)
    QString subtype;    ///< of a passport: `ordinary`, `public-affairs`, `service`, `diplomatic`,
                        ///< `hk-sar`, …
    QString issueCount; ///< of an older home-return permit

    bool operator==(const DocumentCheck &) const = default;
};

/// Trims, drops spaces, tabs, dashes and line ends, makes full-width digits and X ASCII and letters
/// upper case.
[[nodiscard]] QString normaliseDocumentNumber(const QString &typed);

/// Checks a number by the rules of its kind as of a day (Beijing). LENGTH and CHARSET stop the
/// check, everything else is collected. A kind that is not in the data is FORMAT. Pure; takes
/// microseconds.
[[nodiscard]] DocumentCheck checkDocument(const DocumentKinds &kinds, QStringView kind,
                                          const QString &typed, QDate on);

/// Whole years between a birth date and a day; a birthday on 29 February counts on 1 March in other
/// years.
[[nodiscard]] int ageOn(QDate birth, QDate on);

} // namespace upgradedesk
