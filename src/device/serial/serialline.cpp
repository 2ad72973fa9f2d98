#include "device/serial/serialline.h"

#include "core/wipe.h"
#include "device/serial/serialports.h"

#include <QFile>

#include <cerrno>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

#ifdef Q_OS_UNIX
/// What can be said before the line is opened. Qt SerialPort has one word for a line that somebody
/// else holds and for one that this user may not open.
Result<void> looked(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    struct stat status {
    };
    if (::stat(name.constData(), &status) != 0)
        return fail(ErrorCode::PortNotFound, u"the serial line has no device file"_s, {path});
    if (!S_ISCHR(status.st_mode))
        return fail(ErrorCode::PortFailed, u"the path is no serial line"_s, {path});
    if (::faccessat(AT_FDCWD, name.constData(), R_OK | W_OK, AT_EACCESS) != 0)
        return fail(ErrorCode::PortNotPermitted, u"the serial line may not be opened"_s,
                    {path, portGroup(path)});
    return {};
}

/// Also holds the line against programs that do not go through Qt, see device/nfc/readerlock.h.
bool isLocked(const QSerialPort &port)
{
    return ::flock(port.handle(), LOCK_EX | LOCK_NB) == 0;
}
#else
Result<void> looked(const QString &)
{
    return {};
}

bool isLocked(const QSerialPort &)
{
    return true;
}
#endif

ErrorCode codeOf(QSerialPort::SerialPortError error)
{
    switch (error) {
    case QSerialPort::DeviceNotFoundError:
        return ErrorCode::PortNotFound;
    case QSerialPort::PermissionError:
        return ErrorCode::PortBusy;
    default:
        return ErrorCode::PortFailed;
    }
}

} // namespace

SerialLine::SerialLine(QObject *parent)
    : QObject{parent}
    , m_port{this}
{
    connect(&m_port, &QSerialPort::readyRead, this, &SerialLine::read);
    // Queued: the port is not to be closed while it tells of its failure.
    connect(
        &m_port, &QSerialPort::errorOccurred, this,
        [this] {
            if (m_port.isOpen() && m_port.error() != QSerialPort::NoError)
                failed();
        },
        Qt::QueuedConnection);
}

SerialLine::~SerialLine() = default;

Result<void> SerialLine::open(const QString &path, int baud)
{
    close();
    m_path = path;
    if (const auto fine = looked(m_path); !fine)
        return fine;
    m_port.setPortName(m_path);
    m_port.setBaudRate(baud);
    const bool opened = m_port.open(QIODevice::ReadWrite);
    if (!opened)
        return fail(codeOf(m_port.error()), u"Qt SerialPort: %1"_s.arg(m_port.errorString()),
                    {m_path});
    if (!isLocked(m_port)) {
        close();
        return fail(ErrorCode::PortBusy, u"the serial line is locked"_s, {m_path});
    }
    return {};
}

void SerialLine::close()
{
    if (m_port.isOpen())
        m_port.close();
    m_port.clearError();
}

void SerialLine::write(const QByteArray &bytes)
{
    if (m_port.isOpen())
        m_port.write(bytes);
}

void SerialLine::flush()
{
    if (m_port.isOpen())
        m_port.flush();
}

void SerialLine::clear()
{
    if (m_port.isOpen())
        m_port.clear();
}

void SerialLine::read()
{
    QByteArray bytes = m_port.readAll();
    if (!bytes.isEmpty())
        emit received(bytes);
    wipe(bytes);
}

void SerialLine::failed()
{
    const QString detail = u"Qt SerialPort: %1"_s.arg(m_port.errorString());
    const bool gone = m_port.error() == QSerialPort::ResourceError || !QFile::exists(m_path);
    close();
    emit lost({gone ? ErrorCode::PortLost : ErrorCode::PortFailed, detail, {m_path}});
}

} // namespace upgradedesk
