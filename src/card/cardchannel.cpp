#include "card/cardchannel.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

// A record of 255 bytes needs one; a chip that always has more to say must not hold the desk.
constexpr int mostGetResponses = 16;

QByteArray select(char p1, const QByteArray &name)
{
    QByteArray apdu = QByteArray::fromHex("00A40000");
    apdu[2] = p1;
    apdu += char(name.size());
    apdu += name;
    apdu += '\0'; // Le: everything
    return apdu;
}

quint8 high(quint16 status)
{
    return quint8(status >> 8);
}

} // namespace

CardAnswer::Meaning CardAnswer::meaning() const
{
    switch (status) {
    case 0x9000:
        return Meaning::Done;
    case 0x6A81:
    case 0x6A82:
    case 0x6A83:
    case 0x6A86:
    case 0x6B00:
    case 0x6D00:
    case 0x6E00:
        return Meaning::Absent;
    case 0x6981:
    case 0x6982:
    case 0x6985:
    case 0x6986:
    case 0x6999:
        return Meaning::NotPermitted;
    default:
        break;
    }
    if (high(status) == 0x62)
        return Meaning::Done;
    if (high(status) == 0x91)
        return Meaning::NotOurKind;
    return Meaning::Other;
}

CardChannel::CardChannel(Transceiver &transceiver)
    : m_transceiver(transceiver)
{
}

Result<CardAnswer> CardChannel::selectByName(const QByteArray &name)
{
    return send(select('\x04', name));
}

Result<CardAnswer> CardChannel::selectFile(const QByteArray &identifier)
{
    return send(select('\x00', identifier));
}

Result<CardAnswer> CardChannel::readShortFile(int shortFile, int length)
{
    QByteArray apdu = QByteArray::fromHex("00B0800000");
    apdu[2] = char(0x80 | shortFile);
    apdu[4] = char(length);
    return send(apdu);
}

Result<CardAnswer> CardChannel::send(const QByteArray &apdu)
{
    auto answer = sendWithRightLength(apdu);
    for (int i = 0; answer && high(answer->status) == 0x61 && i < mostGetResponses; ++i) {
        QByteArray more = QByteArray::fromHex("00C0000000");
        more[4] = char(answer->status & 0xFF);
        auto rest = sendWithRightLength(more);
        if (!rest)
            return rest;
        rest->data.prepend(answer->data);
        // The command itself succeeded; if its data did not all come, its length tells.
        if (rest->meaning() != CardAnswer::Meaning::Done && high(rest->status) != 0x61)
            rest->status = 0x9000;
        answer = std::move(rest);
    }
    if (answer && high(answer->status) == 0x61)
        answer->status = 0x9000;
    return answer;
}

Result<CardAnswer> CardChannel::sendWithRightLength(QByteArray apdu)
{
    auto answer = sendOnce(apdu);
    if (answer && answer->status == 0x6700 && !apdu.endsWith('\0')) {
        apdu.back() = '\0';
        answer = sendOnce(apdu);
    }
    if (answer && high(answer->status) == 0x6C) {
        apdu.back() = char(answer->status & 0xFF);
        answer = sendOnce(apdu);
    }
    return answer;
}

Result<CardAnswer> CardChannel::sendOnce(const QByteArray &apdu)
{
    const auto bytes = m_transceiver.transmit(apdu);
    if (!bytes)
        return tl::unexpected(bytes.error());
    const qsizetype size = bytes->size();
    if (size < 2)
        return fail(ErrorCode::CardLost, u"an answer without a status word"_s);
    const auto status = quint16((quint8(bytes->at(size - 2)) << 8) | quint8(bytes->at(size - 1)));
    return CardAnswer{status, bytes->first(size - 2)};
}

} // namespace upgradedesk
