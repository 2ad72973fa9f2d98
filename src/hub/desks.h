#pragma once

#include "crypto/enrolmentcode.h"
#include "hub/certificatecache.h"
#include "hub/intake.h"
#include "wire/enrolment.h"

namespace upgradedesk::hub
{

/// A desk as the register has it.
struct DeskEntry {
    QString id;
    QString name;
    QString station;
    QString stationName;
    QDateTime invited;
    QDateTime enrolled; ///< invalid: not yet
    QDateTime revoked;  ///< invalid: no
    QDateTime lastRecord;
};

struct Invitation {
    QString desk;
    EnrolmentCode code;
    QDateTime expires;
};

/// Who asks, by the certificate of the connection.
struct Caller {
    DeskSigner signer;
    QString station;
    bool revoked = false;
    QString tokenKey = {}; ///< id of the key that tokens are made with now
};

/// Desks: who was invited, who they are, who is revoked. May be used from several threads.
class Desks
{
public:
    explicit Desks(Hub &hub)
        : m_hub(hub)
    {
    }

    /// A new desk with a code for 24 hours. The station is made when there is none of that id.
    [[nodiscard]] Result<Invitation> invite(const QString &station, const QString &stationName,
                                            const QString &name);
    /// A code for a desk that is there and whose certificate has ended, or may: it stays the desk
    /// it is. DeskUnknown, DeskRevoked.
    [[nodiscard]] Result<Invitation> inviteAgain(const QString &desk);
    [[nodiscard]] Result<QList<DeskEntry>> list();

    struct Revoked {
        qint64 tokenKey = 0; ///< number of the new one
        qint64 cards = 0;    ///< that were given new tokens
        qint64 unreadable =
            0;             ///< of those, whose evidence does not open: gates no longer know them
        bool here = false; ///< not by another process, which knows these numbers
    };
    /// Refuses the desk from now on, then makes the tokens of all linked cards again from their
    /// sealed records, a few at a time beside the service, and puts the new token key in force.
    /// Cut off in between, the same call goes on with it, and serve() does.
    [[nodiscard]] Result<Revoked> revoke(const QString &desk);

    /// Goes on with a new token key that a revocation was cut off before, or that a restore has
    /// found in the ledger; nothing to do is fine. Waits for another process that is at it.
    [[nodiscard]] Result<Revoked> finishRetokening();
    using Stopping = std::function<bool()>;
    /// The same beside the running service: leaves it to another process that is at it, and ends
    /// soon after `stopping`.
    [[nodiscard]] Result<Revoked> finishRetokeningBeside(const Stopping &stopping);
    /// False when finishRetokening() has to come first: a restore has put back a token key that had
    /// been replaced, and desks have later ones already.
    [[nodiscard]] Result<bool> mayServe();

    /// Gives the bearer of a code its certificate. The same code and key again, as a network that
    /// lost the answer sends them, are answered again. Fails with EnrolmentRefused, or with
    /// EnrolmentOtherDesk when the asking folder is another desk's; the code stays good then.
    [[nodiscard]] Result<wire::EnrolmentAnswer> enrol(const wire::EnrolmentRequest &request);

    /// A new certificate for a desk that is still good.
    [[nodiscard]] Result<wire::EnrolmentAnswer> renew(const Caller &caller,
                                                      const wire::RenewalRequest &request);
    /// Without network: for a desk that was invited or is enrolled. Its code is used up.
    [[nodiscard]] Result<wire::EnrolmentAnswer> certify(const QString &desk, const QByteArray &csr);
    /// Until when the desk speaks with a certificate of its own; nothing when with none. Whoever
    /// gets another one then is a second machine, or the same one anew.
    [[nodiscard]] Result<std::optional<QDateTime>> speaksUntil(const QString &desk);

    [[nodiscard]] Result<wire::KeysAnswer> keysFor(const Caller &caller);

    /// Of a connection, which was checked against our authority; nothing when it cannot be read.
    [[nodiscard]] std::optional<Certificate> certificateOf(const QByteArray &pem);
    /// Nothing for a certificate that is not in the register. `revoked` is asked each time. Of the
    /// desk's certificates this one and the newest few.
    [[nodiscard]] Result<std::optional<Caller>> byCertificate(const Certificate &certificate);
    /// The same by id, with all certificates it ever had: for records that came by hand, and
    /// evidence.
    [[nodiscard]] Result<std::optional<Caller>> byId(const QString &desk);

private:
    [[nodiscard]] Result<Invitation> newInvitation(const QString &desk) const;
    [[nodiscard]] static Result<void> keep(Session &session, const Invitation &invitation);
    [[nodiscard]] Result<Revoked> retokenAlone(const char *lock, qint64 tokenKey,
                                               const Stopping &stopping);
    [[nodiscard]] Result<Revoked> retoken(qint64 tokenKey, const Stopping &stopping);
    [[nodiscard]] Result<wire::EnrolmentAnswer> certified(const QString &desk,
                                                          const QByteArray &csr, bool usesCode);
    /// `again`: the last certificate will do when it is good for this key.
    [[nodiscard]] Result<wire::EnrolmentAnswer> issue(Session &session, const QString &desk,
                                                      const SigningRequest &request, bool again);
    [[nodiscard]] Result<std::optional<Certificate>> lastOf(Session &session, const QString &desk,
                                                            const QByteArray &keyHash);
    [[nodiscard]] Result<Certificate> newCertificate(Session &session,
                                                     const wire::EnrolmentAnswer &answer,
                                                     const SigningRequest &request);
    [[nodiscard]] Result<wire::DeskSecrets> secretsFor(const QString &station, qint64 number) const;
    [[nodiscard]] Result<std::optional<Caller>> found(const Rows &rows);

    Hub &m_hub;
    CertificateCache m_certificates;
};

} // namespace upgradedesk::hub
