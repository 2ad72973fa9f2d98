#include "e2e/faultyproxy.h"
#include "e2e/syncdesk.h"

#include <QElapsedTimer>

#include <array>

// Two desks that race for the same persons and cards, two hubs behind a balancer, one PostgreSQL,
// all of them real, and what goes wrong between and within them while records are on their way.
// UPGRADEDESK_E2E_HUBKILLS=200 makes it as long as a release asks for: a thousand records of each
// desk at a time, and so many faults in all.

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// These tests restart PostgreSQL: never the cluster that others share.
const bool ownCluster = qunsetenv("UPGRADEDESK_TEST_CLUSTER");

enum class Trouble {
    AnswersDropped,
    ConnectionsCut,
    HubKilled,
    HubsKilledEverySecond,
    DatabaseRestarted,
    DeskKilled
};
constexpr std::array troubles{
    std::pair{Trouble::AnswersDropped, "answers dropped after the commit"},
    std::pair{Trouble::ConnectionsCut, "connections cut mid-body"},
    std::pair{Trouble::HubKilled, "the hub killed -9 that a batch has gone to"},
    std::pair{Trouble::HubsKilledEverySecond, "both hubs killed -9 every second"},
    std::pair{Trouble::DatabaseRestarted, "PostgreSQL restarted, fast and immediate in turn"},
    std::pair{Trouble::DeskKilled, "deskctl sync killed -9"},
};

