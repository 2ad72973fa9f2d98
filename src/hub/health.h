#pragma once

#include "hub/evidence.h"

#include <QDate>

#include <functional>

namespace upgradedesk::hub
{

/// What a health service says of a person.
struct HealthReport {
    QString level;  ///< `normal`, `abnormal`, `no-result`
    QDate testDay;  ///< Beijing date; invalid: no result
    QDateTime asOf; ///< UTC
    QString source;
};

/// Whom the hub asks about tests.
class HealthProvider
{
public:
    virtual ~HealthProvider() = default;
    /// May take some seconds. Fails with HealthUnreachable or InputInvalid.
    [[nodiscard]] virtual Result<HealthReport> ask(const Person &person,
                                                   const QString &healthCode) = 0;
};

/// A service over HTTP; docs/health-provider.md has the messages. May be used from several threads.
class HttpHealthProvider final : public HealthProvider
{
public:
    /// `authority` is a file of PEM, or empty for the system's authorities.
    HttpHealthProvider(QUrl url, QString authority)
        : m_url(std::move(url))
        , m_authority(std::move(authority))
    {
    }
    [[nodiscard]] Result<HealthReport> ask(const Person &person,
                                           const QString &healthCode) override;

private:
    [[nodiscard]] Result<HealthReport> askOnce(const Person &person,
                                               const QString &healthCode) const;

    QUrl m_url;
    QString m_authority;
};

/// The provider the configuration names; null when results come by `health import` alone.
[[nodiscard]] std::unique_ptr<HealthProvider> healthProviderOf(const Config &config);

/// The answer of a service, or of a line of a file, in our terms. Days are whole days before the
/// Beijing date of `asOf`; a negative number means that there is no result.
[[nodiscard]] HealthReport reportOf(const QString &level, int days, const QDateTime &asOf,
                                    const QString &source);

/// Whether it says what nobody can know yet. Kept, it would be newer than all that are true.
[[nodiscard]] bool isOfFuture(const HealthReport &report, const QDateTime &now);

/// Keeps a report unless a newer one is there.
[[nodiscard]] Result<void> keepReport(Session &session, const QByteArray &personToken,
                                      const HealthReport &report, const QDateTime &now);

/// How often somebody was erased, and more: it changes with every erasure. Ask before the service
/// is asked for an answer that no record waits for.
[[nodiscard]] Result<qint64> erasuresSoFar(Hub &hub);
/// Keeps such an answer, unless somebody was erased since.
[[nodiscard]] Result<void> keepAnswer(Hub &hub, const QByteArray &personToken,
                                      const HealthReport &report, qint64 erasures);

/// Looks up persons whose records are marked pending, oldest first; several processes share the
/// work. An answer that is not right concerns one person; a service that does not answer ends the
/// round with an error, and whoever was not asked keeps the place. `stopping` is asked before each
/// person. Returns how many it has looked at.
[[nodiscard]] Result<int> lookUpPending(Hub &hub, Evidence &evidence, HealthProvider &provider,
                                        int most, const std::function<bool()> &stopping);

} // namespace upgradedesk::hub
