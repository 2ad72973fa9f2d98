#pragma once

#include "storage/database.h"

#include <QHash>

#include <optional>

namespace upgradedesk::storage
{

/// A row on its way to the hub.
struct RowInLine {
    QString record;
    qint64 slip = 0;
    QString revokes; ///< empty: it takes nothing back
    QByteArray card;
    QByteArray endedCard;
    QByteArray person;
    QByteArray agent;
};

/// The rows that wait alone, and those that must not overtake them, because the hub would refuse
/// them for good: what undoes one or ends its link, and what needs the card or the place that one
/// gives back. While nothing is held, nothing is looked up. Call it inside the caller's
/// transaction.
class HeldBack
{
public:
    explicit HeldBack(Database &database);

    /// The slip of the row that waits alone and has this one behind it; nothing when it may go.
    [[nodiscard]] std::optional<qint64> holder(const RowInLine &row);
    /// It does not go now, and what needs it does not either.
    void add(const RowInLine &row);

private:
    /// What the hub does for a row.
    struct Effect {
        QByteArray linked; ///< card
        QByteArray ended;  ///< card
        QByteArray person; ///< whose place is taken or given back, or both
        QByteArray agent;  ///< as far as this desk knows who acted
    };
    struct Held {
        qint64 slip = 0;   ///< the first
        qint64 holder = 0; ///< that it waits for in the end; its own slip when it waits alone
    };
    using Index = QHash<QByteArray, Held>;

    [[nodiscard]] std::optional<qint64> holder(const RowInLine &row, const Effect &effect) const;
    [[nodiscard]] Effect effectOf(const RowInLine &row);
    [[nodiscard]] QByteArray agentOf(QByteArray card, const QByteArray &person, qint64 before);

    Database &m_database;
    QHash<QString, qint64> m_records; ///< with their holders
    Index m_linked;                   ///< by card
    Index m_ended;                    ///< by card
    Index m_leftPersons;              ///< who get a place back
    Index m_leftAgents;
};

} // namespace upgradedesk::storage
