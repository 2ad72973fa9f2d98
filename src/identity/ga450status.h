#pragma once

#include "core/error.h"

#include <QByteArray>
#include <QString>

namespace upgradedesk
{

// What is said over the line to a GA 450 reader, and what its answers mean.

/// A command of the desk as the body of a frame: CMD and PARA. Fingerprints and the added address
/// are never asked for.
namespace ga450
{
inline const QByteArray resetSam = QByteArray::fromHex("10FF");
inline const QByteArray samStatus = QByteArray::fromHex("11FF");
inline const QByteArray findCard = QByteArray::fromHex("2001");
inline const QByteArray selectCard = QByteArray::fromHex("2002");
inline const QByteArray readRecord = QByteArray::fromHex("3001");
} // namespace ga450

/// What to do on SW3 of an answer.
enum class Ga450Meaning {
    Done,         ///< 90
    CardFound,    ///< 9F
    NoCard,       ///< 80: none, or the one that was read still lies there
    SelectFailed, ///< 81: to be placed again
    ReadFailed,   ///< 41: to be read once more, then placed again
    Refused,      ///< 31, 32, 33: the card or the SAM is not genuine
    UnknownCard,  ///< 40
    Empty,        ///< 91
    ResetNeeded,  ///< 47: the SAM has no random number
    OutOfService, ///< 60, 66
    Fault,        ///< every other
};

[[nodiscard]] Ga450Meaning ga450Meaning(quint8 status);

/// The failure that SW3 tells. Where the reader is to blame its arguments are SW3 in hex and the
/// key `ga450.60` of the word for it.
[[nodiscard]] Error ga450Error(quint8 status);

} // namespace upgradedesk
