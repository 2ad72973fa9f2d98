#include "support/catch.h"

#include "device/serial/serialline.h"
#include "device/serial/serialports.h"
#include "sim/pseudoterminal.h"

#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace upgradedesk;
using namespace Qt::StringLiterals;

namespace
{

constexpr int baud = 115200;
constexpr int patienceMs = 5000;

/// A pseudo terminal with the far end in this process.
struct FarEnd {
    QTemporaryDir folder;
    QString path = folder.filePath(u"line"_s);
    Result<PseudoTerminal> terminal = PseudoTerminal::open(path);
};

/// What this process may do while it is not root.
class WithoutRights
{
public:
    WithoutRights()
    {
        constexpr uid_t nobody = 65534;
        if (m_before == 0)
            REQUIRE(::seteuid(nobody) == 0);
    }
    WithoutRights(const WithoutRights &) = delete;
    WithoutRights &operator=(const WithoutRights &) = delete;
    ~WithoutRights() { static_cast<void>(::seteuid(m_before)); }

private:
    const uid_t m_before = ::geteuid();
};

} // namespace

TEST_CASE("A serial line carries bytes both ways at the speed it was opened with", "[device]")
{
    const FarEnd far;
    REQUIRE(far.terminal);
    SerialLine line;
    QByteArray received;
    QObject::connect(&line, &SerialLine::received, &line,
                     [&received](const QByteArray &bytes) { received += bytes; });

    REQUIRE(line.open(far.path, 9600));
    // Every byte, also those that a terminal would take for its own.
    QByteArray all;
    for (int value = 0; value < 256; ++value)
        all += char(value);
    line.write(all);
    QByteArray arrived;
    CHECK(QTest::qWaitFor([&] { return (arrived += far.terminal->read()) == all; }, patienceMs));
    CHECK(far.terminal->speed() == 9600);
    far.terminal->write(all);

    CHECK(QTest::qWaitFor([&] { return received == all; }, patienceMs));
    CHECK(line.unwritten() == 0);
}

TEST_CASE("Each cause why a serial line does not open has its own word", "[device]")
{
    SerialLine line;

    SECTION("nothing is plugged in")
    {
        const auto opened = line.open(u"/dev/ttyNothing0"_s, baud);

        REQUIRE_FALSE(opened);
        CHECK(opened.error().code == ErrorCode::PortNotFound);
        CHECK(opened.error().args == QStringList{u"/dev/ttyNothing0"_s});
    }
    SECTION("somebody else holds it")
    {
        const FarEnd far;
        SerialLine other;
        REQUIRE(other.open(far.path, baud));

        // By another name of the same line.
        const QString slave = QFileInfo(far.path).canonicalFilePath();
        const auto opened = line.open(slave, baud);

        REQUIRE_FALSE(opened);
        CHECK(opened.error().code == ErrorCode::PortBusy);
        other.close();
        CHECK(line.open(slave, baud));
    }
    SECTION("this user may not, and the group that may is named")
    {
        const FarEnd far;
        const QString slave = QFileInfo(far.path).canonicalFilePath();
        REQUIRE(QFile::setPermissions(slave, QFile::ReadGroup | QFile::WriteGroup));
        REQUIRE(::chown(QFile::encodeName(slave).constData(), uid_t(-1), 20) == 0);
        CHECK(portGroup(slave) == QFileInfo(slave).group());
        REQUIRE(QFile::setPermissions(slave, QFile::Permissions{}));
        const WithoutRights nobody;

        const auto opened = line.open(slave, baud);

        REQUIRE_FALSE(opened);
        CHECK(opened.error().code == ErrorCode::PortNotPermitted);
        CHECK(opened.error().args == QStringList{slave, u"dialout"_s});
    }
    SECTION("the path is something else")
    {
        const QTemporaryDir folder;
        const auto opened = line.open(folder.path(), baud);

        REQUIRE_FALSE(opened);
        CHECK(opened.error().code == ErrorCode::PortFailed);
        CHECK_FALSE(line.open(u"/dev/null"_s, baud));
    }
}

TEST_CASE("A serial line that vanishes says so within a second, and opens again", "[device]")
{
    FarEnd far;
    REQUIRE(far.terminal);
    SerialLine line;
    QSignalSpy lost{&line, &SerialLine::lost};
    REQUIRE(line.open(far.path, baud));

    far.terminal = fail(ErrorCode::ReaderLost);

    REQUIRE(lost.wait(1000));
    const auto error = lost.first().first().value<Error>();
    CHECK(error.code == ErrorCode::PortLost);
    CHECK(error.args == QStringList{far.path});
    CHECK_FALSE(line.isOpen());
    line.write("nobody hears this");
    CHECK(line.unwritten() == 0);

    far.terminal = PseudoTerminal::open(far.path);
    REQUIRE(line.open(far.path, baud));
    QSignalSpy received{&line, &SerialLine::received};
    far.terminal->write("back");
    CHECK(received.wait(patienceMs));
    CHECK(lost.size() == 1);
}
