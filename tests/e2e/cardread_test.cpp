#include "support/catch.h"

#include "cardprograms.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <algorithm>

using namespace upgradedesk::test;
using namespace Qt::StringLiterals;

namespace
{

QJsonArray cardVectors()
{
    QFile file{vectorFile()};
    REQUIRE(file.open(QIODevice::ReadOnly));
    return QJsonDocument::fromJson(file.readAll()).object().value(u"vectors"_s).toArray();
}

QJsonObject resultOf(const Outcome &outcome)
{
    return QJsonDocument::fromJson(outcome.out).object();
}

} // namespace

TEST_CASE("Each card of the vectors is read through libnfc as expected", "[e2e]")
{
    Desksim sim;
    const QJsonArray vectors = cardVectors();
    REQUIRE(vectors.size() >= 37);
    for (const QJsonValue &value : vectors) {
        const QJsonObject vector = value.toObject();
        const QJsonObject expect = vector.value(u"expect"_s).toObject();
        const QString name = vector.value(u"name"_s).toString();
        INFO(name.toStdString());
        sim.tell({u"tap"_s, name});

        const Outcome read = sim.readCard();

        INFO(read.out.toStdString() << read.err.toStdString());
        const QJsonObject result = resultOf(read);
        for (const QString &key : {u"outcome"_s, u"product"_s, u"number"_s, u"digits"_s,
                                   u"issuer"_s, u"issuerPrefix"_s, u"warning"_s, u"reason"_s}) {
            if (!expect.contains(key))
                continue;
            INFO(key.toStdString());
            CHECK(result.value(key) == expect.value(key));
        }
        CHECK(result.value(u"medium"_s).toString() == u"unknown"_s);
        CHECK(result.value(u"elapsedMs"_s).isDouble());
        const bool number = expect.value(u"outcome"_s).toString() == u"number"_s;
        CHECK(read.code == (number ? 0 : 1));
        CHECK(read.err.isEmpty());
    }
    // A trap prints a line on the simulator's stderr.
    CHECK(sim.end().isEmpty());
}

