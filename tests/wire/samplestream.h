#pragma once

#include "wire/snapshotstream.h"

#include <algorithm>
#include <random>

namespace upgradedesk::test
{

using namespace Qt::StringLiterals;

/// Stands for the hub's key: who does not know the secret cannot make it.
inline QByteArray snapshotSignature(QByteArrayView message)
{
    return QCryptographicHash::hash("secret" + message.toByteArray(), QCryptographicHash::Sha256);
}

inline bool verifySnapshot(QByteArrayView message, QByteArrayView signature)
{
    return signature == QByteArrayView(snapshotSignature(message));
}

inline wire::SnapshotHeader snapshotHeader(quint64 from, quint64 to, quint64 count)
{
    wire::SnapshotHeader header;
    header.from = from;
    header.to = to;
    header.count = count;
    header.asOf = QDateTime(QDate(2022, 6, 1), QTime(1, 2, 3, 4), Qt::UTC).addSecs(qint64(to));
    header.tokenKeyId = u"k-2022"_s;
    return header;
}

/// Sorted, with states from `lowest` to 4; the same for the same seed.
inline std::vector<CardChange> someCards(size_t count, unsigned lowest = 0, unsigned seed = 1)
{
    std::mt19937_64 random(seed);
    std::vector<CardChange> rows(count);
    for (CardChange &row : rows)
        row = {random(), CityCardState(lowest + random() % (5 - lowest))};
    std::ranges::sort(rows, {}, &CardChange::token);
    return rows;
}

inline QByteArray snapshotStream(const wire::SnapshotHeader &header,
                                 const std::vector<CardChange> &rows)
{
    wire::SnapshotEncoder encoder(
        header, [](QByteArrayView message) { return snapshotSignature(message); });
    QByteArray stream = encoder.begin();
    for (const CardChange &row : rows)
        stream += encoder.add(row).value();
    return stream + encoder.finish().value();
}

} // namespace upgradedesk::test
