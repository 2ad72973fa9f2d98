#pragma once

#include "core/clock.h"
#include "storage/store.h"
#include "sync/hubclient.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>

namespace upgradedesk::sync
{

/// Checks rules before they are kept; nothing in this folder knows what rules say.
using RulesCheck = std::function<Result<void>(const QByteArray &body)>;

/// Takes a signed document in: a lower version is DocumentOlder, the same one is no news. Returns
/// whether it was news.
[[nodiscard]] Result<bool> takeDocument(const wire::SignedDocument &document,
                                        const DeskIdentity &identity, storage::HubStore &store,
                                        const RulesCheck &rulesCheck, const Clock &clock);

/// Keeps what the hub publishes up to date: rules, this station's roster, the city's keys, and the
/// desk's own certificate before it ends. Asked for at the start and then every quarter of an hour,
/// or at once by runNow(). Lives in the client's thread.
class DeskUpkeep final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeskUpkeep)

public:
    /// What is given must outlive it.
    DeskUpkeep(HubClient &client, storage::Store &store, const Clock &clock, QString folder,
               RulesCheck rulesCheck);

    void start();
    void runNow();

signals:
    /// Certificate or keys on the disk are new: whoever uses them loads the identity again.
    void identityChanged();
    /// Once through; the error of the first thing that did not work.
    void finished(const std::optional<upgradedesk::Error> &error);

private:
    void fetchRules();
    void fetchRoster();
    void fetchKeys();
    void renewIfNeeded();
    [[nodiscard]] bool isRenewedAlready() const;
    void take(const HubResult<wire::SignedDocument> &document);
    void keepForStart(const wire::SignedDocument &rules);
    void note(const Error &error);
    void finish();
    [[nodiscard]] Result<bool> keepKeys(const wire::KeysAnswer &keys);
    [[nodiscard]] Result<void> keepCertificate(const wire::EnrolmentAnswer &answer);

    HubClient &m_client;
    storage::Store &m_store;
    const Clock &m_clock;
    QString m_folder;
    RulesCheck m_rulesCheck;
    QTimer m_next;
    std::optional<Error> m_error;
    bool m_running = false;
};

} // namespace upgradedesk::sync
