#pragma once

#include "sim/cardreplay.h"

#include <optional>
#include <random>

namespace upgradedesk
{

/// The radio field of the virtual reader: the card in it, whether it is activated, and its block
/// protocol.
class VirtualField final
{
public:
    /// The same seed gives the same random card identifiers.
    explicit VirtualField(quint32 seed);

    /// Puts a card in, in place of the one that is there.
    void place(const VirtualCard &card);
    void removeCard();
    [[nodiscard]] const VirtualCard *card() const { return m_card ? &m_card->card() : nullptr; }

    /// Switching it off takes the power from the card, which forgets everything.
    void setPower(bool on);
    [[nodiscard]] bool power() const { return m_power; }

    /// The card is torn away after this many more commands to it.
    void tearAfter(int commands) { m_tearAfter = commands; }

    /// Target data as in the chip's answer (ATQA, SAK, UID, ATS), nothing when no such card
    /// answers. `uid` empty means any; `rats` asks a card with ISO 14443-4 for its ATS.
    [[nodiscard]] std::optional<QByteArray> activateTypeA(const QByteArray &uid, bool rats);

    /// `poll` is the polling request without its length: 00, system code, request code, time slot.
    [[nodiscard]] std::optional<QByteArray> activateFelica(const QByteArray &poll);
    [[nodiscard]] std::optional<QByteArray> activateTypeB();

    void deactivate();
    [[nodiscard]] bool hasTarget() const { return m_active != Active::None; }

    /// One exchange with the activated card through the chip's own protocol; nothing when it stays
    /// silent.
    [[nodiscard]] std::optional<QByteArray> exchange(const QByteArray &command);

    /// Bytes past that protocol: the presence check of ISO 14443-4, and FeliCa commands.
    [[nodiscard]] std::optional<QByteArray> exchangeRaw(const QByteArray &command);

    /// True when the card was sent a trap since the last call.
    [[nodiscard]] bool takeTrap();

private:
    enum class Active { None, PlainA, Blocks, Felica };

    [[nodiscard]] bool torn();
    [[nodiscard]] std::optional<QByteArray> exchangeBlocks(const QByteArray &command);
    [[nodiscard]] std::optional<QByteArray> exchangePlain(const QByteArray &command);
    [[nodiscard]] std::optional<QByteArray> exchangeFelica(const QByteArray &command) const;
    [[nodiscard]] qsizetype frameSizeOfCard() const;

    std::optional<CardReplay> m_card;
    bool m_power = false;
    Active m_active = Active::None;
    bool m_mute = false; ///< of the activated card, until its next activation
    quint8 m_block = 1;
    QByteArray m_lastBlock;
    int m_tearAfter = -1;
    qsizetype m_trapsSeen = 0;
    std::mt19937 m_random;
};

} // namespace upgradedesk
