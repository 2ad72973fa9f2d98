#include "storage/outbox.h"

#include "core/canonical.h"
#include "storage/revocation.h"

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
    row.isVoid = query.integer(13) == 1;
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
    return record.of.isEmpty() ? addLink(record) : addRevoke(record);
}

bool Outbox::isStored(const QString &record)
{
    return m_database.query("SELECT 1 FROM outbox WHERE record = ?").bind(record).step();
}

Result<Committed> Outbox::addLink(const NewRecord &record)
{
    const Knowledge known = knowledge(record.cardKey, record.personKey);
    if (auto error = refusal(record, known))
        return tl::unexpected(std::move(*error));
    auto stored = store(record);
    if (stored)
        stored->alreadyLinkedHere = known.linkedToPerson;
    return stored;
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
    if (revocation.restores()) {
        if (auto error = refusal(*passenger, knowledge(passenger->cardKey, passenger->personKey)))
            return tl::unexpected(std::move(*error));
    }

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
    return Committed{record.id, slip, record.at, false, false};
}

std::optional<Error> Outbox::refusal(const NewRecord &record, const Knowledge &known)
{
    const auto refuse = [](ErrorCode code, QStringList args = {}) {
        return Error{code, u"refused by what this desk knows"_s, std::move(args)};
    };
    if (!record.agentKey.isEmpty() && record.agentKey == record.personKey)
        return refuse(ErrorCode::AgentIsHolder);
    if (known.linkedToOther)
        return refuse(ErrorCode::CardLinkedToOther);
    // Only the person's other cards count: the hub merges the same card and person again.
    if (record.slot == Slot::Physical && known.physicalCards >= record.quotas.physicalPerPerson)
        return refuse(ErrorCode::PersonHasPhysicalCard);
    if (record.slot == Slot::Phone && known.phoneCards >= record.quotas.phonePerPerson)
        return refuse(ErrorCode::PersonHasPhoneCard);
    if (!record.agentKey.isEmpty() &&
        cardsOfAgent(record.agentKey, record.cardKey) >= record.quotas.cardsPerAgent)
        return refuse(ErrorCode::AgentLimitReached, {QString::number(record.quotas.cardsPerAgent)});
    return std::nullopt;
}

Knowledge Outbox::knowledge(const QByteArray &cardKey, const QByteArray &personKey)
{
    Knowledge known;
    {
        Query card = m_database.query("SELECT person_key, max(state = 'accepted') FROM outbox"
                                      " WHERE card_key = ? AND active = 1 AND state <> 'attention'"
                                      " GROUP BY person_key");
        card.bind(cardKey);
        while (card.step()) {
            if (card.blob(0) == personKey)
                known.linkedToPerson = true;
            else
                known.linkedToOther = true;
            known.linkUploaded = known.linkUploaded || card.integer(1) == 1;
        }
    }
    // Rows that take others back name nobody: without a person they must not be counted.
    if (personKey.isEmpty())
        return known;
    {
        Query person = m_database.query("SELECT slot, count(DISTINCT card_key) FROM outbox"
                                        " WHERE person_key = ? AND active = 1 AND card_key <> ?"
                                        " AND state <> 'attention' GROUP BY slot");
        person.bind(personKey).bind(cardKey);
        while (person.step())
            (person.text(0) == slotKey(Slot::Phone) ? known.phoneCards : known.physicalCards) =
                int(person.integer(1));
    }
    known.cardsAsAgent = cardsOfAgent(personKey, {});
    return known;
}

int Outbox::cardsOfAgent(const QByteArray &agentKey, const QByteArray &withoutCard)
{
    Query agent = m_database.query("SELECT count(DISTINCT card_key) FROM outbox"
                                   " WHERE agent_key = ? AND active = 1 AND card_key <> ?"
                                   " AND state <> 'attention'");
    return agent.bind(agentKey).bind(withoutCard).step() ? int(agent.integer(0)) : 0;
}

void Outbox::insert(const NewRecord &record, qint64 slip)
{
    Query row = m_database.query(
        "INSERT INTO outbox (record, slip, kind, queued_at, operator, medium, slot, masked_name,"
        " masked_number, card_key, person_key, agent_key, revokes, boot, boot_ticks, sealed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
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
    Canonical row(first ? "upgradedesk outbox 1" : "upgradedesk outbox 2");
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
                status.attention = number;
                break;
            }
        }
    }
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

void Outbox::eachRow(std::optional<RecordState> state,
                     const std::function<bool(const QueueRow &)> &visit)
{
    Query rows = m_database.query(state ? selectRowsOfState : selectRows);
    if (state)
        rows.bind(stateKey(*state));
    bool more = true;
    while (more && rows.step()) {
        QueueRow row = rowOf(rows);
        row.restores = row.kind == u"revoke" && Revocation(m_database).isRestoring(row.record);
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

} // namespace upgradedesk::storage
