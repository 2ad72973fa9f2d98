#pragma once

#include "core/result.h"
#include "wire/hubstamp.h"

#include <QByteArray>
#include <QString>

namespace upgradedesk::wire
{

/// The body of an answer that is no success, media type `application/problem+json` (RFC 9457).
struct Problem {
    QString type = QStringLiteral("about:blank");
    QString title;  ///< English
    int status = 0; ///< of HTTP
    QString detail; ///< English, for the log; names nobody
    QString code;   ///< stable word, also the reasons of contracts.md
    QString requestId;
    HubStamp stamp;

    bool operator==(const Problem &) const = default;
};

constexpr auto problemMediaType = "application/problem+json";

[[nodiscard]] QByteArray encodeProblem(const Problem &problem);

/// Strict, at most 16 KiB. Fails with InputInvalid.
[[nodiscard]] Result<Problem> decodeProblem(QByteArrayView text);

} // namespace upgradedesk::wire
