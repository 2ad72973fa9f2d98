#pragma once

#include "core/cardstate.h"
#include "core/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <atomic>
#include <memory>
#include <optional>
#include <span>

namespace upgradedesk::storage
{

/// Which state of the city a snapshot is.
struct SnapshotStand {
    quint64 version = 0; ///< of the hub; rises with each change
    QDateTime asOf;      ///< UTC
    QString tokenKeyId;  ///< of the key its tokens were made with

    bool operator==(const SnapshotStand &) const = default;
};

/// What the snapshot says of one card.
struct CardAnswer {
    CityCardState state = CityCardState::None;
    SnapshotStand stand;
};

/// The city's card states at this desk, in a SQLite file of their own beside the store,
/// `cards-N.sqlite`: a copy that can be fetched again, so nothing of it is in the store. For
/// reading; lives in one thread. Made for 20 million cards: a look takes some 10 us when the file
/// is in memory. While a delta is applied, old and new states may be seen side by side.
class CardSnapshot
{
public:
    /// A folder without a snapshot is none yet, not an error.
    explicit CardSnapshot(QString folder);
    CardSnapshot(CardSnapshot &&) noexcept;
    CardSnapshot &operator=(CardSnapshot &&) noexcept;
    ~CardSnapshot();

    /// Nothing: there is no snapshot here. StoreDamaged, StoreFailed …: it cannot be read.
    [[nodiscard]] Result<std::optional<SnapshotStand>> stand();
    [[nodiscard]] Result<std::optional<CardAnswer>> look(CardToken token);

    /// A snapshot that took the place of this one is noticed after two seconds, or with this.
    void refresh();

    /// Reads the file through once, so that the first looks after a start find it in memory; takes
    /// as long as the disk does. For a thread of its own.
    static void warm(const QString &folder, const std::atomic_bool &stop);

    /// Size of the file on disk in bytes, or 0.
    [[nodiscard]] static qint64 sizeOnDisk(const QString &folder);

    /// Takes a snapshot that cannot be read out of the way.
    static void remove(const QString &folder);

private:
    struct Parts;

    [[nodiscard]] Result<bool> open();

    QString m_folder;
    std::unique_ptr<Parts> m_parts;
};

/// Writes a whole new snapshot beside the old one, which stays in use until finish(). An end
/// without finish(), by kill -9 too, changes nothing.
class SnapshotLoad
{
public:
    /// SnapshotOld when this desk has a higher version already.
    [[nodiscard]] static Result<SnapshotLoad> begin(const QString &folder,
                                                    const SnapshotStand &stand);
    SnapshotLoad(SnapshotLoad &&) noexcept;
    SnapshotLoad &operator=(SnapshotLoad &&) noexcept;
    ~SnapshotLoad();

    /// Sorted by token. StoreFull …
    [[nodiscard]] Result<void> add(std::span<const CardChange> rows);
    /// The snapshot counts, also after a power cut, when this returns.
    [[nodiscard]] Result<void> finish();

private:
    struct Parts;

    explicit SnapshotLoad(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> m_parts;
};

/// Brings the snapshot from one version to the next, in transactions of 1,000 rows that carry how
/// far it has come; the version counts with the last one only. An end on the way leaves the old
/// version and a part of the new states; the same delta then goes on where it was, and a newer one
/// from the same version covers what was begun.
class SnapshotDelta
{
public:
    /// `id` (32 bytes) tells one delta from another. SnapshotOld when `stand` is below what is
    /// here, SnapshotInvalid when the snapshot here is not of version `from` or of another key.
    [[nodiscard]] static Result<SnapshotDelta>
    begin(const QString &folder, quint64 from, const SnapshotStand &stand, const QByteArray &id);
    SnapshotDelta(SnapshotDelta &&) noexcept;
    SnapshotDelta &operator=(SnapshotDelta &&) noexcept;
    ~SnapshotDelta();

    /// Rows that an earlier run has applied; add() passes over as many.
    [[nodiscard]] quint64 applied() const;

    /// Sorted by token, always from the first row on.
    [[nodiscard]] Result<void> add(std::span<const CardChange> rows);
    [[nodiscard]] Result<void> finish();

private:
    struct Parts;

    explicit SnapshotDelta(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> m_parts;
};

} // namespace upgradedesk::storage
