#pragma once

#include "sim/virtualpn532.h"

#include <numeric>

namespace upgradedesk::test
{

/// A normal frame of the host around a command (code and data).
inline QByteArray hostFrame(const QByteArray &command)
{
    const QByteArray body = '\xD4' + command;
    const auto sum = std::accumulate(body.begin(), body.end(), 0,
                                     [](int total, char byte) { return total + quint8(byte); });
    return QByteArray::fromHex("0000FF") + char(body.size()) + char(-int(body.size())) + body +
           char(-sum) + '\0';
}

inline QByteArray hex(const char *text)
{
    return QByteArray::fromHex(text);
}

inline QByteArray allBytes(const VirtualPn532::Reaction &reaction)
{
    QByteArray bytes;
    for (const VirtualPn532::Emission &emission : reaction.emissions)
        bytes += emission.bytes;
    return bytes;
}

/// A chip that is awake and set up as libnfc does it: field on, ATS asked for, searches that end.
inline VirtualPn532 readyChip(bool airTime = false)
{
    VirtualPn532 chip{airTime};
    const QByteArray wakeUp = hex("5555") + QByteArray(14, '\0');
    static_cast<void>(chip.receive(wakeUp + hostFrame(hex("1401"))));
    for (const char *command : {"1214", "320101", "3205000102"})
        static_cast<void>(chip.receive(hostFrame(hex(command))));
    return chip;
}

/// Sends a command and returns what stands in the answer frame after D5; `none` when there is no
/// answer.
inline QByteArray ask(VirtualPn532 &chip, const QByteArray &command)
{
    const QByteArray bytes = allBytes(chip.receive(hostFrame(command)));
    if (!bytes.startsWith(ackFrame()))
        return "no ack";
    const QByteArray answer = bytes.mid(ackFrame().size());
    if (answer.isEmpty())
        return "none";
    if (answer == errorFrame())
        return "error";
    const bool extended = answer.mid(3, 2) == hex("FFFF");
    const qsizetype header = extended ? 9 : 6;
    const QByteArray payload = answer.mid(header, answer.size() - header - 2);
    return chipFrame(payload) == answer ? payload : QByteArray{"damaged"};
}

inline VirtualCard card(VirtualCard::Tech tech = VirtualCard::Tech::Iso14443A4)
{
    VirtualCard card;
    card.name = QStringLiteral("card");
    card.tech = tech;
    card.uid = hex("5C1E73A9");
    card.sak = 0x20;
    card.atqa = hex("0004");
    card.ats = hex("0578807002");
    return card;
}

} // namespace upgradedesk::test
