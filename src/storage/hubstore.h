#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "storage/records.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace upgradedesk::storage
{

class Database;
class HeldBack;
class Journal;
class Roster;

/// What passes between this desk and its hub: records on their way, what became of them, the hub's
/// time and epoch, signed rules and roster. Part of a Store and like it: each call is one
/// transaction, may wait for other programs, and may fail as the Store's calls do.
class HubStore
{
public:
    HubStore(Database &database, Journal &journal, Roster &roster);

    /// The next records by their slips, at most so many and so many sealed bytes but at least one;
    /// they are `sending` then. Rows that are to wait longer are left out, and with each its
    /// undo, whatever ends its link, and whatever needs the card or the place it gives back.
    [[nodiscard]] Result<QList<Waiting>> take(qsizetype count, qsizetype bytes,
                                              const QDateTime &now);
    /// The slip of the record put aside behind which everything waits that waits; nothing while any
    /// row may go, or has a try of its own to come.
    [[nodiscard]] Result<std::optional<qint64>> inTheWay(const QDateTime &now);
    /// Nothing was heard of them, or not for good: they wait again, `until` for each alone if that
    /// is valid, and `failed` counts against it.
    [[nodiscard]] Result<void> release(const QStringList &records, const QDateTime &until = {},
                                       bool failed = false);
    /// A program that was killed left rows `sending`; only whoever holds the uploader's lock may
    /// say so.
    [[nodiscard]] Result<void> releaseAll();
    /// How often the record failed alone.
    [[nodiscard]] Result<int> failures(const QString &record);

    /// Each with its entry in the journal. A row that is accepted already stays as it is.
    [[nodiscard]] Result<void> settle(const QList<Settlement> &settlements, const QString &epoch,
                                      const QDateTime &now);
    /// Why the hub refused the record for good, which sending it again would not change; empty when
    /// it might. After a restore the hub may not know what it said, and of an envelope that did not
    /// open it has kept nothing.
    [[nodiscard]] Result<QString> finalReason(const QString &record);
    /// From `attention` back to the queue. RecordNotFound when it is not there.
    [[nodiscard]] Result<void> retry(const QString &record, const QDateTime &now);
    /// Staff have settled a refused record by hand, or take that back. RecordNotFound.
    [[nodiscard]] Result<void> setVoid(const QString &record, bool isVoid, const QDateTime &now);

    /// SHA-256 of the sealed bytes of a record that is held here; empty when it is not.
    [[nodiscard]] Result<QByteArray> sealedHash(const QString &record);

    [[nodiscard]] Result<HubFacts> facts();
    /// Notes time and epoch. After another epoch everything that was accepted before and is still
    /// held waits again; returns how many that were.
    [[nodiscard]] Result<qint64> hear(const QString &epoch, const QDateTime &hubTime,
                                      const Clock &clock);
    [[nodiscard]] Result<void> planTry(const QDateTime &nextTry);
    [[nodiscard]] Result<void> noteSuccess(const QDateTime &now);

    /// Version 0 when there is none yet.
    [[nodiscard]] Result<Document> document(const QString &kind);
    /// Keeps rules. DocumentOlder when a higher version is here, or another of the same.
    [[nodiscard]] Result<void> keepRules(const Document &document, const QDateTime &now);
    /// Keeps a roster, and from now on these operators and nobody else may log in.
    [[nodiscard]] Result<void> keepRoster(const Document &document,
                                          const QList<std::pair<Operator, QString>> &withVerifiers,
                                          const QDateTime &now);

private:
    /// What stands in the way of rows that wait.
    [[nodiscard]] HeldBack undecidedRows();
    [[nodiscard]] Result<void> journal(const QString &kind, const QString &record,
                                       const QDateTime &now);
    [[nodiscard]] Result<void> keep(const QString &kind, const Document &document);

    Database &m_database;
    Journal &m_journal;
    Roster &m_roster;
};

} // namespace upgradedesk::storage
