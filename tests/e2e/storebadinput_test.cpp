#include "support/catch.h"

#include "e2e/storedesk.h"

#include <QRandomGenerator>
#include <QRegularExpression>

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// One sentence for people, nothing else.
void checkOneSentence(const Run &run)
{
    CHECK(run.out.isEmpty());
    CHECK(run.err.endsWith('\n'));
    CHECK(run.err.count('\n') == 1);
    CHECK(run.err.size() > 15);
}

QByteArray garbage(int size)
{
    QRandomGenerator random(9);
    QByteArray bytes(size, '\0');
    for (char &byte : bytes)
        byte = char(random.bounded(256));
    return bytes;
}

} // namespace

TEST_CASE("Without provisioning every command says so", "[e2e]")
{
    const StoreDesk desk;
    for (const QStringList &arguments :
         {QStringList{u"queue"_s, u"status"_s}, QStringList{u"queue"_s, u"list"_s},
          QStringList{u"audit"_s, u"verify"_s}, QStringList{u"audit"_s, u"list"_s},
          QStringList{u"link"_s, u"--from"_s, u"-"_s, u"--operator"_s, u"9001"_s}}) {
        const Run run = desk.run(arguments, "135790\n");
        CHECK(run.exit == 6);
        checkOneSentence(run);
    }
    CHECK_FALSE(QFile::exists(desk.data));
}

TEST_CASE("A wrong command line is usage, exit 2", "[e2e]")
{
    const StoreDesk desk;
    for (const QStringList &arguments :
         {QStringList{u"provision"_s}, QStringList{u"provision"_s, u"some.json"_s},
          QStringList{u"provision"_s, u"--request"_s, u"csr"_s, u"--training"_s},
          QStringList{u"enrol"_s, u"--hub"_s, u"https://hub.invalid"_s},
          QStringList{u"enrol"_s, u"--hub"_s, u"http://hub.invalid"_s, u"--code"_s, u"x"_s},
          QStringList{u"sync"_s, u"--once"_s, u"--until-empty"_s}, QStringList{u"sync"_s, u"now"_s},
          QStringList{u"queue"_s, u"retry"_s}, QStringList{u"queue"_s, u"receipts"_s},
          QStringList{u"link"_s}, QStringList{u"link"_s, u"--operator"_s, u"9001"_s},
          QStringList{u"link"_s, u"--from"_s, u"x"_s},
          QStringList{u"link"_s, u"--from"_s, u"x"_s, u"--operator"_s, u"9001"_s, u"--card"_s,
                      u"1"_s},
          QStringList{u"link"_s, u"--colour"_s, u"red"_s},
          QStringList{u"queue"_s, u"list"_s, u"--state"_s, u"lost"_s},
          QStringList{u"queue"_s, u"status"_s, u"now"_s},
          QStringList{u"audit"_s, u"verify"_s, u"x"_s}}) {
        const Run run = desk.run(arguments);
        INFO(arguments.join(u' ').toStdString());
        CHECK(run.exit == 2);
        checkOneSentence(run);
    }
}

TEST_CASE("What is wrong with a command line is told in one language, with the way to the help",
          "[e2e]")
{
    static const QRegularExpression chinese(u"\\p{Han}"_s);
    // Names of options and their values are the same in every language.
    static const QRegularExpression names(
        u"--?[a-z_-]+|zh_CN|\\ben\\b|(deskctl|provision|link|audit verify)"_s);
    static const QRegularExpression latin(u"[A-Za-z]"_s);
    const StoreDesk desk;
    for (const QStringList &arguments :
         {QStringList{}, QStringList{u"fly"_s}, QStringList{u"--bogus"_s},
          QStringList{u"--lang"_s, u"fr"_s}, QStringList{u"provision"_s}, QStringList{u"link"_s},
          QStringList{u"link"_s, u"--colour"_s, u"red"_s}, QStringList{u"link"_s, u"--card"_s},
          QStringList{u"link"_s, u"--operator"_s, u"1"_s, u"--operator"_s, u"1"_s},
          QStringList{u"audit"_s, u"verify"_s, u"x"_s}}) {
        INFO(arguments.join(u' ').toStdString());
        const auto said = [&](const QString &language) {
            const Run run = StoreDesk::runProgram(StoreDesk::program(),
                                                  QStringList{u"--lang"_s, language} + arguments);
            CHECK(run.exit == 2);
            CHECK(run.err.contains("deskctl --help"));
            return QString::fromUtf8(run.err).trimmed();
        };
        CHECK_FALSE(said(u"en"_s).contains(chinese));
        QString text = said(u"zh_CN"_s);
        CHECK(text.contains(chinese));
        INFO(text.toStdString());
        CHECK_FALSE(text.remove(names).contains(latin));
    }
}

TEST_CASE("Five wrong PINs from five programs block the operator, exit 6", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();

    for (int left = 4; left >= 1; --left) {
        const Run run = desk.link(1, "000000\n");
        CHECK(run.exit == 6);
        checkOneSentence(run);
        CHECK(run.err.contains("tries left: " + QByteArray::number(left) + "."));
    }
    CHECK(desk.link(1, "000000\n").err.contains("5 min"));
    const Run right = desk.link(1);
    CHECK(right.exit == 6);
    CHECK(right.err.contains(" min,"));
    CHECK(desk.run({u"queue"_s, u"status"_s}).line().value(u"queued"_s) == 0);
}

