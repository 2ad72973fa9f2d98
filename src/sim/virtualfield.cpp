#include "sim/virtualfield.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace upgradedesk
{
namespace
{

constexpr qsizetype blockOverhead = 3; // PCB and CRC
constexpr qsizetype frameSizeOfReader = 256;
constexpr quint8 acknowledge = 0xA2;
constexpr quint8 notAcknowledge = 0xB2;
constexpr char randomUidMark = '\x08';
constexpr char mifareRead = '\x30';
constexpr qsizetype pageSize = 4;
constexpr qsizetype ultralightPages = 16;

qsizetype blocksFor(qsizetype bytes, qsizetype frameSize)
{
    const qsizetype payload = frameSize - blockOverhead;
    return std::max<qsizetype>(1, (bytes + payload - 1) / payload);
}

/// The first sixteen bytes of an Ultralight from `page` on; it wraps after the last page.
QByteArray ultralightPagesFrom(const QByteArray &uid, qsizetype page)
{
    QByteArray memory(ultralightPages * pageSize, '\0');
    const auto check = [](char seed, const QByteArray &bytes) {
        return std::accumulate(bytes.begin(), bytes.end(), seed,
                               [](char left, char right) { return char(left ^ right); });
    };
    if (uid.size() == 7) {
        const QByteArray start = uid.first(3) + check('\x88', uid.first(3)) + uid.last(4) +
                                 check('\0', uid.last(4)) + '\x48';
        memory.replace(0, start.size(), start);
    }
    const QByteArray twice = memory + memory;
    return twice.mid(page * pageSize, 4 * pageSize);
}

} // namespace

VirtualField::VirtualField(quint32 seed)
    : m_random{seed}
{
}

void VirtualField::place(const VirtualCard &card)
{
    deactivate();
    m_cards.clear();
    m_trapsSeen = 0;
    add(card);
}

void VirtualField::add(const VirtualCard &card)
{
    m_cards.push_back(Lying{CardReplay{card}});
}

void VirtualField::removeCards()
{
    deactivate();
    m_cards.clear();
    m_trapsSeen = 0;
    m_tearAfter = -1;
}

bool VirtualField::lift(const QString &name)
{
    const auto card = std::ranges::find(
        m_cards, name, [](const Lying &lying) { return lying.replay.card().name; });
    if (card == m_cards.end())
        return false;
    const auto index = size_t(card - m_cards.begin());
    if (index == m_current)
        deactivate();
    m_cards.erase(card);
    if (index < m_current)
        --m_current;
    m_trapsSeen = trapsSprung();
    return true;
}

const VirtualCard *VirtualField::card() const
{
    if (m_cards.empty())
        return nullptr;
    return &m_cards[m_active == Active::None ? 0 : m_current].replay.card();
}

void VirtualField::setPower(bool on)
{
    m_power = on;
    if (on)
        return;
    deactivate();
    for (Lying &card : m_cards)
        card.halted = false;
}

void VirtualField::deactivate()
{
    m_active = Active::None;
    m_current = 0;
}

void VirtualField::halt()
{
    if (m_active == Active::Blocks || m_active == Active::PlainA)
        m_cards[m_current].halted = m_cards[m_current].replay.card().isTypeA();
    deactivate();
}

bool VirtualField::heard()
{
    constexpr int always = 100;
    return m_percentHeard >= always ||
           std::uniform_int_distribution<int>{0, always - 1}(m_random) < m_percentHeard;
}

template <typename Accepts>
VirtualField::Lying *VirtualField::find(Accepts accepts)
{
    deactivate();
    if (!m_power || !heard())
        return nullptr;
    const auto card = std::ranges::find_if(
        m_cards, [&](const Lying &lying) { return !lying.halted && accepts(lying.replay.card()); });
    return card == m_cards.end() ? nullptr : &*card;
}

void VirtualField::activate(const Lying &card, Active protocol)
{
    m_current = size_t(&card - m_cards.data());
    replay().activate();
    m_active = protocol;
    m_mute = false;
    m_block = 1;
    m_lastBlock.clear();
}

std::optional<QByteArray> VirtualField::activateTypeA(const QByteArray &uid, bool rats)
{
    QByteArray shown;
    const Lying *found = find([&](const VirtualCard &card) {
        if (!card.isTypeA())
            return false;
        shown = card.uid;
        if (shown.size() == 4 && shown.at(0) == randomUidMark) {
            std::uniform_int_distribution<int> byte{0, 0xFF};
            std::generate(shown.begin() + 1, shown.end(), [&] { return char(byte(m_random)); });
        }
        return uid.isEmpty() || uid == shown;
    });
    if (!found)
        return std::nullopt;
    const VirtualCard &card = found->replay.card();
    const bool blocks = rats && card.tech == VirtualCard::Tech::Iso14443A4;
    activate(*found, blocks ? Active::Blocks : Active::PlainA);
    QByteArray data = card.atqa + char(card.sak) + char(shown.size()) + shown;
    if (blocks)
        data += card.ats;
    return data;
}

std::optional<QByteArray> VirtualField::activateFelica(const QByteArray &poll)
{
    if (poll.size() != 5 || poll.at(0) != '\0') {
        deactivate();
        return std::nullopt;
    }
    const Lying *found = find([&](const VirtualCard &card) {
        const auto fits = [&](qsizetype index) {
            const char wanted = poll.at(1 + index);
            return wanted == '\xFF' || wanted == card.systemCode.at(index);
        };
        return card.tech == VirtualCard::Tech::Felica && fits(0) && fits(1);
    });
    if (!found)
        return std::nullopt;
    const VirtualCard &card = found->replay.card();
    activate(*found, Active::Felica);
    QByteArray answer = '\x01' + card.uid + card.pmm;
    if (poll.at(3) == '\x01')
        answer += card.systemCode;
    return char(answer.size() + 1) + answer;
}

std::optional<QByteArray> VirtualField::activateTypeB()
{
    const Lying *found =
        find([](const VirtualCard &card) { return card.tech == VirtualCard::Tech::Iso14443B4; });
    if (!found)
        return std::nullopt;
    activate(*found, Active::Blocks);
    // ATQB with no application data, 106 kbit/s, 256-byte frames, ISO 14443-4; then an ATTRIB
    // answer of one byte.
    return '\x50' + found->replay.card().uid + QByteArray::fromHex("00000000008181") + '\x01' +
           '\0';
}

bool VirtualField::torn()
{
    if (m_tearAfter < 0)
        return false;
    if (m_tearAfter-- > 0)
        return false;
    removeCards();
    return true;
}

std::optional<QByteArray> VirtualField::exchange(const QByteArray &command)
{
    if (m_active == Active::None || torn() || m_mute || !heard())
        return std::nullopt;
    switch (m_active) {
    case Active::Blocks:
        return exchangeBlocks(command);
    case Active::Felica:
        return exchangeFelica(command);
    case Active::PlainA:
        return exchangePlain(command);
    case Active::None:
        break;
    }
    return std::nullopt;
}

std::optional<QByteArray> VirtualField::exchangeRaw(const QByteArray &command)
{
    if (m_mute || m_active == Active::None || !heard())
        return std::nullopt;
    if (m_active == Active::Felica)
        return exchangeFelica(command);
    if (m_active == Active::PlainA)
        return exchangePlain(command);
    const bool presence = command.size() == 1 && (quint8(command.at(0)) & 0xFE) == notAcknowledge;
    if (!presence)
        return std::nullopt;
    // The card repeats its last block when the reader's number is its own, else it says which
    // number it is at.
    if ((quint8(command.at(0)) & 1) == m_block && !m_lastBlock.isEmpty())
        return m_lastBlock;
    return QByteArray(1, char(acknowledge | m_block));
}

qsizetype VirtualField::frameSizeOfCard() const
{
    constexpr std::array<qsizetype, 9> sizes{16, 24, 32, 40, 48, 64, 96, 128, 256};
    const QByteArray &ats = m_cards[m_current].replay.card().ats;
    const size_t code = ats.size() < 2 ? 2 : quint8(ats.at(1)) & 0x0F;
    return sizes[std::min(code, sizes.size() - 1)];
}

std::optional<QByteArray> VirtualField::exchangeBlocks(const QByteArray &command)
{
    const std::optional<QByteArray> answer = replay().answer(command);
    if (!answer) {
        m_mute = true;
        return std::nullopt;
    }
    const qsizetype sent = blocksFor(command.size(), frameSizeOfCard());
    const qsizetype received = blocksFor(answer->size(), frameSizeOfReader);
    m_block = quint8((m_block + sent + received - 1) & 1);
    const qsizetype payload = frameSizeOfReader - blockOverhead;
    m_lastBlock = char(0x02 | m_block) + answer->mid((received - 1) * payload);
    return answer;
}

std::optional<QByteArray> VirtualField::exchangePlain(const QByteArray &command)
{
    const VirtualCard &card = m_cards[m_current].replay.card();
    if (card.tech == VirtualCard::Tech::MifareUltralight && command.size() == 2 &&
        command.at(0) == mifareRead && quint8(command.at(1)) < ultralightPages)
        return ultralightPagesFrom(card.uid, quint8(command.at(1)));
    // Whatever a card of this kind does not understand sends it back to sleep.
    m_mute = true;
    return std::nullopt;
}

std::optional<QByteArray> VirtualField::exchangeFelica(const QByteArray &command) const
{
    const VirtualCard &card = m_cards[m_current].replay.card();
    const QByteArray requestResponse = QByteArray::fromHex("0A04") + card.uid;
    if (command == requestResponse)
        return QByteArray::fromHex("0B05") + card.uid + '\0';
    return std::nullopt;
}

qsizetype VirtualField::trapsSprung() const
{
    return std::accumulate(
        m_cards.begin(), m_cards.end(), qsizetype(0),
        [](qsizetype sum, const Lying &card) { return sum + card.replay.trapsSprung().size(); });
}

bool VirtualField::takeTrap()
{
    const qsizetype sprung = trapsSprung();
    const bool more = sprung > m_trapsSeen;
    m_trapsSeen = sprung;
    return more;
}

} // namespace upgradedesk
