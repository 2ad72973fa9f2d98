#pragma once

namespace upgradedesk
{

/// The two languages staff and passengers read.
enum class Language { Chinese, English };

} // namespace upgradedesk
