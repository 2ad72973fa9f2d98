#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>

#include <functional>
#include <vector>

namespace upgradedesk::test
{

/// A SQLite VFS that passes everything on to the default one and keeps a model of the disk: what
/// has been synced, and what was written since and may or may not survive a power cut. Directory
/// entries are not modelled.
class PowerCut
{
public:
    struct Operation {
        QString file;
        qint64 at = 0;
        QByteArray bytes;
        bool truncate = false; ///< to `at`
    };
    using Files = QHash<QString, QByteArray>;

    /// The disk at one moment, with what the program had been told by then.
    struct Moment {
        Files synced;
        std::vector<Operation> pending;
        int acknowledged = 0;
    };

    /// With `syncsLie` the disk answers that data is safe while it is not.
    explicit PowerCut(bool syncsLie = false);
    ~PowerCut();
    PowerCut(const PowerCut &) = delete;
    PowerCut &operator=(const PowerCut &) = delete;

    /// For Store::open.
    [[nodiscard]] static QByteArray vfsName() { return "powercut"; }

    /// The program was told that its next transaction is safe.
    void acknowledge() { ++m_now.acknowledged; }

    /// The disk before each operation of the run.
    [[nodiscard]] const std::vector<Moment> &moments() const { return m_moments; }

    /// Calls `visit` with what a disk may hold after a power cut at that moment: nothing pending,
    /// all of it, each beginning, each single one, all but one, torn writes, random mixes.
    static void eachState(const Moment &moment, quint32 seed,
                          const std::function<void(const Files &)> &visit);

    // Called by the VFS.
    void opened(const QString &file);
    void wrote(Operation operation);
    void synced(const QString &file);

private:
    bool m_syncsLie;
    Moment m_now;
    std::vector<Moment> m_moments;
};

} // namespace upgradedesk::test
