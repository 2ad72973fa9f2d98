#include "storage/verifier.h"

#include "core/clock.h"
#include "storage/journal.h"
#include "storage/outbox.h"
#include "storage/settlements.h"
#include "storage/roster.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace upgradedesk::storage
{
namespace
{

QString counterKey(qint64 day, const QString &operatorId, const QString &kind)
{
    return u"%1/%2/%3"_s.arg(QString::number(day), operatorId, kind);
}

} // namespace

Verifier::Verifier(Database &database, const KeyPair &deskKey)
    : m_database(database)
    , m_deskKey(deskKey)
    , m_last(32, '\0')
{
}

bool Verifier::bad(qint64 seq, const QString &why)
{
    m_result.firstBad = seq;
    m_result.why = why;
    return false;
}

Verification Verifier::run()
{
    Query rows = m_database.query(Journal::selectAll);
    bool good = true;
    while (good && rows.step()) {
        const JournalEntry entry = Journal::entryOf(rows);
        good = entryIsGood(entry);
        if (good)
            ++m_result.entries;
    }
    if (good)
        good = endIsGood();
    if (!good) {
        // How many there are, whatever is wrong with them.
        Query all = m_database.query("SELECT count(*) FROM journal");
        m_result.entries = all.step() ? all.integer(0) : 0;
    }
    return m_result;
}

bool Verifier::entryIsGood(const JournalEntry &entry)
{
    const qint64 expected = m_result.entries + 1;
    if (entry.seq != expected)
        return bad(expected, u"entry missing"_s);
    if (entry.previous != m_last || entry.hash != Journal::hashOf(entry))
        return bad(entry.seq, u"entry changed"_s);
    m_last = entry.hash;

    if (entry.slip != 0 && entry.slip != ++m_lastSlip)
        return bad(entry.seq, u"slip out of order"_s);
    if (entry.slip == 0 && !entry.record.isEmpty()) {
        if (!settlementIsGood(entry))
            return false;
    } else if (!entry.record.isEmpty()) {
        if (!rowIsGood(entry))
            return false;
        ++m_counters[counterKey(dayNumber(beijingDate(entry.at)), entry.operatorId, entry.kind)];
    } else if (!entry.contentHash.isEmpty()) {
        m_rosterEntry = entry.seq;
        m_rosterHash = entry.contentHash;
    }
    return checkpointIsGood(entry);
}

bool Verifier::rowIsGood(const JournalEntry &entry)
{
    Query row = m_database.query(
        "SELECT slip, kind, queued_at, operator, medium, slot, masked_name, masked_number, "
        "card_key,"
        " person_key, agent_key, sealed, state, active, coalesce(revokes, ''), boot, boot_ticks,"
        " EXISTS (SELECT 1 FROM outbox AS later WHERE later.revokes = outbox.record"
        " AND later.active = 1), coalesce(settled, 0), ends_card FROM outbox WHERE record = ?");
    if (!row.bind(entry.record).step())
        return bad(entry.seq, u"row of the outbox missing"_s);

    NewRecord record;
    record.id = entry.record;
    record.kind = row.text(1);
    record.at = timeOf(row.integer(2));
    record.operatorId = row.text(3);
    record.medium = row.text(4);
    record.slot = row.text(5) == slotKey(Slot::Phone) ? Slot::Phone : Slot::Physical;
    record.maskedName = row.text(6);
    record.maskedNumber = row.text(7);
    record.cardKey = row.blob(8);
    record.personKey = row.blob(9);
    record.agentKey = row.blob(10);
    record.sealed = row.blob(11);
    record.endedCardKey = row.blob(19);
    record.of = row.text(14);
    record.bootId = row.text(15);
    record.sinceBoot = std::chrono::milliseconds(row.integer(16));
    // A row counts unless one that counts takes it back.
    const bool takenBack = row.integer(17) == 1;
    // A row that nothing in the journal speaks of waits; what does is looked at when it comes.
    const bool waiting = row.text(12) == stateKey(RecordState::Queued) ||
                         row.text(12) == stateKey(RecordState::Sending);
    const bool standsRightly = row.integer(18) > entry.seq || (row.integer(18) == 0 && waiting);
    if (Outbox::rowHash(record, row.integer(0)) != entry.rowHash || !standsRightly ||
        row.integer(13) != (takenBack ? 0 : 1) ||
        QCryptographicHash::hash(record.sealed, QCryptographicHash::Sha256) != entry.contentHash)
        return bad(entry.seq, u"row of the outbox changed"_s);
    ++m_rows;
    return true;
}

bool Verifier::settlementIsGood(const JournalEntry &entry)
{
    Query row = m_database.query("SELECT coalesce(settled, 0), state, reason,"
                                 " coalesce(judged_at, 0), receipt, void"
                                 " FROM outbox WHERE record = ?");
    if (!row.bind(entry.record).step() || row.integer(0) < entry.seq)
        return bad(entry.seq, u"what was journalled of a row is not in it"_s);
    if (row.integer(0) > entry.seq)
        return true; // a later entry speaks of it
    const bool asJournalled =
        stateMatches(entry.kind, row.text(1), Closed(row.integer(5))) &&
        entry.contentHash == settlementHash(entry.kind, row.text(2), row.integer(3), row.blob(4));
    return asJournalled || bad(entry.seq, u"state of a row changed"_s);
}

bool Verifier::checkpointIsGood(const JournalEntry &entry)
{
    Query row = m_database.query("SELECT hash, signature FROM checkpoint WHERE seq = ?");
    if (!row.bind(entry.seq).step())
        return entry.seq % Journal::checkpointEvery != 0 || bad(entry.seq, u"checkpoint missing"_s);
    if (row.blob(0) != entry.hash ||
        !m_deskKey.verifies(Journal::checkpointMessage({entry.seq, entry.hash}), row.blob(1)))
        return bad(entry.seq, u"checkpoint does not match"_s);
    ++m_checkpoints;
    return true;
}

bool Verifier::endIsGood()
{
    const qint64 next = m_result.entries + 1;
    const auto count = [this](const char *sql) {
        Query row = m_database.query(sql);
        return row.step() ? row.integer(0) : -1;
    };
    if (count("SELECT count(*) FROM checkpoint") != m_checkpoints)
        return bad(next, u"signed entries cut off at the end"_s);
    if (count("SELECT count(*) FROM outbox WHERE settled IS NOT NULL AND NOT EXISTS"
              " (SELECT 1 FROM journal WHERE seq = settled AND journal.record = outbox.record"
              " AND journal.slip = 0)") != 0)
        return bad(next, u"what is said of a row was never journalled"_s);
    if (count("SELECT count(*) FROM outbox") != m_rows)
        return bad(next, u"a row of the outbox has no entry"_s);
    {
        Query head = m_database.query("SELECT seq, hash, slip FROM head");
        if (!head.step() || head.integer(0) != m_result.entries || head.blob(1) != m_last ||
            head.integer(2) != m_lastSlip)
            return bad(next, u"entries cut off at the end"_s);
    }
    if (!countersAreGood())
        return bad(next, u"counters do not agree with the entries"_s);
    if (m_rosterEntry == 0)
        return count("SELECT count(*) FROM operator") == 0 ||
               bad(next, u"roster unaccounted for"_s);
    return Roster::hash(m_database) == m_rosterHash || bad(m_rosterEntry, u"roster changed"_s);
}

bool Verifier::countersAreGood()
{
    qsizetype seen = 0;
    Query rows = m_database.query("SELECT day, operator, kind, count FROM counter");
    while (rows.step()) {
        ++seen;
        if (m_counters.value(counterKey(rows.integer(0), rows.text(1), rows.text(2))) !=
            rows.integer(3))
            return false;
    }
    return seen == m_counters.size();
}

} // namespace upgradedesk::storage