bool restartDatabase(const QString &mode)
{
    QProcess process;
    process.start(
        u"/bin/bash"_s,
        {u"-c"_s, u"bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1);"
                  "if [ $(id -u) -eq 0 ]; then as='runuser -u postgres --'; fi;"
                  "cd /; $as $bin/pg_ctl -D %1/data -l %1/log -m %2 -w restart >/dev/null"_s.arg(
                      Cluster::get().folder(), mode)});
    return process.waitForFinished(120'000) && process.exitCode() == 0;
}

class City : public QObject
{
public:
    City()
    {
        REQUIRE(serving);
        balancer.faultOfBatch = [this] { return faultOfBatch(); };
        balancer.call = [this](int port, bool unanswered) { happen(port, unanswered); };
        balancer.dropped = [this] { ++done; };
        connect(&m_everySecond, &QTimer::timeout, this, [this] { killBoth(); });
    }

    /// Both desks bring so many records each, and this happens to at least so many batches.
    void bring(Trouble what, int faults, int records)
    {
        trouble = what;
        for (m_wanted = faults; m_wanted > 0; m_wanted -= done) {
            done = 0;
            balancer.cut = 0;
            balancer.calls = 0;
            one.link(linked, records);
            two.linkCrossed(linked, records);
            linked += records;
            m_started = 0;
            m_spoilNext = true;
            for (size_t i = 0; i < desks.size(); ++i)
                desks[i]->start(syncs[i], {u"sync"_s, u"--until-empty"_s});
            for (QProcess &sync : syncs) {
                REQUIRE(SyncDesk::finish(sync));
                INFO(sync.readAllStandardError().toStdString());
                CHECK(sync.exitCode() == 0);
            }
            m_everySecond.stop();
            REQUIRE_FALSE(m_failed);
            if (what == Trouble::ConnectionsCut)
                done = balancer.cut;
            all += done;
        }
    }

    /// What both desks were told is what the hub has decided, as it was before, too; and of each
    /// rule there is one winner.
    void check()
    {
        const QByteArray rows =
            psql(hub.database.name(), u"SELECT id, coalesce(reason, 'accepted') FROM records"_s);
        QHash<QString, QString> decided;
        for (const QByteArray &row : rows.split('\n'))
            decided.insert(QString::fromLatin1(row.left(row.indexOf('|'))),
                           QString::fromLatin1(row.mid(row.indexOf('|') + 1)));
        CHECK(decided.size() == 2 * linked);
        QHash<QString, QString> told = one.told();
        told.insert(two.told());
        CHECK(told == decided);
        for (auto row = m_decided.cbegin(); row != m_decided.cend(); ++row) {
            if (decided.value(row.key()) != row.value())
                FAIL_CHECK(row.key().toStdString() << " was decided anew");
        }
        m_decided = decided;

        const auto number = [this](const QString &sql) { return countOf(hub, sql); };
        CHECK(number(u"SELECT count(DISTINCT sha256) FROM envelope"_s) == 2 * linked);
        winners = number(u"SELECT count(*) FROM records WHERE reason IS NULL"_s);
        CHECK(winners >= linked / 2);
        CHECK(winners <= linked);
        CHECK(number(u"SELECT count(*) FROM card WHERE state = 'linked'"_s) == winners);
        CHECK(number(u"SELECT count(DISTINCT person) FROM card WHERE state = 'linked'"_s) ==
              winners);
        CHECK(number(u"SELECT count(*) FROM holding"_s) == winners);
        // Whoever lost has lost to somebody, by the rule that the reason names.
        CHECK(number(u"SELECT count(*) FROM records l WHERE l.reason IS NOT NULL AND NOT ("
                     " l.reason = 'card-linked-to-other' AND EXISTS (SELECT 1 FROM records w"
                     "  WHERE w.reason IS NULL AND w.card = l.card AND w.person <> l.person)"
                     " OR l.reason = 'person-has-physical-card' AND EXISTS (SELECT 1 FROM records w"
                     "  WHERE w.reason IS NULL AND w.person = l.person AND w.card <> l.card))"_s) ==
              0);
    }

    /// Records that both hubs have answered about since they were started, each time counted.
    [[nodiscard]] int answered() const
    {
        double sum = 0;
        for (const HubProcess *each : {&hub, &second}) {
            for (const QByteArray &line : each->admin("/metrics").body.split('\n')) {
                if (line.startsWith("upgradehub_records_total{"))
                    sum += line.mid(line.lastIndexOf(' ') + 1).toDouble();
            }
        }
        return int(sum);
    }

    HubProcess hub;
    HubProcess second{hub};
    const bool serving = serveBoth();
    FaultyProxy balancer{{hub.port, second.port}};
    const SyncDesk one{hub, balancer.port()};
    const SyncDesk two{hub, balancer.port()};
    const std::array<const SyncDesk *, 2> desks{&one, &two};
    std::array<QProcess, 2> syncs;

    Trouble trouble{};
    int linked = 0;      ///< cards, at each desk
    int winners = 0;     ///< of all that were linked
    int done = 0;        ///< faults
    int all = 0;         ///< faults of all kinds
    int inTheMiddle = 0; ///< kills and restarts before the batch was answered

private:
    /// Every second batch, so that the others get on.
    FaultyProxy::Fault faultOfBatch()
    {
        using enum FaultyProxy::Fault;
        if (trouble == Trouble::HubsKilledEverySecond && m_started > 0)
            return None;
        if (m_started >= m_wanted || !std::exchange(m_spoilNext, !m_spoilNext))
            return None;
        ++m_started;
        switch (trouble) {
        case Trouble::AnswersDropped:
            return DropAnswer;
        case Trouble::ConnectionsCut:
            return CutMidBody;
        default:
            return Call;
        }
    }

    void happen(int port, bool unanswered)
    {
        inTheMiddle += unanswered ? 1 : 0;
        ++done;
        switch (trouble) {
        case Trouble::HubKilled:
            restart(port == hub.port ? hub : second);
            break;
        case Trouble::HubsKilledEverySecond:
            // The first within a batch, the others when their second is over.
            m_failed |= !restartBoth();
            m_everySecond.start(1000);
            break;
        case Trouble::DatabaseRestarted:
            m_failed |= !restartDatabase(done % 2 == 1 ? u"fast"_s : u"immediate"_s);
            break;
        case Trouble::DeskKilled:
            restartDesk();
            break;
        default:
            break;
        }
    }

    bool serveBoth()
    {
        REQUIRE(addOperator(hub));
        return hub.serve() && second.serve();
    }
    bool restartBoth()
    {
        hub.kill();
        second.kill();
        return hub.serve() && second.serve();
    }
    void restart(HubProcess &killed)
    {
        killed.kill();
        m_failed |= !killed.serve();
    }
    void killBoth()
    {
        if (done >= m_wanted) {
            m_everySecond.stop();
            return;
        }
        ++done;
        m_failed |= !restartBoth();
    }
    void restartDesk()
    {
        const size_t which = size_t(done % 2);
        if (syncs[which].state() == QProcess::NotRunning)
            return;
        syncs[which].kill();
        syncs[which].waitForFinished(10'000);
        desks[which]->start(syncs[which], {u"sync"_s, u"--until-empty"_s});
    }

    QTimer m_everySecond;
    QHash<QString, QString> m_decided;
    int m_wanted = 0;
    int m_started = 0;
    bool m_spoilNext = true;
    bool m_failed = false;
};

} // namespace

TEST_CASE("Whatever breaks on the way, each record is there once and each rule has one winner",
          "[e2e][sync]")
{
    const int asked = qEnvironmentVariableIntValue("UPGRADEDESK_E2E_HUBKILLS");
    const int kinds = int(troubles.size());
    const int faults = std::max(2, (asked + kinds - 1) / kinds);
    const int records = asked > 0 ? 1000 : 120;
    City city;
    for (const auto &[trouble, words] : troubles) {
        INFO(words);
        QElapsedTimer timer;
        timer.start();
        const int before = city.all;
        const int linked = city.linked;
        const int answered = city.answered();
        city.inTheMiddle = 0;
        city.bring(trouble, faults, records);
        city.check();
        const int brought = city.linked - linked;
        if (trouble == Trouble::AnswersDropped) {
            // What was dropped had been decided: the hub has answered about it once more.
            CHECK(city.answered() - answered >= 2 * brought + faults);
        } else if (trouble != Trouble::ConnectionsCut) {
            CHECK(city.inTheMiddle > 0);
        }
        WARN(words << ": " << city.all - before << " times while 2 x " << brought
                   << " records came, " << city.inTheMiddle << " within a batch, in "
                   << timer.elapsed() << " ms");
    }
    CHECK(city.all >= kinds * 2);
    const auto audit = city.hub.run({u"audit"_s, u"verify"_s});
    INFO(audit.out.toStdString());
    CHECK(audit.exit == 0);
    city.one.checkSound();
    city.two.checkSound();
    WARN(city.all << " faults, " << 2 * city.linked << " records, " << city.winners
                  << " links; nothing lost, nothing doubled");
}
