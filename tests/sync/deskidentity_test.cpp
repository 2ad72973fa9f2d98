#include "support/catch.h"

#include "storage/storefixture.h"
#include "sync/deskidentity.h"
#include "sync/trainingprovision.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace upgradedesk;
using namespace upgradedesk::sync;
using namespace upgradedesk::test;

namespace
{

class Desk
{
public:
    Desk()
    {
        if (!provisionTraining(path, clock))
            qFatal("provisioning failed");
    }
    void changeProvisioning(const QString &key, const QJsonValue &value)
    {
        QFile file(path + u"/provisioning.json"_s);
        REQUIRE(file.open(QIODevice::ReadWrite));
        QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
        object.insert(key, value);
        file.resize(0);
        file.write(QJsonDocument(object).toJson());
    }
    [[nodiscard]] std::optional<ErrorCode> loadCode() const
    {
        return codeOf(DeskIdentity::load(path, clock));
    }

    QTemporaryDir folder;
    QString path = folder.filePath(u"desk"_s);
    ManualClock clock;
};

} // namespace

TEST_CASE("A practice desk is complete, and its operator logs in", "[sync]")
{
    const Desk desk;

    const auto identity = DeskIdentity::load(desk.path, desk.clock);

    REQUIRE(identity);
    CHECK(identity->profile() == Profile::Training);
    CHECK(identity->desk().startsWith(u"training-"));
    CHECK(identity->stationName() == u"演示站"_s);
    CHECK(identity->validUntil() > desk.clock.now().addYears(9));
    auto store = storage::Store::open(desk.path, identity->storeKeys());
    REQUIRE(store);
    CHECK(store->login(u"9001"_s, u"135790"_s, desk.clock)->name == u"测试员01"_s);
    CHECK(store->verify()->ok());
}

TEST_CASE("Two practice desks share nothing", "[sync]")
{
    const Desk first;
    const Desk second;

    const auto one = DeskIdentity::load(first.path, first.clock);
    const auto two = DeskIdentity::load(second.path, second.clock);

    CHECK(one->desk() != two->desk());
    CHECK(one->cardKey(u"1"_s).value() != two->cardKey(u"1"_s).value());
}

TEST_CASE("A desk that has an identity keeps it", "[sync]")
{
    Desk desk;
    const QString before = DeskIdentity::load(desk.path, desk.clock)->desk();

    SECTION("whole") {}
    SECTION("without provisioning.json")
    {
        REQUIRE(QFile::rename(desk.path + u"/provisioning.json"_s, desk.path + u"/kept"_s));
    }
    const auto again = provisionTraining(desk.path, desk.clock);

    CHECK(codeOf(again) == ErrorCode::AlreadyProvisioned);
    QFile::rename(desk.path + u"/kept"_s, desk.path + u"/provisioning.json"_s);
    CHECK(DeskIdentity::load(desk.path, desk.clock)->desk() == before);
}

TEST_CASE("Provisioning that was cut off is finished or begun again", "[sync]")
{
    Desk desk;
    const QDir folder(desk.path);
    const QString staging = desk.path + u"/provisioning.new"_s;

    SECTION("while moving: what is left is moved")
    {
        REQUIRE(folder.mkdir(staging));
        const bool storeMoved = GENERATE(false, true);
        if (!storeMoved)
            REQUIRE(QFile::rename(desk.path + u"/desk.sqlite"_s, staging + u"/desk.sqlite"_s));
        REQUIRE(
            QFile::rename(desk.path + u"/provisioning.json"_s, staging + u"/provisioning.json"_s));
        CHECK(desk.loadCode() == ErrorCode::NotProvisioned);
    }
    SECTION("while making: what is there is thrown away")
    {
        for (const QString &name : folder.entryList(QDir::Files))
            QFile::remove(desk.path + u'/' + name);
        QDir(desk.path + u"/keys"_s).removeRecursively();
        REQUIRE(folder.mkdir(staging));
        QFile half(staging + u"/desk.sqlite"_s);
        REQUIRE(half.open(QIODevice::WriteOnly));
        half.write("half");
    }

    REQUIRE(provisionTraining(desk.path, desk.clock));

    CHECK_FALSE(desk.loadCode());
    CHECK_FALSE(QFile::exists(staging));
    const auto identity = DeskIdentity::load(desk.path, desk.clock);
    CHECK(storage::Store::open(desk.path, identity->storeKeys()));
}

