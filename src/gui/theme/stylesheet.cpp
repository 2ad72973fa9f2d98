#include "gui/theme/stylesheet.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

QString expandStyle(QString sheet, const Theme &theme)
{
    for (const ThemeToken &token : themeTokens())
        sheet.replace(u'@' + token.name + u'@', (theme.*token.colour).name());
    for (const int size : {13, 14, 15, 17, 20, 26, 34, 44, 56, 60})
        sheet.replace(u"@t%1@"_s.arg(size), u"%1px"_s.arg(theme.px(size)));
    for (const int length : {44, 50, 52, 54, 72, 88})
        sheet.replace(u"@h%1@"_s.arg(length), u"%1px"_s.arg(theme.len(length)));
    // Line heights of the single-line types, from the same table.
    for (const auto &[size, line] : {std::pair{34, 43}, {44, 53}, {60, 69}})
        sheet.replace(u"@l%1@"_s.arg(size), u"%1px"_s.arg(theme.px(line)));
    return sheet;
}

QString styleSheet(const Theme &theme)
{
    QFile file(u":/style/desk.qss"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return expandStyle(QString::fromUtf8(file.readAll()), theme);
}

} // namespace upgradedesk
