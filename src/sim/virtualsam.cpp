#include "sim/virtualsam.h"

#include <algorithm>
#include <array>

namespace upgradedesk
{
namespace
{

constexpr std::array samSpeeds{115200, 57600, 38400, 19200, 9600};

// Status bytes, see identity.md 2.
constexpr quint8 samGood = 0x90;
constexpr quint8 cardFound = 0x9F;
constexpr quint8 noCard = 0x80;
constexpr quint8 selectFailed = 0x81;
constexpr quint8 readFailed = 0x41;
constexpr quint8 itemEmpty = 0x91;
constexpr quint8 badChecksum = 0x10;
constexpr quint8 badLength = 0x11;
constexpr quint8 badCommand = 0x21;

QByteArray samReply(quint8 status, const QByteArray &data = {})
{
    return ga450Frame(QByteArray(2, '\0') + char(status) + data);
}

} // namespace

VirtualSam::VirtualSam(quint32 seed)
    : m_random{seed}
{
}

QByteArrayList VirtualSam::receive(QByteArrayView bytes)
{
    QByteArrayList answers;
    m_scanner.append(bytes);
    while (const auto frame = m_scanner.next()) {
        switch (frame->kind) {
        case Ga450Frame::Kind::Whole:
            answers << spoilt(answer(frame->body));
            break;
        case Ga450Frame::Kind::BadChecksum:
            answers << samReply(badChecksum);
            break;
        case Ga450Frame::Kind::BadLength:
            answers << samReply(badLength);
            break;
        }
    }
    return answers;
}

void VirtualSam::place(const VirtualPerson &person)
{
    m_person = person;
    m_fresh = true;
    m_selected = false;
    m_tearAfter = -1;
}

void VirtualSam::remove()
{
    m_person.reset();
    m_selected = false;
}

void VirtualSam::powerCycle()
{
    m_scanner.clear();
    m_fresh = true;
    m_selected = false;
}

void VirtualSam::cut(int bytes, int answers)
{
    m_cutAt = bytes;
    m_cut = answers;
}

void VirtualSam::forceStatus(int answers, quint8 status)
{
    m_forced = answers;
    m_forcedStatus = status;
}

QByteArray VirtualSam::answer(QByteArrayView command)
{
    if (m_forced > 0) {
        --m_forced;
        return samReply(m_forcedStatus);
    }
    const quint8 group = quint8(command[0]);
    if (group == 0x20 || group == 0x30) {
        // The one that tears it away is heard no more.
        if (m_person && m_tearAfter >= 0 && m_tearAfter-- == 0)
            remove();
        return answerOfCard(command);
    }
    return answerOfSam(command);
}

QByteArray VirtualSam::answerOfCard(QByteArrayView command)
{
    if (command == QByteArray("\x20\x01", 2)) {
        m_selected = false;
        return m_person && m_fresh ? samReply(cardFound, QByteArray(4, '\0')) : samReply(noCard);
    }
    if (command == QByteArray("\x20\x02", 2)) {
        m_selected = m_person && m_fresh;
        m_fresh = false;
        return m_selected ? samReply(samGood, QByteArray(8, '\0')) : samReply(selectFailed);
    }
    if (command == QByteArray("\x30\x01", 2))
        return m_selected ? samReply(samGood, m_person->record) : samReply(readFailed);
    if (command == QByteArray("\x30\x03", 2))
        return samReply(m_selected ? itemEmpty : readFailed);
    return samReply(badCommand);
}

QByteArray VirtualSam::answerOfSam(QByteArrayView command)
{
    const quint8 group = quint8(command[0]);
    const quint8 parameter = quint8(command[1]);
    if (group == 0x60 && parameter < samSpeeds.size()) {
        m_speed = samSpeeds[parameter];
        return samReply(samGood);
    }
    if (parameter != 0xFF)
        return samReply(badCommand);
    switch (group) {
    case 0x10:
        m_selected = false;
        return samReply(samGood);
    case 0x11:
    case 0x61:
        return samReply(samGood);
    case 0x12:
        return samReply(samGood, QByteArray::fromHex("05000100C588340187D61200B1CB7400"));
    default:
        return samReply(badCommand);
    }
}

QByteArray VirtualSam::spoilt(QByteArray frame)
{
    if (m_corrupt > 0) {
        --m_corrupt;
        std::uniform_int_distribution<qsizetype> place{0, frame.size() - 1};
        std::uniform_int_distribution<int> damage{1, 0xFF};
        char &byte = frame[place(m_random)];
        byte = char(byte ^ damage(m_random));
    }
    if (m_cut > 0) {
        --m_cut;
        frame.truncate(m_cutAt);
    }
    return frame;
}

} // namespace upgradedesk
