#include "sim/controlserver.h"

#include <QFile>

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr qsizetype longestLine = 4096;
constexpr size_t mostClients = 64;
constexpr int waitingClients = 16;

Result<sockaddr_un> addressOf(const QString &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray name = QFile::encodeName(path);
    if (name.isEmpty() || size_t(name.size()) >= sizeof address.sun_path)
        return fail(ErrorCode::FileUnreadable, u"a socket's path has 1 to 107 bytes"_s, {path});
    std::copy(name.begin(), name.end(), std::begin(address.sun_path));
    return address;
}

const sockaddr *generic(const sockaddr_un &address)
{
    return reinterpret_cast<const sockaddr *>(&address);
}

int connectTo(const sockaddr_un &address)
{
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket >= 0 && ::connect(socket, generic(address), sizeof address) != 0) {
        ::close(socket);
        return -1;
    }
    return socket;
}

} // namespace

ControlServer::ControlServer(Handler handler, QObject *parent)
    : QObject{parent}
    , m_handler{std::move(handler)}
{
}

ControlServer::~ControlServer()
{
    while (!m_clients.empty())
        drop(m_clients.begin()->first);
    m_notifier.reset();
    if (m_socket >= 0) {
        QFile::remove(m_path);
        ::close(m_socket);
    }
}

Result<void> ControlServer::listen(const QString &path)
{
    const auto address = addressOf(path);
    if (!address)
        return tl::unexpected(address.error());
    struct stat old {
    };
    if (lstat(address->sun_path, &old) == 0) {
        const int other = S_ISSOCK(old.st_mode) ? connectTo(*address) : 0;
        if (other >= 0) {
            if (other > 0)
                ::close(other);
            return fail(ErrorCode::FileUnreadable, u"the socket's name is in use"_s, {path});
        }
        QFile::remove(path);
    }
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const mode_t mask = umask(0077);
    const bool bound = socket >= 0 && ::bind(socket, generic(*address), sizeof *address) == 0;
    umask(mask);
    if (!bound || ::listen(socket, waitingClients) != 0) {
        if (socket >= 0)
            ::close(socket);
        return fail(ErrorCode::FileUnreadable, u"the socket cannot be made"_s, {path});
    }
    m_socket = socket;
    m_path = path;
    m_notifier = std::make_unique<QSocketNotifier>(socket, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &ControlServer::welcome);
    return {};
}

void ControlServer::welcome()
{
    const int socket = accept4(m_socket, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (socket < 0)
        return;
    if (m_clients.size() >= mostClients) {
        ::close(socket);
        return;
    }
    Client client{std::make_unique<QSocketNotifier>(socket, QSocketNotifier::Read), {}};
    connect(client.notifier.get(), &QSocketNotifier::activated, this,
            [this, socket] { serve(socket); });
    m_clients.emplace(socket, std::move(client));
}

void ControlServer::drop(int socket)
{
    const auto client = m_clients.find(socket);
    if (client == m_clients.end())
        return;
    // This may run inside a slot of the notifier.
    client->second.notifier->setEnabled(false);
    client->second.notifier.release()->deleteLater();
    m_clients.erase(client);
    ::close(socket);
}

void ControlServer::serve(int socket)
{
    QByteArray &input = m_clients.at(socket).input;
    std::array<char, longestLine> buffer{};
    const ssize_t size = ::read(socket, buffer.data(), buffer.size());
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (size <= 0)
        return drop(socket);
    input.append(buffer.data(), size);

    for (qsizetype end = input.indexOf('\n'); end >= 0; end = input.indexOf('\n')) {
        const QString line = QString::fromUtf8(input.first(end));
        input.remove(0, end + 1);
        const QByteArray answer = m_handler(line).toUtf8() + '\n';
        // A client that does not read its answers is not waited for.
        if (::send(socket, answer.constData(), size_t(answer.size()), MSG_NOSIGNAL) !=
            answer.size())
            return drop(socket);
    }
    if (input.size() > longestLine)
        drop(socket);
}

Result<QString> sendControlLine(const QString &path, const QString &line, int milliseconds)
{
    const auto address = addressOf(path);
    if (!address)
        return tl::unexpected(address.error());
    const int socket = connectTo(*address);
    if (socket < 0)
        return fail(ErrorCode::FileUnreadable, u"nobody listens at this socket"_s, {path});
    const timeval limit{milliseconds / 1000, (milliseconds % 1000) * 1000};
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    const QByteArray request = line.toUtf8() + '\n';
    QByteArray answer;
    if (::send(socket, request.constData(), size_t(request.size()), MSG_NOSIGNAL) ==
        request.size()) {
        std::array<char, longestLine> buffer{};
        ssize_t size = 0;
        while (!answer.endsWith('\n') && (size = ::read(socket, buffer.data(), buffer.size())) > 0)
            answer.append(buffer.data(), size);
    }
    ::close(socket);
    if (!answer.endsWith('\n'))
        return fail(ErrorCode::FileUnreadable, u"no answer from this socket"_s, {path});
    return QString::fromUtf8(answer).trimmed();
}

} // namespace upgradedesk
