#include "support/catch.h"

#include "core/masking.h"
#include "e2e/cardprograms.h"
#include "identity/ga450frame.h"
#include "sim/pseudoterminal.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSocketNotifier>
#include <QTest>

#include <map>
#include <memory>

using namespace upgradedesk;
using namespace upgradedesk::test;
using namespace Qt::StringLiterals;

namespace
{

QJsonObject vectors()
{
    QFile file(QStringLiteral(UPGRADEDESK_SOURCE_DIR) + u"/tests/data/identity-vectors.json"_s);
    REQUIRE(file.open(QIODevice::ReadOnly));
    return QJsonDocument::fromJson(file.readAll()).object().value(u"ga450"_s).toObject();
}

QByteArray replyOf(const QString &id)
{
    for (const QJsonValue &row : vectors().value(u"replies"_s).toArray()) {
        if (row[u"id"].toString() == id)
            return QByteArray::fromHex(row[u"hex"].toString().toLatin1());
    }
    FAIL("no such reply: " << id.toStdString());
    return {};
}

/// A device on a pseudo terminal that answers each command with what the test gave it: the answers
/// of a command one after the other, the last one for ever. An answer is one or more writes.
class Player
{
public:
    explicit Player(std::map<QByteArray, QList<QByteArrayList>> answers)
        : m_answers{std::move(answers)}
    {
        REQUIRE(m_terminal);
        QObject::connect(&m_notifier, &QSocketNotifier::activated, &m_notifier, [this] { play(); });
    }

    [[nodiscard]] QString path() const { return m_folder.filePath(u"idreader"_s); }
    /// Somebody has opened the line.
    [[nodiscard]] bool wasAsked() const { return m_asked; }

private:
    void play()
    {
        m_asked = true;
        m_scanner.append(m_terminal->read());
        while (const auto frame = m_scanner.next()) {
            auto &left = m_answers[frame->body.toByteArray().toHex().toUpper()];
            if (left.isEmpty())
                continue;
            const QByteArrayList answer = left.first();
            if (left.size() > 1)
                left.removeFirst();
            for (const QByteArray &chunk : answer)
                m_terminal->write(chunk);
        }
    }

    QTemporaryDir m_folder;
    Result<PseudoTerminal> m_terminal = PseudoTerminal::open(path());
    QSocketNotifier m_notifier{m_terminal->descriptor(), QSocketNotifier::Read};
    Ga450Scanner m_scanner{Ga450Scanner::Direction::Requests};
    std::map<QByteArray, QList<QByteArrayList>> m_answers;
    bool m_asked = false;
};

/// A reader with the good answers of the vectors, but for what is put in their place.
std::map<QByteArray, QList<QByteArrayList>> goodAnswers()
{
    const QByteArrayList none{replyOf(u"ga-r04"_s)};
    return {{"11FF", {{replyOf(u"ga-r01"_s)}}},
            {"2001", {{replyOf(u"ga-r02"_s)}, none}},
            {"2002", {{replyOf(u"ga-r03"_s)}}},
            {"3001", {{replyOf(u"ga-r10"_s)}}}};
}

/// deskctl while the event loop, and with it the player, runs.
Outcome readIdCard(const QString &port, const QStringList &more = {})
{
    const QTemporaryDir data;
    QProcess process;
    process.start(program(u"deskctl"_s),
                  QStringList{u"--data"_s, data.path(), u"--lang"_s, u"en"_s, u"--json"_s,
                              u"idcard"_s, u"read"_s, u"--port"_s, port} +
                      more);
    process.closeWriteChannel();
    REQUIRE(QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; },
                            programPatienceMs));
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QJsonObject resultOf(const Outcome &outcome)
{
    return QJsonDocument::fromJson(outcome.out).object();
}

} // namespace

