#pragma once

#include "core/localtext.h"
#include "core/sentences.h"

#include <QList>
#include <QString>

namespace upgradedesk::doctor
{

/// One thing that was looked at. Nothing of a passenger is in it.
struct Check {
    QString name; ///< stable word, such as `reader-lock`
    bool ok = true;
    LocalText detail; ///< what was found
    LocalText fix;    ///< what to do, empty when all is well

    bool operator==(const Check &) const = default;
};

[[nodiscard]] inline Check good(const QString &name, LocalText detail)
{
    return {name, true, std::move(detail), {}};
}

[[nodiscard]] inline Check bad(const QString &name, LocalText detail, LocalText fix)
{
    return {name, false, std::move(detail), std::move(fix)};
}

/// The sentence of an error, as a check tells it.
[[nodiscard]] inline LocalText saidOf(const Error &error)
{
    return {sentence(error, Language::Chinese), sentence(error, Language::English)};
}

} // namespace upgradedesk::doctor