TEST_CASE("card read says what is missing and exits as the contract says", "[e2e]")
{
    SECTION("no reader")
    {
        const Outcome read =
            runProgram(u"deskctl"_s, {u"--lang"_s, u"zh_CN"_s, u"card"_s, u"read"_s, u"--reader"_s,
                                      u"pn532_uart:/nowhere/tty"_s});
        CHECK(read.code == 3);
        CHECK(read.out.isEmpty());
        CHECK(QString::fromUtf8(read.err).startsWith(u"没有找到读卡器"_s));
        CHECK(read.err.contains("pn532_uart:/nowhere/tty"));
        CHECK(read.err.count('\n') == 1);
    }
    SECTION("no card in time")
    {
        Desksim sim;
        const Outcome read = sim.readCard({u"--timeout"_s, u"300"_s});
        CHECK(read.code == 1);
        CHECK(read.out.isEmpty());
        CHECK(read.err.count('\n') == 1);
    }
    SECTION("reader in use")
    {
        Desksim sim;
        QProcess other;
        other.start(program(u"deskctl"_s), sim.readArguments({u"--follow"_s}));
        REQUIRE(other.waitForStarted());
        sim.tell({u"tap"_s, u"bmac-1"_s});
        REQUIRE(other.waitForReadyRead(20'000));

        const Outcome read = sim.readCard();

        CHECK(read.code == 3);
        CHECK(read.err.contains("Another program"));
        other.terminate();
        other.waitForFinished();
    }
    SECTION("usage")
    {
        const auto arguments = GENERATE(values<QStringList>({
            {u"--timeout"_s, u"0"_s},
            {u"--timeout"_s, u"soon"_s},
            {u"--reader"_s},
            {u"--unknown"_s, u"x"_s},
            {u"word"_s},
        }));
        CHECK(runProgram(u"deskctl"_s, QStringList{u"card"_s, u"read"_s} + arguments).code == 2);
    }
}

TEST_CASE("card read survives a reader that kills libnfc in the middle", "[e2e]")
{
    Desksim sim;
    sim.tell({u"status"_s, u"3"_s, u"80"_s});
    sim.tell({u"tap"_s, u"tunion-beijing-physical-1"_s});

    const Outcome read = sim.readCard();

    CHECK(read.code == 0);
    CHECK(resultOf(read).value(u"outcome"_s).toString() == u"number"_s);
}

TEST_CASE("card read names two cards on the reader, and desksim has a line for each fault", "[e2e]")
{
    Desksim sim;
    sim.tell({u"tap"_s, u"bmac-1"_s});
    sim.tell({u"add"_s, u"tunion-student"_s});
    const Outcome both = sim.readCard();
    CHECK(both.code == 1);
    CHECK(resultOf(both).value(u"reason"_s).toString() == u"several-cards"_s);
    CHECK(resultOf(both).value(u"number"_s).isNull());

    for (const QStringList &line : QList<QStringList>{{u"lift"_s, u"bmac-1"_s},
                                                      {u"noise"_s, u"20"_s},
                                                      {u"weak"_s, u"80"_s},
                                                      {u"air-time"_s, u"on"_s}})
        sim.tell(line);
    const Outcome one = sim.readCard();
    CHECK(one.code == 0);
    CHECK(resultOf(one).value(u"product"_s).toString() == u"beijing-tunion"_s);
}

TEST_CASE("card read with --follow tells each tap on a line", "[e2e]")
{
    Desksim sim;
    QProcess follow;
    follow.start(program(u"deskctl"_s), sim.readArguments({u"--follow"_s}));
    REQUIRE(follow.waitForStarted());
    QList<QByteArray> lines;
    for (const QString &name : {u"bmac-1"_s, u"mifare-classic-1k"_s, u"bmac-1"_s}) {
        sim.tell({u"tap"_s, name});
        REQUIRE(waitForLine(follow));
        lines << follow.readLine();
    }
    follow.terminate();
    follow.waitForFinished();

    CHECK(lines.at(0).contains("1000751511409928"));
    CHECK(lines.at(1).contains("mifare-classic"));
    CHECK(lines.at(2).contains("1000751511409928"));
}

TEST_CASE("card read with --follow and --timeout ends when nothing comes any more", "[e2e]")
{
    const auto card = GENERATE(as<QString>{}, u"bmac-1"_s, u"bank-unionpay"_s, QString{});
    Desksim sim;
    if (!card.isEmpty())
        sim.tell({u"tap"_s, card});

    const Outcome read = sim.readCard({u"--follow"_s, u"--timeout"_s, u"700"_s});

    CHECK(read.code == (card == u"bmac-1"_s ? 0 : 1));
    CHECK(read.out.count('\n') == (card.isEmpty() ? 0 : 1));
    CHECK(read.err.count('\n') == (card.isEmpty() ? 1 : 0));
}

TEST_CASE("card read without its catalogue says so", "[e2e]")
{
    const QTemporaryDir empty;
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"UPGRADEDESK_RESOURCES"_s, empty.path());
    process.setProcessEnvironment(environment);

    process.start(program(u"deskctl"_s), {u"--lang"_s, u"en"_s, u"card"_s, u"read"_s});
    REQUIRE(process.waitForFinished(programPatienceMs));

    CHECK(process.exitCode() == 5);
    CHECK(process.readAllStandardError().startsWith("The card catalogue cannot be read"));
}

TEST_CASE("No process of card read is left when it is killed", "[e2e]")
{
    Desksim sim;
    QProcess follow;
    follow.start(program(u"deskctl"_s), sim.readArguments({u"--follow"_s}));
    sim.tell({u"tap"_s, u"bmac-1"_s});
    REQUIRE(waitForLine(follow));

    follow.kill();
    follow.waitForFinished();

    // The next one gets the reader, so the child of the first has let go of it.
    sim.tell({u"tap"_s, u"tunion-student"_s});
    CHECK(sim.readCard().code == 0);
}

TEST_CASE("desksim says what it cannot do and leaves nothing behind", "[e2e]")
{
    const QTemporaryDir folder;
    const QString link = folder.filePath(u"reader"_s);
    struct Row {
        QStringList arguments;
        int code;
    };
    const auto row = GENERATE_COPY(values<Row>({
        {{}, 2},
        {{u"fly"_s}, 2},
        {{u"pn532"_s, u"--link"_s, link}, 2},
        {{u"pn532"_s, u"--cards"_s, vectorFile()}, 2},
        {{u"pn532"_s, u"--cards"_s, u"/nowhere.json"_s, u"--link"_s, link}, 2},
        {{u"pn532"_s, u"--cards"_s, vectorFile(), u"--link"_s, u"/nowhere/link"_s}, 2},
        {{u"pn532"_s, u"--cards"_s, vectorFile(), u"--link"_s, u"/tmp/a:b"_s}, 2},
        {{u"pn532"_s, u"--cards"_s, vectorFile(), u"--link"_s, link, u"--tap"_s, u"nobody"_s}, 2},
        {{u"send"_s, u"--control"_s, link, u"list"_s}, 2},
        {{u"--help"_s}, 0},
    }));

    const Outcome run = runProgram(u"desksim"_s, row.arguments);

    INFO(row.arguments.join(u' ').toStdString());
    CHECK(run.code == row.code);
    CHECK(run.err.isEmpty() == (row.code == 0));
    CHECK(QFile::symLinkTarget(link).isEmpty());
}

TEST_CASE("A second desksim leaves the link to the first while that one lives", "[e2e]")
{
    const QTemporaryDir folder;
    const QString link = folder.filePath(u"reader"_s);
    const QStringList arguments{u"pn532"_s, u"--cards"_s, vectorFile(),       u"--link"_s,
                                link,       u"--tap"_s,   u"tunion-student"_s};
    QProcess first;
    first.start(program(u"desksim"_s), arguments);
    REQUIRE(waitForLine(first));
    const QString target = QFile::symLinkTarget(link);

    const Outcome second = runProgram(u"desksim"_s, arguments);

    CHECK(second.code == 3);
    CHECK(second.err.contains(link.toUtf8()));
    CHECK(QFile::symLinkTarget(link) == target);
    CHECK(runProgram(u"deskctl"_s, {u"card"_s, u"read"_s, u"--reader"_s, link}).code == 0);

    first.kill();
    REQUIRE(first.waitForFinished());
    REQUIRE_FALSE(QFile::symLinkTarget(link).isEmpty());
    QProcess third;
    third.start(program(u"desksim"_s), arguments);
    CHECK(waitForLine(third));
    third.terminate();
    CHECK(third.waitForFinished());
}
