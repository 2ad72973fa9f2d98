#include "app/lookfile.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr qint64 largestFile = 4096;

QString lookPath(const QString &folder)
{
    return QDir(folder).filePath(u"look.json"_s);
}

} // namespace

Look loadLook(const QString &folder)
{
    QFile file(lookPath(folder));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject root = QJsonDocument::fromJson(file.read(largestFile)).object();
    Look look;
    look.dark = root.value(u"theme"_s).toString() == u"dark";
    if (root.value(u"language"_s).toString() == u"en")
        look.language = Language::English;
    const int textSize = root.value(u"textSize"_s).toInt();
    if (textSizes().contains(textSize))
        look.textSize = textSize;
    return look;
}

bool saveLook(const QString &folder, const Look &look)
{
    const QJsonObject root{
        {u"theme"_s, look.dark ? u"dark"_s : u"light"_s},
        {u"language"_s, look.language == Language::English ? u"en"_s : u"zh_CN"_s},
        {u"textSize"_s, look.textSize}};
    QSaveFile file(lookPath(folder));
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.write(QJsonDocument(root).toJson());
    return file.commit();
}

} // namespace upgradedesk