TEST_CASE("Nothing typed for a PIN is not permitted, exit 6, and no try", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();

    for (int i = 0; i < 2; ++i) {
        for (const QByteArray &input : {QByteArray(), QByteArray("\n"), QByteArray(" \t\r\n")}) {
            const Run run = desk.link(1, input);
            CHECK(run.exit == 6);
            checkOneSentence(run);
        }
    }
    CHECK(desk.link(1, "000000\n").err.contains("tries left: 4."));
    CHECK(desk.link(1).exit == 0);
}

TEST_CASE("An unknown operator and garbage for a PIN are not permitted", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    const QString file = desk.bulkFile(1, 3);

    for (const QByteArray &input : {garbage(3), garbage(100000)}) {
        const Run run = desk.bulk(file, input);
        CHECK(run.exit == 6);
        checkOneSentence(run);
    }
    const Run unknown =
        desk.run({u"link"_s, u"--from"_s, file, u"--operator"_s, u"1234"_s}, "135790\n");
    CHECK(unknown.exit == 6);
    checkOneSentence(unknown);
}

TEST_CASE("A file that is not there is usage", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();

    const Run run = desk.bulk(desk.folder.filePath(u"none.jsonl"_s));

    CHECK(run.exit == 2);
    checkOneSentence(run);
}

TEST_CASE("Bad lines are named and skipped, the others are stored", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    const auto with = [](const QString &key, const QJsonValue &value) {
        QJsonObject object = StoreDesk::entry(70);
        object.insert(key, value);
        return StoreDesk::jsonLine(object);
    };
    QByteArray input = "135790\n\xEF\xBB\xBF";
    input += StoreDesk::jsonLine(StoreDesk::entry(1));
    input += "not json\n";
    input += "\n";
    input += "[]\n";
    input += "{\"name\":\"\xff\xfe\"}\n";
    input += '"' + QByteArray(70000, 'x') + "\"\n";
    input += with(u"card"_s, 12);
    input += with(u"card"_s, u"310517001010000007"_s);
    input += with(u"docNumber"_s, u"110102190001010012"_s);
    input += with(u"phone"_s, u"13800000000"_s);
    input += with(u"consent"_s, u"1999-01"_s);
    input += with(u"consent"_s, u""_s);
    input += with(u"medium"_s, u"ring"_s);
    input += with(u"agentName"_s, u"无证件人"_s);
    input += with(u"name"_s, u"\u202E"_s);
    input += StoreDesk::jsonLine(StoreDesk::entry(2)).replace("\n", "\r\n");
    input += StoreDesk::jsonLine(StoreDesk::entry(3)).chopped(1);

    const Run run = desk.bulk(u"-"_s, input);

    CHECK(run.exit == 1);
    QStringList seen;
    for (const QJsonObject &line : run.lines())
        seen << u"%1 %2"_s.arg(line.value(u"line"_s).toInt())
                    .arg(line.value(u"error"_s).toString(line.value(u"state"_s).toString()));
    CHECK(seen == QStringList{u"1 queued"_s, u"2 input-invalid"_s, u"4 input-invalid"_s,
                              u"5 input-unreadable"_s, u"6 input-unreadable"_s,
                              u"7 input-invalid"_s, u"8 card-number-invalid"_s,
                              u"9 document-invalid"_s, u"10 input-invalid"_s,
                              u"11 consent-version-unknown"_s, u"12 consent-missing"_s,
                              u"13 medium-invalid"_s, u"14 input-invalid"_s, u"15 name-invalid"_s,
                              u"16 queued"_s, u"17 queued"_s});
    for (const QByteArray &secret :
         {QByteArray("31051700"), QByteArray("110102"), QByteArray("138000"),
          QByteArray("无证件人"), QByteArray("测试乘客"), QByteArray("xxx"), QByteArray("135790")})
        CHECK_FALSE(run.err.contains(secret));
}

TEST_CASE("Garbage for a file is reported line by line and stores nothing", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();

    const Run run = desk.bulk(u"-"_s, "135790\n" + garbage(300000));

    CHECK(run.exit == 1);
    CHECK(run.lines().size() > 100);
    for (const QJsonObject &line : run.lines())
        CHECK(line.contains(u"error"_s));
    CHECK(desk.run({u"queue"_s, u"status"_s}).line().value(u"queued"_s) == 0);
}

TEST_CASE("A second provisioning changes nothing", "[e2e]")
{
    const StoreDesk desk;
    const QJsonObject first = desk.run({u"provision"_s, u"--training"_s}).line();
    REQUIRE(desk.link(1).exit == 0);

    const Run again = desk.run({u"provision"_s, u"--training"_s});

    CHECK(again.exit == 1);
    checkOneSentence(again);
    CHECK(desk.link(2).line().value(u"slip"_s) == 2);
}

TEST_CASE("An exposed key stops the desk and names the file", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    QFile::setPermissions(desk.data + u"/keys/desk.pem"_s, QFile::ReadOwner | QFile::ReadOther);

    const Run run = desk.run({u"queue"_s, u"status"_s});

    CHECK(run.exit == 6);
    checkOneSentence(run);
    CHECK(run.err.contains("desk.pem"));
}
