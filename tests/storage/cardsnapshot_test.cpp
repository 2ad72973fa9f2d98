#include "support/catch.h"

#include "storage/cardsnapshot.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <random>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace upgradedesk;
using namespace upgradedesk::storage;

namespace
{

using States = std::map<CardToken, CityCardState>;

SnapshotStand standOf(quint64 version, const QString &key = u"k-1"_s)
{
    return {version,
            QDateTime(QDate(2022, 6, 1), QTime(1, 2, 3, 4), Qt::UTC).addSecs(qint64(version)), key};
}

std::vector<CardChange> rowsOf(const States &states)
{
    std::vector<CardChange> rows;
    for (const auto &[token, state] : states)
        rows.push_back({token, state});
    return rows;
}

States someStates(size_t count, unsigned seed)
{
    std::mt19937_64 random(seed);
    States states;
    while (states.size() < count)
        states[random()] = CityCardState(1 + random() % 4);
    return states;
}

Result<void> load(const QString &folder, const SnapshotStand &stand, const States &states)
{
    auto loading = SnapshotLoad::begin(folder, stand);
    if (!loading)
        return tl::unexpected(loading.error());
    if (const auto added = loading->add(rowsOf(states)); !added)
        return added;
    return loading->finish();
}

Result<void> apply(const QString &folder, quint64 from, const SnapshotStand &stand,
                   const std::vector<CardChange> &rows, size_t stopAfter = SIZE_MAX)
{
    const QByteArray id(32, char(stand.version));
    auto delta = SnapshotDelta::begin(folder, from, stand, id);
    if (!delta)
        return tl::unexpected(delta.error());
    for (size_t at = 0; at < rows.size(); at += 700) {
        if (at >= stopAfter)
            return {};
        const auto piece = std::span(rows).subspan(at, std::min<size_t>(700, rows.size() - at));
        if (const auto added = delta->add(piece); !added)
            return added;
    }
    return delta->finish();
}

/// Changes for most cards, some that end, and some new ones.
std::vector<CardChange> changesOf(const States &states, unsigned seed, size_t count)
{
    std::mt19937_64 random(seed);
    States changes;
    for (const auto &[token, state] : states) {
        if (changes.size() < count * 4 / 5)
            changes[token] = CityCardState(random() % 5);
    }
    while (changes.size() < count)
        changes[random()] = CityCardState(1 + random() % 4);
    return rowsOf(changes);
}

void put(States &states, const CardChange &change)
{
    if (change.state == CityCardState::None)
        states.erase(change.token);
    else
        states[change.token] = change.state;
}

CityCardState lookUp(CardSnapshot &snapshot, CardToken token)
{
    return snapshot.look(token).value().value().state;
}

CityCardState in(const States &states, CardToken token)
{
    const auto found = states.find(token);
    return found == states.end() ? CityCardState::None : found->second;
}

/// Runs `work` in a process of its own and kills it -9 after so long; whether it had ended by then.
template <typename Work>
bool ranBeforeKill(std::chrono::microseconds after, Work work)
{
    const pid_t child = ::fork();
    if (child == 0) {
        work();
        ::_exit(0);
    }
    std::this_thread::sleep_for(after);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status);
}

int killRounds()
{
    const int asked = qEnvironmentVariableIntValue("UPGRADEDESK_SNAPSHOT_KILLS");
    return asked > 0 ? asked : 25;
}

} // namespace

TEST_CASE("A folder without a snapshot knows no card", "[storage]")
{
    const QTemporaryDir folder;
    CardSnapshot snapshot(folder.path());

    CHECK(snapshot.stand().value() == std::nullopt);
    CHECK_FALSE(snapshot.look(5).value());
    CHECK(QDir(folder.path()).isEmpty());
}

