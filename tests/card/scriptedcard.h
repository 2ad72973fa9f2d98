#pragma once

#include "card/probe.h"

#include <QByteArrayList>
#include <QJsonArray>
#include <QJsonObject>

/// Answers APDUs as the rules of tests/data/card-vectors.json say, and remembers what was sent.
class ScriptedCard final : public upgradedesk::Transceiver
{
public:
    explicit ScriptedCard(const QJsonObject &vector);

    upgradedesk::Result<QByteArray> transmit(const QByteArray &apdu) override;

    [[nodiscard]] const QByteArrayList &sent() const { return m_sent; }
    [[nodiscard]] bool trapped() const { return m_trapped; }

private:
    [[nodiscard]] bool matches(const QJsonObject &entry, const QByteArray &apdu) const;

    QJsonArray m_entries;
    QString m_state = QStringLiteral("MF");
    QByteArrayList m_sent;
    bool m_trapped = false;
};

/// What the reader sees of the vector's card.
[[nodiscard]] upgradedesk::Target targetOf(const QJsonObject &vector);

/// The file's vectors.
[[nodiscard]] QList<QJsonObject> cardVectors();
