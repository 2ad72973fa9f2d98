#include "support/catch.h"

#include "core/programlock.h"

#include <QDateTime>
#include <QFile>
#include <QTemporaryDir>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace upgradedesk;
using namespace Qt::StringLiterals;

namespace
{

void makeOld(const QString &path)
{
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadWrite));
    REQUIRE(file.setFileTime(QDateTime::currentDateTime().addDays(-1),
                             QFileDevice::FileModificationTime));
}

} // namespace

TEST_CASE("A lock is held while its program lives and free once that was killed", "[core][kill]")
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.lock"_s);
    int ready[2];
    REQUIRE(::pipe(ready) == 0);
    const pid_t holder = ::fork();
    if (holder == 0) {
        ProgramLock lock(path);
        const char held = lock.tryLock(0) ? 'y' : 'n';
        (void)!::write(ready[1], &held, 1);
        for (;;)
            ::pause();
    }
    char held = 0;
    REQUIRE(::read(ready[0], &held, 1) == 1);
    CHECK(held == 'y');
    makeOld(path);

    ProgramLock lock(path);
    CHECK_FALSE(lock.tryLock(0));
    CHECK(lock.error() == QLockFile::LockFailedError);

    ::kill(holder, SIGKILL);
    ::waitpid(holder, nullptr, 0);
    CHECK(lock.tryLock(0));
    ::close(ready[0]);
    ::close(ready[1]);
}

TEST_CASE("A lock that was never finished is nobody's", "[core]")
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.lock"_s);
    makeOld(path);

    ProgramLock lock(path);
    CHECK(lock.tryLock(0));
    ProgramLock second(path);
    CHECK_FALSE(second.tryLock(0));
}