TEST_CASE("The records of the vectors are read through a pseudo terminal and deskctl", "[e2e]")
{
    int count = 0;
    for (const QJsonValue &row : vectors().value(u"replies"_s).toArray()) {
        const QJsonValue record = row[u"expect"][u"record"];
        if (!record.isObject())
            continue;
        INFO(row[u"id"].toString().toStdString());
        auto answers = goodAnswers();
        answers["3001"] = {{QByteArray::fromHex(row[u"hex"].toString().toLatin1())}};
        const Player player{answers};
        const QString name = record[u"name"].toString();
        const QString number = record[u"id_number"].toString();
        const QString expiry =
            QDate::fromString(record[u"valid_to"].toString(), u"yyyyMMdd"_s).toString(Qt::ISODate);

        const Outcome masked = readIdCard(player.path());
        REQUIRE(masked.code == 0);
        const QJsonObject shown = resultOf(masked);
        CHECK(shown[u"outcome"_s].toString() == u"read");
        CHECK(shown[u"kind"_s].toString() == u"resident");
        CHECK(shown[u"name"_s].toString() == maskName(name));
        CHECK(shown[u"number"_s].toString() == maskDocumentNumber(number));
        CHECK(shown[u"expiry"_s].toString() == expiry);
        CHECK(masked.err.isEmpty());
        CHECK_FALSE(masked.out.contains(name.toUtf8()));
        CHECK_FALSE(masked.out.contains(number.toUtf8()));
        CHECK_FALSE(masked.out.contains(record[u"address"].toString().toUtf8()));

        const Player again{answers};
        const Outcome revealed = readIdCard(again.path(), {u"--reveal"_s});
        REQUIRE(revealed.code == 0);
        CHECK(resultOf(revealed)[u"name"_s].toString() == name);
        CHECK(resultOf(revealed)[u"number"_s].toString() == number);
        ++count;
    }
    CHECK(count >= 1);
}

TEST_CASE("Every other reply of the vectors ends deskctl as its status says", "[e2e]")
{
    struct Row {
        QByteArray command;
        QString id;
        int exit;
        QString outcome;
        QByteArray words;
    };
    const QList<Row> rows{
        {"2001", u"ga-r04"_s, 1, {}, "No ID was read in time"},
        {"2002", u"ga-r05"_s, 1, u"unreadable"_s, "turn it and place it again"},
        {"3001", u"ga-r06"_s, 1, u"unreadable"_s, "turn it and place it again"},
        {"3001", u"ga-r07"_s, 1, u"refused"_s, "did not pass its verification"},
        {"11FF", u"ga-r08"_s, 3, {}, "out of service (60, SAM self-test failed)"},
        // The status never answers so: nobody is there who could be asked.
        {"11FF", u"ga-r09"_s, 3, {}, "does not answer"},
    };
    for (const Row &row : rows) {
        INFO(row.id.toStdString());
        auto answers = goodAnswers();
        answers[row.command] = {{replyOf(row.id)}};
        const Player player{answers};

        const Outcome read = readIdCard(player.path(), {u"--timeout"_s, u"1500"_s});

        CHECK(read.code == row.exit);
        CHECK(resultOf(read)[u"outcome"_s].toString() == row.outcome);
        INFO(read.err.toStdString());
        CHECK(read.err.contains(row.words));
    }
}

TEST_CASE("Every stream of the vectors leaves the reader able to read", "[e2e]")
{
    int count = 0;
    for (const QJsonValue &row : vectors().value(u"streams"_s).toArray()) {
        INFO(row[u"id"].toString().toStdString());
        QByteArrayList chunks;
        for (const QJsonValue &chunk : row[u"chunks"].toArray())
            chunks << QByteArray::fromHex(chunk.toString().toLatin1());
        auto answers = goodAnswers();
        // As the answer to the first look; a damaged one is asked for again.
        answers["2001"] = {chunks, {replyOf(u"ga-r02"_s)}};
        const Player player{answers};

        const Outcome read = readIdCard(player.path());

        INFO(read.out.toStdString() << read.err.toStdString());
        CHECK(read.code == 0);
        CHECK(resultOf(read)[u"number"_s].toString() == u"110***********004X");
        ++count;
    }
    CHECK(count >= 4);
}