TEST_CASE("Each fault of an identity has its own name", "[sync]")
{
    Desk desk;

    SECTION("no folder")
    {
        CHECK(codeOf(DeskIdentity::load(desk.path + u"/none"_s, desk.clock)) ==
              ErrorCode::NotProvisioned);
    }
    SECTION("expired")
    {
        desk.clock.wall = desk.clock.wall.addYears(11);
        CHECK(desk.loadCode() == ErrorCode::ProvisioningExpired);
    }
    SECTION("not JSON")
    {
        QFile file(desk.path + u"/provisioning.json"_s);
        REQUIRE(file.open(QIODevice::WriteOnly));
        file.write("garbage");
        file.close();
        CHECK(desk.loadCode() == ErrorCode::ProvisioningInvalid);
    }
    SECTION("another version")
    {
        desk.changeProvisioning(u"v"_s, 2);
        CHECK(desk.loadCode() == ErrorCode::ProvisioningInvalid);
    }
    SECTION("another profile")
    {
        desk.changeProvisioning(u"profile"_s, u"production"_s);
        CHECK(desk.loadCode() == ErrorCode::ProvisioningInvalid);
    }
    SECTION("another desk or station")
    {
        desk.changeProvisioning(GENERATE(u"desk"_s, u"station"_s, u"hub"_s), u"other"_s);
        CHECK(desk.loadCode() == ErrorCode::ProvisioningInvalid);
    }
    SECTION("longer than the certificates")
    {
        desk.changeProvisioning(u"validUntil"_s, u"2099-01-01T00:00:00Z"_s);
        CHECK(desk.loadCode() == ErrorCode::ProvisioningInvalid);
    }
    SECTION("a certificate of another authority")
    {
        const Desk other;
        QFile file(other.path + u"/provisioning.json"_s);
        REQUIRE(file.open(QIODevice::ReadOnly));
        const QJsonObject foreign = QJsonDocument::fromJson(file.readAll()).object();
        desk.changeProvisioning(u"recordCertificate"_s, foreign.value(u"recordCertificate"_s));
        CHECK(desk.loadCode() == ErrorCode::ProvisioningInvalid);
    }
    SECTION("the key of another desk")
    {
        const Desk other;
        REQUIRE(QFile::remove(desk.path + u"/keys/desk.pem"_s));
        REQUIRE(QFile::copy(other.path + u"/keys/desk.pem"_s, desk.path + u"/keys/desk.pem"_s));
        CHECK(desk.loadCode() == ErrorCode::ProvisioningInvalid);
    }
    SECTION("a key is missing")
    {
        const auto name = GENERATE(u"desk.pem"_s, u"local.key"_s, u"pepper.key"_s);
        REQUIRE(QFile::remove(desk.path + u"/keys/"_s + name));
        CHECK(desk.loadCode() == ErrorCode::KeyUnreadable);
    }
    SECTION("others can read a key")
    {
        const auto name = GENERATE(u"desk.pem"_s, u"local.key"_s, u"pepper.key"_s);
        REQUIRE(QFile::setPermissions(desk.path + u"/keys/"_s + name,
                                      QFile::ReadOwner | QFile::ReadOther));
        CHECK(desk.loadCode() == ErrorCode::KeyExposed);
    }
}

TEST_CASE("Everything provisioned is the owner's alone", "[sync]")
{
    const Desk desk;

    const QString keys = desk.path + u"/keys"_s;
    for (const QString &name :
         {desk.path, keys, keys + u"/desk.pem"_s, keys + u"/local.key"_s, keys + u"/pepper.key"_s,
          desk.path + u"/desk.sqlite"_s, desk.path + u"/provisioning.json"_s}) {
        INFO(name.toStdString());
        CHECK(QFile::exists(name));
        CHECK((QFile::permissions(name) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup |
                                           QFile::WriteOther | QFile::ExeOther)) == 0);
    }
}
