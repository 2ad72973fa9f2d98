#pragma once

#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace upgradedesk
{

/// A person as a document names one. `number` is normalised (identity/): ASCII, upper case, no
/// separators.
struct Person {
    QString documentKind; ///< `resident`, `hmt-residence`, … as in contracts.md
    QString documentNumber;
    QString name;

    bool operator==(const Person &) const = default;
};

/// One purpose the passenger agreed to, and who pressed.
struct Consent {
    QString purpose; ///< `sensitive-data`, `health-service`
    QString version;
    QString hash; ///< SHA-256 of the notice text in `language`, hex
    QString language;
    QString by; ///< `passenger` or `operator`
    QDateTime at;

    bool operator==(const Consent &) const = default;
};

/// Everything one link needs. Lives in memory only until it is sealed.
struct LinkRequest {
    QString cardNumber; ///< canonical digits
    QString product;    ///< key of the catalogue
    QString medium = QStringLiteral(
        "physical"); ///< declared by staff: physical, phone, wristband, commemorative
    QString cardBy = QStringLiteral("typed"); ///< how its number came in: tap, typed
    QString reason = QStringLiteral("self");  ///< self, behalf, first-topup
    Person holder;
    std::optional<Person> guardian;
    std::optional<Person> agent;
    QList<Consent> consents;
    QString rulesVersion;
    QString healthCode; ///< opaque token, may be empty
    QString operatorId;
    QString record =
        {}; ///< id the record is to have, when the hub was asked with it; else a new one
    QString supersedes = {}; ///< refused record that this one settles

    bool operator==(const LinkRequest &) const = default;
};

} // namespace upgradedesk
