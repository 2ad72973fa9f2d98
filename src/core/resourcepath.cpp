#include "core/resourcepath.h"

#include "core/process.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

QString resourcePath(QStringView relative)
{
    QString folder = qEnvironmentVariable("UPGRADEDESK_RESOURCES");
    if (folder.isEmpty())
        folder = programFolder() + u"/../share/upgradedesk"_s;
    return QDir::cleanPath(folder + u'/' + relative.toString());
}

} // namespace upgradedesk
