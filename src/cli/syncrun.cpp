#include "cli/syncrun.h"

#include "flow/rules.h"
#include "storage/hubstore.h"
#include "sync/deskupkeep.h"
#include "sync/snapshotdownload.h"

#include <QCoreApplication>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upgradedesk
{
namespace
{

/// One run: what it is made of, and when it is over.
class SyncRun final : public QObject
{
public:
    SyncRun(sync::HubClient &client, OpenDesk &desk, const QString &folder, SyncUntil until,
            const std::function<void(const Error &)> &tell)
        : m_desk(desk)
        , m_until(until)
        , m_uploader(client, desk.store, *desk.clock, folder)
        , m_upkeep(client, desk.store, *desk.clock, folder, checkRules)
        , m_states(client, folder)
        , m_tell(tell)
    {
        connect(&m_uploader, &sync::Uploader::changed, this, &SyncRun::changed);
        connect(&m_uploader, &sync::Uploader::drained, this, &SyncRun::drained);
        connect(&m_uploader, &sync::Uploader::storeTroubled, this, &SyncRun::end);
        connect(&m_uploader, &sync::Uploader::busyElsewhere, this, &SyncRun::busy);
        connect(&m_upkeep, &sync::DeskUpkeep::identityChanged, this,
                [this] { m_newIdentity = true; });
        connect(&m_upkeep, &sync::DeskUpkeep::finished, this, &SyncRun::keptUp);
        connect(&m_states, &sync::SnapshotDownload::finished, this, &SyncRun::statesCame);
    }

    Result<sync::UploaderState> run()
    {
        if (m_onlyStates)
            m_states.start();
        else if (m_until == SyncUntil::Documents)
            m_upkeep.start();
        else
            m_uploader.start();
        QCoreApplication::exec();
        m_uploader.stop();
        if (m_error)
            return tl::unexpected(*m_error);
        return m_uploader.state();
    }

    /// With new keys the card states have to be fetched by somebody who has them.
    [[nodiscard]] bool statesAreLeft() const { return m_statesAreLeft; }
    void onlyStates() { m_onlyStates = true; }

private:
    void changed(const sync::UploaderState &state)
    {
        if (!state.trouble) {
            m_told.reset();
            return;
        }
        if (m_until == SyncUntil::Once || isForPeople(state)) {
            end(*state.trouble);
            return;
        }
        if (m_told != state.trouble->code)
            m_tell(*state.trouble);
        m_told = state.trouble->code;
    }

    /// What only people can mend does not get better by waiting. A handshake that was cut off looks
    /// as if the hub were not to be trusted, so that counts when it comes twice.
    [[nodiscard]] bool isForPeople(const sync::UploaderState &state)
    {
        const ErrorCode code = state.trouble->code;
        m_sameInARow = m_told == code ? m_sameInARow + (state.nextTry ? 1 : 0) : 1;
        return code == ErrorCode::HubRefusesDesk ||
               (code == ErrorCode::HubNotTrusted && m_sameInARow > 1);
    }

    void drained()
    {
        if (m_until == SyncUntil::Empty) {
            const auto queue = m_desk.store.queueStatus(m_desk.clock->now());
            if (!queue) {
                end(queue.error());
                return;
            }
            const auto inTheWay = m_desk.store.hub().inTheWay(m_desk.clock->now());
            if (!inTheWay) {
                end(inTheWay.error());
                return;
            }
            if (queue->queued + queue->sending > 0 && !*inTheWay) {
                // They wait for a time of their own.
                QTimer::singleShot(1s, &m_uploader, &sync::Uploader::tryNow);
                return;
            }
        }
        if (!m_keptUp) {
            m_keptUp = true;
            m_epochSentTo = epoch();
            m_upkeep.start();
        } else if (m_stillSending) {
            QCoreApplication::quit();
        }
    }

    void keptUp(const std::optional<Error> &error)
    {
        note(error);
        // A new desk has to know its operators soon; the city's cards can come with the first sync.
        if (m_until == SyncUntil::Documents)
            QCoreApplication::quit();
        else if (error || m_newIdentity)
            finish();
        else
            m_states.start();
        m_statesAreLeft = m_newIdentity && m_until != SyncUntil::Documents && !error;
    }

    void statesCame(const std::optional<Error> &error)
    {
        // The run is good without them: another program brings them, or the next run does.
        if (error && error->code == ErrorCode::HubStatesBusy)
            m_tell(*error);
        else if (!error || error->code != ErrorCode::SnapshotBusy)
            note(error);
        finish();
    }

    /// The hub was restored, and the desk has learned it from what came last: what it still holds
    /// waits once more, and this run has not tried it.
    void finish()
    {
        const auto queue = m_desk.store.queueStatus(m_desk.clock->now());
        const bool mayGoOn = m_until == SyncUntil::Empty ||
                             (m_until == SyncUntil::Once && m_keptUp && epoch() != m_epochSentTo);
        m_stillSending = mayGoOn && !m_onlyStates && queue && queue->queued > 0;
        if (m_stillSending)
            m_uploader.tryNow();
        else
            QCoreApplication::quit();
    }

    [[nodiscard]] QString epoch()
    {
        const auto facts = m_desk.store.hub().facts();
        return facts ? facts->epoch : QString();
    }

    /// The queue is what the run is for; while that comes first, the rest comes next time.
    void note(const std::optional<Error> &error)
    {
        if (error && m_until == SyncUntil::Empty)
            m_tell(*error);
        else if (error)
            m_error = error;
    }

    /// The window, or another deskctl, is at it; it may take a while with a long queue.
    void busy()
    {
        constexpr int longestWait = 30; // once a second
        if (m_until == SyncUntil::Once && ++m_waited > longestWait)
            end({ErrorCode::StoreLocked, u"another program of this desk is uploading"_s, {}});
    }

    void end(const Error &error)
    {
        m_error = error;
        QCoreApplication::quit();
    }

    OpenDesk &m_desk;
    const SyncUntil m_until;
    sync::Uploader m_uploader;
    sync::DeskUpkeep m_upkeep;
    sync::SnapshotDownload m_states;
    const std::function<void(const Error &)> &m_tell;
    std::optional<ErrorCode> m_told;
    int m_sameInARow = 0; ///< failures of the cause that was told
    std::optional<Error> m_error;
    bool m_keptUp = false;
    QString m_epochSentTo; ///< of the hub that took what waited
    bool m_newIdentity = false;
    bool m_statesAreLeft = false;
    bool m_onlyStates = false;
    bool m_stillSending = false; ///< everything else is done
    int m_waited = 0;
};

} // namespace

Result<void> checkRules(const QByteArray &body)
{
    const auto rules = Rules::parse(body, u"rules of the hub"_s);
    if (!rules)
        return tl::unexpected(rules.error());
    return {};
}

Result<sync::UploaderState> runSync(OpenDesk &desk, const QString &folder, SyncUntil until,
                                    const std::function<void(const Error &)> &tell)
{
    auto client = sync::HubClient::make(desk.identity, *desk.clock);
    if (!client)
        return tl::unexpected(client.error());
    auto run = std::make_unique<SyncRun>(**client, desk, folder, until, tell);
    auto done = run->run();
    if (!done || !run->statesAreLeft())
        return done;

    run.reset();
    client->reset();
    auto renewed = sync::DeskIdentity::load(folder, *desk.clock);
    if (!renewed)
        return tl::unexpected(renewed.error());
    desk.identity = std::move(*renewed);
    client = sync::HubClient::make(desk.identity, *desk.clock);
    if (!client)
        return tl::unexpected(client.error());
    SyncRun states(**client, desk, folder, until, tell);
    states.onlyStates();
    if (const auto fetched = states.run(); !fetched)
        return fetched;
    return done;
}

} // namespace upgradedesk
