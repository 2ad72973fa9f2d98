#include "core/datafolder.h"

#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

QString profileKey(Profile profile)
{
    switch (profile) {
    case Profile::Production:
        return u"production"_s;
    case Profile::Practice:
        return u"practice"_s;
    case Profile::Training:
        return u"training"_s;
    }
    Q_UNREACHABLE();
}

QString dataFolder(Profile profile)
{
    // Not AppLocalDataLocation: window and command line share the folder whatever their program is
    // called.
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           u"/upgradedesk/"_s + profileKey(profile);
}

} // namespace upgradedesk
