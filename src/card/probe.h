#pragma once

#include "card/cardsighting.h"
#include "card/catalogue.h"
#include "card/transceiver.h"

#include <QByteArray>

namespace upgradedesk
{

/// What the reader knows of a card before any APDU. Fields that do not belong to the technology
/// stay empty.
struct Target {
    enum class Tech { Iso14443A, Felica, Iso14443B };

    Tech tech = Tech::Iso14443A;
    QByteArray uid; ///< never a card number; a first byte 08 changes with each tap
    quint8 sak = 0;
    QByteArray atqa;
    QByteArray ats;
    QByteArray felicaSystemCode; ///< two bytes
    QByteArray felicaId;

    bool operator==(const Target &) const = default;
};

/// Finds out what card this is with as few commands as possible and stops at the first whole valid
/// number. Reads no balance, no history and nothing of a bank card or identity card. `elapsedMs`
/// stays 0. Any failure of the transceiver ends in read-error `card-lost`; nothing half read is
/// ever returned.
[[nodiscard]] CardSighting probe(Transceiver &transceiver, const Target &target,
                                 const Catalogue &catalogue);

} // namespace upgradedesk
