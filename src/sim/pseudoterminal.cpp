#include "sim/pseudoterminal.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <cstdlib>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr size_t longestPtyName = 64;
constexpr size_t readSize = 4096;

} // namespace

Result<PseudoTerminal> PseudoTerminal::open(const QString &link)
{
    PseudoTerminal terminal;
    terminal.m_master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    std::array<char, longestPtyName> name{};
    if (terminal.m_master < 0 || grantpt(terminal.m_master) != 0 ||
        unlockpt(terminal.m_master) != 0 ||
        ptsname_r(terminal.m_master, name.data(), name.size()) != 0)
        return fail(ErrorCode::FileUnreadable, u"no pseudo terminal to be had"_s, {u"/dev/ptmx"_s});
    terminal.m_slavePath = QFile::decodeName(name.data());
    terminal.m_slave = ::open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC);
    termios settings{};
    if (terminal.m_slave < 0 || tcgetattr(terminal.m_slave, &settings) != 0)
        return fail(ErrorCode::FileUnreadable, u"the slave of the pseudo terminal does not open"_s,
                    {terminal.m_slavePath});
    cfmakeraw(&settings);
    cfsetspeed(&settings, B115200);
    tcsetattr(terminal.m_slave, TCSANOW, &settings);

    // That the terminal of an old link is there says nothing: its number is used again at once.
    auto lock = std::make_unique<ProgramLock>(link + u".lock"_s);
    if (!lock->tryLock() && lock->error() == QLockFile::LockFailedError)
        return fail(ErrorCode::ReaderBusy,
                    u"%1 belongs to another that runs; name another --link"_s.arg(link));
    const QFileInfo old{link};
    if (old.isSymLink()) {
        QFile::remove(link);
    } else if (old.exists()) {
        return fail(ErrorCode::FileUnreadable, u"the link's name is taken by a file"_s, {link});
    }
    if (!QFile::link(terminal.m_slavePath, link))
        return fail(ErrorCode::FileUnreadable, u"the link cannot be made"_s, {link});
    terminal.m_link = link;
    terminal.m_lock = std::move(lock);
    return terminal;
}

PseudoTerminal::PseudoTerminal(PseudoTerminal &&other) noexcept
    : m_master{std::exchange(other.m_master, -1)}
    , m_slave{std::exchange(other.m_slave, -1)}
    , m_link{std::exchange(other.m_link, {})}
    , m_lock{std::move(other.m_lock)}
    , m_slavePath{std::exchange(other.m_slavePath, {})}
{
}

PseudoTerminal &PseudoTerminal::operator=(PseudoTerminal &&other) noexcept
{
    if (this != &other) {
        close();
        m_master = std::exchange(other.m_master, -1);
        m_slave = std::exchange(other.m_slave, -1);
        m_link = std::exchange(other.m_link, {});
        m_lock = std::move(other.m_lock);
        m_slavePath = std::exchange(other.m_slavePath, {});
    }
    return *this;
}

PseudoTerminal::~PseudoTerminal()
{
    close();
}

void PseudoTerminal::close()
{
    // Somebody may have put another in its place; only our own is ours to remove.
    if (!m_link.isEmpty() && QFile::symLinkTarget(m_link) == m_slavePath)
        QFile::remove(m_link);
    for (const int descriptor : {m_slave, m_master}) {
        if (descriptor >= 0)
            ::close(descriptor);
    }
    m_master = m_slave = -1;
    m_link.clear();
    m_lock.reset();
}

int PseudoTerminal::speed() const
{
    constexpr std::array<std::pair<speed_t, int>, 9> speeds{{{B9600, 9600},
                                                             {B19200, 19200},
                                                             {B38400, 38400},
                                                             {B57600, 57600},
                                                             {B115200, 115200},
                                                             {B230400, 230400},
                                                             {B460800, 460800},
                                                             {B921600, 921600},
                                                             {B1000000, 1000000}}};
    termios settings{};
    if (tcgetattr(m_slave, &settings) != 0)
        return 0;
    const speed_t speed = cfgetospeed(&settings);
    const auto found = std::ranges::find(speeds, speed, &std::pair<speed_t, int>::first);
    return found == speeds.end() ? 0 : found->second;
}

QByteArray PseudoTerminal::read() const
{
    QByteArray bytes;
    std::array<char, readSize> buffer{};
    while (true) {
        const ssize_t size = ::read(m_master, buffer.data(), buffer.size());
        if (size > 0)
            bytes.append(buffer.data(), size);
        else if (size == 0 || errno != EINTR)
            return bytes;
    }
}

void PseudoTerminal::write(const QByteArray &bytes) const
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t size =
            ::write(m_master, bytes.constData() + done, size_t(bytes.size() - done));
        if (size > 0)
            done += size;
        else if (size == 0 || errno != EINTR)
            return;
    }
}

} // namespace upgradedesk
