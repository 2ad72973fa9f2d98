#include "core/sentences.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

static void loadTextResource()
{
    Q_INIT_RESOURCE(texts);
}

namespace upgradedesk
{
namespace
{

QJsonObject loadTexts()
{
    loadTextResource();
    QFile file(u":/texts/errors.json"_s);
    // Compiled in, and a test reads every code: an open that fails is our own mistake.
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    Q_UNUSED(opened);
    return QJsonDocument::fromJson(file.readAll()).object();
}

} // namespace

QString sentence(const Error &error, Language language)
{
    static const QJsonObject texts = loadTexts();
    const QJsonObject row = texts.value(errorKey(error.code)).toObject();
    QString text = row.value(language == Language::Chinese ? u"zh_CN"_s : u"en"_s).toString();
    for (const QString &arg : error.args)
        text = text.arg(arg);
    return text;
}

QString sentence(ErrorCode code, Language language)
{
    return sentence(Error{code, {}, {}}, language);
}

} // namespace upgradedesk
