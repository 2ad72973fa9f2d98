#pragma once

#include "core/datafolder.h"
#include "core/result.h"
#include "crypto/csr.h"
#include "crypto/keypair.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <memory>

namespace upgradedesk
{

/// What a certificate may be used for. Each profile has extended key usages of its own, so that
/// practice and production refuse each other's certificates.
enum class CertificateRole {
    Authority, ///< signs the others
    Desk,      ///< signs records, and is the client of TLS
    Record,    ///< records are encrypted to it
    Hub        ///< the server of TLS; signs receipts, rules and rosters
};

struct CertificateHandle;

/// What goes into a new certificate.
struct CertificateRequest {
    Profile profile = Profile::Training;
    CertificateRole role = CertificateRole::Desk;
    QString commonName; ///< the desk's or hub's id
    QString unit;       ///< the station's id, may be empty
    QDateTime from;
    QDateTime until;
    QStringList hosts = {}; ///< of a hub: names and addresses it is reached under
};

/// An X.509 certificate. Copies share it; it may be used from several threads.
class Certificate
{
public:
    /// Signs with the key itself: the authority of a practice identity.
    [[nodiscard]] static Result<Certificate> selfSigned(const CertificateRequest &request,
                                                        const KeyPair &key);
    [[nodiscard]] static Result<Certificate> issue(const CertificateRequest &request,
                                                   const KeyPair &subject,
                                                   const Certificate &authority,
                                                   const KeyPair &authorityKey);
    /// For the key that asked; nothing else of what it asked for is taken over.
    [[nodiscard]] static Result<Certificate> issue(const CertificateRequest &request,
                                                   const SigningRequest &subject,
                                                   const Certificate &authority,
                                                   const KeyPair &authorityKey);
    /// Fails with CryptoFailed.
    [[nodiscard]] static Result<Certificate> fromPem(QByteArrayView pem);

    [[nodiscard]] QByteArray pem() const;
    [[nodiscard]] QString commonName() const;
    [[nodiscard]] QString unit() const;
    [[nodiscard]] QDateTime from() const;
    [[nodiscard]] QDateTime until() const;

    /// SHA-256 of the whole certificate in DER: another for each one issued.
    [[nodiscard]] QByteArray fingerprint() const;
    /// SHA-256 of the public key (SubjectPublicKeyInfo in DER).
    [[nodiscard]] QByteArray keyHash() const;
    /// Lower-case hex.
    [[nodiscard]] QString serial() const;

    /// Whether the key of this certificate made the signature (KeyPair::sign).
    [[nodiscard]] bool verifies(QByteArrayView message, QByteArrayView signature) const;
    [[nodiscard]] bool belongsTo(const KeyPair &key) const;
    [[nodiscard]] bool hasRole(Profile profile, CertificateRole role) const;
    [[nodiscard]] bool isSignedBy(const Certificate &authority) const;
    /// Whether it is good at that time by its own dates.
    [[nodiscard]] bool isInForce(const QDateTime &time) const;

    /// For this folder only.
    [[nodiscard]] const CertificateHandle &handle() const { return *m_certificate; }

private:
    explicit Certificate(std::shared_ptr<const CertificateHandle> certificate)
        : m_certificate(std::move(certificate))
    {
    }
    [[nodiscard]] static Result<Certificate> make(const CertificateRequest &request,
                                                  const KeyHandle &subject,
                                                  const Certificate *authority,
                                                  const KeyPair &signer);

    std::shared_ptr<const CertificateHandle> m_certificate;
};

} // namespace upgradedesk
