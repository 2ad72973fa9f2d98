#pragma once

#include "storage/cardsnapshot.h"
#include "storage/database.h"

#include <QString>

#include <memory>

namespace upgradedesk::storage
{

/// One connection to a snapshot file, and its prepared statements. What SQLite throws becomes an
/// Error in attempt().
class SnapshotFile
{
public:
    enum class Mode {
        Read,   ///< looks, beside a writer
        Write,  ///< deltas, beside readers
        Create, ///< a new file that nobody else sees
    };

    /// StoreDamaged when the file is not a snapshot of ours.
    [[nodiscard]] static Result<std::unique_ptr<SnapshotFile>> open(const QString &path, Mode mode);

    [[nodiscard]] SQLite::Database &raw() { return m_database; }
    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] Query query(const char *sql);

    [[nodiscard]] std::optional<SnapshotStand> stand();
    /// Inside the caller's transaction: the version counts, nothing is under way any more.
    void setStand(const SnapshotStand &stand);

    template <typename Work>
    [[nodiscard]] std::invoke_result_t<Work> attempt(Work &&work)
    {
        try {
            return work();
        } catch (const SQLite::Exception &exception) {
            return tl::unexpected(storeError(exception, m_path));
        }
    }

private:
    SnapshotFile(const QString &path, Mode mode);

    SQLite::Database m_database;
    QString m_path;
    std::unordered_map<std::string_view, std::unique_ptr<SQLite::Statement>> m_statements;
};

/// SQLite's keys are signed, the order of tokens is not: this keeps the order.
[[nodiscard]] inline qint64 keyOf(CardToken token)
{
    return qint64(token ^ (CardToken(1) << 63));
}

/// The snapshot in use: the whole file with the highest number; empty when there is none.
[[nodiscard]] QString snapshotPath(const QString &folder);
/// Where the next one goes, and under which name while it is written.
[[nodiscard]] QString nextSnapshotPath(const QString &folder);
/// Removes every snapshot but `path`, and what broken-off loads left; `path` may be empty.
void removeOtherSnapshots(const QString &folder, const QString &path);

} // namespace upgradedesk::storage
