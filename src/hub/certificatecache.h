#pragma once

#include "crypto/certificate.h"

#include <QByteArray>
#include <QHash>

#include <mutex>
#include <optional>
#include <vector>

namespace upgradedesk::hub
{

/// Certificates of desks that were read before: reading one takes longer than the question it
/// comes with. May be used from several threads.
class CertificateCache
{
public:
    /// The certificates in a text of PEM blocks, those left out that cannot be read.
    [[nodiscard]] std::vector<Certificate> read(const QByteArray &pems);

private:
    [[nodiscard]] std::optional<Certificate> one(const QByteArray &pem);

    std::mutex m_mutex;
    QHash<QByteArray, Certificate> m_known; ///< by their PEM block
};

} // namespace upgradedesk::hub