TEST_CASE("idcard read says in one sentence what is wrong with the port", "[e2e]")
{
    const QTemporaryDir folder;
    QFile(folder.filePath(u"file"_s)).open(QIODevice::WriteOnly);
    struct Row {
        QString port;
        int exit;
        QByteArray words;
    };
    for (const Row &row :
         QList<Row>{{u"/dev/ttyNothing"_s, 3, "There is no serial port /dev/ttyNothing"},
                    {folder.filePath(u"file"_s), 3, "does not work"},
                    {folder.path(), 3, "does not work"}}) {
        const Outcome read = readIdCard(row.port);
        CHECK(read.code == row.exit);
        CHECK(read.err.contains(row.words));
        CHECK(read.err.count('\n') == 1);
        CHECK(read.out.isEmpty());
    }
    // Another program holds it.
    auto nobody = goodAnswers();
    nobody["2001"] = {{replyOf(u"ga-r04"_s)}};
    const Player player{nobody};
    QProcess holder;
    holder.start(program(u"deskctl"_s),
                 {u"idcard"_s, u"read"_s, u"--port"_s, player.path(), u"--timeout"_s, u"20000"_s});
    REQUIRE(QTest::qWaitFor([&] { return player.wasAsked(); }, programPatienceMs));
    CHECK(readIdCard(player.path()).err.contains("Another program is using"));
    holder.kill();
    holder.waitForFinished();
    // No answer at all.
    const Player silent{{}};
    CHECK(readIdCard(silent.path()).err.contains("does not answer"));
}

TEST_CASE("desksim idreader has persons to place and obeys its lines", "[e2e]")
{
    const QTemporaryDir folder;
    const QString link = folder.filePath(u"idreader"_s);
    const QString socket = folder.filePath(u"control"_s);
    const QString persons =
        QStringLiteral(UPGRADEDESK_SOURCE_DIR) + u"/resources/training/persons.json"_s;
    QProcess sim;
    sim.start(program(u"desksim"_s), {u"idreader"_s, u"--persons"_s, persons, u"--link"_s, link,
                                      u"--control"_s, socket, u"--place"_s, u"resident"_s});
    REQUIRE(waitForLine(sim));
    REQUIRE(sim.readLine().startsWith("ready "));
    const auto tell = [&socket](const QStringList &words) {
        return runProgram(u"desksim"_s, QStringList{u"send"_s, u"--control"_s, socket} + words);
    };

    CHECK(resultOf(readIdCard(link))[u"number"_s].toString() == u"110***********004X");
    CHECK(tell({u"list"_s}).out.contains("permanent-resident"));
    REQUIRE(tell({u"place"_s, u"permanent-resident"_s}).code == 0);
    CHECK(resultOf(readIdCard(link))[u"kind"_s].toString() == u"foreign-permanent");
    REQUIRE(tell({u"place"_s, u"expired"_s}).code == 0);
    const Outcome expired = readIdCard(link);
    CHECK(expired.code == 1);
    CHECK(resultOf(expired)[u"outcome"_s].toString() == u"expired");
    REQUIRE(tell({u"place"_s, u"resident"_s}).code == 0);
    REQUIRE(tell({u"tear"_s, u"2"_s}).code == 0);
    CHECK(resultOf(readIdCard(link))[u"outcome"_s].toString() == u"unreadable");
    for (const QStringList &wrong :
         {QStringList{u"place"_s, u"nobody"_s}, QStringList{u"jump"_s},
          QStringList{u"stall"_s, u"-1"_s}, QStringList{u"status"_s, u"1"_s, u"XYZ"_s}})
        CHECK(tell(wrong).code == 1);
    REQUIRE(tell({u"unplug"_s}).code == 0);
    CHECK(readIdCard(link).code == 3);
    REQUIRE(tell({u"plug"_s}).code == 0);
    sim.terminate();
    CHECK(sim.waitForFinished(programPatienceMs));
    CHECK_FALSE(QFile::exists(link));
}
