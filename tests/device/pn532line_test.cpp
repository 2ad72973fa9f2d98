#include "support/catch.h"

#include "readerbench.h"

#include "device/nfc/pn532line.h"
#include "sim/pseudoterminal.h"

#include <QTemporaryDir>

#include <atomic>
#include <thread>

using namespace upgradedesk;
using namespace upgradedesk::test;
using namespace Qt::StringLiterals;

namespace
{

/// A line with something else than a PN532 at its other end, which answers with what `reply` says.
class ForeignDevice
{
public:
    explicit ForeignDevice(std::function<QByteArray(const QByteArray &)> reply)
        : m_terminal{PseudoTerminal::open(path())}
    {
        REQUIRE(m_terminal);
        m_thread = std::thread{[this, reply = std::move(reply)] {
            while (!m_ended) {
                const QByteArray answer = reply(m_terminal->read());
                if (!answer.isEmpty())
                    m_terminal->write(answer);
                std::this_thread::yield();
            }
        }};
    }
    ForeignDevice(const ForeignDevice &) = delete;
    ForeignDevice &operator=(const ForeignDevice &) = delete;
    ~ForeignDevice()
    {
        m_ended = true;
        m_thread.join();
    }

    [[nodiscard]] QString path() const { return m_folder.filePath(u"line"_s); }

private:
    const QTemporaryDir m_folder;
    Result<PseudoTerminal> m_terminal;
    std::atomic<bool> m_ended = false;
    std::thread m_thread;
};

} // namespace

TEST_CASE("A PN532 is found at whatever speed it was left and brought to the wanted one",
          "[device]")
{
    VirtualReader reader{someCards()};
    REQUIRE(reader.start());
    const auto [first, second] = GENERATE(table<int, int>({
        {pn532SlowSpeed, pn532SlowSpeed},
        {pn532SlowSpeed, pn532FastSpeed},
        {pn532FastSpeed, pn532SlowSpeed},
        {pn532FastSpeed, pn532FastSpeed},
        {57600, 57600},
    }));

    CHECK(tunePn532Line(reader.path(), first) == first);
    CHECK(tunePn532Line(reader.path(), second) == second);
}

TEST_CASE("Noise on the line does not hide a PN532", "[device]")
{
    VirtualReader reader{someCards()};
    REQUIRE(reader.start());
    reader.noise(40);

    CHECK(tunePn532Line(reader.path(), pn532FastSpeed));
}

TEST_CASE("What is no PN532 is left alone after a moment", "[device]")
{
    SECTION("no such line")
    {
        CHECK_FALSE(tunePn532Line(u"/nowhere/tty"_s, pn532FastSpeed));
    }
    SECTION("a file")
    {
        CHECK_FALSE(tunePn532Line(childProgram, pn532FastSpeed));
    }
    SECTION("an echo")
    {
        const ForeignDevice device{[](const QByteArray &bytes) { return bytes; }};
        CHECK_FALSE(tunePn532Line(device.path(), pn532FastSpeed));
    }
    SECTION("silence")
    {
        const ForeignDevice device{[](const QByteArray &) { return QByteArray{}; }};
        CHECK_FALSE(tunePn532Line(device.path(), pn532FastSpeed));
    }
    SECTION("something that talks without end")
    {
        const ForeignDevice device{
            [](const QByteArray &) { return QByteArray{"$GPGGA,,*00\r\n"}; }};
        CHECK_FALSE(tunePn532Line(device.path(), pn532FastSpeed));
    }
    SECTION("a speed that libnfc does not know")
    {
        VirtualReader reader{someCards()};
        REQUIRE(reader.start());
        CHECK_FALSE(tunePn532Line(reader.path(), 921600));
    }
}

TEST_CASE("A foreign device is a reader that is not there and hangs nothing", "[device]")
{
    const ForeignDevice device{[](const QByteArray &bytes) { return bytes; }};
    NfcClient client{childProgram};
    QSignalSpy lost{&client, &NfcClient::readerLost};

    client.start(u"pn532_uart:"_s + device.path());

    REQUIRE(Bench::waitFor(lost, 1));
    CHECK(lost.first().first().value<Error>().code == ErrorCode::ReaderSilent);
    CHECK_FALSE(Bench::waitFor(lost, 2, 1500));
}

TEST_CASE("A reader is opened again at the speed a dead child left it at, or at the named one",
          "[device]")
{
    Bench bench;
    REQUIRE(tunePn532Line(bench.reader.path(), pn532FastSpeed));
    const QString speed = GENERATE(as<QString>{}, u""_s, u":115200"_s, u":57600"_s);

    bench.client.start(bench.reader.connstring() + speed);
    REQUIRE(Bench::waitFor(bench.ready, 1));
    REQUIRE(bench.reader.tap(u"one"_s));

    REQUIRE(Bench::waitFor(bench.arrived, 1));
    CHECK(bench.sighting(0).number == u"3105170000000000017"_s);
    CHECK(bench.lost.isEmpty());
}
