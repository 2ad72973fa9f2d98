#pragma once

#include "core/datafolder.h"
#include "core/result.h"
#include "crypto/keypair.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <memory>

namespace upgradedesk
{

/// What a certificate may be used for. Each profile has extended key usages of its own, so that
/// practice and production refuse each other's certificates.
enum class CertificateRole {
    Authority, ///< signs the others
    Desk,      ///< signs records
    Record     ///< records are encrypted to it
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
    /// Fails with CryptoFailed.
    [[nodiscard]] static Result<Certificate> fromPem(QByteArrayView pem);

    [[nodiscard]] QByteArray pem() const;
    [[nodiscard]] QString commonName() const;
    [[nodiscard]] QString unit() const;
    [[nodiscard]] QDateTime from() const;
    [[nodiscard]] QDateTime until() const;

    [[nodiscard]] bool belongsTo(const KeyPair &key) const;
    [[nodiscard]] bool hasRole(Profile profile, CertificateRole role) const;
    [[nodiscard]] bool isSignedBy(const Certificate &authority) const;

    /// For this folder only.
    [[nodiscard]] const CertificateHandle &handle() const { return *m_certificate; }

private:
    explicit Certificate(std::shared_ptr<const CertificateHandle> certificate)
        : m_certificate(std::move(certificate))
    {
    }
    [[nodiscard]] static Result<Certificate> make(const CertificateRequest &request,
                                                  const KeyPair &subject,
                                                  const Certificate *authority,
                                                  const KeyPair &signer);

    std::shared_ptr<const CertificateHandle> m_certificate;
};

} // namespace upgradedesk
