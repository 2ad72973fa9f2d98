#include "support/catch.h"

#include "e2e/cardprograms.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace upgradedesk::test;
using namespace Qt::StringLiterals;

namespace
{

/// `desksim scanner` in a folder of its own.
class ScannerProgram
{
public:
    ScannerProgram()
    {
        m_process.start(program(u"desksim"_s), {u"scanner"_s, u"--link"_s, link(), u"--control"_s,
                                                m_folder.filePath(u"control"_s)});
        REQUIRE(waitForLine(m_process));
        REQUIRE(m_process.readLine().startsWith("ready "));
    }
    ~ScannerProgram()
    {
        m_process.terminate();
        m_process.waitForFinished();
    }
    ScannerProgram(const ScannerProgram &) = delete;
    ScannerProgram &operator=(const ScannerProgram &) = delete;

    [[nodiscard]] QString link() const { return m_folder.filePath(u"scanner"_s); }

    void tell(const QStringList &words) const
    {
        const Outcome sent = runProgram(
            u"desksim"_s,
            QStringList{u"send"_s, u"--control"_s, m_folder.filePath(u"control"_s)} + words);
        INFO(sent.out.toStdString() << sent.err.toStdString());
        REQUIRE(sent.code == 0);
    }

private:
    QTemporaryDir m_folder;
    QProcess m_process;
};

QJsonObject nextLine(QProcess &process)
{
    REQUIRE(waitForLine(process));
    return QJsonDocument::fromJson(process.readLine()).object();
}

} // namespace

TEST_CASE("scan listen tells apart what a serial scanner sends", "[e2e]")
{
    const ScannerProgram scanner;
    QProcess listening;
    listening.start(program(u"deskctl"_s), {u"--json"_s, u"scan"_s, u"listen"_s, u"--port"_s,
                                            scanner.link(), u"--count"_s, u"5"_s});
    REQUIRE(listening.waitForStarted());
    // A byte that comes before the line is open is lost, as on any line: scan until it is heard.
    QJsonObject first;
    while (first.isEmpty()) {
        scanner.tell({u"scan"_s, u"3105170099900012349"_s});
        if (listening.waitForReadyRead(300))
            first = nextLine(listening);
        REQUIRE(listening.state() == QProcess::Running);
    }
    CHECK(first.value(u"kind"_s).toString() == u"card-number");
    CHECK(first.value(u"number"_s).toString() == u"3105170099900012349");
    CHECK(first.value(u"verdict"_s).toString() == u"complete");
    CHECK(first.value(u"service"_s).toString() == u"linkable");

    scanner.tell({u"suffix"_s, u"crlf"_s});
    scanner.tell({u"scan"_s, u"7b1f3c9e2a5d48c6b0aa41d2"_s});
    const QJsonObject code = nextLine(listening);
    CHECK(code ==
          QJsonObject{{u"kind"_s, u"health-code"_s}, {u"token"_s, u"7b1f3c9e2a5d48c6b0aa41d2"_s}});
    scanner.tell({u"suffix"_s, u"none"_s});
    scanner.tell({u"scan"_s, u"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\\r"
                             "L898902C36UTO7408122F1204159ZE184226B<<<<<10"_s});
    const QJsonObject zone = nextLine(listening);
    CHECK(zone.value(u"kind"_s).toString() == u"mrz");
    CHECK(zone.value(u"valid"_s).toBool());
    CHECK(zone.value(u"documentNumber"_s).toString() == u"L898902C3");
    CHECK(zone.value(u"surname"_s).toString() == u"ERIKSSON");
    scanner.tell({u"unplug"_s});
    REQUIRE(listening.waitForReadyRead(0) == false);
    scanner.tell({u"plug"_s});
    QJsonObject again;
    while (again.isEmpty()) {
        scanner.tell({u"scan"_s, u"https://example.org/pay"_s});
        if (listening.waitForReadyRead(300))
            again = nextLine(listening);
        REQUIRE(listening.state() == QProcess::Running);
    }
    CHECK(again == QJsonObject{{u"kind"_s, u"unknown"_s}, {u"reason"_s, u"link"_s}});
    scanner.tell({u"scan"_s, u"x"_s});
    REQUIRE(listening.waitForFinished());
    CHECK(listening.exitCode() == 0);
    const QByteArray told = listening.readAllStandardError();
    CHECK(told.count('\n') == 1);
    CHECK_FALSE(told.contains("ERIKSSON"));
}

TEST_CASE("scan listen says in one sentence why there is nothing to listen to", "[e2e]")
{
    struct Row {
        QString arguments;
        int code;
    };
    const auto row = GENERATE(values<Row>({
        {u"--port /dev/no-such-scanner"_s, 3},
        {u"--port /dev/null"_s, 3},
        {u""_s, 2},
        {u"--port /dev/x --count 0"_s, 2},
        {u"--port /dev/x word"_s, 2},
    }));
    const QStringList arguments = row.arguments.split(u' ', Qt::SkipEmptyParts);
    const Outcome done = runProgram(
        u"deskctl"_s, QStringList{u"--lang"_s, u"en"_s, u"scan"_s, u"listen"_s} + arguments);
    INFO(done.err.toStdString());
    CHECK(done.code == row.code);
    CHECK(done.out.isEmpty());
    CHECK(done.err.count('\n') == 1);
}
