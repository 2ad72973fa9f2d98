#include "device/nfc/readerlock.h"

#include <QFile>

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

ErrorCode codeOf(int number)
{
    switch (number) {
    case EACCES:
    case EPERM:
        return ErrorCode::ReaderNotPermitted;
    case EBUSY:
    case EWOULDBLOCK:
        return ErrorCode::ReaderBusy;
    default:
        return ErrorCode::ReaderNotFound;
    }
}

} // namespace

QString serialPathOf(const QString &connstring)
{
    constexpr std::array drivers{"pn532_uart"_L1, "arygon"_L1, "acr122s"_L1, "pn532_i2c"_L1,
                                 "pn532_spi"_L1};
    const QStringList parts = connstring.split(u':');
    if (parts.size() < 2 || std::ranges::find(drivers, parts.first()) == drivers.end())
        return {};
    return parts.at(1);
}

ReaderLock::~ReaderLock()
{
    release();
}

Result<void> ReaderLock::take(const QString &connstring)
{
    release();
    const QString path = serialPathOf(connstring);
    if (path.isEmpty())
        return {};
    const int descriptor =
        ::open(QFile::encodeName(path).constData(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0)
        return fail(codeOf(errno), u"the serial line of the reader does not open"_s);
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        const ErrorCode code = codeOf(errno);
        ::close(descriptor);
        return fail(code, u"the serial line of the reader is locked"_s);
    }
    m_descriptor = descriptor;
    return {};
}

void ReaderLock::release()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
}

} // namespace upgradedesk
