#pragma once

#include "core/result.h"
#include "storage/cardsnapshot.h"
#include "wire/snapshotstream.h"

#include <QString>

#include <atomic>
#include <memory>
#include <optional>

namespace upgradedesk::sync
{

/// What to ask the hub for: `GET /v1/snapshot?` and query().
struct SnapshotRequest {
    quint64 since = 0; ///< version of the desk; 0: everything
    quint64 to = 0;    ///< with a download that broke off: the version it leads to …
    quint32 block = 0; ///< … and where it goes on

    [[nodiscard]] QString query() const;

    bool operator==(const SnapshotRequest &) const = default;
};

/// Takes a snapshot from the hub into the desk's folder: first into a file of its own, and only
/// when that is whole and its signature right, into the card states. So a stream that lies changes
/// nothing, one that breaks off goes on where it was, also after a restart, and the states change
/// at the speed of the disk, not of the line. One program at a time. Everything here may take long:
/// for a thread that may wait.
class SnapshotIntake
{
public:
    /// `tokenKeyId` is the desk's own: tokens of another key would match no card. SnapshotBusy when
    /// another program is at it.
    [[nodiscard]] static Result<SnapshotIntake>
    open(const QString &folder, const QString &tokenKeyId, wire::SnapshotDecoder::Verify verify);
    SnapshotIntake(SnapshotIntake &&) noexcept;
    SnapshotIntake &operator=(SnapshotIntake &&) noexcept;
    ~SnapshotIntake();

    /// What is there as a whole and waits for apply(): nothing has to be asked for.
    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] SnapshotRequest request() const;

    /// An answer of the hub begins.
    [[nodiscard]] Result<void> begin();
    /// Its body, in pieces of any size. SnapshotInvalid, SnapshotOld: what had come is thrown away
    /// and request() starts anew. StoreFull …: it is kept.
    [[nodiscard]] Result<void> feed(QByteArrayView bytes);

    /// Needs isComplete(). Nothing: `stop` was set; the next run goes on. StoreDamaged: the states
    /// here cannot be read, they are removed and request() asks for everything.
    [[nodiscard]] Result<std::optional<storage::SnapshotStand>> apply(const std::atomic_bool &stop);

private:
    struct Parts;

    explicit SnapshotIntake(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> m_parts;
};

} // namespace upgradedesk::sync
