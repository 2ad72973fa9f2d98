#include "support/catch.h"

#include "crypto/csr.h"
#include "crypto/keypair.h"
#include "crypto/seal.h"
#include "e2e/citydesk.h"
#include "hub/hubkeys.h"
#include "wire/record.h"

#include <QFile>

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

QJsonObject invite(const HubProcess &hub)
{
    return hub
        .run({u"desk"_s, u"invite"_s, u"--station"_s, u"station-1"_s, u"--name"_s, u"服务台"_s})
        .json();
}

void checkSentence(const Run &run, int exit, const QByteArray &part)
{
    INFO(run.err.toStdString());
    CHECK(run.exit == exit);
    CHECK(run.out.isEmpty());
    CHECK(run.err.count('\n') == 1);
    CHECK(run.err.contains(part));
}

QString provisioningOf(const CityDesk &desk)
{
    return desk.files.data + u"/provisioning.json"_s;
}

QJsonObject readProvisioning(const CityDesk &desk)
{
    QFile file(provisioningOf(desk));
    REQUIRE(file.open(QIODevice::ReadOnly));
    return QJsonDocument::fromJson(file.readAll()).object();
}

hub::HubKeys keysOf(const HubProcess &hub)
{
    const SystemClock clock;
    hub::Config config;
    config.keys = hub.folder.filePath(u"keys"_s);
    config.hub = u"hub-1"_s;
    auto keys = hub::HubKeys::load(config, clock);
    REQUIRE(keys);
    return std::move(*keys);
}

/// What the desk's record says, by its id.
wire::Record recordAt(const HubProcess &hub, const CityDesk &desk, const QString &id)
{
    const hub::HubKeys keys = keysOf(hub);
    const QByteArray sealed = QByteArray::fromHex(
        psql(hub.database.name(),
             u"SELECT encode(sealed, 'hex') FROM envelope WHERE id = '%1'"_s.arg(id)));
    const auto certificate = Certificate::fromPem(
        readProvisioning(desk).value(u"deskCertificate"_s).toString().toLatin1());
    const auto content = openSealed(sealed, keys.recordKey, keys.record, *certificate);
    REQUIRE(content);
    return wire::decodeRecord(content->view()).value();
}

/// As if the desk had enrolled so long ago that its certificate is good from and until then only.
void giveCertificate(const HubProcess &hub, const CityDesk &desk, const QDateTime &from,
                     const QDateTime &until)
{
    const hub::HubKeys keys = keysOf(hub);
    const auto key = KeyPair::load(desk.files.data + u"/keys/desk.pem"_s);
    REQUIRE(key);
    QJsonObject provisioning = readProvisioning(desk);
    const QString id = provisioning.value(u"desk"_s).toString();
    const auto certificate =
        Certificate::issue({Profile::Practice, CertificateRole::Desk, id,
                            provisioning.value(u"station"_s).toString(), from, until},
                           SigningRequest::make(*key, id).value(), keys.authority,
                           keys.authorityKey)
            .value();
    (void)psql(hub.database.name(),
               u"INSERT INTO desk_certificate VALUES ('\\x%1', '%2', '%3', now())"_s.arg(
                   QString::fromLatin1(certificate.fingerprint().toHex()), id,
                   QString::fromLatin1(certificate.pem())));
    provisioning.insert(u"deskCertificate"_s, QString::fromLatin1(certificate.pem()));
    provisioning.insert(u"validUntil"_s, until.toUTC().toString(Qt::ISODate));
    QFile file(provisioningOf(desk));
    REQUIRE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(QJsonDocument(provisioning).toJson());
}

QDateTime validUntil(const CityDesk &desk)
{
    return QDateTime::fromString(readProvisioning(desk).value(u"validUntil"_s).toString(),
                                 Qt::ISODate);
}

} // namespace

