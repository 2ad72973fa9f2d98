#include "storage/revocation.h"

#include "storage/journal.h"
#include "storage/outbox.h"

#include <sqlite3.h>

#include <limits>

using namespace Qt::StringLiterals;

namespace upgradedesk::storage
{
namespace
{

using std::chrono::milliseconds;

/// How long ago in the same run of the machine; nothing after a reboot, when no clock of this desk
/// can tell. The wall clock is not asked: whoever sets it back would have more time.
std::optional<milliseconds> age(const QString &boot, milliseconds ticks, const QString &bootNow,
                                milliseconds ticksNow)
{
    if (boot.isEmpty() || boot != bootNow || ticksNow < ticks)
        return std::nullopt;
    return ticksNow - ticks;
}

} // namespace

Revocation::Revocation(Database &database)
    : m_database(database)
{
}

std::optional<Committed> Revocation::alreadyDone(const NewRecord &revoke)
{
    Query row = m_database.query("SELECT record, slip, queued_at FROM outbox"
                                 " WHERE revokes = ? AND operator = ? AND active = 1");
    if (!row.bind(revoke.of).bind(revoke.operatorId).step())
        return std::nullopt;
    Committed done{row.text(0), row.integer(1), timeOf(row.integer(2)), false, false};
    done.restores = !bottomOf(revoke.of).even;
    return done;
}

Result<NewRecord> Revocation::check(const NewRecord &revoke)
{
    {
        Query row = m_database.query(
            "SELECT operator, boot, boot_ticks, active FROM outbox WHERE record = ?");
        if (!row.bind(revoke.of).step())
            return fail(ErrorCode::RecordNotFound, u"no such record"_s);
        if (row.text(0) != revoke.operatorId)
            return fail(ErrorCode::NotOwnRecord, u"another operator's record"_s);
        if (row.integer(3) != 1 || newest(revoke.operatorId) != revoke.of)
            return fail(ErrorCode::Superseded, u"not the newest record of the operator"_s);
        const auto old =
            age(row.text(1), milliseconds(row.integer(2)), revoke.bootId, revoke.sinceBoot);
        if (!old || *old > revoke.undoWindow) {
            const auto minutes =
                std::chrono::duration_cast<std::chrono::minutes>(revoke.undoWindow);
            return fail(ErrorCode::UndoWindowPassed, u"too old or of another boot"_s,
                        {QString::number(minutes.count())});
        }
    }

    const Bottom bottom = bottomOf(revoke.of);
    m_restores = !bottom.even;
    Query row =
        m_database.query("SELECT medium, slot, masked_name, masked_number, card_key,"
                         " person_key, agent_key, kind, ends_card FROM outbox WHERE record = ?");
    if (!row.bind(bottom.record).step())
        return fail(ErrorCode::RecordNotFound, u"the chain has no bottom"_s);
    NewRecord passenger;
    passenger.id = bottom.record;
    passenger.quotas = revoke.quotas;
    passenger.medium = row.text(0);
    passenger.slot = row.text(1) == slotKey(Slot::Phone) ? Slot::Phone : Slot::Physical;
    passenger.maskedName = row.text(2);
    passenger.maskedNumber = row.text(3);
    passenger.cardKey = row.blob(4);
    passenger.personKey = row.blob(5);
    passenger.agentKey = row.blob(6);
    passenger.kind = row.text(7);
    passenger.endedCardKey = row.blob(8);
    return passenger;
}

bool Revocation::isRestoring(const QString &record)
{
    const Bottom bottom = bottomOf(record);
    return bottom.record != record && bottom.even;
}

void Revocation::flip(const QString &record)
{
    for (QString at = record; !at.isEmpty();) {
        m_database.query("UPDATE outbox SET active = 1 - active WHERE record = ?").bind(at).run();
        Query below = m_database.query("SELECT coalesce(revokes, '') FROM outbox WHERE record = ?");
        at = below.bind(at).step() ? below.text(0) : QString();
    }
}

Revocation::Bottom Revocation::bottomOf(const QString &record)
{
    Bottom bottom{record, true};
    qint64 slip = std::numeric_limits<qint64>::max();
    while (true) {
        Query row =
            m_database.query("SELECT coalesce(revokes, ''), slip FROM outbox WHERE record = ?");
        if (!row.bind(bottom.record).step() || row.text(0).isEmpty())
            return bottom;
        // What is taken back is always older; anything else was put there past this program.
        if (row.integer(1) >= slip)
            throw SQLite::Exception("a chain of revokes bites its tail", SQLITE_CORRUPT);
        slip = row.integer(1);
        bottom = {row.text(0), !bottom.even};
    }
}

QString Revocation::newest(const QString &operatorId)
{
    Query row = m_database.query("SELECT record FROM outbox WHERE operator = ?"
                                 " ORDER BY slip DESC LIMIT 1");
    return row.bind(operatorId).step() ? row.text(0) : QString();
}

std::optional<Undoable> Revocation::newestOf(const QString &operatorId, milliseconds window,
                                             const Clock &clock)
{
    Undoable found;
    found.record = newest(operatorId);
    {
        Query row = m_database.query("SELECT boot, boot_ticks, masked_number FROM outbox"
                                     " WHERE record = ?");
        if (!row.bind(found.record).step())
            return std::nullopt;
        const auto old =
            age(row.text(0), milliseconds(row.integer(1)), clock.bootId(), clock.sinceBoot());
        if (!old || *old >= window)
            return std::nullopt;
        found.left = window - *old;
        found.maskedNumber = row.text(2);
    }
    const Bottom bottom = bottomOf(found.record);
    found.passengerRecord = bottom.record;
    found.revoked = !bottom.even;
    return found;
}

} // namespace upgradedesk::storage
