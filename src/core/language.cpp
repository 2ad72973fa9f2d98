#include "core/language.h"

#include <QString>

namespace upgradedesk
{

Language systemLanguage()
{
    for (const char *name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const QString value = qEnvironmentVariable(name);
        if (!value.isEmpty())
            return value.startsWith(u"en") ? Language::English : Language::Chinese;
    }
    return Language::Chinese;
}

} // namespace upgradedesk