TEST_CASE("A desk without network is provisioned, links, and hands its records in by hand",
          "[e2e][hub]")
{
    HubProcess hub; // serves nobody
    REQUIRE(addOperator(hub));
    const QString id = invite(hub).value(u"desk"_s).toString();
    const CityDesk desk;
    const QString request = desk.files.folder.filePath(u"request.pem"_s);
    const QString answer = desk.files.folder.filePath(u"answer"_s);

    const Run asked = desk.run({u"provision"_s, u"--request"_s, request});
    INFO(asked.err.toStdString());
    REQUIRE(asked.exit == 0);
    const auto made = hub.run({u"provision"_s, id, request, answer});
    INFO(made.err.toStdString());
    REQUIRE(made.exit == 0);
    const QString fingerprint = made.json().value(u"authority"_s).toString();
    CHECK(made.err.isEmpty());

    // Whoever has not compared the fingerprint gets no desk.
    for (const QByteArray typed : {"no\n", ""}) {
        const Run unconfirmed = desk.run({u"provision"_s, answer}, typed);
        CHECK(unconfirmed.exit == 4);
        CHECK(unconfirmed.err.contains("was not confirmed and nothing was changed"));
    }
    QString wrong = fingerprint;
    wrong[0] = wrong[0] == u'0' ? u'1' : u'0';
    checkSentence(desk.run({u"provision"_s, answer, u"--fingerprint"_s, wrong}), 4, "not the hub");
    checkSentence(desk.run({u"provision"_s, request}), 1, "not a whole provisioning file");
    checkSentence(CityDesk().run({u"provision"_s, answer}), 6, "answers another request");
    checkSentence(desk.run({u"provision"_s, answer, u"--hub"_s, u"127.0.0.1"_s}), 2,
                  "--hub is https://HOST:PORT");
    checkSentence(desk.linkCard(1, 1), 6, "no identity");
    const Run taken = desk.run({u"provision"_s, answer, u"--fingerprint"_s, fingerprint});
    INFO(taken.err.toStdString());
    REQUIRE(taken.exit == 0);
    CHECK(taken.line().value(u"desk"_s) == id);

    REQUIRE(desk.link(1, 5).exit == 0);
    REQUIRE(desk.unlink(1, 1).exit == 0);
    checkSentence(desk.run({u"sync"_s}), 4, "without the address of its hub");
    checkSentence(desk.run({u"gate"_s, cardNumber(1), u"--online"_s}), 4,
                  "without the address of its hub");
    const QString records = desk.files.folder.filePath(u"records"_s);
    const QString receipts = desk.files.folder.filePath(u"receipts"_s);
    REQUIRE(desk.run({u"queue"_s, u"export"_s, records}).exit == 0);
    const auto imported = hub.run({u"records"_s, u"import"_s, records, u"--receipts"_s, receipts});
    CHECK(imported.json().value(u"accepted"_s) == 6);
    const Run settled = desk.run({u"queue"_s, u"receipts"_s, receipts});
    INFO(settled.err.toStdString());
    REQUIRE(settled.exit == 0);
    CHECK(desk.run({u"queue"_s, u"status"_s}).line().value(u"accepted"_s) == 6);
    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM holding"_s) == "4");

    // Once more in the same way, compared by eye: the same desk with a new certificate.
    const QString again = desk.files.folder.filePath(u"again.pem"_s);
    REQUIRE(desk.run({u"provision"_s, u"--request"_s, again}).exit == 0);
    const auto second = hub.run({u"provision"_s, id, again, answer + u'2'});
    REQUIRE(second.exit == 0);
    CHECK(second.err.contains("two machines will be one desk"));
    const Run renewed = desk.run({u"provision"_s, answer + u'2'}, "yes\n");
    INFO(renewed.err.toStdString());
    CHECK(renewed.exit == 0);
    CHECK(renewed.err.contains(fingerprint.toUtf8()));
    CHECK(desk.run({u"queue"_s, u"status"_s}).line().value(u"accepted"_s) == 6);
    CHECK(desk.run({u"audit"_s, u"verify"_s}).exit == 0);
    CHECK(
        desk.run({u"doctor"_s}).out.contains("2022-05-28.1 of the hub, as today since 2022-06-01"));
    // With the address, as the sentence says, it uses the network from then on.
    REQUIRE(hub.serve());
    REQUIRE(desk.run({u"provision"_s, answer + u'2', u"--fingerprint"_s, fingerprint, u"--hub"_s,
                      u"https://127.0.0.1:%1"_s.arg(hub.port)})
                .exit == 0);
    CHECK(desk.sync());
}

