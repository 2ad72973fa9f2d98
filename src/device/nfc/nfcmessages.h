#pragma once

#include "card/cardsighting.h"
#include "core/result.h"

#include <QByteArray>
#include <QStringList>

#include <optional>
#include <variant>

namespace upgradedesk
{

/// What the child tells its parent. Each message is four bytes of length (big-endian) and one JSON
/// object.
struct NfcReady {
    QString name; ///< the reader's name as libnfc gives it
    bool operator==(const NfcReady &) const = default;
};
/// The reader cannot be used; the child goes on trying.
struct NfcTrouble {
    ErrorCode code = ErrorCode::ReaderLost;
    QStringList args; ///< of the sentence
    bool operator==(const NfcTrouble &) const = default;
};
struct NfcArrived {
    CardSighting sighting;
    bool operator==(const NfcArrived &) const = default;
};
/// The field is empty; also told once after NfcReady.
struct NfcLeft {
    bool operator==(const NfcLeft &) const = default;
};
/// Nothing new, but the child is not stuck.
struct NfcAlive {
    bool operator==(const NfcAlive &) const = default;
};

using NfcMessage = std::variant<NfcReady, NfcTrouble, NfcArrived, NfcLeft, NfcAlive>;

/// One frame, ready to be written.
[[nodiscard]] QByteArray encodeNfcMessage(const NfcMessage &message);

/// Cuts a stream into messages. Strict: an unknown word, a wrong type, a missing or an unknown key,
/// a length out of range make it fail, and after the first failure it stays failed until clear().
class NfcMessageReader final
{
public:
    static constexpr qsizetype longestBody = 4096;

    void append(const QByteArray &bytes);

    /// The next whole message, nothing when more bytes are needed.
    [[nodiscard]] Result<std::optional<NfcMessage>> next();

    void clear();

private:
    QByteArray m_bytes;
    bool m_failed = false;
};

} // namespace upgradedesk
