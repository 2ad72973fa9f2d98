#pragma once

#include "hub/hub.h"
#include "wire/record.h"
#include "wire/records.h"

#include <functional>

namespace upgradedesk::hub
{

/// One record after the hub has opened it and looked at everything that needs no other record.
struct Examined {
    wire::SealedRecord sealed;
    QByteArray hash; ///< SHA-256 of the sealed bytes
    QString reason;  ///< empty: nothing stands against it so far
    /// False for what is not this desk's to say (wrong signature, other ids inside than outside):
    /// such a thing must not take the id from the record that bears it rightly.
    bool counts = true;

    wire::Record record; ///< without names and numbers of persons and cards
    QDateTime trusted;   ///< UTC
    QByteArray card;     ///< the hub's own tokens, and the card under the city's key
    QByteArray cityCard;
    QByteArray oldCard;
    QByteArray person; ///< also of a record that is refused, when its document is valid
    QByteArray agent;
    QString slot;
    QString state; ///< of the card when it is linked
    Limits limits;
};

/// What one desk may be known by: certificates it has or had.
struct DeskSigner {
    QString desk;
    std::vector<Certificate> certificates; ///< newest first
    QDateTime enrolled = {};               ///< for the first time; invalid: the certificates tell
};

/// What a desk sealed, opened with whichever of its certificates signed. Fails with
/// SignatureInvalid.
[[nodiscard]] Result<Secret> openOf(const DeskSigner &signer, QByteArrayView sealed,
                                    const HubKeys &keys);
/// The same, where `open` tries one certificate: no other is tried once it has opened, or the
/// envelope is not whole.
[[nodiscard]] Result<Secret> openOf(const DeskSigner &signer,
                                    const std::function<Result<Secret>(const Certificate &)> &open);
/// Whether that failed because somebody else signed, and not because the envelope is not whole.
[[nodiscard]] bool isOfAnother(const Error &error);

/// Opens records and checks them against the rules. Touches no database; const use from several
/// threads is fine.
class Intake
{
public:
    Intake(const Hub &hub, const RulesBook &book, const Secret &tokenKey);

    [[nodiscard]] Result<Examined> examine(const wire::SealedRecord &sealed,
                                           const DeskSigner &signer, const QDateTime &now) const;

private:
    [[nodiscard]] Result<QString> check(Examined &examined) const;
    [[nodiscard]] Result<QString> checkLinkRecord(Examined &examined, const Rules &rules) const;
    [[nodiscard]] Result<QString> checkChange(Examined &examined, const Rules &rules) const;
    [[nodiscard]] QString checkConsents(const wire::Record &record, QDate day) const;
    [[nodiscard]] Result<void> namePerson(Examined &examined) const;
    [[nodiscard]] Result<void> nameCard(Examined &examined, const QString &number) const;

    const Hub &m_hub;
    const RulesBook &m_book;
    const Secret &m_tokenKey;
};

/// Which word of contracts.md a failed check of the link is.
[[nodiscard]] QString rejectionOf(ErrorCode code);

} // namespace upgradedesk::hub
