#include "core/process.h"

#include <QFileInfo>

#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#include <sys/resource.h>
#endif
#ifdef __GLIBC__
#include <cstdlib>
#include <malloc.h>
#include <memory>
#include <sys/mman.h>
#include <unistd.h>
#endif
#ifdef Q_OS_WIN
#include <array>
#include <windows.h>
#endif

using namespace Qt::StringLiterals;

namespace upgradedesk
{

void forbidCoreDumps()
{
#ifdef Q_OS_LINUX
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__ // the leak check needs ptrace
    prctl(PR_SET_DUMPABLE, 0);
#endif
#endif
}

void reserveHeap()
{
#if defined(__GLIBC__) && defined(MADV_POPULATE_WRITE)
    constexpr int size = 4 << 20;        // what the window has taken when it is first seen
    mallopt(M_MMAP_THRESHOLD, 2 * size); // from the heap and not as a mapping of its own,
    mallopt(M_TRIM_THRESHOLD, 2 * size); // where it stays
    void *const block = std::malloc(size);
    populate(block, size);
    std::free(block);
#endif
}

void populate([[maybe_unused]] void *start, [[maybe_unused]] size_t size)
{
#if defined(__GLIBC__) && defined(MADV_POPULATE_WRITE)
    const auto page = size_t(sysconf(_SC_PAGESIZE));
    if (size > page && std::align(page, size - page, start, size))
        madvise(start, size / page * page, MADV_POPULATE_WRITE);
#endif
}

QString programFolder()
{
#ifdef Q_OS_WIN
    std::array<wchar_t, 32768> path{}; // the longest there is
    const DWORD size = GetModuleFileNameW(nullptr, path.data(), DWORD(path.size()));
    return QFileInfo(QString::fromWCharArray(path.data(), size)).absolutePath();
#else
    return QFileInfo(u"/proc/self/exe"_s).canonicalPath();
#endif
}

} // namespace upgradedesk
