#pragma once

#include "crypto/certificate.h"

#include <QByteArray>
#include <QHash>

#include <mutex>
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
    std::mutex m_mutex;
    QHash<QByteArray, std::vector<Certificate>> m_known;
};

} // namespace upgradedesk::hub
