#include "support/catch.h"

#include "e2e/storedesk.h"

#include "sync/cardsreadtoday.h"

#include <QDir>
#include <QJsonArray>

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// What the window's store thread does when a card is tapped.
void readCards(const StoreDesk &desk, const QStringList &numbers)
{
    const SystemClock clock;
    const auto identity = sync::DeskIdentity::load(desk.data, clock);
    REQUIRE(identity);
    auto store = storage::Store::open(desk.data, identity->storeKeys());
    REQUIRE(store);
    for (const QString &number : numbers)
        REQUIRE(sync::rememberReading(*identity, *store, number, clock));
}

Run resolve(const StoreDesk &desk, const QString &number)
{
    return desk.run({u"card"_s, u"resolve"_s, number, u"--near"_s});
}

const QString readNumber = u"3105170099900012349"_s;

} // namespace

TEST_CASE("A number one digit away from a card read today is offered", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    readCards(desk, {readNumber, u"3105170099977777777"_s});
    const auto [typed, difference] = GENERATE(table<QString, QString>({
        {u"310517009990012349"_s, u"missing"_s},
        {u"31051700999000123490"_s, u"extra"_s},
        {u"3105170099900012348"_s, u"wrong"_s},
        {u"3105170099900012394"_s, u"swapped"_s},
    }));
    INFO(typed.toStdString());

    const Run run = resolve(desk, typed);

    const QJsonArray near = run.line().value(u"near"_s).toArray();
    REQUIRE(near.size() == 1);
    CHECK(near[0].toObject().keys() == QStringList{u"difference"_s, u"number"_s});
    CHECK(near[0].toObject().value(u"number"_s) == readNumber);
    CHECK(near[0].toObject().value(u"difference"_s) == difference);
    CHECK(run.err.isEmpty());
}

TEST_CASE("At most three numbers are offered, the latest reading first", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    readCards(desk, {u"3105170099900012341"_s, u"3105170099900012342"_s, u"3105170099900012343"_s,
                     u"3105170099900012344"_s});

    const QJsonArray near = resolve(desk, readNumber).line().value(u"near"_s).toArray();

    CHECK(near.size() == 3);
}

TEST_CASE("A desk that is not provisioned, and one that has read nothing, offer nothing", "[e2e]")
{
    const StoreDesk desk;
    const bool provisioned = GENERATE(false, true);
    if (provisioned)
        desk.provision();

    const Run run = resolve(desk, readNumber);

    CHECK(run.exit == 0);
    CHECK(run.line().value(u"near"_s).isArray());
    CHECK(run.line().value(u"near"_s).toArray().isEmpty());
}

TEST_CASE("No card number of a reading is in any file of the desk", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    readCards(desk, {readNumber});
    (void)resolve(desk, u"310517009990012349"_s);

    int files = 0;
    for (const QFileInfo &info : QDir(desk.data).entryInfoList(QDir::Files)) {
        QFile file(info.filePath());
        REQUIRE(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        INFO(info.fileName().toStdString());
        CHECK_FALSE(content.contains(readNumber.toLatin1()));
        ++files;
    }
    CHECK(files >= 2);
}
