#include "sim/virtualpn532.h"

#include <algorithm>
#include <array>
#include <utility>

namespace upgradedesk
{
namespace
{

enum Code : quint8 {
    Diagnose = 0x00,
    GetFirmwareVersion = 0x02,
    GetGeneralStatus = 0x04,
    ReadRegister = 0x06,
    WriteRegister = 0x08,
    SetSerialBaudRate = 0x10,
    SetParameters = 0x12,
    SamConfiguration = 0x14,
    PowerDown = 0x16,
    RfConfiguration = 0x32,
    InDataExchange = 0x40,
    InCommunicateThru = 0x42,
    InDeselect = 0x44,
    InListPassiveTarget = 0x4A,
    InRelease = 0x52,
    InSelect = 0x54,
    InAutoPoll = 0x60,
};

enum Status : quint8 {
    Good = 0x00,
    RfTimeout = 0x01,
    AuthenticationFailed = 0x14,
    WrongContext = 0x27,
    MoreToCome = 0x40,
};

constexpr int speedAfterReset = 115200;
constexpr quint8 automaticRats = 0x10;
constexpr quint8 moreFromHost = 0x40;
constexpr char wakeUp = '\x55';
constexpr quint8 withoutEnd = 0xFF;
constexpr qsizetype longestPiece = longestChipPayload - 2;
constexpr qsizetype longestCommand = 4096;

bool hasStatus(quint8 code)
{
    constexpr std::array<quint8, 5> codes{InDataExchange, InCommunicateThru, InDeselect, InRelease,
                                          InSelect};
    return std::ranges::find(codes, code) != codes.end();
}

QByteArray reply(quint8 code, const QByteArray &data = {})
{
    return char(code + 1) + data;
}

QByteArray statusReply(quint8 code, quint8 status)
{
    return reply(code, QByteArray(1, char(status)));
}

QHash<quint16, quint8> registersAfterReset()
{
    return {{0x6302, 0x80}, {0x6303, 0x80}, {0x6305, 0x40}, {0x633C, 0x10}};
}

/// The host may ask for one card by its identifier, given with cascade tags as it goes over the
/// air.
QByteArray withoutCascadeTags(const QByteArray &data)
{
    if (data.size() == 8)
        return data.mid(1);
    if (data.size() == 12)
        return data.mid(1, 3) + data.mid(5);
    return data;
}

} // namespace

VirtualPn532::VirtualPn532(bool airTime, quint32 seed)
    : m_time{airTime}
    , m_field{seed}
    , m_speed{speedAfterReset}
    , m_registers{registersAfterReset()}
{
}

void VirtualPn532::powerCycle()
{
    m_scanner.clear();
    m_field.setPower(false);
    m_asleep = true;
    m_parameters = 0;
    m_activationRetries = withoutEnd;
    m_speed = speedAfterReset;
    m_time.speed = m_speed;
    m_speedAfterAck = 0;
    m_registers = registersAfterReset();
    m_lastFrame.clear();
    m_waiting.clear();
    m_outgoing.clear();
    m_rest.clear();
}

void VirtualPn532::forceStatus(int answers, quint8 status)
{
    m_forced = answers;
    m_forcedStatus = status;
}

VirtualPn532::Reaction VirtualPn532::place(const VirtualCard &card)
{
    m_field.place(card);
    return answerWaitingSearch();
}

VirtualPn532::Reaction VirtualPn532::add(const VirtualCard &card)
{
    m_field.add(card);
    return answerWaitingSearch();
}

VirtualPn532::Reaction VirtualPn532::answerWaitingSearch()
{
    if (m_waiting.isEmpty())
        return {};
    const QByteArray search = m_waiting;
    const Answer answer = execute(quint8(search.at(0)), search.mid(1));
    if (answer.waits)
        return {};
    m_waiting.clear();
    return {false, {answerEmission(answer)}};
}

VirtualPn532::Reaction VirtualPn532::receive(const QByteArray &bytes)
{
    m_scanner.append(bytes);
    Reaction whole;
    while (true) {
        if (m_asleep) {
            if (!m_scanner.skipPast(wakeUp))
                return whole;
            m_asleep = false;
        }
        const std::optional<HostFrame> frame = m_scanner.next();
        if (!frame)
            return whole;
        if (frame->kind == HostFrame::Kind::Nack) {
            if (!m_lastFrame.isEmpty())
                whole.emissions << Emission{m_lastFrame, m_time.serial(m_lastFrame.size())};
            continue;
        }
        m_waiting.clear();
        const int newSpeed = std::exchange(m_speedAfterAck, 0);
        Reaction reaction;
        if (frame->kind == HostFrame::Kind::Command)
            reaction = command(frame->payload);
        else if (newSpeed > 0)
            m_time.speed = m_speed = newSpeed;
        // The host's ACK and a new command both end what runs.
        whole.cancels = true;
        whole.emissions = std::move(reaction.emissions);
    }
}

VirtualPn532::Reaction VirtualPn532::command(const QByteArray &payload)
{
    Reaction reaction;
    reaction.emissions << Emission{ackFrame(), m_time.serial(payload.size() + 8) +
                                                   m_time.serial(ackFrame().size())};
    const Answer answer = execute(quint8(payload.at(0)), payload.mid(1));
    if (answer.waits)
        m_waiting = payload;
    else
        reaction.emissions << answerEmission(answer);
    return reaction;
}

VirtualPn532::Emission VirtualPn532::answerEmission(Answer answer)
{
    QByteArray frame;
    applyFaults(answer.payload, frame);
    m_lastFrame = frame;
    return {frame, m_time.chip() + answer.work + m_time.serial(frame.size())};
}

void VirtualPn532::applyFaults(QByteArray &payload, QByteArray &frame)
{
    if (payload.isEmpty()) {
        frame = errorFrame();
        return;
    }
    if (m_forced > 0 && payload.size() > 1 && hasStatus(quint8(payload.at(0) - 1))) {
        --m_forced;
        payload[1] = char(m_forcedStatus);
    }
    frame = chipFrame(payload);
    if (m_corrupt > 0) {
        --m_corrupt;
        // A different byte each time: start code, length, checks, code, data.
        const qsizetype at = 2 + m_corruptAt++ % (frame.size() - 3);
        frame[at] = char(frame.at(at) ^ 0x5A);
    }
}

VirtualPn532::Answer VirtualPn532::execute(quint8 code, const QByteArray &data)
{
    switch (code) {
    case Diagnose:
        return diagnose(data);
    case GetFirmwareVersion:
        return {reply(code, QByteArray::fromHex("32010607"))};
    case GetGeneralStatus:
        return generalStatus();
    case ReadRegister:
        return readRegisters(data);
    case WriteRegister:
        return writeRegisters(data);
    case SetParameters:
        if (data.size() != 1)
            return {};
        m_parameters = quint8(data.at(0));
        return {reply(code)};
    case SetSerialBaudRate:
        return setSpeed(data);
    case SamConfiguration:
        return data.isEmpty() ? Answer{} : Answer{reply(code)};
    case PowerDown:
        if (data.isEmpty())
            return {};
        m_field.setPower(false);
        m_asleep = true;
        return {statusReply(code, Good)};
    case RfConfiguration:
        return configureField(data);
    case InListPassiveTarget:
        return listTargets(data);
    case InAutoPoll:
        return autoPoll(data);
    case InDataExchange:
        return exchange(data);
    case InCommunicateThru:
        return communicateThrough(data);
    case InDeselect:
    case InRelease:
    case InSelect:
        return release(code, data);
    default:
        return {};
    }
}

VirtualPn532::Answer VirtualPn532::diagnose(const QByteArray &data) const
{
    if (data.isEmpty())
        return {};
    constexpr char communicationLine = 0;
    if (data.at(0) == communicationLine)
        return {reply(Diagnose, data)};
    return {statusReply(Diagnose, Good)};
}

VirtualPn532::Answer VirtualPn532::generalStatus() const
{
    QByteArray data{"\0", 1};
    data += char(m_field.power() ? 1 : 0);
    data += char(m_field.hasTarget() ? 1 : 0);
    if (m_field.hasTarget())
        data += QByteArray::fromHex("01000000");
    return {reply(GetGeneralStatus, data + '\0')};
}

VirtualPn532::Answer VirtualPn532::readRegisters(const QByteArray &data) const
{
    if (data.isEmpty() || data.size() % 2 != 0)
        return {};
    QByteArray values;
    for (qsizetype at = 0; at < data.size(); at += 2)
        values +=
            char(m_registers.value(quint16(quint8(data.at(at)) << 8 | quint8(data.at(at + 1)))));
    return {reply(ReadRegister, values)};
}

VirtualPn532::Answer VirtualPn532::writeRegisters(const QByteArray &data)
{
    if (data.isEmpty() || data.size() % 3 != 0)
        return {};
    for (qsizetype at = 0; at < data.size(); at += 3)
        m_registers.insert(quint16(quint8(data.at(at)) << 8 | quint8(data.at(at + 1))),
                           quint8(data.at(at + 2)));
    return {reply(WriteRegister)};
}

VirtualPn532::Answer VirtualPn532::setSpeed(const QByteArray &data)
{
    constexpr std::array speeds{9600,   19200,  38400,  57600,  speedAfterReset,
                                230400, 460800, 921600, 1288000};
    const size_t code = data.size() == 1 ? size_t(quint8(data.at(0))) : speeds.size();
    if (code >= speeds.size())
        return {};
    // The answer still goes out at the old speed; the host's ACK to it is the signal.
    m_speedAfterAck = speeds[code];
    return {reply(SetSerialBaudRate)};
}

VirtualPn532::Answer VirtualPn532::configureField(const QByteArray &data)
{
    enum Item : quint8 { Field = 0x01, Timings = 0x02, RetriesCom = 0x04, Retries = 0x05 };
    if (data.size() < 2)
        return {};
    switch (quint8(data.at(0))) {
    case Field:
        m_field.setPower((quint8(data.at(1)) & 1) != 0);
        break;
    case Retries:
        if (data.size() != 4)
            return {};
        m_activationRetries = quint8(data.at(3));
        break;
    case Timings:
    case RetriesCom:
    default:
        break;
    }
    return {reply(RfConfiguration)};
}

std::optional<QByteArray> VirtualPn532::search(quint8 kind, const QByteArray &data, bool rats)
{
    enum Kind : quint8 { TypeA = 0, Felica212 = 1, Felica424 = 2, TypeB = 3 };
    // A search switches the field on by itself.
    m_field.setPower(true);
    m_rest.clear();
    m_outgoing.clear();
    switch (kind) {
    case TypeA:
        return m_field.activateTypeA(withoutCascadeTags(data), rats);
    case Felica212:
    case Felica424:
        return m_field.activateFelica(data);
    case TypeB:
        return m_field.activateTypeB();
    default:
        return std::nullopt;
    }
}

VirtualPn532::Answer VirtualPn532::listTargets(const QByteArray &data)
{
    constexpr quint8 lastKind = 4;
    if (data.size() < 2 || data.at(0) < 1 || data.at(0) > 2 || quint8(data.at(1)) > lastKind)
        return {};
    const bool rats = (m_parameters & automaticRats) != 0;
    const int tries = m_activationRetries == withoutEnd ? 1 : m_activationRetries + 1;
    for (int failed = 0; failed < tries; ++failed) {
        const auto target = search(quint8(data.at(1)), data.mid(2), rats);
        if (target)
            return {reply(InListPassiveTarget, QByteArray::fromHex("0101") + *target),
                    m_time.emptyTry() * failed + m_time.activation() + m_time.air(target->size())};
    }
    if (m_activationRetries == withoutEnd)
        return {{}, {}, true};
    return {statusReply(InListPassiveTarget, 0), m_time.emptyTry() * tries};
}

VirtualPn532::Answer VirtualPn532::autoPoll(const QByteArray &data)
{
    if (data.size() < 3)
        return {};
    for (const char type : data.mid(2)) {
        const quint8 kind = quint8(type) & 0x0F;
        const bool blocks = (quint8(type) & 0x20) != 0;
        const QByteArray poll =
            kind == 1 || kind == 2 ? QByteArray::fromHex("00FFFF0100") : QByteArray{};
        const auto target = search(kind, poll, blocks);
        if (!target || (blocks && !m_field.card()->speaksApdus()))
            continue;
        const QByteArray found = '\x01' + *target;
        return {reply(InAutoPoll, '\x01' + QByteArray(1, type) + char(found.size()) + found),
                m_time.activation() + m_time.air(found.size())};
    }
    m_field.deactivate();
    if (quint8(data.at(0)) == withoutEnd)
        return {{}, {}, true};
    return {statusReply(InAutoPoll, 0),
            m_time.poll(quint8(data.at(0)), quint8(data.at(1)), data.size() - 2)};
}

VirtualPn532::Answer VirtualPn532::exchange(const QByteArray &data)
{
    if (data.isEmpty())
        return {};
    const quint8 target = quint8(data.at(0));
    if ((target & 0x3F) != 1 || !m_field.hasTarget())
        return {statusReply(InDataExchange, WrongContext)};
    if (data.size() == 1 && !m_rest.isEmpty())
        return nextPiece(InDataExchange);
    m_rest.clear();
    m_outgoing += data.mid(1);
    if (m_outgoing.size() > longestCommand) {
        m_outgoing.clear();
        return {statusReply(InDataExchange, WrongContext)};
    }
    if ((target & moreFromHost) != 0)
        return {statusReply(InDataExchange, Good), m_time.air(data.size())};
    const QByteArray command = std::exchange(m_outgoing, {});
    const VirtualCard *card = m_field.card();
    const bool authentication = card && card->tech == VirtualCard::Tech::MifareClassic &&
                                !command.isEmpty() && (quint8(command.at(0)) & 0xFE) == 0x60;
    const auto answer = m_field.exchange(command);
    if (!answer && authentication)
        return {statusReply(InDataExchange, AuthenticationFailed), m_time.air(command.size())};
    return cardAnswer(InDataExchange, command, answer);
}

VirtualPn532::Answer VirtualPn532::communicateThrough(const QByteArray &data)
{
    return cardAnswer(InCommunicateThru, data, m_field.exchangeRaw(data));
}

VirtualPn532::Answer VirtualPn532::cardAnswer(quint8 code, const QByteArray &command,
                                              const std::optional<QByteArray> &answer)
{
    if (!answer) {
        const VirtualCard *card = m_field.card();
        return {statusReply(code, RfTimeout), m_time.silence(card ? card->ats : QByteArray{})};
    }
    m_rest = *answer;
    Answer piece = nextPiece(code);
    piece.work = m_time.air(command.size() + answer->size());
    return piece;
}

VirtualPn532::Answer VirtualPn532::nextPiece(quint8 code)
{
    const QByteArray piece = m_rest.first(std::min(m_rest.size(), longestPiece));
    m_rest.remove(0, piece.size());
    const quint8 status = m_rest.isEmpty() ? Good : MoreToCome;
    return {reply(code, char(status) + piece)};
}

VirtualPn532::Answer VirtualPn532::release(quint8 code, const QByteArray &data)
{
    if (data.size() != 1)
        return {};
    if (quint8(data.at(0)) > 1)
        return {statusReply(code, WrongContext)};
    if (code == InSelect)
        return {statusReply(code, m_field.hasTarget() ? Good : WrongContext)};
    m_field.halt();
    m_rest.clear();
    m_outgoing.clear();
    return {statusReply(code, Good)};
}

} // namespace upgradedesk
