#include "storage/heldback.h"

#include "storage/revocation.h"

#include <utility>

namespace upgradedesk::storage
{

HeldBack::HeldBack(Database &database)
    : m_database(database)
{
}

std::optional<qint64> HeldBack::holder(const RowInLine &row)
{
    return m_records.isEmpty() ? std::nullopt : holder(row, effectOf(row));
}

std::optional<qint64> HeldBack::holder(const RowInLine &row, const Effect &effect) const
{
    if (const auto undone = m_records.constFind(row.revokes); undone != m_records.constEnd())
        return *undone;
    const auto find = [&row](const Index &index, const QByteArray &key) -> std::optional<qint64> {
        const auto held = key.isEmpty() ? index.constEnd() : index.constFind(key);
        if (held == index.constEnd() || held->slip >= row.slip)
            return std::nullopt;
        return held->holder;
    };
    if (const auto link = find(m_linked, effect.ended))
        return link;
    if (effect.linked.isEmpty())
        return std::nullopt;
    if (const auto end = find(m_ended, effect.linked))
        return end;
    if (const auto place = find(m_leftPersons, effect.person))
        return place;
    return find(m_leftAgents, effect.agent);
}

void HeldBack::add(const RowInLine &row)
{
    const Effect effect = effectOf(row);
    const Held held{row.slip, holder(row, effect).value_or(row.slip)};
    const auto note = [&held](Index &index, const QByteArray &key) {
        if (key.isEmpty())
            return;
        const auto known = index.find(key);
        if (known == index.end())
            index.insert(key, held);
        else if (held.slip < known->slip)
            *known = held;
    };
    m_records.insert(row.record, held.holder);
    note(m_linked, effect.linked);
    note(m_ended, effect.ended);
    if (effect.ended.isEmpty())
        return;
    note(m_leftPersons, effect.person);
    // The agent of a card that is replaced acts for the new one, and so gets nothing back.
    if (effect.linked.isEmpty())
        note(m_leftAgents, effect.agent);
}

/// A row that takes another back names nobody: it does what the passenger's row at the bottom of
/// its chain did, or the contrary.
HeldBack::Effect HeldBack::effectOf(const RowInLine &row)
{
    Effect effect{row.card, row.endedCard, row.person, row.agent};
    qint64 slip = row.slip;
    bool contrary = false;
    if (!row.revokes.isEmpty()) {
        const Revocation::Bottom bottom = Revocation(m_database).bottomOf(row.record);
        Query rows = m_database.query("SELECT card_key, ends_card, person_key, agent_key, slip"
                                      " FROM outbox WHERE record = ?");
        if (!rows.bind(bottom.record).step())
            return effect;
        effect = {rows.blob(0), rows.blob(1), rows.blob(2), rows.blob(3)};
        slip = rows.integer(4);
        contrary = !bottom.even;
    }
    // An unlink does not say who acted when its card was linked.
    if (effect.linked.isEmpty())
        effect.agent = agentOf(effect.ended, effect.person, slip);
    if (contrary)
        std::swap(effect.linked, effect.ended);
    return effect;
}

QByteArray HeldBack::agentOf(QByteArray card, const QByteArray &person, qint64 before)
{
    while (true) {
        Query rows = m_database.query(
            "SELECT agent_key, ends_card, slip FROM outbox WHERE card_key = ? AND person_key = ?"
            " AND slip < ? AND active = 1 AND state <> 'attention' ORDER BY slip DESC LIMIT 1");
        if (!rows.bind(card).bind(person).bind(before).step())
            return {};
        if (rows.blob(1).isEmpty())
            return rows.blob(0);
        card = rows.blob(1);
        before = rows.integer(2);
    }
}

} // namespace upgradedesk::storage
