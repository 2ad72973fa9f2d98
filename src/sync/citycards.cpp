#include "sync/citycards.h"

#include "crypto/cardtoken.h"

namespace upgradedesk::sync
{

CityCards::CityCards(const QString &folder, const DeskIdentity &identity)
    : m_folder(folder)
    , m_identity(identity)
    , m_snapshot(folder)
{
}

Result<std::optional<storage::CardAnswer>> CityCards::look(const QString &number)
{
    if (m_identity.tokenKeyId().isEmpty())
        return std::nullopt;
    const auto token = m_identity.cardToken(number);
    if (!token)
        return tl::unexpected(token.error());
    const auto answer = m_snapshot.look(snapshotToken(*token));
    if (!answer) {
        // A convenience must not hold a passenger up; a copy that is broken is fetched again.
        if (answer.error().code == ErrorCode::StoreDamaged)
            storage::CardSnapshot::remove(m_folder);
        m_snapshot.refresh();
        return std::nullopt;
    }
    if (!*answer || (*answer)->stand.tokenKeyId != m_identity.tokenKeyId())
        return std::nullopt;
    return *answer;
}

} // namespace upgradedesk::sync
