#include "sync/citycards.h"

#include "crypto/cardtoken.h"

namespace upgradedesk::sync
{

CityCards::CityCards(const QString &folder)
    : m_folder(folder)
    , m_snapshot(folder)
{
}

Result<std::optional<storage::CardAnswer>> CityCards::look(const QString &number)
{
    for (const bool again : {false, true}) {
        if (again || !m_key) {
            m_key.reset();
            if (auto key = TokenKey::load(m_folder))
                m_key.emplace(std::move(*key));
        }
        if (!m_key)
            return std::nullopt;
        const auto answer = lookOnce(number);
        if (!answer || !*answer || (*answer)->stand.tokenKeyId == m_key->id)
            return answer;
    }
    return std::nullopt;
}

Result<std::optional<storage::CardAnswer>> CityCards::lookOnce(const QString &number)
{
    const auto token = cityCardToken(m_key->key, number);
    if (!token)
        return tl::unexpected(token.error());
    auto answer = m_snapshot.look(snapshotToken(*token));
    if (answer)
        return answer;
    // A convenience must not hold a passenger up; a copy that is broken is fetched again.
    if (answer.error().code == ErrorCode::StoreDamaged)
        storage::CardSnapshot::remove(m_folder);
    m_snapshot.refresh();
    return std::nullopt;
}

} // namespace upgradedesk::sync
