#include "crypto/privatefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <filesystem>
#include <system_error>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr qint64 largestFile = 64 * 1024;

#ifdef Q_OS_UNIX
tl::unexpected<Error> failure(int number, const QString &path)
{
    const QString detail = u"%1: errno %2"_s.arg(path).arg(number);
    switch (number) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return fail(ErrorCode::StoreFull, detail);
    case EROFS:
    case EACCES:
    case EPERM:
        return fail(ErrorCode::StoreReadOnly, detail, {QFileInfo(path).path()});
    default:
        return fail(ErrorCode::StoreFailed, detail);
    }
}

Result<void> syncOpened(const QString &path, int flags)
{
    const int opened = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | flags);
    if (opened < 0)
        return failure(errno, path);
    const bool synced = ::fsync(opened) == 0;
    const int number = errno;
    ::close(opened);
    if (!synced)
        return failure(number, path);
    return {};
}

#endif

} // namespace

Result<void> makePrivateFolder(const QString &path)
{
    const auto readOnly = [&] { return fail(ErrorCode::StoreReadOnly, path, {path}); };
    const QFileInfo info(path);
    if (info.isDir())
        return {};
    if (info.exists() || !QDir().mkpath(info.absolutePath()))
        return readOnly();
#ifdef Q_OS_UNIX
    // Another program may make the same folder at the same moment.
    if (::mkdir(QFile::encodeName(path).constData(), 0700) != 0 && errno != EEXIST)
        return failure(errno, path);
    return {};
#else
    if (!QDir().mkpath(path))
        return readOnly();
    return {};
#endif
}

Result<void> writePrivateFile(const QString &path, QByteArrayView bytes)
{
#ifdef Q_OS_UNIX
    const int file = ::open(QFile::encodeName(path).constData(),
                            O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0)
        return failure(errno, path);
    int wrong = 0;
    while (!bytes.isEmpty() && wrong == 0) {
        const ssize_t written = ::write(file, bytes.data(), size_t(bytes.size()));
        if (written >= 0)
            bytes = bytes.sliced(written);
        else if (errno != EINTR)
            wrong = errno;
    }
    if (wrong == 0 && ::fsync(file) != 0)
        wrong = errno;
    if (::close(file) != 0 && wrong == 0)
        wrong = errno;
    if (wrong != 0) {
        QFile::remove(path);
        return failure(wrong, path);
    }
    return {};
#else
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly,
                   QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return fail(ErrorCode::StoreReadOnly, path, {QFileInfo(path).path()});
    if (file.write(bytes.data(), bytes.size()) != bytes.size() || !file.flush())
        return fail(ErrorCode::StoreFailed, path);
    return {};
#endif
}

Result<void> replacePrivateFile(const QString &path, QByteArrayView bytes)
{
    const QString beside = path + u".new"_s;
    QFile::remove(beside); // of a run that was cut off
    if (auto written = writePrivateFile(beside, bytes); !written)
        return written;
    std::error_code problem;
    std::filesystem::rename(beside.toStdU16String(), path.toStdU16String(), problem);
    if (problem) {
        QFile::remove(beside);
        return fail(ErrorCode::StoreFailed, path);
    }
    return syncFolder(QFileInfo(path).path());
}

Result<Secret> readPrivateFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::KeyUnreadable, path + u": "_s + file.errorString());
#ifdef Q_OS_UNIX
    // Asked of the open file, so that nobody can swap it between the question and the reading.
    struct stat status {
    };
    if (::fstat(file.handle(), &status) != 0 || !S_ISREG(status.st_mode))
        return fail(ErrorCode::KeyUnreadable, path + u": not a plain file"_s);
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return fail(ErrorCode::KeyExposed, path, {path});
#endif
    if (file.size() == 0 || file.size() > largestFile)
        return fail(ErrorCode::KeyUnreadable, path + u": size out of range"_s);
    QByteArray bytes = file.readAll();
    if (bytes.size() != file.size())
        return fail(ErrorCode::KeyUnreadable, path + u": "_s + file.errorString());
    return Secret(std::move(bytes));
}

Result<void> syncFile(const QString &path)
{
#ifdef Q_OS_UNIX
    return syncOpened(path, 0);
#else
    // What the file was written through has flushed it.
    Q_UNUSED(path);
    return {};
#endif
}

Result<void> syncFolder(const QString &path)
{
#ifdef Q_OS_UNIX
    return syncOpened(path, O_DIRECTORY);
#else
    Q_UNUSED(path);
    return {};
#endif
}

} // namespace upgradedesk
