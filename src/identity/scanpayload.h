#pragma once

#include <QByteArrayView>
#include <QString>

namespace upgradedesk
{

/// What a barcode scanner sent, told apart by its shape alone. A health code is opaque: it is sent
/// on, never looked into.
struct ScanPayload {
    enum class Kind { CardNumber, HealthCode, Mrz, Unknown };
    /// Why nothing can be done with it. The text itself is not kept.
    enum class Reason {
        None,
        Empty,
        TooLong,     ///< more than 8 KiB
        NotText,     ///< bytes that are no text in UTF-8 or GB18030, or with control characters
        Document,    ///< a number of an identity document without a name: it proves nobody
        Certificate, ///< an international health certificate: gates here do not take it
        Link,        ///< an address of a web page or an application, as payment codes are
        Other
    };

    Kind kind = Kind::Unknown;
    Reason reason = Reason::None;
    /// Digits only; the lines of the zone, parted by a line feed; the code as it was scanned. Empty
    /// where the kind is not known.
    QString text;

    bool operator==(const ScanPayload &) const = default;
};

/// `card-number`, `health-code`, `mrz`, `unknown`.
[[nodiscard]] QString scanKindKey(ScanPayload::Kind kind);
/// `empty`, `too-long`, `not-text`, `document-number`, `certificate`, `link`, `other`; empty for
/// none.
[[nodiscard]] QString scanReasonKey(ScanPayload::Reason reason);

/// Takes any bytes: one scan without its end of line, or the lines of one zone. UTF-8 is tried
/// first, then GB18030; full-width characters and a scanner's own prefix (`]Q1`, STX) are folded
/// away. A card number is not checked here: 16, 17, 19 or 20 digits, as cards have them printed.
/// Pure.
[[nodiscard]] ScanPayload readScan(QByteArrayView bytes);

/// The same for what came as text, such as from a scanner that types.
[[nodiscard]] ScanPayload readScanText(const QString &text);

} // namespace upgradedesk
