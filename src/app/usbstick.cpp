#include "app/usbstick.h"

#include <QDir>
#include <QFileInfo>
#include <QStorageInfo>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

QString usbStick()
{
    const auto volumes = QStorageInfo::mountedVolumes();
    for (const QStorageInfo &volume : volumes) {
        const QString root = volume.rootPath();
        // Where desktops and udisks mount what is plugged in.
        const bool removable = root.startsWith(u"/media/"_s) || root.startsWith(u"/run/media/"_s);
        if (removable && volume.isReady() && !volume.isReadOnly() && QFileInfo(root).isWritable())
            return root;
    }
    return {};
}

QString newestFile(const QString &folder, const QString &ending)
{
    const QFileInfoList files =
        QDir(folder).entryInfoList({u'*' + ending}, QDir::Files | QDir::Readable, QDir::Time);
    return files.isEmpty() ? QString() : files.first().filePath();
}

} // namespace upgradedesk
