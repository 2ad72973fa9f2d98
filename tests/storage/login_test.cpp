#include "support/catch.h"

#include "crypto/pinhash.h"
#include "storage/storefixture.h"

#include <thread>

using namespace upgradedesk;
using namespace upgradedesk::storage;
using namespace upgradedesk::test;
using namespace std::chrono_literals;

namespace
{

class LoginFixture : public StoreFixture
{
public:
    LoginFixture()
    {
        const QString verifier =
            hashPin(u"135790"_s, Secret(QByteArray(32, 'p')), {10, 8, 1}).value();
        const auto added =
            store->addOperator({u"9001"_s, u"测试员01"_s, u"staff"_s}, verifier, clock.now());
        if (!added)
            qFatal("no operator");
    }

    Result<Operator> wrong() { return store->login(u"9001"_s, u"000000"_s, clock); }
    Result<Operator> right() { return store->login(u"9001"_s, u"135790"_s, clock); }
    void lockOut()
    {
        for (int i = 0; i < 5; ++i)
            REQUIRE_FALSE(wrong());
    }
};

} // namespace

TEST_CASE("The right PIN logs in and tells who it is", "[storage]")
{
    LoginFixture desk;

    const auto who = desk.right();

    REQUIRE(who);
    CHECK(who->id == u"9001"_s);
    CHECK(who->name == u"测试员01"_s);
    CHECK(who->role == u"staff"_s);
    CHECK(desk.store->operators()->size() == 1);
}

TEST_CASE("An unknown operator is told so", "[storage]")
{
    LoginFixture desk;

    CHECK(codeOf(desk.store->login(u"9002"_s, u"135790"_s, desk.clock)) ==
          ErrorCode::OperatorUnknown);
}

TEST_CASE("Five wrong PINs block for five minutes, even the right one", "[storage]")
{
    LoginFixture desk;

    for (const auto &left : {u"4"_s, u"3"_s, u"2"_s, u"1"_s}) {
        const auto tried = desk.wrong();
        CHECK(codeOf(tried) == ErrorCode::PinWrong);
        CHECK(tried.error().args == QStringList{left});
    }
    const auto fifth = desk.wrong();
    CHECK(codeOf(fifth) == ErrorCode::PinLocked);
    CHECK(fifth.error().args == QStringList{u"5"_s});

    desk.reopen();
    CHECK(codeOf(desk.right()) == ErrorCode::PinLocked);
    desk.clock.boot += 4min + 59s;
    CHECK(desk.right().error().args == QStringList{u"1"_s});
    desk.clock.boot += 1s;
    CHECK(desk.right());
}

TEST_CASE("The block doubles with each further five, up to a day", "[storage]")
{
    LoginFixture desk;

    for (const int minutes : {5, 10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440}) {
        desk.lockOut();
        CHECK(desk.right().error().args == QStringList{QString::number(minutes)});
        desk.clock.boot += std::chrono::minutes(minutes);
    }
    CHECK(desk.right());
}

TEST_CASE("A good login gives five tries again", "[storage]")
{
    LoginFixture desk;
    for (int i = 0; i < 4; ++i)
        REQUIRE_FALSE(desk.wrong());
    REQUIRE(desk.right());

    CHECK(desk.wrong().error().args == QStringList{u"4"_s});
}

TEST_CASE("Setting the clock forward or rebooting does not end a block", "[storage]")
{
    LoginFixture desk;
    desk.lockOut();

    desk.clock.wall = desk.clock.wall.addDays(400);
    CHECK(codeOf(desk.right()) == ErrorCode::PinLocked);
    desk.clock.boot = 1min;
    CHECK(codeOf(desk.right()) == ErrorCode::PinLocked);
    desk.clock.boot = 5min;
    CHECK(desk.right());
}

TEST_CASE("Two programs trying at once have five tries together", "[storage]")
{
    LoginFixture desk;
    std::atomic<int> wrong = 0;
    std::atomic<int> locked = 0;
    std::vector<std::thread> programs;

    for (int program = 0; program < 4; ++program) {
        programs.emplace_back([&] {
            auto store = desk.open().value();
            for (int i = 0; i < 5; ++i) {
                const auto tried = store.login(u"9001"_s, u"000000"_s, desk.clock);
                (tried.error().code == ErrorCode::PinWrong ? wrong : locked) += 1;
            }
        });
    }
    for (std::thread &program : programs)
        program.join();

    int looked = 0;
    REQUIRE(desk.store->eachEntry([&](const JournalEntry &entry) {
        looked += entry.kind == u"login-failed"_s;
        return true;
    }));
    CHECK(looked == 5);
    CHECK(wrong <= 4);
    CHECK(wrong + locked == 20);
    CHECK(codeOf(desk.right()) == ErrorCode::PinLocked);
}

TEST_CASE("Logins are journalled, a PIN never is", "[storage]")
{
    LoginFixture desk;
    REQUIRE_FALSE(desk.wrong());
    REQUIRE(desk.right());
    QStringList kinds;

    REQUIRE(desk.store->eachEntry([&](const JournalEntry &entry) {
        kinds << entry.kind;
        return true;
    }));

    CHECK(kinds == QStringList{u"roster"_s, u"login-failed"_s, u"login"_s});
    CHECK(desk.store->verify()->ok());
}
