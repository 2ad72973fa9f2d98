#include "barestore.h"
#include "figure.h"

#include "crypto/threadstate.h"
#include "sync/recordsealer.h"
#include "sync/trainingprovision.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::bench;

namespace
{

constexpr int producers = 4;
constexpr double leastOfBare = 0.8;
/// As deskctl's bulk entry: lines on their way at once, and lines committed in one transaction.
constexpr size_t widest = 256;
constexpr size_t batch = 64;

/// One link of a person and a card that do not exist, each number once.
LinkRequest request(qint64 number)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    LinkRequest request;
    request.cardNumber = u"31051700%1"_s.arg(number, 11, 10, QChar(u'0'));
    request.product = u"beijing-tunion"_s;
    request.holder = {u"resident"_s, u"11010219%1"_s.arg(number, 10, 10, QChar(u'0')), u"测试甲"_s};
    for (const QString &purpose : {u"sensitive-data"_s, u"health-service"_s})
        request.consents << Consent{purpose,    u"1"_s,         QString(64, u'a'),
                                    u"zh_CN"_s, u"passenger"_s, now};
    request.rulesVersion = u"1"_s;
    request.operatorId = u"9001"_s;
    return request;
}

/// A practice desk of its own on the disk of the working directory.
class BenchDesk final
{
public:
    explicit BenchDesk(const QString &folder)
        : m_folder(folder)
    {
        if (!sync::provisionTraining(folder, m_clock))
            giveUp(u"provisioning"_s);
        auto loaded = sync::DeskIdentity::load(folder, m_clock);
        if (!loaded)
            giveUp(u"the identity of the desk"_s);
        m_identity.emplace(std::move(*loaded));
    }

    [[nodiscard]] storage::Store open() const
    {
        auto store = storage::Store::open(m_folder, m_identity->storeKeys());
        if (!store)
            giveUp(u"the store"_s);
        return std::move(*store);
    }

    [[nodiscard]] storage::NewRecord seal(const storage::JournalHead &anchor)
    {
        const auto record = sync::sealLink(*m_identity, request(++m_number),
                                           {storage::Slot::Physical, {1, 1, 5}}, anchor, m_clock);
        if (!record)
            giveUp(u"sealing"_s);
        return *record;
    }

private:
    const QString m_folder;
    const SystemClock m_clock;
    std::optional<sync::DeskIdentity> m_identity;
    std::atomic<qint64> m_number = 0;
};

storage::JournalHead headOf(storage::Store &store)
{
    const auto head = store.journalHead();
    if (!head)
        giveUp(u"the journal's head"_s);
    return *head;
}

/// Runs `work(i)` in so many threads at once, which then give OpenSSL's state back.
void inThreads(int count, const std::function<void(int)> &work)
{
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) {
        threads.emplace_back([&work, i] {
            work(i);
            releaseThreadState();
        });
    }
    for (std::thread &thread : threads)
        thread.join();
}

/// Four producers seal, one store commits whatever is ready: the way of `deskctl link --bulk`.
void throughOneStore(BenchDesk &desk, storage::Store &store, int rows)
{
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<storage::NewRecord> ready;
    storage::JournalHead anchor = headOf(store);
    std::atomic<int> left = rows;

    std::thread committer([&] {
        for (int done = 0; done < rows;) {
            std::vector<storage::NewRecord> records;
            {
                std::unique_lock lock(mutex);
                changed.wait(lock, [&] { return !ready.empty(); });
                const auto count = ptrdiff_t(std::min(batch, ready.size()));
                std::move(ready.begin(), ready.begin() + count, std::back_inserter(records));
                ready.erase(ready.begin(), ready.begin() + count);
            }
            changed.notify_all();
            const auto committed = store.commitAll(records);
            if (!committed ||
                !std::ranges::all_of(*committed, [](const auto &one) { return one.has_value(); }))
                giveUp(u"committing"_s);
            done += int(records.size());
            const storage::JournalHead head = headOf(store);
            const std::scoped_lock lock(mutex);
            anchor = head;
        }
    });
    inThreads(producers, [&](int) {
        while (left.fetch_sub(1) > 0) {
            storage::JournalHead last;
            {
                std::unique_lock lock(mutex);
                changed.wait(lock, [&] { return ready.size() < widest; });
                last = anchor;
            }
            storage::NewRecord record = desk.seal(last);
            {
                const std::scoped_lock lock(mutex);
                ready.push_back(std::move(record));
            }
            changed.notify_all();
        }
    });
    committer.join();
}

