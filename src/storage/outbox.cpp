#include "storage/outbox.h"

#include "core/canonical.h"
#include "storage/revocation.h"
#include "storage/settlements.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::storage
{
namespace
{

constexpr auto selectRows =
    "SELECT record, slip, kind, state, queued_at, attempts, reason, medium,"
    " operator, masked_name, masked_number, active, judged_at, void FROM outbox ORDER BY slip";
constexpr auto selectRowsOfState =
    "SELECT record, slip, kind, state, queued_at, attempts, reason, medium,"
    " operator, masked_name, masked_number, active, judged_at, void FROM outbox WHERE state = ? "
    "ORDER BY slip";
constexpr auto selectRow =
    "SELECT record, slip, kind, state, queued_at, attempts, reason, medium,"
    " operator, masked_name, masked_number, active, judged_at, void FROM outbox WHERE record = ?";
constexpr auto selectNewest =
    "SELECT record, slip, kind, state, queued_at, attempts, reason, medium,"
    " operator, masked_name, masked_number, active, judged_at, void FROM outbox WHERE revokes IS "
    "NULL"
    " ORDER BY slip DESC LIMIT ?";

/// Where the hub has refused a record, its undo has nothing left to take back, whatever was said of
/// it; if that record is accepted after all, the undo comes up again.
constexpr auto selectNeedingStaff =
    "SELECT record FROM outbox WHERE state = 'attention' AND void = 0 AND NOT EXISTS"
    " (SELECT 1 FROM outbox AS undone WHERE undone.record = outbox.revokes"
    " AND undone.state = 'attention' AND length(undone.receipt) > 0)";

QueueRow rowOf(const Query &query)
{
    QueueRow row;
    row.record = query.text(0);
    row.slip = query.integer(1);
    row.kind = query.text(2);
    row.state = stateFromKey(query.text(3)).value_or(RecordState::Attention);
    row.queuedAt = timeOf(query.integer(4));
    row.attempts = int(query.integer(5));
    row.reason = query.text(6);
    row.medium = query.text(7);
    row.operatorId = query.text(8);
    row.maskedName = query.text(9);
    row.maskedNumber = query.text(10);
    row.active = query.integer(11) == 1;
    if (!query.isNull(12))
        row.judgedAt = timeOf(query.integer(12));
    row.isVoid = query.integer(13) != 0;
    return row;
}

} // namespace

QString slotKey(Slot slot)
{
    return slot == Slot::Phone ? u"phone"_s : u"physical"_s;
}

qint64 dayNumber(QDate day)
{
    return day.year() * 10000LL + day.month() * 100 + day.day();
}

Outbox::Outbox(Database &database, Journal &journal)
    : m_database(database)
    , m_journal(journal)
{
}

Result<Committed> Outbox::add(const NewRecord &record)
{
    if (isStored(record.id))
        return fail(ErrorCode::StoreFailed, u"a record with this id is stored already"_s);
    if (!record.of.isEmpty())
        return addRevoke(record);
    return record.endedCardKey.isEmpty() ? addLink(record) : addChange(record);
}

bool Outbox::isStored(const QString &record)
{
    return m_database.query("SELECT 1 FROM outbox WHERE record = ?").bind(record).step();
}

Result<Committed> Outbox::addLink(const NewRecord &record)
{
    const Knowledge known = knowledge(record.cardKey, record.personKey);
    if (auto error = refusalOfLink(record, known))
        return tl::unexpected(std::move(*error));
    auto stored = store(record);
    if (stored)
        stored->alreadyLinkedHere = known.linkedToPerson;
    return stored;
}

Result<Committed> Outbox::addChange(const NewRecord &record)
{
    if (auto error = refusalOfChange(record))
        return tl::unexpected(std::move(*error));
    return store(record);
}

Result<Committed> Outbox::addRevoke(const NewRecord &record)
{
    Revocation revocation(m_database);
    // Asked for again, by a second program or after a kill: the answer is the one of the first
    // time.
    if (auto done = revocation.alreadyDone(record))
        return *done;
    const auto passenger = revocation.check(record);
    if (!passenger)
        return tl::unexpected(passenger.error());
    // Meanwhile somebody else may have got the places this one gave back.
    std::optional<Error> error;
    if (revocation.restores())
        error = refusal(*passenger);
    else if (!passenger->endedCardKey.isEmpty())
        error = refusalOfReturn(*passenger);
    if (error)
        return tl::unexpected(std::move(*error));

    NewRecord row = record;
    row.medium = passenger->medium;
    row.slot = passenger->slot;
    row.maskedName = passenger->maskedName;
    row.maskedNumber = passenger->maskedNumber;
    auto stored = store(row);
    if (stored) {
        stored->restores = revocation.restores();
        revocation.flip(record.of);
    }
    return stored;
}

Result<Committed> Outbox::store(const NewRecord &record)
{
    const qint64 slip = m_journal.nextSlip();
    insert(record, slip);
    JournalEntry entry;
    entry.at = record.at;
    entry.kind = record.kind;
    entry.record = record.id;
    entry.slip = slip;
    entry.operatorId = record.operatorId;
    entry.medium = record.medium;
    entry.contentHash = QCryptographicHash::hash(record.sealed, QCryptographicHash::Sha256);
    entry.rowHash = rowHash(record, slip);
    if (const auto head = m_journal.append(entry); !head)
        return tl::unexpected(head.error());
    count(record);
    if (auto settled = settleRefused(record); !settled)
        return tl::unexpected(settled.error());
    return Committed{record.id, slip, record.at, false, false};
}

/// What was refused and is now done anew needs nobody any more.
Result<void> Outbox::settleRefused(const NewRecord &record)
{
    if (record.supersedes.isEmpty() ||
        m_database
                .query("UPDATE outbox SET void = 2 WHERE record = ? AND state = 'attention'"
                       " AND void = 0")
                .bind(record.supersedes)
                .run() == 0)
        return {};
    return journalSettlement(m_database, m_journal, u"redone"_s, record.supersedes, record.at);
}

std::optional<Error> Outbox::refusal(const NewRecord &record)
{
    if (!record.endedCardKey.isEmpty())
        return refusalOfChange(record);
    return refusalOfLink(record, knowledge(record.cardKey, record.personKey));
}

/// Only what waits refuses: of what the hub has taken the hub alone can tell whether it still
/// holds.
std::optional<Error> Outbox::refusalOfLink(const NewRecord &record, const Knowledge &known)
{
    const auto refuse = [](ErrorCode code, QStringList args = {}) {
        return Error{code, u"refused by what this desk knows"_s, std::move(args)};
    };
    if (!record.agentKey.isEmpty() && record.agentKey == record.personKey)
        return refuse(ErrorCode::AgentIsHolder);
    if (known.otherWaits)
        return refuse(ErrorCode::CardLinkedToOther);
    // Only the person's other cards count: the hub merges the same card and person again.
    if (record.slot == Slot::Physical && known.physicalWaiting >= record.quotas.physicalPerPerson)
        return refuse(ErrorCode::PersonHasPhysicalCard);
    if (record.slot == Slot::Phone && known.phoneWaiting >= record.quotas.phonePerPerson)
        return refuse(ErrorCode::PersonHasPhoneCard);
    if (!record.agentKey.isEmpty() &&
        cardsOfAgent(record.agentKey, record.cardKey, true) >= record.quotas.cardsPerAgent)
        return refuse(ErrorCode::AgentLimitReached, {QString::number(record.quotas.cardsPerAgent)});
    return std::nullopt;
}

std::optional<Error> Outbox::refusalOfChange(const NewRecord &record)
{
    const Knowledge old = knowledge(record.endedCardKey, record.personKey);
    if (old.otherWaits)
        return Error{ErrorCode::HolderMismatch, u"refused by what this desk knows"_s, {}};
    if (old.endWaits)
        return Error{ErrorCode::CardNotLinked, u"refused by what this desk knows"_s, {}};
    if (record.cardKey.isEmpty())
        return std::nullopt;
    return refusalOfLink(record, knowledge(record.cardKey, record.personKey, record.endedCardKey));
}

/// What stands against the link that an unlink or a replace ended, when that is taken back.
std::optional<Error> Outbox::refusalOfReturn(const NewRecord &change)
{
    NewRecord link = change;
    link.cardKey = change.endedCardKey;
    {
        Query row = m_database.query("SELECT slot FROM outbox WHERE card_key = ? AND person_key = ?"
                                     " AND kind NOT IN ('unlink', 'revoke') ORDER BY slip DESC"
                                     " LIMIT 1");
        // Of a link that was made at another desk the hub alone knows the place.
        if (!row.bind(link.cardKey).bind(link.personKey).step())
            return knowledge(link.cardKey, link.personKey).otherWaits
                       ? std::optional(Error{ErrorCode::CardLinkedToOther,
                                             u"refused by what this desk knows"_s,
                                             {}})
                       : std::nullopt;
        link.slot = row.text(0) == slotKey(Slot::Phone) ? Slot::Phone : Slot::Physical;
    }
    return refusalOfLink(link, knowledge(link.cardKey, link.personKey, change.cardKey));
}

Knowledge Outbox::knowledge(const QByteArray &cardKey, const QByteArray &personKey,
                            const QByteArray &without)
{
    Knowledge known;
    learnOfCard(known, cardKey, personKey);
    learnOfEnd(known, cardKey, personKey);
    // Rows that take others back name nobody: without a person they must not be counted.
    if (personKey.isEmpty())
        return known;
    {
        Query person = m_database.query(
            "SELECT slot, count(DISTINCT card_key),"
            " count(DISTINCT CASE WHEN state <> 'accepted' THEN card_key END) FROM link"
            " WHERE person_key = ? AND active = 1 AND card_key NOT IN (?, ?) GROUP BY slot");
        person.bind(personKey).bind(cardKey).bind(without);
        while (person.step()) {
            const bool phone = person.text(0) == slotKey(Slot::Phone);
            (phone ? known.phoneCards : known.physicalCards) = int(person.integer(1));
            (phone ? known.phoneWaiting : known.physicalWaiting) = int(person.integer(2));
        }
    }
    known.cardsAsAgent = cardsOfAgent(personKey, {}, false);
    return known;
}

void Outbox::learnOfCard(Knowledge &known, const QByteArray &cardKey, const QByteArray &personKey)
{
    Query card =
        m_database.query("SELECT person_key, max(state = 'accepted'), max(state <> 'accepted'),"
                         " coalesce(max(judged_at), 0) FROM link WHERE card_key = ? AND active = 1"
                         " GROUP BY person_key");
    card.bind(cardKey);
    while (card.step()) {
        const bool uploaded = card.integer(1) == 1;
        if (card.blob(0) == personKey) {
            known.linkedToPerson = true;
        } else {
            known.linkedToOther = true;
            known.otherWaits = known.otherWaits || card.integer(2) == 1;
        }
        known.linkUploaded = known.linkUploaded || uploaded;
        if (uploaded && (!known.linkedAt.isValid() || stored(known.linkedAt) < card.integer(3)))
            known.linkedAt = timeOf(card.integer(3));
    }
}

void Outbox::learnOfEnd(Knowledge &known, const QByteArray &cardKey, const QByteArray &personKey)
{
    if (!known.linkedToOther && !known.linkedToPerson) {
        Query end = m_database.query(
            "SELECT state, coalesce(judged_at, 0) FROM outbox WHERE ends_card = ? AND active = 1"
            " AND state <> 'attention' ORDER BY slip DESC LIMIT 1");
        if (end.bind(cardKey).step() && end.text(0) == stateKey(RecordState::Accepted))
            known.endedAt = timeOf(end.integer(1));
        known.endWaits = endWaits(cardKey, personKey);
    }
    Query refused = m_database.query(
        "SELECT record FROM outbox WHERE card_key = ? AND active = 1 AND state = 'attention'"
        " AND void = 0 AND kind <> 'revoke' ORDER BY slip DESC LIMIT 1");
    if (refused.bind(cardKey).step())
        known.refused = refused.text(0);
}

/// What waits in somebody else's name the hub may refuse: it says nothing of this person's link.
bool Outbox::endWaits(const QByteArray &cardKey, const QByteArray &personKey)
{
    Query newest = m_database.query(
        "SELECT coalesce(ends_card, x'') = ?1 AND state <> 'accepted' FROM outbox"
        " WHERE person_key = ?2 AND (card_key = ?1 OR ends_card = ?1) AND active = 1"
        " AND state <> 'attention' AND kind <> 'revoke' ORDER BY slip DESC LIMIT 1");
    return newest.bind(cardKey).bind(personKey).step() && newest.integer(0) == 1;
}

int Outbox::cardsOfAgent(const QByteArray &agentKey, const QByteArray &withoutCard, bool waiting)
{
    Query agent = m_database.query("SELECT count(DISTINCT card_key) FROM link"
                                   " WHERE agent_key = ? AND active = 1 AND card_key <> ?"
                                   " AND (? = 0 OR state <> 'accepted')");
    return agent.bind(agentKey).bind(withoutCard).bind(qint64(waiting ? 1 : 0)).step()
               ? int(agent.integer(0))
               : 0;
}

void Outbox::insert(const NewRecord &record, qint64 slip)
{
    Query row = m_database.query(
        "INSERT INTO outbox (record, slip, kind, queued_at, operator, medium, slot, masked_name,"
        " masked_number, card_key, person_key, agent_key, revokes, ends_card, boot, boot_ticks,"
        " sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    row.bind(record.id)
        .bind(slip)
        .bind(record.kind)
        .bind(stored(record.at))
        .bind(record.operatorId)
        .bind(record.medium)
        .bind(slotKey(record.slot))
        .bind(record.maskedName)
        .bind(record.maskedNumber)
        .bind(record.cardKey)
        .bind(record.personKey);
    if (record.agentKey.isEmpty())
        row.bindNull();
    else
        row.bind(record.agentKey);
    if (record.of.isEmpty())
        row.bindNull();
    else
        row.bind(record.of);
    if (record.endedCardKey.isEmpty())
        row.bindNull();
    else
        row.bind(record.endedCardKey);
    row.bind(record.bootId).bind(qint64(record.sinceBoot.count())).bind(record.sealed).run();
}

void Outbox::count(const NewRecord &record)
{
    m_database
        .query("INSERT INTO counter (day, operator, kind, count) VALUES (?, ?, ?, 1)"
               " ON CONFLICT (day, operator, kind) DO UPDATE SET count = count + 1")
        .bind(dayNumber(beijingDate(record.at)))
        .bind(record.operatorId)
        .bind(record.kind)
        .run();
}

QByteArray Outbox::rowHash(const NewRecord &record, qint64 slip)
{
    // The sealed bytes themselves, not their hash: once the row is purged nobody can try out masked
    // names against what stays in the journal.
    const bool first = record.of.isEmpty() && record.bootId.isEmpty();
    const bool ends = !record.endedCardKey.isEmpty();
    Canonical row(first  ? "upgradedesk outbox 1"
                  : ends ? "upgradedesk outbox 3"
                         : "upgradedesk outbox 2");
    row.add(record.id)
        .add(slip)
        .add(record.kind)
        .add(stored(record.at))
        .add(record.operatorId)
        .add(record.medium)
        .add(slotKey(record.slot))
        .add(record.maskedName)
        .add(record.maskedNumber)
        .add(record.cardKey)
        .add(record.personKey)
        .add(record.agentKey)
        .add(record.sealed);
    // Rows from before anything could be taken back keep the hash they were journalled with.
    if (!first)
        row.add(record.of).add(record.bootId).add(qint64(record.sinceBoot.count()));
    if (ends)
        row.add(record.endedCardKey);
    return row.hash();
}

QueueStatus Outbox::status(const QDateTime &now)
{
    QueueStatus status;
    {
        Query counts = m_database.query("SELECT state, count(*) FROM outbox GROUP BY state");
        while (counts.step()) {
            const qint64 number = counts.integer(1);
            switch (stateFromKey(counts.text(0)).value_or(RecordState::Attention)) {
            case RecordState::Queued:
                status.queued = number;
                break;
            case RecordState::Sending:
                status.sending = number;
                break;
            case RecordState::Accepted:
                status.accepted = number;
                break;
            case RecordState::Attention:
                break; // some of them are settled
            }
        }
    }
    status.attention = needingStaff().size();
    Query oldest = m_database.query("SELECT min(queued_at), (SELECT next_try FROM hub) FROM outbox"
                                    " WHERE state IN ('queued', 'sending')");
    if (oldest.step()) {
        if (!oldest.isNull(0))
            status.oldestSeconds = qMax(0LL, (stored(now) - oldest.integer(0)) / 1000);
        if (!oldest.isNull(1))
            status.nextTrySeconds = qMax(0LL, (oldest.integer(1) - stored(now)) / 1000);
    }
    return status;
}

QSet<QString> Outbox::needingStaff()
{
    QSet<QString> records;
    Query rows = m_database.query(selectNeedingStaff);
    while (rows.step())
        records.insert(rows.text(0));
    return records;
}

void Outbox::eachRow(std::optional<RecordState> state,
                     const std::function<bool(const QueueRow &)> &visit)
{
    const bool withRefused = state.value_or(RecordState::Attention) == RecordState::Attention;
    const QSet<QString> needing = withRefused ? needingStaff() : QSet<QString>();
    Query rows = m_database.query(state ? selectRowsOfState : selectRows);
    if (state)
        rows.bind(stateKey(*state));
    bool more = true;
    while (more && rows.step()) {
        QueueRow row = rowOf(rows);
        row.restores = row.kind == u"revoke" && Revocation(m_database).isRestoring(row.record);
        row.needsStaff = needing.contains(row.record);
        more = visit(row);
    }
}

std::optional<QueueRow> Outbox::row(const QString &record)
{
    Query found = m_database.query(selectRow);
    if (!found.bind(record).step())
        return std::nullopt;
    QueueRow row = rowOf(found);
    row.restores = row.kind == u"revoke" && Revocation(m_database).isRestoring(record);
    return row;
}

QString Outbox::recordOf(qint64 slip)
{
    Query row = m_database.query("SELECT record FROM outbox WHERE slip = ?");
    return row.bind(slip).step() ? row.text(0) : QString();
}

QList<QueueRow> Outbox::recent(int count)
{
    QList<QueueRow> newest;
    Query rows = m_database.query(selectNewest);
    rows.bind(qint64(count));
    while (rows.step())
        newest << rowOf(rows);
    return newest;
}

std::optional<Undoable> Outbox::undoable(const QString &operatorId,
                                         std::chrono::milliseconds window, const Clock &clock)
{
    return Revocation(m_database).newestOf(operatorId, window, clock);
}

void Outbox::eachSealed(const std::function<bool(const QString &, const QByteArray &)> &visit)
{
    Query rows = m_database.query(
        "SELECT record, sealed FROM outbox WHERE state <> 'accepted' AND void = 0 ORDER BY slip");
    while (rows.step() && visit(rows.text(0), rows.blob(1))) {
    }
}

QList<Figure> Outbox::figures(const QString &operatorId, QDate day)
{
    QList<Figure> figures;
    const QDateTime begin = startOfBeijingDay(day);
    Query rows =
        m_database.query("SELECT kind, count, (SELECT count(*) FROM outbox WHERE active = 0"
                         " AND outbox.kind = counter.kind AND outbox.operator = counter.operator"
                         " AND queued_at >= ? AND queued_at < ?)"
                         " FROM counter WHERE day = ? AND operator = ? ORDER BY kind");
    rows.bind(stored(begin)).bind(stored(begin.addDays(1))).bind(dayNumber(day)).bind(operatorId);
    while (rows.step())
        figures << Figure{rows.text(0), rows.integer(1), rows.integer(2)};
    return figures;
}

QList<ReportRow> Outbox::report(QDate first, QDate last)
{
    constexpr qint64 hour = 3600 * 1000;
    QList<ReportRow> found;
    Query rows = m_database.query(
        "SELECT (queued_at - ?) / 3600000 AS hours, kind, CASE WHEN state <> 'attention' THEN state"
        " WHEN void = 0 THEN 'rejected-open' WHEN void = 2 THEN 'rejected-redone'"
        " ELSE 'rejected-void' END AS outcome, count(*) FROM outbox"
        " WHERE queued_at >= ? AND queued_at < ? GROUP BY hours, kind, outcome"
        " ORDER BY hours, kind, outcome");
    const qint64 begin = stored(startOfBeijingDay(first));
    rows.bind(begin).bind(begin).bind(begin + (first.daysTo(last) + 1) * 24 * hour);
    while (rows.step()) {
        const qint64 hours = rows.integer(0);
        found << ReportRow{first.addDays(hours / 24), int(hours % 24), rows.text(1), rows.text(2),
                           rows.integer(3)};
    }
    return found;
}

} // namespace upgradedesk::storage
