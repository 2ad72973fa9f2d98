#pragma once

#include "core/result.h"
#include "wire/hubstamp.h"
#include "wire/linefile.h"
#include "wire/records.h"

#include <QByteArray>
#include <QDateTime>
#include <QIODevice>
#include <QString>

#include <functional>

namespace upgradedesk::wire
{

// The file that carries the hub's answers back by hand (`upgradehub records import --receipts`,
// `deskctl queue receipts`), lines as in linefile.h:
//
//   {"certificate":…,"desk":…,"epoch":…,"format":"upgradedesk-receipts","hub":…,"hubTime":…,"v":1}
//   {"at":…,"id":…,"outcome":…,"reason":…,"receipt":…}   one line a record
//   {"receipts":N,"sha256":…}                             the last line

/// The first line.
struct ReceiptFileHead {
    QString desk;
    QString hub;
    QByteArray certificate; ///< PEM, whose key signed the receipts: role Hub
    HubStamp stamp;

    bool operator==(const ReceiptFileHead &) const = default;
};

class ReceiptFileEncoder
{
public:
    [[nodiscard]] QByteArray head(const ReceiptFileHead &head);
    [[nodiscard]] QByteArray result(const RecordResult &result);
    [[nodiscard]] QByteArray end();

private:
    LineFileEncoder m_lines;
    qint64 m_results = 0;
};

/// Reads such a file strictly and hands out its results as they come; they count only when this has
/// returned the head. Fails as readRecordFile() does.
[[nodiscard]] Result<ReceiptFileHead>
readReceiptFile(QIODevice &file, const std::function<Result<void>(const RecordResult &)> &visit);

} // namespace upgradedesk::wire
