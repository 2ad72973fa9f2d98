#include "cli/dayoption.h"

#include "core/arguments.h"
#include "core/clock.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

std::optional<QDate> dayOf(const QString &text)
{
    static const QRegularExpression shape(u"^[0-9]{4}-[0-9]{2}-[0-9]{2}\\z"_s);
    const QDate date = QDate::fromString(text, Qt::ISODate);
    if (!shape.match(text).hasMatch() || !date.isValid())
        return std::nullopt;
    return date;
}

std::optional<QDate> dayOption(const Arguments &arguments)
{
    if (!arguments.has(u"on"_s))
        return beijingDate(SystemClock().now());
    return dayOf(arguments.value(u"on"_s));
}

LocalText dayOptionUsage()
{
    return {u"--on 是日期，如 2022-06-01"_s, u"--on is a date such as 2022-06-01"_s};
}

} // namespace upgradedesk
