#include "device/nfc/readerlock.h"

#include "device/nfc/readercandidates.h"

#include <QFile>

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
