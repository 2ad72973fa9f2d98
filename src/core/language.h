#pragma once

namespace upgradedesk
{

/// The two languages staff and passengers read.
enum class Language { Chinese, English };

/// What LC_ALL, LC_MESSAGES or LANG asks for; Chinese unless it is English.
[[nodiscard]] Language systemLanguage();

} // namespace upgradedesk
