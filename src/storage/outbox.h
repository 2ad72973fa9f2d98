#pragma once

#include "core/clock.h"
#include "storage/database.h"
#include "storage/journal.h"
#include "storage/records.h"

#include <QSet>

#include <functional>

namespace upgradedesk::storage
{

/// Records that wait for the hub, and what they tell this desk about cards and persons.
class Outbox
{
public:
    Outbox(Database &database, Journal &journal);

    /// Checks and stores one record inside the caller's write transaction. A refusal leaves nothing
    /// behind.
    [[nodiscard]] Result<Committed> add(const NewRecord &record);

    /// `without` is a card that is not counted as the person's either; may be empty.
    [[nodiscard]] Knowledge knowledge(const QByteArray &cardKey, const QByteArray &personKey,
                                      const QByteArray &without = {});
    [[nodiscard]] QueueStatus status(const QDateTime &now);
    /// Of lists of refused records and of all, `needsStaff` is told.
    void eachRow(std::optional<RecordState> state,
                 const std::function<bool(const QueueRow &)> &visit);
    [[nodiscard]] QList<QueueRow> recent(int count);
    /// Nothing when there is no such record.
    [[nodiscard]] std::optional<QueueRow> row(const QString &record);
    /// Empty when no record has this slip.
    [[nodiscard]] QString recordOf(qint64 slip);
    /// What the operator may take back at this moment, if anything.
    [[nodiscard]] std::optional<Undoable>
    undoable(const QString &operatorId, std::chrono::milliseconds window, const Clock &clock);
    /// Id and sealed bytes of every record the hub has not accepted, in the order of slips, until
    /// `visit` returns false.
    void eachSealed(const std::function<bool(const QString &, const QByteArray &)> &visit);
    [[nodiscard]] QList<Figure> figures(const QString &operatorId, QDate day);

    /// Of the days from first to last, both with it.
    [[nodiscard]] QList<ReportRow> report(QDate first, QDate last);

    /// A hash over everything in a row that never changes again.
    [[nodiscard]] static QByteArray rowHash(const NewRecord &record, qint64 slip);

private:
    [[nodiscard]] Result<Committed> addLink(const NewRecord &record);
    [[nodiscard]] Result<Committed> addChange(const NewRecord &record);
    [[nodiscard]] Result<Committed> addRevoke(const NewRecord &record);
    [[nodiscard]] Result<Committed> store(const NewRecord &record);
    [[nodiscard]] Result<void> settleRefused(const NewRecord &record);
    [[nodiscard]] bool isStored(const QString &record);
    [[nodiscard]] std::optional<Error> refusal(const NewRecord &record);
    [[nodiscard]] std::optional<Error> refusalOfLink(const NewRecord &record,
                                                     const Knowledge &known);
    [[nodiscard]] std::optional<Error> refusalOfChange(const NewRecord &record);
    [[nodiscard]] std::optional<Error> refusalOfReturn(const NewRecord &change);
    [[nodiscard]] QSet<QString> needingStaff();
    void learnOfCard(Knowledge &known, const QByteArray &cardKey, const QByteArray &personKey);
    void learnOfEnd(Knowledge &known, const QByteArray &cardKey, const QByteArray &personKey);
    [[nodiscard]] bool endWaits(const QByteArray &cardKey, const QByteArray &personKey);
    [[nodiscard]] int cardsOfAgent(const QByteArray &agentKey, const QByteArray &withoutCard,
                                   bool waiting);
    void insert(const NewRecord &record, qint64 slip);
    void count(const NewRecord &record);

    Database &m_database;
    Journal &m_journal;
};

/// `physical`, `phone`.
[[nodiscard]] QString slotKey(Slot slot);

/// 20220601 for 1 June 2022.
[[nodiscard]] qint64 dayNumber(QDate day);

} // namespace upgradedesk::storage
