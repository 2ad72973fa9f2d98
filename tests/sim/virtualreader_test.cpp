#include "support/catch.h"

#include "chiphost.h"

#include "sim/virtualreader.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>

#include <poll.h>
#include <fcntl.h>
#include <unistd.h>

using namespace upgradedesk;
using namespace upgradedesk::test;
using namespace Qt::StringLiterals;

namespace
{

/// A host program at the other end of the line.
class Line
{
public:
    explicit Line(const QString &path)
        : m_descriptor{::open(QFile::encodeName(path).constData(), O_RDWR | O_NOCTTY)}
    {
    }
    Line(const Line &) = delete;
    Line &operator=(const Line &) = delete;
    ~Line()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }

    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }

    void send(const QByteArray &bytes) const
    {
        REQUIRE(::write(m_descriptor, bytes.constData(), size_t(bytes.size())) == bytes.size());
    }

    /// Waits until this many bytes are there, or for `milliseconds`.
    [[nodiscard]] QByteArray receive(qsizetype size, int milliseconds = 5000) const
    {
        QByteArray bytes;
        QElapsedTimer time;
        time.start();
        while (bytes.size() < size && time.elapsed() < milliseconds) {
            pollfd ready{m_descriptor, POLLIN, 0};
            if (::poll(&ready, 1, 50) <= 0)
                continue;
            char byte = 0;
            if (::read(m_descriptor, &byte, 1) != 1)
                break;
            bytes += byte;
        }
        return bytes;
    }

    /// True when the other end was closed.
    [[nodiscard]] bool isDead() const
    {
        pollfd state{m_descriptor, POLLIN, 0};
        return ::poll(&state, 1, 0) > 0 && (state.revents & POLLHUP) != 0;
    }

private:
    int m_descriptor;
};

const QByteArray wakeUp = hex("5555") + QByteArray(14, '\0') + hostFrame(hex("02"));
const QByteArray woken = ackFrame() + chipFrame(hex("0332010607"));

} // namespace

TEST_CASE("The chip answers at the end of the link, bytes unchanged", "[sim]")
{
    VirtualReader reader{{card()}};
    REQUIRE(reader.start());
    const Line line{reader.path()};
    REQUIRE(line.isOpen());

    line.send(wakeUp);
    CHECK(line.receive(woken.size()) == woken);

    // 0D, 0A, 03 and 11 are what a terminal that is not raw would change.
    const QByteArray echo = hex("000D0A031113") + "x";
    line.send(hostFrame(hex("00") + echo));
    const QByteArray answer = ackFrame() + chipFrame(hex("01") + echo);
    CHECK(line.receive(answer.size()) == answer);
}

TEST_CASE("Unplugging ends the line and plugging makes a new one under the same name", "[sim]")
{
    VirtualReader reader{{card()}};
    REQUIRE(reader.start());
    const Line line{reader.path()};

    reader.unplug();
    CHECK(line.isDead());
    CHECK_FALSE(QFileInfo{reader.path()}.isSymLink());

    REQUIRE(reader.plug());
    REQUIRE(reader.plug());
    const Line next{reader.path()};
    REQUIRE(next.isOpen());
    next.send(wakeUp);
    CHECK(next.receive(woken.size()) == woken);
}

TEST_CASE("The link goes with the reader, but never a file of somebody else", "[sim]")
{
    const QTemporaryDir folder;
    const QString link = folder.filePath(u"line"_s);
    {
        VirtualReader reader{{card()}, {link, false}};
        REQUIRE(reader.start());
        CHECK(QFileInfo{link}.isSymLink());
    }
    CHECK_FALSE(QFileInfo{link}.isSymLink());

    QFile file{link};
    REQUIRE(file.open(QIODevice::WriteOnly));
    VirtualReader reader{{card()}, {link, false}};
    CHECK_FALSE(reader.start());
    CHECK(QFileInfo{link}.isFile());
}

TEST_CASE("A stalled reader answers afterwards", "[sim]")
{
    VirtualReader reader{{card()}};
    REQUIRE(reader.start());
    const Line line{reader.path()};
    reader.stall(300);

    line.send(wakeUp);

    CHECK(line.receive(1, 100).isEmpty());
    CHECK(line.receive(woken.size()) == woken);
}

TEST_CASE("Noise comes once, before the next thing the chip says", "[sim]")
{
    VirtualReader reader{{card()}};
    REQUIRE(reader.start());
    const Line line{reader.path()};
    reader.noise(7);

    line.send(wakeUp);
    const QByteArray noisy = line.receive(woken.size() + 7);
    CHECK(noisy.size() == woken.size() + 7);
    CHECK(noisy.endsWith(woken));
    line.send(hostFrame(hex("02")));
    CHECK(line.receive(woken.size()) == woken);
}

TEST_CASE("Only cards of the list can be tapped", "[sim]")
{
    VirtualReader reader{{card()}};
    REQUIRE(reader.start());

    CHECK(reader.cardNames() == QStringList{u"card"_s});
    CHECK(reader.tap(u"card"_s));
    CHECK(reader.add(u"card"_s));
    CHECK_FALSE(reader.tap(u"another"_s));
    CHECK_FALSE(reader.add(u"another"_s));
}
