#pragma once

#include "sim/virtualcard.h"

#include <QByteArrayList>

namespace upgradedesk
{

/// Plays the script of one card: which application is selected, and what answers to a command.
class CardReplay final
{
public:
    explicit CardReplay(VirtualCard card);

    [[nodiscard]] const VirtualCard &card() const { return m_card; }

    /// What an RF reset or a new activation does: the master file is current again.
    void activate();

    /// The answer with its status word; 6A82 when the script has nothing, nothing when the card is
    /// silent.
    [[nodiscard]] std::optional<QByteArray> answer(const QByteArray &command);

    /// Commands that the script calls a trap and that were sent nevertheless.
    [[nodiscard]] const QByteArrayList &trapsSprung() const { return m_trapsSprung; }

private:
    [[nodiscard]] const ScriptedApdu *find(const QByteArray &command) const;

    VirtualCard m_card;
    QString m_state;
    bool m_silent = false;
    QByteArrayList m_trapsSprung;
};

} // namespace upgradedesk