TEST_CASE("A loaded snapshot answers for every card, and none for the others", "[storage]")
{
    const QTemporaryDir folder;
    States states = someStates(5000, 1);
    states[0] = CityCardState::Linked;
    states[~CardToken(0)] = CityCardState::Exempt;
    states[(CardToken(1) << 63) - 1] = CityCardState::New;
    states[CardToken(1) << 63] = CityCardState::Registered;

    REQUIRE(load(folder.path(), standOf(7), states));

    CardSnapshot snapshot(folder.path());
    CHECK(snapshot.stand().value() == standOf(7));
    for (const auto &[token, state] : states)
        REQUIRE(lookUp(snapshot, token) == state);
    CHECK(lookUp(snapshot, 1) == CityCardState::None);
    CHECK(snapshot.look(0).value().value().stand == standOf(7));
    CHECK(QFileInfo(folder.filePath(u"cards-000000000001.sqlite"_s)).permission(QFile::ReadOther) ==
          false);
}

TEST_CASE("Changes bring the snapshot to the next version", "[storage]")
{
    const QTemporaryDir folder;
    States states = someStates(5000, 1);
    REQUIRE(load(folder.path(), standOf(1), states));
    CardSnapshot snapshot(folder.path());
    REQUIRE(snapshot.stand().value() == standOf(1));
    const auto changes = changesOf(states, 2, 3100);

    REQUIRE(apply(folder.path(), 1, standOf(2), changes));

    for (const CardChange &change : changes)
        put(states, change);
    CHECK(snapshot.stand().value() == standOf(2));
    for (const CardChange &change : changes)
        REQUIRE(lookUp(snapshot, change.token) == change.state);
    for (const auto &[token, state] : states)
        REQUIRE(lookUp(snapshot, token) == state);

    // Nothing new, but as of later.
    SnapshotStand later = standOf(2);
    later.asOf = later.asOf.addSecs(60);
    REQUIRE(apply(folder.path(), 2, later, {}));
    CHECK(snapshot.stand().value() == later);
}

TEST_CASE("Changes that broke off go on where they were, and the version counts at the end",
          "[storage]")
{
    const QTemporaryDir folder;
    const States states = someStates(5000, 1);
    REQUIRE(load(folder.path(), standOf(1), states));
    const auto changes = changesOf(states, 2, 4000);

    REQUIRE(apply(folder.path(), 1, standOf(2), changes, 2500));

    CardSnapshot snapshot(folder.path());
    CHECK(snapshot.stand().value() == standOf(1));
    {
        const auto again = SnapshotDelta::begin(folder.path(), 1, standOf(2), QByteArray(32, 2));
        CHECK(again.value().applied() == 2000);
        // Another one starts at its first row.
        const auto other = SnapshotDelta::begin(folder.path(), 1, standOf(3), QByteArray(32, 3));
        CHECK(other.value().applied() == 0);
    }
    for (size_t i = 0; i < changes.size(); ++i)
        REQUIRE(lookUp(snapshot, changes[i].token) ==
                (i < 2000 ? changes[i].state : in(states, changes[i].token)));

    REQUIRE(apply(folder.path(), 1, standOf(2), changes));
    CHECK(snapshot.stand().value() == standOf(2));
    for (const CardChange &change : changes)
        REQUIRE(lookUp(snapshot, change.token) == change.state);
}

