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

QJsonObject load(const QString &path)
{
    loadTextResource();
    QFile file(path);
    // Compiled in, and a test reads every code: an open that fails is our own mistake.
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    Q_UNUSED(opened);
    return QJsonDocument::fromJson(file.readAll()).object();
}

QString inLanguage(const QJsonObject &texts, const QString &key, Language language)
{
    const QJsonObject row = texts.value(key).toObject();
    return row.value(language == Language::Chinese ? u"zh_CN"_s : u"en"_s).toString();
}

} // namespace

QString word(const QString &key, Language language)
{
    static const QJsonObject words = load(u":/texts/words.json"_s);
    return inLanguage(words, key, language);
}

QString rejectionWord(const QString &reason, const QString &part, Language language)
{
    const QString known = word(u"reject."_s + reason + part, language);
    return known.isEmpty() ? word(u"reject.other"_s + part, language) : known;
}

QString sentence(const Error &error, Language language)
{
    static const QJsonObject texts = load(u":/texts/errors.json"_s);
    QString text = inLanguage(texts, errorKey(error.code), language);
    for (const QString &arg : error.args)
        text = text.arg(arg.startsWith(u'#') ? word(arg.mid(1), language) : arg);
    return text;
}

QString sentence(ErrorCode code, Language language)
{
    return sentence(Error{code, {}, {}}, language);
}

} // namespace upgradedesk
