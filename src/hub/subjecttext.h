#pragma once

#include "core/localtext.h"
#include "hub/database.h"
#include "identity/documentkinds.h"
#include "wire/record.h"

#include <QJsonObject>

namespace upgradedesk::hub
{

/// What became of a record, beside what it says itself.
struct RecordFate {
    QDateTime at;   ///< when the hub decided about it
    QString reason; ///< why it was refused; empty when it was accepted
    bool holds = false;
};

/// Everything a record says of its passenger, for that person: with labels, one fact a line.
[[nodiscard]] LocalText subjectText(const wire::Record &record, const RecordFate &fate,
                                    const DocumentKinds &documents);
/// The same for programs.
[[nodiscard]] QJsonObject subjectJson(const wire::Record &record, const RecordFate &fate);

/// What is known of the person's tests: level, day (empty without one), when that was known, where
/// from.
[[nodiscard]] LocalText subjectHealth(const QString &level, const QString &testDay,
                                      const QDateTime &asOf, const QString &source);

/// That nothing is kept.
[[nodiscard]] LocalText subjectUnknown();

} // namespace upgradedesk::hub
