#include "hub/certificatecache.h"

namespace upgradedesk::hub
{
namespace
{

constexpr qsizetype mostKnown = 20000; ///< a few kilobytes each

std::vector<Certificate> parsed(QByteArrayView pems)
{
    constexpr QByteArrayView end = "-----END CERTIFICATE-----";
    std::vector<Certificate> certificates;
    for (qsizetype from = 0, to = 0; (to = pems.indexOf(end, from)) >= 0; from = to + end.size()) {
        auto certificate =
            Certificate::fromPem(pems.sliced(from, to + end.size() - from).toByteArray() + '\n');
        if (certificate)
            certificates.push_back(std::move(*certificate));
    }
    return certificates;
}

} // namespace

std::vector<Certificate> CertificateCache::read(const QByteArray &pems)
{
    {
        const std::lock_guard lock(m_mutex);
        const auto known = m_known.constFind(pems);
        if (known != m_known.cend())
            return *known;
    }
    const auto certificates = parsed(pems);
    const std::lock_guard lock(m_mutex);
    // All were issued by our authority, so it fills once in many years of renewals.
    if (m_known.size() >= mostKnown)
        m_known.clear();
    return *m_known.insert(pems, certificates);
}

} // namespace upgradedesk::hub
