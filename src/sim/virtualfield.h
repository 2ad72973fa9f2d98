#pragma once

#include "sim/cardreplay.h"

#include <optional>
#include <random>
#include <vector>

namespace upgradedesk
{

/// The radio field of the virtual reader: the cards in it, which of them is activated, and its
/// block protocol. A card that was sent to sleep answers no search until the field was off.
class VirtualField final
{
public:
    /// The same seed gives the same random card identifiers.
    explicit VirtualField(quint32 seed);

    /// Puts a card in, in place of those that are there.
    void place(const VirtualCard &card);
    /// Puts a card in beside those that are there.
    void add(const VirtualCard &card);
    void removeCards();
    /// Takes this one away; false when it is not there.
    bool lift(const QString &name);
    /// The activated card, else the first that lies there.
    [[nodiscard]] const VirtualCard *card() const;

    /// Switching it off takes the power from the card, which forgets everything.
    void setPower(bool on);
    [[nodiscard]] bool power() const { return m_power; }

    /// The cards are torn away after this many more commands to one of them.
    void tearAfter(int commands) { m_tearAfter = commands; }

    /// A small antenna: a card hears only so many of a hundred commands and searches.
    void weaken(int percent) { m_percentHeard = percent; }

    /// Target data as in the chip's answer (ATQA, SAK, UID, ATS), nothing when no such card
    /// answers. `uid` empty means any; `rats` asks a card with ISO 14443-4 for its ATS.
    [[nodiscard]] std::optional<QByteArray> activateTypeA(const QByteArray &uid, bool rats);

    /// `poll` is the polling request without its length: 00, system code, request code, time slot.
    [[nodiscard]] std::optional<QByteArray> activateFelica(const QByteArray &poll);
    [[nodiscard]] std::optional<QByteArray> activateTypeB();

    /// The chip forgets the activated card.
    void deactivate();
    /// The same, and a card of type A is sent to sleep.
    void halt();
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

    struct Lying {
        CardReplay replay;
        bool halted = false;
    };

    template <typename Accepts>
    [[nodiscard]] Lying *find(Accepts accepts);
    void activate(const Lying &card, Active protocol);
    [[nodiscard]] CardReplay &replay() { return m_cards[m_current].replay; }
    [[nodiscard]] bool heard();
    [[nodiscard]] bool torn();
    [[nodiscard]] std::optional<QByteArray> exchangeBlocks(const QByteArray &command);
    [[nodiscard]] std::optional<QByteArray> exchangePlain(const QByteArray &command);
    [[nodiscard]] std::optional<QByteArray> exchangeFelica(const QByteArray &command) const;
    [[nodiscard]] qsizetype frameSizeOfCard() const;
    [[nodiscard]] qsizetype trapsSprung() const;

    std::vector<Lying> m_cards;
    size_t m_current = 0; ///< which of them is activated
    bool m_power = false;
    Active m_active = Active::None;
    bool m_mute = false; ///< of the activated card, until its next activation
    quint8 m_block = 1;
    QByteArray m_lastBlock;
    int m_tearAfter = -1;
    qsizetype m_trapsSeen = 0;
    int m_percentHeard = 100;
    std::mt19937 m_random;
};

} // namespace upgradedesk
