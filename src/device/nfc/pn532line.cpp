#include "device/nfc/pn532line.h"

#include <QByteArray>
#include <QDeadlineTimer>
#include <QFile>
#include <QThread>

#include <algorithm>
#include <array>
#include <cerrno>
#include <numeric>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace upgradedesk
{
namespace
{

// An awake chip answers within two milliseconds; a USB adapter may keep its bytes for sixteen.
constexpr int answerTimeMs = 120;
constexpr unsigned long speedChangeMs = 5;
constexpr int proofs = 3;

struct Speed {
    int baud;
    speed_t name;
    char code; ///< in SetSerialBaudRate
};
constexpr std::array speeds{
    Speed{9600, B9600, 0},     Speed{19200, B19200, 1},   Speed{38400, B38400, 2},
    Speed{57600, B57600, 3},   Speed{115200, B115200, 4}, Speed{230400, B230400, 5},
    Speed{460800, B460800, 6},
};

const Speed *speedOf(int baud)
{
    const auto *const found = std::ranges::find(speeds, baud, &Speed::baud);
    return found == speeds.end() ? nullptr : found;
}

QByteArray frame(const QByteArray &body)
{
    const auto sum = std::accumulate(body.begin(), body.end(), 0,
                                     [](int total, char byte) { return total + quint8(byte); });
    return QByteArray::fromHex("0000FF") + char(body.size()) + char(-int(body.size())) + body +
           char(-sum) + '\0';
}

QByteArray acknowledgement()
{
    return QByteArray::fromHex("0000FF00FF00");
}

/// One serial line, raw, for a few exchanges.
class Line final
{
public:
    explicit Line(const QString &path)
        : m_descriptor{::open(QFile::encodeName(path).constData(),
                              O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)}
    {
    }
    Line(const Line &) = delete;
    Line &operator=(const Line &) = delete;
    ~Line()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }

    [[nodiscard]] bool setSpeed(const Speed &speed) const
    {
        termios settings{};
        if (m_descriptor < 0 || tcgetattr(m_descriptor, &settings) != 0)
            return false;
        cfmakeraw(&settings);
        settings.c_cflag |= CLOCAL | CREAD;
        return cfsetspeed(&settings, speed.name) == 0 &&
               tcsetattr(m_descriptor, TCSADRAIN, &settings) == 0;
    }

    [[nodiscard]] bool send(const QByteArray &bytes) const
    {
        tcflush(m_descriptor, TCIFLUSH);
        return ::write(m_descriptor, bytes.constData(), size_t(bytes.size())) == bytes.size();
    }

    /// True when the chip acknowledges the command and gives exactly this answer.
    [[nodiscard]] bool ask(const QByteArray &command, const QByteArray &answer,
                           const QByteArray &before = {}) const
    {
        if (!send(before + frame('\xD4' + command)))
            return false;
        const QByteArray expected = frame('\xD5' + answer);
        QByteArray bytes;
        QDeadlineTimer deadline{answerTimeMs};
        while (!deadline.hasExpired()) {
            pollfd ready{m_descriptor, POLLIN, 0};
            if (::poll(&ready, 1, int(deadline.remainingTime()) + 1) < 0 && errno != EINTR)
                return false;
            std::array<char, 256> buffer{};
            const ssize_t size = ::read(m_descriptor, buffer.data(), buffer.size());
            if (size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR))
                return false;
            if (size > 0)
                bytes.append(buffer.data(), size);
            const qsizetype at = bytes.indexOf(acknowledgement());
            if (at >= 0 && bytes.indexOf(expected, at) >= 0)
                return true;
        }
        return false;
    }

    /// Wakes the chip as libnfc does.
    [[nodiscard]] bool wakes() const
    {
        const QByteArray wakeUp = QByteArray::fromHex("5555") + QByteArray(14, '\0');
        return ask(QByteArray::fromHex("1401"), QByteArray::fromHex("15"), wakeUp);
    }

    /// Sends bytes there and back that a wrong speed or a poor adapter would damage.
    [[nodiscard]] bool isReliable() const
    {
        const QByteArray pattern = QByteArray::fromHex("00FF55AA0FF033CC0180FE7F13110D0A");
        const QByteArray echo = QByteArray(1, '\0') + pattern;
        for (int left = proofs; left > 0; --left) {
            if (!ask('\0' + echo, '\x01' + echo))
                return false;
        }
        return true;
    }

    [[nodiscard]] bool change(const Speed &speed) const
    {
        if (!ask('\x10' + QByteArray(1, speed.code), "\x11"))
            return false;
        // The chip changes over when it hears the acknowledgement.
        if (!send(acknowledgement()))
            return false;
        tcdrain(m_descriptor);
        QThread::msleep(speedChangeMs);
        return setSpeed(speed);
    }

private:
    int m_descriptor;
};

} // namespace

std::optional<int> tunePn532Line(const QString &path, int wanted)
{
    const Speed &slow = *speedOf(pn532SlowSpeed);
    const Speed &fast = *speedOf(pn532FastSpeed);
    const Speed *const goal = speedOf(wanted);
    if (goal == nullptr)
        return std::nullopt;

    const Line line{path};
    const Speed *found = nullptr;
    // The first wake-up can be lost on a chip that sleeps deeply, so the usual speed comes twice.
    for (const Speed *const speed : {&slow, &fast, goal, &slow}) {
        if (!line.setSpeed(*speed))
            return std::nullopt;
        if (line.wakes()) {
            found = speed;
            break;
        }
    }
    if (found == nullptr)
        return std::nullopt;
    if (found->baud == goal->baud)
        return goal->baud;
    if (line.change(*goal) && line.isReliable())
        return goal->baud;

    // Whatever became of it: the speed it had, or the way back from the new one.
    if (line.setSpeed(*found) && line.wakes())
        return found->baud;
    if (line.setSpeed(*goal) && line.change(*found) && line.wakes())
        return found->baud;
    return std::nullopt;
}

} // namespace upgradedesk
