#include "hub/callers.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

constexpr qsizetype mostKnown = 10000;

} // namespace

std::optional<Callers::Known> Callers::known(const QByteArray &pem)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_known.constFind(pem);
    return found == m_known.constEnd() ? std::nullopt : std::optional(*found);
}

void Callers::keep(const QByteArray &pem, Known known)
{
    const std::lock_guard lock(m_mutex);
    if (m_known.size() >= mostKnown)
        m_known.clear();
    m_known.insert(pem, std::move(known));
}

Result<Callers::Answer> Callers::find(const QByteArray &pem)
{
    auto entry = known(pem);
    if (!entry) {
        auto certificate = Certificate::fromPem(pem);
        if (!certificate || !certificate->hasRole(m_hub.keys.profile, CertificateRole::Desk))
            return Answer{Standing::Refused, {}};
        entry = Known{std::move(*certificate), {}, 0};
    }
    // A connection may outlive the certificate it began with.
    if (!entry->certificate.isInForce(m_hub.clock.now()))
        return Answer{Standing::Refused, {}};
    const auto rows = m_hub.database.run(
        "SELECT d.id, d.station, d.revoked IS NOT NULL, (SELECT value FROM setting"
        " WHERE name = 'token-key'), (SELECT count(*) FROM desk_certificate k WHERE k.desk = d.id)"
        " FROM desk_certificate c JOIN desk d ON d.id = c.desk WHERE c.fingerprint = $1::bytea",
        Parameters().bytes(entry->certificate.fingerprint()));
    if (!rows)
        return tl::unexpected(rows.error());
    if (rows->isEmpty())
        return Answer{Standing::Unknown, {}};
    // Another certificate since: the desk may sign with that one already.
    if (entry->certificates != rows->number(0, 4)) {
        const auto fresh = m_desks.byId(rows->text(0, 0));
        if (!fresh)
            return tl::unexpected(fresh.error());
        if (!*fresh)
            return Answer{Standing::Unknown, {}};
        entry->signer = (*fresh)->signer;
        entry->certificates = rows->number(0, 4);
        keep(pem, *entry);
    }
    Caller caller{entry->signer, rows->text(0, 1), rows->flag(0, 2), rows->number(0, 3)};
    const Standing standing = caller.revoked ? Standing::Revoked : Standing::Good;
    return Answer{standing, std::move(caller)};
}

} // namespace upgradedesk::hub
