#include "support/catch.h"

#include "storage/powercut.h"
#include "storage/storefixture.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>

using namespace upgradedesk;
using namespace upgradedesk::storage;
using namespace upgradedesk::test;

namespace
{

/// Commits with the power-cut disk below: some transactions, a restart (which moves the WAL into
/// the database), some more.
void work(StoreFixture &desk, PowerCut &disk)
{
    int number = 0;
    for (int start = 0; start < 2; ++start) {
        auto store = Store::open(desk.folder.path(), desk.keys(), PowerCut::vfsName()).value();
        for (int i = 0; i < 5; ++i, ++number) {
            const auto name = QString::number(number);
            REQUIRE(store.commit(desk.record(name, name)));
            disk.acknowledge();
        }
    }
}

struct Outcome {
    int states = 0;
    int lost = 0;
    int broken = 0;
};

/// How many moments are looked at unless all are asked for.
constexpr size_t mostMoments = 60;

/// Opens what each disk holds after the cut with the ordinary VFS and compares it with what was
/// acknowledged.
Outcome afterEveryCut(const StoreFixture &desk, const PowerCut &disk, int mostStates)
{
    const QTemporaryDir folder(QFileInfo(u"/dev/shm"_s).isWritable() ? u"/dev/shm/powercut-XXXXXX"_s
                                                                     : QString());
    QSet<QByteArray> seen;
    std::vector<std::pair<PowerCut::Files, int>> distinct;
    quint32 seed = 1;
    const auto &moments = disk.moments();
    const size_t stride = mostStates > 1000 ? 1 : 1 + moments.size() / mostMoments;
    for (size_t i = 0; i < moments.size(); i += stride) {
        const PowerCut::Moment &moment = moments[i];
        PowerCut::eachState(moment, ++seed, [&](const PowerCut::Files &files) {
            QCryptographicHash hash(QCryptographicHash::Md5);
            for (const QString &name : {u"desk.sqlite"_s, u"desk.sqlite-wal"_s}) {
                hash.addData(files.value(desk.folder.filePath(name)));
                hash.addData("|");
            }
            hash.addData(QByteArray::number(moment.acknowledged));
            if (!seen.contains(hash.result())) {
                seen << hash.result();
                distinct.emplace_back(files, moment.acknowledged);
            }
        });
    }

    Outcome outcome;
    const size_t step = qMax<size_t>(1, distinct.size() / size_t(mostStates));
    for (size_t at = 0; at < distinct.size(); at += step) {
        const auto &[files, acknowledged] = distinct[at];
        QFile::remove(folder.filePath(u"desk.sqlite-shm"_s));
        for (auto file = files.begin(); file != files.end(); ++file) {
            QFile onDisk(folder.filePath(QFileInfo(file.key()).fileName()));
            if (onDisk.open(QIODevice::WriteOnly))
                onDisk.write(file.value());
        }
        ++outcome.states;
        auto store = Store::open(folder.path(), desk.keys());
        if (!store) {
            ++outcome.broken;
            continue;
        }
        const auto verified = store->verify();
        const auto rows = store->listQueue();
        if (!verified || !verified->ok() || !rows)
            ++outcome.broken;
        else if (rows->size() < acknowledged)
            ++outcome.lost;
    }
    return outcome;
}

int statesWanted()
{
    const int asked = qEnvironmentVariableIntValue("UPGRADEDESK_POWERCUT_STATES");
    return asked > 0 ? asked : 200;
}

} // namespace

TEST_CASE("A power cut at any moment loses nothing that was acknowledged", "[storage]")
{
    StoreFixture desk;
    desk.store.reset();
    PowerCut disk;
    work(desk, disk);

    const Outcome outcome = afterEveryCut(desk, disk, statesWanted());

    INFO(outcome.states << " states, " << outcome.lost << " lost, " << outcome.broken << " broken");
    CHECK(outcome.states > 100);
    CHECK(outcome.lost == 0);
    CHECK(outcome.broken == 0);
}

TEST_CASE("The model of a power cut bites: with a disk that lies about syncs, work is lost",
          "[storage]")
{
    StoreFixture desk;
    desk.store.reset();
    PowerCut disk(true);
    work(desk, disk);

    const Outcome outcome = afterEveryCut(desk, disk, 100);

    CHECK(outcome.lost + outcome.broken > 0);
}
