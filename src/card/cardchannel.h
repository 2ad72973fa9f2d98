#pragma once

#include "card/transceiver.h"

#include <QByteArray>

namespace upgradedesk
{

/// The answer of a card after everything it asked for was sent: GET RESPONSE, another Le.
struct CardAnswer {
    enum class Meaning {
        Done,         ///< 9000 and warnings; the length of the data must still be checked
        Absent,       ///< no such file or application, or not supported in this way
        NotPermitted, ///< 6981, 6982, 6985, 6986, 6999
        NotOurKind,   ///< 91xx, a DESFire chip in its native mode
        Other,
    };

    quint16 status = 0;
    QByteArray data;

    [[nodiscard]] Meaning meaning() const;
    /// 6283: the application or file is deactivated.
    [[nodiscard]] bool blocked() const { return status == 0x6283; }
};

/// The few reading commands the probe needs, over one card. Fails with CardLost, or as the
/// transceiver does.
class CardChannel
{
public:
    explicit CardChannel(Transceiver &transceiver);

    [[nodiscard]] Result<CardAnswer> selectByName(const QByteArray &name);
    [[nodiscard]] Result<CardAnswer> selectFile(const QByteArray &identifier);
    /// `length` is Le, 0 for everything.
    [[nodiscard]] Result<CardAnswer> readShortFile(int shortFile, int length);

private:
    [[nodiscard]] Result<CardAnswer> send(const QByteArray &apdu);
    [[nodiscard]] Result<CardAnswer> sendWithRightLength(QByteArray apdu);
    [[nodiscard]] Result<CardAnswer> sendOnce(const QByteArray &apdu);

    Transceiver &m_transceiver;
};

} // namespace upgradedesk
