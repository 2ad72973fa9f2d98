#include "core/newfile.h"

#include <QDir>
#include <QFileInfo>
#include <QRandomGenerator>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

enum class Moved { Yes, Exists, No };

/// A stick with an old file system may know no rename that keeps its hands off the target.
Moved moveTo(const QString &from, const QString &to)
{
#ifdef Q_OS_LINUX
    if (::renameat2(AT_FDCWD, QFile::encodeName(from).constData(), AT_FDCWD,
                    QFile::encodeName(to).constData(), RENAME_NOREPLACE) == 0)
        return Moved::Yes;
    if (errno == EEXIST)
        return Moved::Exists;
    if (errno != EINVAL && errno != ENOSYS)
        return Moved::No;
#endif
    if (QFileInfo::exists(to))
        return Moved::Exists;
    return QDir().rename(from, to) ? Moved::Yes : Moved::No;
}

bool syncFile(QFile &file)
{
#ifdef Q_OS_UNIX
    return file.flush() && ::fsync(file.handle()) == 0;
#else
    return file.flush();
#endif
}

/// What a folder holds outlasts a power cut only when the folder is synced, too. Some file systems
/// of sticks cannot; the file itself is on the disk already.
void syncFolderOf(const QString &path)
{
#ifdef Q_OS_UNIX
    const int folder = ::open(QFile::encodeName(QFileInfo(path).absolutePath()).constData(),
                              O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return;
    ::fsync(folder);
    ::close(folder);
#else
    Q_UNUSED(path);
#endif
}

} // namespace

NewFile::NewFile(const QString &path)
    : m_path(path)
    , m_file(std::make_unique<QFile>(
          path + u".%1.part"_s.arg(QRandomGenerator::system()->generate(), 8, 16, QChar(u'0'))))
{
}

NewFile::~NewFile()
{
    if (m_file)
        m_file->remove();
}

tl::unexpected<Error> NewFile::unwritable() const
{
    return fail(ErrorCode::FileUnwritable, m_file ? m_file->errorString() : QString(), {m_path});
}

Result<NewFile> NewFile::create(const QString &path)
{
    if (QFileInfo::exists(path) || QFileInfo(path).isSymLink())
        return fail(ErrorCode::FileExists, path, {path});
    NewFile made(path);
    if (!made.m_file->open(QIODevice::WriteOnly | QIODevice::NewOnly,
                           QFileDevice::ReadOwner | QFileDevice::WriteOwner)) {
        const auto error = made.unwritable();
        made.m_file.reset();
        return error;
    }
    return made;
}

Result<void> NewFile::write(QByteArrayView bytes)
{
    if (m_file->write(bytes.data(), bytes.size()) != bytes.size())
        return unwritable();
    return {};
}

Result<void> NewFile::finish()
{
    if (!syncFile(*m_file))
        return unwritable();
    m_file->close();
    switch (moveTo(m_file->fileName(), m_path)) {
    case Moved::Yes:
        break;
    case Moved::Exists:
        return fail(ErrorCode::FileExists, m_path, {m_path});
    case Moved::No:
        return unwritable();
    }
    m_file.reset();
    syncFolderOf(m_path);
    return {};
}

} // namespace upgradedesk
