#include "support/catch.h"

#include "core/recordid.h"
#include "crypto/identities.h"
#include "storage/storefixture.h"
#include "sync/recordsealer.h"
#include "sync/trainingprovision.h"
#include "wire/record.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace upgradedesk;
using namespace upgradedesk::sync;
using namespace upgradedesk::test;

namespace
{

/// Synthetic throughout.
LinkRequest request()
{
    LinkRequest request;
    request.cardNumber = u"3105170010170907984"_s;
    request.product = u"beijing-tunion"_s;
    request.reason = u"behalf"_s;
    request.holder = {u"resident"_s, u"110102190001010011"_s, u"测试甲乙"_s};
    request.guardian = Person{u"resident"_s, u"11010219020304004X"_s, u"监护测试人"_s};
    request.agent = Person{u"resident"_s, u"110102190001010038"_s, u"代办测试人"_s};
    request.consents = {{u"sensitive-data"_s, u"1"_s, QString(64, u'a'), u"zh_CN"_s, u"passenger"_s,
                         QDateTime(QDate(2022, 6, 1), QTime(1, 0), Qt::UTC)}};
    request.rulesVersion = u"1"_s;
    request.operatorId = u"9001"_s;
    return request;
}

constexpr LinkTerms terms{storage::Slot::Physical, {1, 1, 5}};

/// A practice desk whose record certificate was exchanged for one with a key we keep.
class OpenDesk
{
public:
    OpenDesk()
    {
        if (!provisionTraining(path, clock))
            qFatal("provisioning failed");
        identity.emplace(DeskIdentity::load(path, clock).value());
        store.emplace(storage::Store::open(path, identity->storeKeys()).value());
    }

    QTemporaryDir folder;
    QString path = folder.filePath(u"desk"_s);
    ManualClock clock;
    std::optional<DeskIdentity> identity;
    std::optional<storage::Store> store;
};

} // namespace

TEST_CASE("A sealed link is masked, keyed and new each time", "[sync]")
{
    const OpenDesk desk;
    const storage::JournalHead anchor{7, QByteArray(32, 'h')};

    const auto first = sealLink(*desk.identity, request(), terms, anchor, desk.clock);
    const auto second = sealLink(*desk.identity, request(), terms, anchor, desk.clock);

    REQUIRE(first);
    CHECK(isRecordId(first->id));
    CHECK(first->id != second->id);
    CHECK(first->sealed != second->sealed);
    CHECK(first->cardKey == second->cardKey);
    CHECK(first->personKey == second->personKey);
    CHECK(first->agentKey ==
          desk.identity->personKey(u"resident"_s, u"110102190001010038"_s).value());
    CHECK(first->maskedName == u"测**乙"_s);
    CHECK(first->maskedNumber == u"3105***********7984"_s);
    CHECK(first->kind == u"link"_s);
    CHECK(first->at == desk.clock.now());
    CHECK(first->quotas.cardsPerAgent == 5);
}

TEST_CASE("A first top-up is a kind of its own", "[sync]")
{
    const OpenDesk desk;
    LinkRequest topUp = request();
    topUp.reason = u"first-topup"_s;

    const auto sealed =
        sealLink(*desk.identity, topUp, terms, {1, QByteArray(32, 'h')}, desk.clock);

    CHECK(sealed->kind == u"first-topup"_s);
}

