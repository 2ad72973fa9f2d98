#pragma once

#include "core/error.h"

#include <tl/expected.hpp>

namespace upgradedesk
{

template <typename T>
using Result = tl::expected<T, Error>;

/// For `return fail(ErrorCode::X, u"why"_s);`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, QString detail = {},
                                                QStringList args = {})
{
    return tl::unexpected<Error>(Error{code, std::move(detail), std::move(args)});
}

} // namespace upgradedesk
