#pragma once

#include "core/linkrequest.h"
#include "core/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <optional>

namespace upgradedesk::wire
{

/// What a sealed record says. The desk signs and encrypts the encoding; the hub trusts no verdict
/// in it.
struct Record {
    QString id; ///< UUIDv7, the same as outside the envelope
    QString desk;
    QString hub;
    QString kind; ///< `link`, `first-topup`, `unlink`, `replace`, `revoke`

    /// Position and hash (32 bytes) of the desk's journal when the record was sealed. Several
    /// records may share them; the hub compares them with the last ones it saw.
    qint64 seq = 0;
    QByteArray journalHead;

    QDateTime deskTime;   ///< UTC, the desk's own clock
    qint64 bootTicks = 0; ///< milliseconds since the desk booted
    std::optional<QDateTime> lastHubTime;
    bool timeTrusted = false;

    QString operatorId;
    QString rulesVersion;
    QString supersedes; ///< record this one replaces, may be empty
    QString of;         ///< record this one is about; a revoke names it, else it may be empty

    // Everything below is absent in a `revoke`: the desk cannot reopen what it sealed, and taking
    // it back needs no person.
    QList<Consent> consents;
    QString medium;
    QString cardBy; ///< how the number came in: `tap` or `typed`
    QString reason;
    QString card;
    QString product;
    QString oldCard; ///< whose place `card` takes; in a `replace`, and there only
    Person holder;   ///< without a name in an `unlink` or a `replace`: the link itself has it
    std::optional<Person> guardian;
    std::optional<Person> agent;
    QString healthCode; ///< opaque, may be empty
    QString health = QStringLiteral("pending");

    /// Whether it is about a passenger, and so has persons, card and consents.
    [[nodiscard]] bool namesPassenger() const { return kind != QLatin1StringView("revoke"); }
    [[nodiscard]] bool isReplace() const { return kind == QLatin1StringView("replace"); }
    /// Whether it changes a link that is there, rather than making one.
    [[nodiscard]] bool changesLink() const
    {
        return isReplace() || kind == QLatin1StringView("unlink");
    }

    bool operator==(const Record &) const = default;
};

/// Compact JSON, UTF-8, keys in order: equal records have equal bytes. Times carry milliseconds.
[[nodiscard]] QByteArray encodeRecord(const Record &record);

/// Strict: every key known, every type and length right, at most 64 KiB. Fails with InputInvalid
/// whose argument names the key, never the value.
[[nodiscard]] Result<Record> decodeRecord(QByteArrayView text);

} // namespace upgradedesk::wire