TEST_CASE(
    "A desk that does not reach the hub to enrol is told to try again, and the code stays good",
    "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const QString code = invite(hub).value(u"code"_s).toString();
    const CityDesk desk;
    const auto enrol = [&](const QString &host) {
        return desk.run({u"enrol"_s, u"--hub"_s, u"https://%1:%2"_s.arg(host).arg(hub.port),
                         u"--code"_s, code});
    };
    REQUIRE(hub.stop() == 0);

    for (const QString &host : {u"127.0.0.1"_s, u"no-such-hub.invalid"_s}) {
        const Run away = enrol(host);
        checkSentence(away, 4, "not enrolled yet");
        CHECK(away.err.contains("the code stays good for 24 hours"));
        CHECK_FALSE(away.err.contains("as usual"));
    }
    REQUIRE(hub.serve());
    CHECK(enrol(u"127.0.0.1"_s).exit == 0);
}

TEST_CASE("A desk that enrols with a hub of the other profile is told which and how", "[e2e][hub]")
{
    const auto enrol = [](const HubProcess &hub, const QStringList &profile) {
        const QTemporaryDir folder;
        return StoreDesk::runProgram(
            StoreDesk::program(),
            profile + QStringList{u"--data"_s, folder.filePath(u"desk"_s), u"--lang"_s, u"en"_s,
                                  u"enrol"_s, u"--hub"_s, u"https://127.0.0.1:%1"_s.arg(hub.port),
                                  u"--code"_s, invite(hub).value(u"code"_s).toString()});
    };
    HubProcess practice;
    REQUIRE(practice.serve());
    checkSentence(enrol(practice, {}), 6, "of a hub for practice and was not sent");
    checkSentence(enrol(practice, {}), 6, "deskctl --practice enrol");
    REQUIRE(practice.stop() == 0);

    HubProcess production({}, false);
    REQUIRE(production.serve());
    checkSentence(enrol(production, {u"--practice"_s}), 6,
                  "of a hub for production and was not sent");
    CHECK(enrol(production, {}).exit == 0);
}

