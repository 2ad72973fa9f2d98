#include "cli/linkfields.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUtf8StringView>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

tl::unexpected<Error> wrong(const QString &key)
{
    return fail(ErrorCode::InputInvalid, key, {key});
}

/// Guardian or agent: all three entries or none.
Result<std::optional<Person>> person(const QHash<QString, QString> &fields, const QString &role)
{
    const QString kind = role + u"DocKind"_s;
    const QString number = role + u"DocNumber"_s;
    const QString name = role + u"Name"_s;
    if (!fields.contains(kind) && !fields.contains(number) && !fields.contains(name))
        return std::nullopt;
    for (const QString &key : {kind, number, name}) {
        if (fields.value(key).isEmpty())
            return wrong(key);
    }
    return Person{fields.value(kind), fields.value(number), fields.value(name)};
}

} // namespace

const QStringList &linkKeys()
{
    static const QStringList keys{
        u"card"_s,
        u"medium"_s,
        u"docKind"_s,
        u"docNumber"_s,
        u"name"_s,
        u"consent"_s,
        u"reason"_s,
        u"guardianDocKind"_s,
        u"guardianDocNumber"_s,
        u"guardianName"_s,
        u"agentDocKind"_s,
        u"agentDocNumber"_s,
        u"agentName"_s,
        u"healthCode"_s,
    };
    return keys;
}

QString optionOf(const QString &key)
{
    QString option;
    for (const QChar character : key) {
        if (character.isUpper())
            option += u'-';
        option += character.toLower();
    }
    return option;
}

Result<LinkForm> linkForm(const QHash<QString, QString> &fields, const QString &operatorId,
                          const QDateTime &now)
{
    for (const QString &key : {u"card"_s, u"docKind"_s, u"docNumber"_s, u"name"_s}) {
        if (fields.value(key).isEmpty())
            return wrong(key);
    }
    auto guardian = person(fields, u"guardian"_s);
    if (!guardian)
        return tl::unexpected(guardian.error());
    auto agent = person(fields, u"agent"_s);
    if (!agent)
        return tl::unexpected(agent.error());

    LinkForm form;
    form.cardNumber = fields.value(u"card"_s);
    form.medium = fields.value(u"medium"_s, form.medium);
    form.reason = fields.value(u"reason"_s);
    form.holder = {fields.value(u"docKind"_s), fields.value(u"docNumber"_s),
                   fields.value(u"name"_s)};
    form.guardian = std::move(*guardian);
    form.agent = std::move(*agent);
    form.consentVersion = fields.value(u"consent"_s);
    form.consentAt = now;
    form.healthCode = fields.value(u"healthCode"_s);
    form.operatorId = operatorId;
    return form;
}

Result<QHash<QString, QString>> linkFields(const QByteArray &line)
{
    if (!QUtf8StringView(line).isValidUtf8())
        return fail(ErrorCode::InputUnreadable, u"not UTF-8"_s);
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(line, &problem);
    if (problem.error != QJsonParseError::NoError || !document.isObject())
        return wrong(u"#json-object"_s);

    QHash<QString, QString> fields;
    const QJsonObject object = document.object();
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        // The name of a key we do not know could be anything, so it is not repeated.
        if (!linkKeys().contains(entry.key()))
            return wrong(u"#unknown-key"_s);
        if (!entry.value().isString())
            return wrong(entry.key());
        fields.insert(entry.key(), entry.value().toString());
    }
    return fields;
}

} // namespace upgradedesk
