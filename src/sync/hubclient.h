#pragma once

#include "core/clock.h"
#include "sync/deskidentity.h"
#include "sync/hubconnection.h"
#include "wire/enrolment.h"
#include "wire/questions.h"
#include "wire/records.h"
#include "wire/signeddocument.h"

#include <QObject>

#include <functional>
#include <memory>

namespace upgradedesk::sync
{

/// The calls of the hub (contracts.md), encoded and decoded. Lives in one thread and never waits;
/// each handler is called once, later, in that thread, and not at all once the client is gone.
class HubClient final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HubClient)

public:
    template <typename T>
    using Handler = std::function<void(const HubResult<T> &)>;

    /// What the hub judged, and the certificate whose key signed the receipts.
    struct Judged {
        wire::RecordsAnswer answer;
        Certificate hub;
    };

    /// Fails with HubAbsent in training, with HubAddressMissing when the desk was set up without
    /// the address of its hub, or with CryptoFailed. `identity` and `clock`
    /// must outlive the client.
    [[nodiscard]] static Result<std::unique_ptr<HubClient>> make(const DeskIdentity &identity,
                                                                 const Clock &clock);

    void sendRecords(const QList<wire::SealedRecord> &records, const Handler<Judged> &handler);

    void askCards(const QStringList &cardNumbers, const Handler<wire::CardStatusAnswer> &handler);
    /// Without `at` now, by the hub's clock.
    void askGate(const QString &cardNumber, const QString &venue,
                 const std::optional<QDateTime> &at,
                 const Handler<wire::GateDecisionAnswer> &handler);

    /// About the passenger of an open procedure: `record` is the id its record will have.
    struct AboutPerson {
        QString documentKind;
        QString documentNumber;
        QString record;
        QString operatorId;
    };
    void askPerson(const AboutPerson &question, const Handler<wire::PersonStatusAnswer> &handler);
    void askHealth(const AboutPerson &question, const Handler<wire::HealthStatusAnswer> &handler);

    /// The newest rules, or the roster of this station; the signature is checked.
    void fetchDocument(const QString &kind, const Handler<wire::SignedDocument> &handler);
    void fetchKeys(const Handler<wire::KeysAnswer> &handler);
    void renew(const QByteArray &csr, const Handler<wire::EnrolmentAnswer> &handler);

    /// A body of any size, in pieces.
    void fetchInPieces(const QString &path, const HubLimits &limits,
                       const HubConnection::PieceHandler &pieces,
                       const Handler<HubAnswer> &handler);

    [[nodiscard]] const DeskIdentity &identity() const { return m_identity; }
    [[nodiscard]] const QUrl &hub() const { return m_connection.hub(); }
    [[nodiscard]] const HubTrust &trust() const { return m_connection.trust(); }

signals:
    /// What every answer carries.
    void heard(const QDateTime &hubTime, const QString &epoch);

private:
    HubClient(const DeskIdentity &identity, const Clock &clock, HubTrust trust);

    template <typename T, typename Decode>
    [[nodiscard]] HubConnection::Handler decoding(Decode decode, const Handler<T> &handler);
    void askAbout(const QString &kind, const QString &path, const AboutPerson &question,
                  const HubConnection::Handler &handler);
    template <typename T>
    void refuse(const Handler<T> &handler, const Error &error);

    const DeskIdentity &m_identity;
    const Clock &m_clock;
    HubConnection m_connection;
};

/// Whether the document is of this kind, for this desk, and signed by its hub. SignatureInvalid.
[[nodiscard]] Result<void> checkDocument(const wire::SignedDocument &document, const QString &kind,
                                         const DeskIdentity &identity);

} // namespace upgradedesk::sync
