#include "support/catch.h"

#include "storage/storefixture.h"

#include <thread>

using namespace upgradedesk;
using namespace upgradedesk::storage;
using namespace upgradedesk::test;

TEST_CASE("Several writers at once lose, double and skip nothing", "[storage]")
{
    StoreFixture desk;
    constexpr int writers = 3;
    constexpr int each = 150;
    std::vector<std::vector<qint64>> slips(writers);
    std::vector<std::thread> threads;

    for (int writer = 0; writer < writers; ++writer) {
        threads.emplace_back([&, writer] {
            auto store = desk.open().value();
            for (int i = 0; i < each; ++i) {
                const auto name = u"%1/%2"_s.arg(writer).arg(i);
                const auto done = store.commit(desk.record(name, name));
                if (done)
                    slips[size_t(writer)].push_back(done->slip);
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();

    QSet<qint64> all;
    for (const auto &own : slips) {
        CHECK(own.size() == each);
        CHECK(std::is_sorted(own.begin(), own.end()));
        all += QSet<qint64>(own.begin(), own.end());
    }
    CHECK(all.size() == writers * each);
    CHECK(all.contains(1));
    CHECK(all.contains(writers * each));
    CHECK(desk.store->verify()->ok());
    CHECK(desk.store->verify()->entries == writers * each);
}

TEST_CASE("Readers see whole transactions while another program writes", "[storage]")
{
    StoreFixture desk;
    std::atomic<bool> done = false;
    std::thread writer([&] {
        auto store = desk.open().value();
        for (int i = 0; i < 100; ++i) {
            const auto name = QString::number(i);
            const auto committed = store.commit(desk.record(name, name));
            if (!committed)
                break;
        }
        done = true;
    });

    int checks = 0;
    bool allGood = true;
    while (!done) {
        const auto verified = desk.store->verify();
        allGood = allGood && verified && verified->ok();
        ++checks;
    }
    writer.join();

    CHECK(allGood);
    CHECK(checks > 0);
    CHECK(desk.store->verify()->entries == 100);
}
