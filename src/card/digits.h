#pragma once

#include <QStringView>

#include <algorithm>

namespace upgradedesk
{

/// At least one character, all of them ASCII digits: QChar::isDigit() would take other scripts'
/// too.
[[nodiscard]] inline bool onlyDigits(QStringView text)
{
    return !text.isEmpty() &&
           std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

} // namespace upgradedesk
