#include "sim/cardreplay.h"

#include <array>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr char selectInstruction = '\xA4';
constexpr char readBinary = '\xB0';
constexpr char readRecord = '\xB2';
constexpr char getBalance = '\x5C';

/// Class to data of a SELECT; what follows is Le and does not count.
QByteArray withoutLe(const QByteArray &command)
{
    if (command.size() < 5)
        return command;
    return command.first(qMin<qsizetype>(command.size(), 5 + quint8(command.at(4))));
}

bool isRead(const QByteArray &command)
{
    const char instruction = command.at(1);
    return instruction == readBinary || instruction == readRecord || instruction == getBalance;
}

bool matches(const ScriptedApdu &entry, const QByteArray &command)
{
    if (entry.match == ScriptedApdu::Match::Literal)
        return command == entry.command;
    if (entry.match == ScriptedApdu::Match::Prefix)
        return command.startsWith(entry.command);
    if (command.size() < 4 || entry.command.size() < 4)
        return command == entry.command;
    if (command.at(1) == selectInstruction)
        return withoutLe(command) == withoutLe(entry.command);
    if (isRead(command))
        return command.first(4) == entry.command.first(4);
    return command == entry.command;
}

/// A scripted read is the whole file: the card gives as much of it as Le asks for.
QByteArray cutToLe(const QByteArray &response, const QByteArray &command)
{
    const qsizetype fileSize = response.size() - 2;
    if (command.size() != 5 || !isRead(command) || fileSize <= 0)
        return response;
    const qsizetype le = quint8(command.at(4));
    if (le == 0 || le >= fileSize)
        return response;
    return response.first(le) + response.last(2);
}

} // namespace

CardReplay::CardReplay(VirtualCard card)
    : m_card{std::move(card)}
{
    activate();
}

void CardReplay::activate()
{
    m_state = u"MF"_s;
    m_silent = false;
}

const ScriptedApdu *CardReplay::find(const QByteArray &command) const
{
    // The most particular entry wins, whatever the order in the file.
    using Match = ScriptedApdu::Match;
    for (const Match kind : {Match::Literal, Match::Usual, Match::Prefix}) {
        for (const ScriptedApdu &entry : m_card.apdus) {
            if (entry.match == kind && (entry.in.isEmpty() || entry.in == m_state) &&
                matches(entry, command))
                return &entry;
        }
    }
    return nullptr;
}

std::optional<QByteArray> CardReplay::answer(const QByteArray &command)
{
    if (m_silent)
        return std::nullopt;
    const ScriptedApdu *entry = find(command);
    if (!entry)
        return QByteArray::fromHex("6A82");
    if (entry->trap)
        m_trapsSprung << command;
    if (!entry->response) {
        m_silent = true;
        return std::nullopt;
    }
    if (!entry->sets.isEmpty())
        m_state = entry->sets;
    if (entry->match == ScriptedApdu::Match::Usual)
        return cutToLe(*entry->response, command);
    return entry->response;
}

} // namespace upgradedesk
