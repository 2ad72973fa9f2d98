#pragma once

#include "identity/documentkinds.h"

#include <QByteArrayView>
#include <QDate>
#include <QString>
#include <QStringList>

#include <optional>

namespace upgradedesk
{

/// The machine-readable zones of ICAO 9303: cards of three lines, small and passport-size documents
/// of two, and the two sizes of visas.
enum class MrzFormat { Unknown, Td1, Td2, Td3, MrvA, MrvB };

/// `TD1`, `TD2`, `TD3`, `MRV-A`, `MRV-B`; empty when unknown.
[[nodiscard]] QString mrzFormatKey(MrzFormat format);

/// Whether each check digit is right. Nothing where it was not looked at, and for the optional
/// field, which only passports check by itself.
struct MrzChecks {
    std::optional<bool> number;
    std::optional<bool> birth;
    std::optional<bool> expiry;
    std::optional<bool> optional;
    std::optional<bool> composite;

    bool operator==(const MrzChecks &) const = default;
};

/// What a machine-readable zone says. The optional fields are checked but not kept: they may hold
/// personal numbers the desk has no use for. Nothing of an invalid zone may be used.
struct Mrz {
    bool valid = false;
    MrzFormat format = MrzFormat::Unknown;
    QStringList reasons;    ///< LENGTH, CHARSET, VISA, FORMAT, NAME, CHECK_DIGIT, BIRTH_DATE,
                            ///< EXPIRY_DATE
    QStringList warnings;   ///< EXPIRED, SPECIMEN, COUNTRY_UNKNOWN, NAME_TRUNCATED, BIRTH_UNKNOWN,
                            ///< EXPIRY_UNKNOWN
    QString documentCode;   ///< `P`, `PO`, `I`, …
    QString issuer;         ///< ICAO code of one to three letters
    QString documentNumber; ///< long numbers joined; a filler inside stays
    QString surname;
    QString given;
    QString nationality;
    QString birthShort;         ///< YYMMDD as it stands
    std::optional<QDate> birth; ///< in the century that makes it the latest day not after `on`
    QString sex;                ///< `M` or `F`; empty when not stated
    QString expiryShort;        ///< YYMMDD as it stands
    std::optional<QDate> expiry;
    MrzChecks checks;

    bool operator==(const Mrz &) const = default;
};

/// Reads any bytes: two or three lines, or all of them in one as some scanners send them. LENGTH,
/// CHARSET, VISA and a FORMAT that is not that of ICAO 9303 stop, everything else is collected.
/// `on` is the Beijing date. Pure; takes microseconds and looks at no more than 1 KiB.
[[nodiscard]] Mrz readMrz(const DocumentKinds &kinds, QByteArrayView text, QDate on);

/// What no check digit covers, so that only a look at the document can confirm it: issuer, surname,
/// given, nationality, sex.
[[nodiscard]] const QStringList &mrzUncovered();

} // namespace upgradedesk
