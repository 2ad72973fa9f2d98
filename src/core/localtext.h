#pragma once

#include "core/language.h"

#include <QString>

namespace upgradedesk
{

/// A text for people in both languages, as data files hold it.
struct LocalText {
    QString chinese;
    QString english;

    [[nodiscard]] const QString &in(Language language) const
    {
        return language == Language::Chinese ? chinese : english;
    }

    bool operator==(const LocalText &) const = default;
};

} // namespace upgradedesk