/// Four programs at one folder, each of which seals a link and waits until it is on the disk.
void throughOwnStores(BenchDesk &desk, std::vector<storage::Store> &stores, int rows)
{
    inThreads(producers, [&](int producer) {
        storage::Store &store = stores.at(size_t(producer));
        for (int i = 0; i < rows / producers; ++i) {
            if (!store.commit(desk.seal(headOf(store))))
                giveUp(u"committing"_s);
        }
    });
}

/// The desk itself: one link after the other.
void oneAfterTheOther(BenchDesk &desk, storage::Store &store, int rows)
{
    for (int i = 0; i < rows; ++i) {
        if (!store.commit(desk.seal(headOf(store))))
            giveUp(u"committing"_s);
    }
}

double rate(int rows, const std::function<void()> &work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return rows / std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

struct Rates {
    std::vector<double> bare;
    std::vector<double> bareInBatches;
    std::vector<double> oneStore;
    std::vector<double> ownStores;
    std::vector<double> single;
    std::vector<double> sealing;
};

void report(const QString &name, const std::vector<double> &ours, const std::vector<double> &limit,
            bool aimed)
{
    // Of each round its own ratio: what the disk does meanwhile falls on both.
    std::vector<double> ratios;
    std::ranges::transform(ours, limit, std::back_inserter(ratios), std::divides{});
    Figure figure{u"commit"_s, name, median(ours), u"links/s"_s, median(limit)};
    figure.ratio = median(ratios);
    if (aimed) {
        figure.aim = u">= 0.8 x bare SQLite"_s;
        figure.met = median(ratios) >= leastOfBare;
    }
    print(figure);
}

} // namespace

/// commit_bench ROUNDS ROWS: works in the current directory, so that it measures that disk.
int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int rounds = arguments.value(1, u"7"_s).toInt();
    const int rows = arguments.value(2, u"1000"_s).toInt();

    QTemporaryDir folder(u"commit-XXXXXX"_s);
    BenchDesk desk(folder.filePath(u"desk"_s));
    BareStore bare(folder.filePath(u"bare.sqlite"_s));
    BareStore bareInBatches(folder.filePath(u"batches.sqlite"_s));
    const auto seal = [&](std::vector<storage::NewRecord> &records) {
        records.clear();
        for (int i = 0; i < rows; ++i)
            records.push_back(desk.seal({1, QByteArray(32, 'h')}));
    };

    // Open from the start, as the bare loop's: a desk opens its store once a day.
    std::vector<storage::Store> stores;
    for (int i = 0; i < producers; ++i)
        stores.push_back(desk.open());
    storage::Store &store = stores.front();

    Rates rates;
    std::vector<storage::NewRecord> records;
    for (int round = 0; round < rounds; ++round) {
        rates.sealing.push_back(rate(rows, [&] { seal(records); }));
        rates.bare.push_back(rate(rows, [&] {
            for (const storage::NewRecord &record : records)
                bare.commit({&record, 1});
        }));
        rates.oneStore.push_back(rate(rows, [&] { throughOneStore(desk, store, rows); }));
        rates.ownStores.push_back(rate(rows, [&] { throughOwnStores(desk, stores, rows); }));
        rates.bareInBatches.push_back(rate(rows, [&] {
            const std::span<const storage::NewRecord> all(records);
            for (size_t at = 0; at < all.size(); at += batch)
                bareInBatches.commit(all.subspan(at, std::min(batch, all.size() - at)));
        }));
        rates.single.push_back(rate(rows, [&] { oneAfterTheOther(desk, store, rows); }));
    }
    const auto verified = store.verify();
    if (!verified || !verified->ok())
        giveUp(u"the journal does not verify"_s);

    report(u"4 producers, one store (bulk entry)"_s, rates.oneStore, rates.bare, true);
    report(u"4 producers, a store each, each waits"_s, rates.ownStores, rates.bare, true);
    report(u"one link after the other (the window)"_s, rates.single, rates.bare, false);
    report(u"bulk entry, bare loop in batches of 64"_s, rates.oneStore, rates.bareInBatches, false);
    print({u"commit"_s, u"sealing alone, one thread"_s, median(rates.sealing), u"links/s"_s});
    return 0;
}
