#include "hub/certificatecache.h"

namespace upgradedesk::hub
{
namespace
{

constexpr qsizetype mostKnown = 20000; ///< a few kilobytes each

} // namespace

std::optional<Certificate> CertificateCache::one(const QByteArray &pem)
{
    {
        const std::lock_guard lock(m_mutex);
        const auto known = m_known.constFind(pem);
        if (known != m_known.cend())
            return *known;
    }
    const auto certificate = Certificate::fromPem(pem);
    if (!certificate)
        return std::nullopt;
    const std::lock_guard lock(m_mutex);
    // All were issued by our authority, so it fills once in many years of renewals.
    if (m_known.size() >= mostKnown)
        m_known.clear();
    return *m_known.insert(pem, *certificate);
}

std::vector<Certificate> CertificateCache::read(const QByteArray &pems)
{
    constexpr QByteArrayView end = "-----END CERTIFICATE-----";
    std::vector<Certificate> certificates;
    for (qsizetype from = 0, to = 0; (to = pems.indexOf(end, from)) >= 0; from = to + end.size()) {
        const QByteArray pem = pems.mid(from, to + end.size() - from).trimmed() + '\n';
        if (auto certificate = one(pem))
            certificates.push_back(std::move(*certificate));
    }
    return certificates;
}

} // namespace upgradedesk::hub