TEST_CASE("The desk's certificate is renewed before its end, and after it the desk comes back",
          "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const CityDesk desk(hub);
    REQUIRE(desk.enrolled.exit == 0);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString id = readProvisioning(desk).value(u"desk"_s).toString();
    REQUIRE(desk.linkCard(1, 1).exit == 0);

    giveCertificate(hub, desk, now.addDays(-390), now.addDays(7));
    REQUIRE(desk.sync());
    CHECK(validUntil(desk) > now.addDays(380));
    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM desk_certificate"_s) == "3");
    REQUIRE(desk.sync()); // far from its end it is not renewed again
    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM desk_certificate"_s) == "3");

    // It was switched off for too long.
    REQUIRE(desk.linkCard(2, 2).exit == 0);
    giveCertificate(hub, desk, now.addDays(-400), now.addSecs(-60));
    checkSentence(desk.linkCard(3, 3), 6, "all records are kept here");
    checkSentence(desk.run({u"sync"_s}), 6, "has expired");
    const auto enrol = [&](const QString &code) {
        return desk.run(
            {u"enrol"_s, u"--hub"_s, u"https://127.0.0.1:%1"_s.arg(hub.port), u"--code"_s, code});
    };
    const QString ofAnother = invite(hub).value(u"code"_s).toString();
    checkSentence(enrol(ofAnother), 6, "not for this desk");
    // The code is not spent, and nobody is taken for a desk that nobody holds.
    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM desk WHERE enrolled IS NOT NULL"_s) ==
          "1");
    const CityDesk another;
    CHECK(another
              .run({u"enrol"_s, u"--hub"_s, u"https://127.0.0.1:%1"_s.arg(hub.port), u"--code"_s,
                    ofAnother})
              .exit == 0);
    const auto invited = hub.run({u"desk"_s, u"invite"_s, u"--desk"_s, id});
    INFO(invited.err.toStdString());
    REQUIRE(invited.exit == 0);
    const Run back = enrol(invited.json().value(u"code"_s).toString());
    INFO(back.err.toStdString());
    REQUIRE(back.exit == 0);
    CHECK(back.line().value(u"desk"_s) == id);

    REQUIRE(desk.linkCard(3, 3).exit == 0);
    REQUIRE(desk.sync());
    CHECK(desk.run({u"queue"_s, u"status"_s}).line().value(u"accepted"_s) == 3);
    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM holding"_s) == "3");
    CHECK(desk.run({u"audit"_s, u"verify"_s}).exit == 0);
    // A desk that was revoked gets no code.
    REQUIRE(hub.run({u"desk"_s, u"revoke"_s, id}).exit == 0);
    const auto again = hub.run({u"desk"_s, u"invite"_s, u"--desk"_s, id});
    CHECK(again.exit == 1);
    CHECK(again.err.contains("desk invite --station ID --name NAME"));
    CHECK(hub.run({u"desk"_s, u"invite"_s, u"--desk"_s, u"desk-none"_s}).exit == 1);
}

TEST_CASE("Rules that come while lines are typed into a pipe hold for the lines after them",
          "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const CityDesk desk(hub);
    QProcess bulk;
    bulk.start(StoreDesk::program(), {u"--practice"_s, u"--data"_s, desk.files.data, u"--json"_s,
                                      u"link"_s, u"--from"_s, u"-"_s, u"--operator"_s, u"9001"_s});
    const auto type = [&bulk](int index) {
        bulk.write(StoreDesk::jsonLine(StoreDesk::entry(index)));
        REQUIRE(bulk.waitForReadyRead(30000));
        return QJsonDocument::fromJson(bulk.readLine()).object().value(u"record"_s).toString();
    };
    bulk.write("135790\n");
    const QString before = type(1);
    publishNextRules(hub);
    REQUIRE(desk.sync());

    const QString after = type(2);
    bulk.closeWriteChannel();
    REQUIRE(bulk.waitForFinished(30000));
    CHECK(bulk.exitCode() == 0);
    REQUIRE(desk.sync());

    CHECK(recordAt(hub, desk, before).rulesVersion == u"2022-05-28.1"_s);
    CHECK(recordAt(hub, desk, after).rulesVersion == u"2022-05-28.9"_s);
    CHECK(desk.run({u"queue"_s, u"status"_s}).line().value(u"accepted"_s) == 2);
}

TEST_CASE("After another desk was revoked one sync brings the new key and all card states",
          "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const CityDesk desk(hub);
    const CityDesk stolen(hub);
    const CityDesk other(hub);
    REQUIRE(other.linkCard(1, 1).exit == 0);
    REQUIRE(other.sync());
    REQUIRE(desk.sync());
    REQUIRE(hub.run({u"desk"_s, u"revoke"_s, stolen.enrolled.line().value(u"desk"_s).toString()})
                .exit == 0);
    checkSentence(stolen.run({u"sync"_s}), 4, "Stop taking passengers at this desk");

    REQUIRE(desk.sync());
    hub.kill();

    desk.checkGate(1, {u"--venue"_s, u"none"_s}, 0, u"ok"_s, u"snapshot"_s);
    desk.checkGate(2, {}, 1, u"not-linked"_s, u"snapshot"_s);
}
