#include "storage/powercut.h"

#include <QFile>
#include <QRandomGenerator>

#include <sqlite3.h>

#include <utility>

namespace upgradedesk::test
{
namespace
{

PowerCut *current = nullptr;

struct File {
    sqlite3_file base;
    QString *name; ///< null for files that need not survive
    sqlite3_file *real;
};

File *ours(sqlite3_file *file)
{
    return reinterpret_cast<File *>(file);
}

sqlite3_file *real(sqlite3_file *file)
{
    return ours(file)->real;
}

sqlite3_vfs *realVfs(sqlite3_vfs *vfs)
{
    return static_cast<sqlite3_vfs *>(vfs->pAppData);
}

int close(sqlite3_file *file)
{
    delete std::exchange(ours(file)->name, nullptr);
    return real(file)->pMethods->xClose(real(file));
}

int write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
    if (ours(file)->name)
        current->wrote(
            {*ours(file)->name, at, QByteArray(static_cast<const char *>(bytes), size), false});
    return real(file)->pMethods->xWrite(real(file), bytes, size, at);
}

int truncate(sqlite3_file *file, sqlite3_int64 size)
{
    if (ours(file)->name)
        current->wrote({*ours(file)->name, size, {}, true});
    return real(file)->pMethods->xTruncate(real(file), size);
}

int sync(sqlite3_file *file, int flags)
{
    const int result = real(file)->pMethods->xSync(real(file), flags);
    if (ours(file)->name)
        current->synced(*ours(file)->name);
    return result;
}

const sqlite3_io_methods methods{
    2,
    close,
    [](sqlite3_file *f, void *to, int size, sqlite3_int64 at) {
        return real(f)->pMethods->xRead(real(f), to, size, at);
    },
    write,
    truncate,
    sync,
    [](sqlite3_file *f, sqlite3_int64 *size) {
        return real(f)->pMethods->xFileSize(real(f), size);
    },
    [](sqlite3_file *f, int lock) { return real(f)->pMethods->xLock(real(f), lock); },
    [](sqlite3_file *f, int lock) { return real(f)->pMethods->xUnlock(real(f), lock); },
    [](sqlite3_file *f, int *out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); },
    [](sqlite3_file *f, int what, void *arg) {
        return real(f)->pMethods->xFileControl(real(f), what, arg);
    },
    [](sqlite3_file *f) { return real(f)->pMethods->xSectorSize(real(f)); },
    [](sqlite3_file *f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); },
    [](sqlite3_file *f, int page, int size, int extend, void volatile **map) {
        return real(f)->pMethods->xShmMap(real(f), page, size, extend, map);
    },
    [](sqlite3_file *f, int offset, int count, int flags) {
        return real(f)->pMethods->xShmLock(real(f), offset, count, flags);
    },
    [](sqlite3_file *f) { real(f)->pMethods->xShmBarrier(real(f)); },
    [](sqlite3_file *f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); },
    nullptr,
    nullptr,
};

int open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    File *made = ours(file);
    made->base.pMethods = nullptr;
    made->name = nullptr;
    made->real = reinterpret_cast<sqlite3_file *>(made + 1);
    const int result = realVfs(vfs)->xOpen(realVfs(vfs), name, made->real, flags, outFlags);
    if (result != SQLITE_OK)
        return result;
    made->base.pMethods = &methods;
    if ((flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) != 0) {
        made->name = new QString(QString::fromUtf8(name));
        current->opened(*made->name);
    }
    return SQLITE_OK;
}

sqlite3_vfs &shim()
{
    static sqlite3_vfs vfs = [] {
        sqlite3_vfs *original = sqlite3_vfs_find(nullptr);
        sqlite3_vfs made = *original;
        made.szOsFile = int(sizeof(File)) + original->szOsFile;
        made.zName = "powercut";
        made.pAppData = original;
        made.pNext = nullptr;
        made.xOpen = open;
        return made;
    }();
    return vfs;
}

void apply(QByteArray &file, const PowerCut::Operation &operation, qsizetype bytes = -1)
{
    if (operation.truncate) {
        file.truncate(operation.at);
        return;
    }
    const QByteArray part = operation.bytes.left(bytes < 0 ? operation.bytes.size() : bytes);
    if (file.size() < operation.at + part.size())
        file.append(QByteArray(operation.at + part.size() - file.size(), '\0'));
    file.replace(operation.at, part.size(), part);
}

} // namespace

PowerCut::PowerCut(bool syncsLie)
    : m_syncsLie(syncsLie)
{
    current = this;
    sqlite3_vfs_register(&shim(), 0);
}

PowerCut::~PowerCut()
{
    sqlite3_vfs_unregister(&shim());
    current = nullptr;
}

void PowerCut::opened(const QString &file)
{
    if (m_now.synced.contains(file))
        return;
    QFile onDisk(file);
    m_now.synced.insert(file, onDisk.open(QIODevice::ReadOnly) ? onDisk.readAll() : QByteArray());
}

void PowerCut::wrote(Operation operation)
{
    m_moments.push_back(m_now);
    m_now.pending.push_back(std::move(operation));
}

void PowerCut::synced(const QString &file)
{
    m_moments.push_back(m_now);
    if (m_syncsLie)
        return;
    std::erase_if(m_now.pending, [&](const Operation &operation) {
        if (operation.file != file)
            return false;
        apply(m_now.synced[file], operation);
        return true;
    });
}

void PowerCut::eachState(const Moment &moment, quint32 seed,
                         const std::function<void(const Files &)> &visit)
{
    const auto &pending = moment.pending;
    const auto with = [&](const std::function<bool(size_t)> &survives) {
        Files files = moment.synced;
        for (size_t i = 0; i < pending.size(); ++i) {
            if (survives(i))
                apply(files[pending[i].file], pending[i]);
        }
        visit(files);
    };
    with([](size_t) { return false; });
    // A lying disk has hundreds of operations pending: some of them tell enough.
    const size_t step = 1 + pending.size() / 24;
    for (size_t chosen = 0; chosen < pending.size(); chosen += step) {
        with([=](size_t i) { return i <= chosen; });
        with([=](size_t i) { return i == chosen; });
        with([=](size_t i) { return i != chosen; });
        for (const qsizetype torn : {512, 2048, 3584}) {
            if (pending[chosen].bytes.size() <= torn)
                continue;
            Files files = moment.synced;
            for (size_t i = 0; i < chosen; ++i)
                apply(files[pending[i].file], pending[i]);
            apply(files[pending[chosen].file], pending[chosen], torn);
            visit(files);
        }
    }
    QRandomGenerator random(seed);
    for (int mix = 0; mix < 8 && !pending.empty(); ++mix) {
        const quint64 bits = random.generate64();
        with([=](size_t i) { return ((bits >> (i % 64)) & 1) != 0; });
    }
}

} // namespace upgradedesk::test
