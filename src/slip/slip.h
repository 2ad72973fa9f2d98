#pragma once

#include "core/datafolder.h"
#include "core/language.h"
#include "storage/records.h"

#include <QList>
#include <QString>

namespace upgradedesk
{

/// What a passenger's receipt is made of: one committed row of the outbox and the desk it was made
/// at. A row holds masked text only, so a receipt cannot say more.
struct Slip {
    storage::QueueRow row;
    QString station;
    QString desk;
    Profile profile = Profile::Production;
};

/// One line of a receipt, whatever it is printed on. Text that is too long for the paper is
/// wrapped there.
struct SlipLine {
    enum class Kind {
        Title,    ///< large, in the middle
        Subtitle, ///< bold, in the middle
        Field,    ///< label and value
        Strong,   ///< a bold sentence
        Text,     ///< a sentence
        Centred,  ///< a line in the middle
        Rule,     ///< a line across the paper
        Code      ///< `text` as a QR code
    };

    Kind kind = Kind::Text;
    QString label; ///< of a Field
    QString text;

    bool operator==(const SlipLine &) const = default;
};

/// The receipt of a record, in the language of its passenger. What the gate says is quoted as it
/// stands there, in Chinese.
[[nodiscard]] QList<SlipLine> slipLines(const Slip &slip, Language language);

/// What a printer prints to show that it works: every kind of line, and nobody's data.
[[nodiscard]] QList<SlipLine> testSlipLines(const QString &station, const QString &desk,
                                            const QDateTime &at, Language language);

} // namespace upgradedesk
