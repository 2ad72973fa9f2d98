#include "hub/recordstore.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

/// The columns that decide() takes, a row a record.
class Batch
{
public:
    void add(const Examined &one)
    {
        const wire::Record &record = one.record;
        m_id.uuid(one.sealed.id);
        m_sealed.bytes(one.sealed.sealed);
        m_hash.bytes(one.hash);
        one.reason.isEmpty() ? m_reason.none() : m_reason.text(one.reason);
        m_kind.text(record.kind);
        m_operator.text(record.operatorId);
        m_trusted.time(one.trusted);
        m_timeTrusted.flag(record.timeTrusted && one.trusted == record.deskTime);
        m_ticks.number(record.bootTicks);
        m_seq.number(record.seq);
        m_head.bytes(record.journalHead);
        m_of.uuid(record.of);
        m_card.bytes(one.card);
        m_cityCard.bytes(one.cityCard);
        one.state.isEmpty() ? m_state.none() : m_state.text(one.state);
        m_oldCard.bytes(one.oldCard);
        m_person.bytes(one.person);
        one.slot.isEmpty() ? m_slot.none() : m_slot.text(one.slot);
        record.medium.isEmpty() ? m_medium.none() : m_medium.text(record.medium);
        m_agent.bytes(one.agent);
        m_physical.number(one.limits.physicalPerPerson);
        m_phone.number(one.limits.phonePerPerson);
        m_agentLimit.number(one.limits.cardsPerAgent);
        m_window.number(one.limits.undoMinutes * 60);
        m_health.flag(!one.person.isEmpty() && !record.changesLink() &&
                      record.health == u"pending");
    }

    [[nodiscard]] Parameters parameters(const QString &desk, bool imported, const QDateTime &now,
                                        qint64 tokenKey) const
    {
        Parameters given;
        given.text(desk).flag(imported).time(now).number(tokenKey);
        given.column(m_id).column(m_sealed).column(m_hash).column(m_reason).column(m_kind);
        given.column(m_operator).column(m_trusted).column(m_timeTrusted).column(m_ticks);
        given.column(m_seq).column(m_head).column(m_of).column(m_card).column(m_cityCard);
        given.column(m_state).column(m_oldCard).column(m_person).column(m_slot);
        given.column(m_medium).column(m_agent).column(m_physical).column(m_phone);
        given.column(m_agentLimit).column(m_window).column(m_health);
        return given;
    }

private:
    using Type = Column::Type;
    Column m_id{Type::Uuid}, m_sealed{Type::Bytea}, m_hash{Type::Bytea}, m_reason{Type::Text};
    Column m_kind{Type::Text}, m_operator{Type::Text}, m_trusted{Type::Timestamptz};
    Column m_timeTrusted{Type::Boolean}, m_ticks{Type::Bigint}, m_seq{Type::Bigint};
    Column m_head{Type::Bytea}, m_of{Type::Uuid}, m_card{Type::Bytea}, m_cityCard{Type::Bytea};
    Column m_state{Type::Text}, m_oldCard{Type::Bytea}, m_person{Type::Bytea}, m_slot{Type::Text};
    Column m_medium{Type::Text}, m_agent{Type::Bytea}, m_physical{Type::Integer};
    Column m_phone{Type::Integer}, m_agentLimit{Type::Integer}, m_window{Type::Integer};
    Column m_health{Type::Boolean};
};

} // namespace

Result<QList<wire::RecordResult>> RecordStore::take(const QList<wire::SealedRecord> &records,
                                                    const DeskSigner &signer, const QDateTime &now,
                                                    bool imported, bool revoked)
{
    auto results = tryOnce(records, signer, now, imported, revoked);
    // A desk was revoked just now: the tokens are made again, with the new key.
    if (!results && results.error().detail == u"UD003" && m_hub.tokenKeyNumber(true))
        results = tryOnce(records, signer, now, imported, revoked);
    return results;
}

Result<QList<wire::RecordResult>> RecordStore::tryOnce(const QList<wire::SealedRecord> &records,
                                                       const DeskSigner &signer,
                                                       const QDateTime &now, bool imported,
                                                       bool revoked)
{
    const auto book = m_hub.rules();
    if (!book)
        return tl::unexpected(book.error());
    const auto number = m_hub.tokenKeyNumber();
    if (!number)
        return tl::unexpected(number.error());
    const auto tokenKey = m_hub.keys.tokenKey(*number);
    if (!tokenKey)
        return tl::unexpected(tokenKey.error());

    const Intake intake(m_hub, **book, *tokenKey);
    std::vector<Examined> examined;
    QList<wire::RecordResult> results;
    examined.reserve(size_t(records.size()));
    for (const wire::SealedRecord &record : records) {
        auto one = intake.examine(record, signer, now);
        if (!one)
            return tl::unexpected(one.error());
        if (one->reason.isEmpty() && revoked)
            one->reason = u"desk-revoked"_s;
        // Stays as it is for what does not count.
        results << wire::RecordResult{record.id, wire::Outcome::Rejected, one->reason, now, {}};
        examined.push_back(std::move(*one));
    }
    if (const auto done = decide(results, examined, signer, *number, now, imported); !done)
        return tl::unexpected(done.error());

    for (qsizetype i = 0; i < results.size(); ++i) {
        wire::RecordResult &result = results[i];
        auto receipt = m_hub.keys.hubKey.sign(
            wire::receiptBytes(m_hub.config.hub, examined[size_t(i)].hash, result));
        if (!receipt)
            return tl::unexpected(receipt.error());
        result.receipt = std::move(*receipt);
        m_hub.metrics.record(wire::outcomeKey(result.outcome), result.reason);
    }
    return results;
}

Result<void> RecordStore::decide(QList<wire::RecordResult> &results,
                                 const std::vector<Examined> &examined, const DeskSigner &signer,
                                 qint64 tokenKey, const QDateTime &now, bool imported)
{
    Batch batch;
    std::vector<qsizetype> places;
    for (size_t i = 0; i < examined.size(); ++i) {
        if (!examined[i].counts)
            continue;
        batch.add(examined[i]);
        places.push_back(qsizetype(i));
    }
    if (places.empty())
        return {};
    const auto rows = m_hub.database.run(
        "SELECT ord, outcome, reason, at FROM decide($1, $2::boolean, $3::timestamptz, $5::uuid[],"
        " $6::bytea[], $7::bytea[], $8::text[], $9::text[], $10::text[], $11::timestamptz[],"
        " $12::boolean[], $13::bigint[], $14::bigint[], $15::bytea[], $16::uuid[], $17::bytea[],"
        " $18::bytea[], $4::bigint, $19::text[], $20::bytea[], $21::bytea[], $22::text[],"
        " $23::text[], $24::bytea[], $25::integer[], $26::integer[], $27::integer[],"
        " $28::integer[], $29::boolean[])",
        batch.parameters(signer.desk, imported, now, tokenKey));
    if (!rows)
        return tl::unexpected(rows.error());
    for (int row = 0; row < rows->size(); ++row) {
        wire::RecordResult &result = results[places[size_t(rows->number(row, 0) - 1)]];
        result.outcome = wire::outcomeFromKey(rows->text(row, 1)).value();
        result.reason = rows->text(row, 2);
        result.at = rows->time(row, 3);
    }
    return {};
}

} // namespace upgradedesk::hub