TEST_CASE("A lower version, another key or another beginning changes nothing", "[storage]")
{
    const QTemporaryDir folder;
    const States states = someStates(100, 1);
    CHECK(apply(folder.path(), 1, standOf(2), {}).error().code == ErrorCode::SnapshotInvalid);
    REQUIRE(load(folder.path(), standOf(5), states));

    CHECK(load(folder.path(), standOf(4), {}).error().code == ErrorCode::SnapshotOld);
    CHECK(apply(folder.path(), 3, standOf(4), {}).error().code == ErrorCode::SnapshotOld);
    CHECK(apply(folder.path(), 4, standOf(6), {}).error().code == ErrorCode::SnapshotInvalid);
    CHECK(apply(folder.path(), 6, standOf(7), {}).error().code == ErrorCode::SnapshotInvalid);
    CHECK(apply(folder.path(), 5, standOf(6, u"k-2"_s), {}).error().code ==
          ErrorCode::SnapshotInvalid);

    CardSnapshot snapshot(folder.path());
    CHECK(snapshot.stand().value() == standOf(5));
    for (const auto &[token, state] : states)
        CHECK(lookUp(snapshot, token) == state);

    // A new key comes with a whole new snapshot only.
    REQUIRE(load(folder.path(), standOf(6, u"k-2"_s), someStates(10, 2)));
    snapshot.refresh();
    CHECK(snapshot.stand().value() == standOf(6, u"k-2"_s));
    CHECK(lookUp(snapshot, states.begin()->first) == CityCardState::None);
}

TEST_CASE("A reader goes on beside a whole new snapshot and then finds it", "[storage]")
{
    const QTemporaryDir folder;
    const States old = someStates(1000, 1);
    const States fresh = someStates(1000, 2);
    REQUIRE(load(folder.path(), standOf(1), old));
    CardSnapshot snapshot(folder.path());
    REQUIRE(lookUp(snapshot, old.begin()->first) == old.begin()->second);

    auto loading = SnapshotLoad::begin(folder.path(), standOf(2)).value();
    REQUIRE(loading.add(rowsOf(fresh)));
    CHECK(lookUp(snapshot, old.begin()->first) == old.begin()->second);
    REQUIRE(loading.finish());

    CHECK(snapshot.look(old.begin()->first).value());
    snapshot.refresh();
    CHECK(snapshot.stand().value() == standOf(2));
    CHECK(lookUp(snapshot, fresh.begin()->first) == fresh.begin()->second);
    CHECK(QDir(folder.path()).entryList({u"cards-*.sqlite"_s}) ==
          QStringList{u"cards-000000000002.sqlite"_s});
}