TEST_CASE("After fifty links no file holds a name or number in any usual form", "[sync]")
{
    OpenDesk desk;
    QStringList given;
    for (int i = 0; i < 50; ++i) {
        LinkRequest one = request();
        one.cardNumber = u"31051700101709%1"_s.arg(10000 + i);
        one.holder.documentNumber = u"1101021900010%1"_s.arg(10000 + i);
        one.holder.name = u"测试乘客%1号"_s.arg(100 + i);
        one.healthCode = u"health-token-%1"_s.arg(100 + i);
        one.agent.reset();
        given << one.cardNumber << one.holder.documentNumber << one.holder.name << one.healthCode;
        const auto anchor = desk.store->journalHead();
        const auto sealed = sealLink(*desk.identity, one, terms, *anchor, desk.clock);
        REQUIRE(sealed);
        REQUIRE(desk.store->commit(*sealed));
    }
    given << u"11010219020304004X"_s << u"监护测试人"_s << u"135790"_s;

    int files = 0;
    QDirIterator walk(desk.path, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        QFile file(walk.next());
        REQUIRE(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        ++files;
        for (const QString &secret : std::as_const(given)) {
            const QByteArray utf8 = secret.toUtf8();
            const QByteArray utf16(reinterpret_cast<const char *>(secret.utf16()),
                                   secret.size() * 2);
            INFO(file.fileName().toStdString());
            CHECK_FALSE(bytes.contains(utf8));
            CHECK_FALSE(bytes.contains(utf16));
            CHECK_FALSE(bytes.contains(utf8.toHex()));
            // Base64 of text inside other text, at each of the three places it can start.
            for (int shift = 0; shift < 3; ++shift) {
                const QByteArray base64 = (QByteArray(shift, 'x') + utf8).toBase64();
                const QByteArray inner = base64.mid(4, base64.size() - 8);
                CHECK_FALSE((inner.size() >= 8 && bytes.contains(inner)));
            }
        }
    }
    CHECK(files >= 5);
    CHECK(desk.store->verify()->ok());
}

TEST_CASE("The hub reads in the envelope what the desk was told, anchored to its journal", "[sync]")
{
    OpenDesk desk;
    const Identities hub;
    // The practice record key is thrown away, so the content is sealed to one we keep.
    QFile file(desk.path + u"/provisioning.json"_s);
    REQUIRE(file.open(QIODevice::ReadOnly));
    const QJsonObject provisioning = QJsonDocument::fromJson(file.readAll()).object();
    const auto deskCertificate =
        Certificate::fromPem(provisioning.value(u"deskCertificate"_s).toString().toLatin1());
    const auto deskKey = KeyPair::load(desk.path + u"/keys/desk.pem"_s);
    const Sealer sealer(*deskKey, *deskCertificate, hub.record);
    const storage::JournalHead anchor = desk.store->journalHead().value();

    const auto made = sealLink(*desk.identity, sealer, request(), terms, anchor, desk.clock);

    REQUIRE(made);
    const auto opened = openSealed(made->sealed, hub.recordKey, hub.record, *deskCertificate);
    REQUIRE(opened);
    const auto record = wire::decodeRecord(opened->view());
    REQUIRE(record);
    CHECK(record->id == made->id);
    CHECK(record->desk == desk.identity->desk());
    CHECK(record->hub == desk.identity->hub());
    CHECK(record->seq == anchor.seq);
    CHECK(record->journalHead == anchor.hash);
    CHECK(record->deskTime == desk.clock.now());
    CHECK(record->bootTicks == desk.clock.sinceBoot().count());
    CHECK_FALSE(record->timeTrusted);
    CHECK(record->operatorId == u"9001"_s);
    CHECK(record->consents == request().consents);
    CHECK(record->card == request().cardNumber);
    CHECK(record->holder == request().holder);
    CHECK(record->guardian == request().guardian);
    CHECK(record->agent == request().agent);
    CHECK(record->health == u"pending"_s);
}

TEST_CASE("A sealed revoke names the record and nobody, and keeps its time since boot", "[sync]")
{
    OpenDesk desk;
    const Identities hub;
    QFile file(desk.path + u"/provisioning.json"_s);
    REQUIRE(file.open(QIODevice::ReadOnly));
    const auto deskCertificate = Certificate::fromPem(QJsonDocument::fromJson(file.readAll())
                                                          .object()
                                                          .value(u"deskCertificate"_s)
                                                          .toString()
                                                          .toLatin1());
    const auto deskKey = KeyPair::load(desk.path + u"/keys/desk.pem"_s);
    const Sealer sealer(*deskKey, *deskCertificate, hub.record);
    const storage::JournalHead anchor = desk.store->journalHead().value();
    const QString of = newRecordId(desk.clock);

    const auto made = sealRevoke(*desk.identity, sealer, {of, u"9001"_s, u"rules-1"_s},
                                 {std::chrono::minutes(5), {1, 1, 5}}, anchor, desk.clock);

    REQUIRE(made);
    CHECK(made->kind == u"revoke"_s);
    CHECK(made->of == of);
    CHECK(made->undoWindow == std::chrono::minutes(5));
    CHECK(made->bootId == desk.clock.bootId());
    CHECK(made->sinceBoot == desk.clock.sinceBoot());
    CHECK(made->cardKey.isEmpty());
    CHECK(made->personKey.isEmpty());
    CHECK(made->maskedName.isEmpty());
    const auto opened = openSealed(made->sealed, hub.recordKey, hub.record, *deskCertificate);
    REQUIRE(opened);
    const auto record = wire::decodeRecord(opened->view());
    REQUIRE(record);
    CHECK(record->id == made->id);
    CHECK(record->of == of);
    CHECK(record->operatorId == u"9001"_s);
    CHECK(record->rulesVersion == u"rules-1"_s);
    CHECK(record->seq == anchor.seq);
    CHECK(record->bootTicks == desk.clock.sinceBoot().count());
    CHECK_FALSE(record->namesPassenger());
}

TEST_CASE("Nothing is sealed once a certificate of the desk has ended", "[sync]")
{
    OpenDesk desk;
    desk.clock.wall = desk.identity->validUntil().addMSecs(-1);
    CHECK(sealLink(*desk.identity, request(), terms, {}, desk.clock));
    ChangeRequest unlink;
    unlink.kind = u"unlink"_s;
    unlink.cardNumber = request().cardNumber;
    unlink.product = request().product;
    unlink.holder = request().holder;
    CHECK(sealChange(*desk.identity, unlink, terms, {}, desk.clock));

    desk.clock.wall = desk.identity->validUntil();

    CHECK(sealLink(*desk.identity, request(), terms, {}, desk.clock).error().code ==
          ErrorCode::ProvisioningExpired);
    CHECK(sealChange(*desk.identity, unlink, terms, {}, desk.clock).error().code ==
          ErrorCode::ProvisioningExpired);
    CHECK(
        sealRevoke(*desk.identity, {newRecordId(desk.clock), u"9001"_s, u"1"_s}, {}, {}, desk.clock)
            .error()
            .code == ErrorCode::ProvisioningExpired);
}
