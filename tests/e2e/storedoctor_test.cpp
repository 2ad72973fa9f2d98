#include "support/catch.h"

#include "e2e/storedesk.h"

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

QHash<QString, QJsonObject> checksOf(const Run &run)
{
    QHash<QString, QJsonObject> checks;
    for (const QJsonObject &line : run.lines()) {
        CHECK(line.keys() == QStringList{u"check"_s, u"detail"_s, u"fix"_s, u"ok"_s});
        CHECK_FALSE(line.value(u"detail"_s).toString().isEmpty());
        CHECK(line.value(u"fix"_s).toString().isEmpty() == line.value(u"ok"_s).toBool());
        checks.insert(line.value(u"check"_s).toString(), line);
    }
    return checks;
}

bool isGood(const QHash<QString, QJsonObject> &checks, const QString &name)
{
    return checks.value(name).value(u"ok"_s).toBool();
}

} // namespace

TEST_CASE("The doctor looks at everything, one line a check, on any desk", "[e2e]")
{
    const StoreDesk desk;
    const QStringList expected =
        u"catalogue clock database disk documents fonts groups hub "
        u"id-reader identity journal kernel-driver keys pcscd ports "
        u"printer reader-lock readers rules scanner unknown-ports"_s.split(u' ');

    const Run unprovisioned = desk.run({u"doctor"_s});
    auto checks = checksOf(unprovisioned);
    QStringList names = checks.keys();
    names.sort();
    CHECK(names == expected);
    CHECK(unprovisioned.exit == 1);
    CHECK_FALSE(isGood(checks, u"identity"_s));
    CHECK(unprovisioned.err.isEmpty());
    CHECK_FALSE(QFile::exists(desk.data));

    desk.provision();
    REQUIRE(desk.bulk(desk.bulkFile(1, 5)).exit == 0);
    const Run provisioned = desk.run({u"doctor"_s});
    checks = checksOf(provisioned);
    // The others depend on the machine the test runs on.
    for (const QString &name :
         {u"identity"_s, u"keys"_s, u"hub"_s, u"clock"_s, u"database"_s, u"journal"_s,
          u"catalogue"_s, u"rules"_s, u"documents"_s, u"readers"_s}) {
        INFO(name.toStdString());
        CHECK(isGood(checks, name));
    }
    bool allGood = true;
    for (const QJsonObject &check : std::as_const(checks))
        allGood = allGood && check.value(u"ok"_s).toBool();
    CHECK(provisioned.exit == (allGood ? 0 : 1));
    for (int i = 1; i <= 5; ++i) {
        CHECK_FALSE(provisioned.out.contains(cardNumber(i).right(4).toUtf8() + '"'));
        CHECK_FALSE(provisioned.out.contains(personName(i).toUtf8()));
    }
}

TEST_CASE("The doctor finds exposed keys and a damaged database", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();

    SECTION("keys")
    {
        REQUIRE(QFile::setPermissions(desk.data + u"/keys/desk.pem"_s,
                                      QFile::ReadOwner | QFile::ReadOther));
        const Run run = desk.run({u"doctor"_s});
        CHECK(run.exit == 1);
        CHECK_FALSE(isGood(checksOf(run), u"keys"_s));
    }
    SECTION("database")
    {
        QFile file(desk.data + u"/desk.sqlite"_s);
        REQUIRE(file.open(QIODevice::ReadWrite));
        file.write(QByteArray(200, 'x'));
        file.close();
        const Run run = desk.run({u"doctor"_s});
        CHECK(run.exit == 1);
        CHECK_FALSE(isGood(checksOf(run), u"database"_s));
    }
    CHECK(desk.run({u"doctor"_s, u"now"_s}).exit == 2);
}

TEST_CASE("The doctor writes what it found into a bundle that names nobody", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    REQUIRE(desk.bulk(desk.bulkFile(1, 5)).exit == 0);
    const QString path = desk.data + u"/bundle.txt"_s;
    const Run run = desk.run({u"doctor"_s, u"--bundle"_s, path});
    CHECK(run.err.count('\n') == 1);
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    CHECK(text.contains("id-reader"));
    CHECK(text.contains("UpgradeDesk diagnostics"));
    for (int i = 1; i <= 5; ++i) {
        CHECK_FALSE(text.contains(cardNumber(i).toUtf8()));
        CHECK_FALSE(text.contains(personName(i).toUtf8()));
    }
    CHECK(desk.run({u"doctor"_s, u"--bundle"_s, path}).exit == 1);
}