TEST_CASE("A reader that looks on finds by itself what another program has brought", "[storage]")
{
    const QTemporaryDir folder;
    REQUIRE(load(folder.path(), standOf(1), someStates(10, 1)));
    CardSnapshot snapshot(folder.path());
    REQUIRE(snapshot.stand().value() == standOf(1));
    // As long after the last change as a reader has to be to rely on the folder's time.
    std::filesystem::last_write_time(folder.path().toStdString(),
                                     std::filesystem::file_time_type::clock::now() - 1h);
    snapshot.refresh();
    REQUIRE(snapshot.stand().value() == standOf(1));

    REQUIRE(load(folder.path(), standOf(2), someStates(10, 2)));

    const auto until = std::chrono::steady_clock::now() + 20s;
    while (snapshot.stand().value() != standOf(2) && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(20ms);
    CHECK(snapshot.stand().value() == standOf(2));
}

TEST_CASE("A file that is no snapshot is told, left, and replaced by a whole one", "[storage]")
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"cards-000000000007.sqlite"_s);
    const QByteArray content = GENERATE(as<QByteArray>(), "",
                                        "not SQLite at all, but long enough "
                                        "to look at: 0123456789 0123456789 "
                                        "0123456789 0123456789 0123456789");
    {
        QFile file(path);
        REQUIRE(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    CardSnapshot snapshot(folder.path());
    CHECK(snapshot.look(1).error().code == ErrorCode::StoreDamaged);
    CHECK(apply(folder.path(), 1, standOf(2), {}).error().code == ErrorCode::StoreDamaged);

    REQUIRE(load(folder.path(), standOf(1), someStates(10, 1)));

    snapshot.refresh();
    CHECK(snapshot.stand().value() == standOf(1));
    CHECK_FALSE(QFile::exists(path));
    CardSnapshot::remove(folder.path());
    snapshot.refresh();
    CHECK(snapshot.stand().value() == std::nullopt);
    CHECK(QDir(folder.path()).isEmpty());
}

TEST_CASE("Changes survive kill -9 at any moment, and the rest is applied afterwards",
          "[storage][kill]")
{
    const QTemporaryDir folder;
    States states = someStates(30'000, 1);
    REQUIRE(load(folder.path(), standOf(1), states));
    std::mt19937 random(9);
    quint64 version = 1;
    int killed = 0;
    while (killed < killRounds()) {
        const auto changes = changesOf(states, unsigned(version), 20'000);
        quint64 applied = 0;
        for (bool ended = false; !ended;) {
            ended = ranBeforeKill(std::chrono::microseconds(random() % 60'000), [&] {
                if (!apply(folder.path(), version, standOf(version + 1), changes))
                    ::abort();
            });
            killed += ended ? 0 : 1;
            CardSnapshot snapshot(folder.path());
            const auto stand = snapshot.stand();
            REQUIRE(stand);
            if (stand.value() == standOf(version + 1)) {
                ended = true; // killed after its last commit
            } else {
                REQUIRE_FALSE(ended);
                REQUIRE(stand.value() == standOf(version));
                const auto delta =
                    SnapshotDelta::begin(folder.path(), version, standOf(version + 1),
                                         QByteArray(32, char(version + 1)));
                REQUIRE(delta);
                CHECK(delta->applied() >= applied);
                applied = delta->applied();
            }
            const quint64 done = ended ? changes.size() : applied;
            for (size_t i = 0; i < changes.size(); i += 37) {
                const CityCardState old = in(states, changes[i].token);
                REQUIRE(lookUp(snapshot, changes[i].token) == (i < done ? changes[i].state : old));
            }
        }
        for (const CardChange &change : changes)
            put(states, change);
        ++version;
    }
    CardSnapshot snapshot(folder.path());
    for (const auto &[token, state] : states)
        REQUIRE(lookUp(snapshot, token) == state);
    WARN(killed << " times killed, version " << version);
}

TEST_CASE("A load survives kill -9 at any moment: the old snapshot or the new one",
          "[storage][kill]")
{
    const QTemporaryDir folder;
    States states = someStates(20'000, 1);
    REQUIRE(load(folder.path(), standOf(1), states));
    std::mt19937 random(10);
    quint64 version = 1;
    int killed = 0;
    while (killed < killRounds()) {
        const States next = someStates(20'000, unsigned(version) + 1);
        const bool ended = ranBeforeKill(std::chrono::microseconds(random() % 80'000), [&] {
            if (!load(folder.path(), standOf(version + 1), next))
                ::abort();
        });
        killed += ended ? 0 : 1;
        CardSnapshot snapshot(folder.path());
        const auto stand = snapshot.stand().value().value();
        if (stand == standOf(version + 1)) {
            states = next;
            ++version;
        } else {
            REQUIRE_FALSE(ended);
            REQUIRE(stand == standOf(version));
        }
        int at = 0;
        for (const auto &[token, state] : states) {
            if (++at % 41 == 0)
                REQUIRE(lookUp(snapshot, token) == state);
        }
    }
    // What the kills left is gone with the next one.
    REQUIRE(load(folder.path(), standOf(version + 1), states));
    CHECK(QDir(folder.path()).entryList(QDir::Files).filter(u".part"_s).isEmpty());
    WARN(killed << " times killed, version " << version);
}

TEST_CASE("Reading through stops when it is told to, and with no snapshot at once", "[storage]")
{
    const QTemporaryDir folder;
    std::atomic_bool stop = true;
    CardSnapshot::warm(folder.path(), stop);
    REQUIRE(load(folder.path(), standOf(1), someStates(1000, 1)));
    CardSnapshot::warm(folder.path(), stop);
    stop = false;
    CardSnapshot::warm(folder.path(), stop);
    CHECK(CardSnapshot::sizeOnDisk(folder.path()) > 1000 * 11);
}
