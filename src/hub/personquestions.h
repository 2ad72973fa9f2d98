#pragma once

#include "hub/health.h"
#include "wire/questions.h"

#include <atomic>

namespace upgradedesk::hub
{

/// Questions of desks about persons: opened, checked, counted and noted, then answered.
class PersonQuestions
{
public:
    PersonQuestions(Hub &hub, Desks &desks)
        : m_hub(hub)
        , m_desks(desks)
        , m_provider(healthProviderOf(hub.config))
    {
    }

    /// `kind` is `person-status` or `health-status`. Fails with SignatureInvalid, InputInvalid,
    /// OperatorUnknown, QuestionReplayed or QuotaExceeded.
    [[nodiscard]] Result<wire::PersonQuestion> accept(const QByteArray &sealed,
                                                      const Caller &caller, const QString &kind);

    [[nodiscard]] Result<wire::PersonStatusAnswer> personStatus(const wire::PersonQuestion &asked);
    [[nodiscard]] Result<wire::HealthStatusAnswer> healthStatus(const wire::PersonQuestion &asked);

private:
    [[nodiscard]] Result<void> checkFresh(const wire::PersonQuestion &asked,
                                          const QString &station) const;
    [[nodiscard]] Result<void> note(const wire::PersonQuestion &asked, const QString &kind) const;
    [[nodiscard]] Result<void> askProvider(const wire::PersonQuestion &asked,
                                           const QByteArray &personToken);
    [[nodiscard]] Result<QByteArray> tokenOf(const wire::PersonQuestion &asked) const;

    Hub &m_hub;
    Desks &m_desks;
    std::unique_ptr<HealthProvider> m_provider;
    std::atomic<int> m_asking = 0; ///< workers that wait for the provider just now
};

} // namespace upgradedesk::hub
