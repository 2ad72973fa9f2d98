#include "hub/subjecttext.h"

#include "core/clock.h"
#include "core/sentences.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

LocalText wordIn(const QString &key)
{
    return {word(key, Language::Chinese), word(key, Language::English)};
}

/// A word of a family, else what the record says.
LocalText wordOf(const QString &family, const QString &value)
{
    const LocalText text = wordIn(u"subject."_s + family + u'.' + value);
    return text.chinese.isEmpty() ? LocalText{value, value} : text;
}

LocalText same(const QString &text)
{
    return {text, text};
}

QString momentOf(const QDateTime &time)
{
    return toBeijing(time).toString(u"yyyy-MM-dd HH:mm"_s);
}

/// The values in their places, all at once: what a value says is no place for another one.
QString withValues(const QString &text, const QStringList &values)
{
    QString all;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const qsizetype place = text[i] == u'%' ? text.mid(i + 1, 1).toInt() : 0;
        if (place == 0)
            all += text[i];
        else
            all += values.value(place - 1);
        i += place == 0 ? 0 : 1;
    }
    return all;
}

LocalText filled(const QString &key, const QList<LocalText> &values)
{
    QStringList chinese;
    QStringList english;
    for (const LocalText &value : values) {
        chinese << value.chinese;
        english << value.english;
    }
    const LocalText text = wordIn(u"subject."_s + key);
    return {withValues(text.chinese, chinese), withValues(text.english, english)};
}

/// Lines of a sheet in both languages at once.
class Sheet
{
public:
    explicit Sheet(const DocumentKinds &documents)
        : m_documents(documents)
    {
    }

    void line(const QString &key, const QList<LocalText> &values)
    {
        const LocalText text = filled(key, values);
        // The first line stands out.
        const QString indent = m_text.chinese.isEmpty() ? QString() : u"\n  "_s;
        m_text.chinese += indent + text.chinese;
        m_text.english += indent + text.english;
    }

    void document(const QString &key, const Person &person)
    {
        const DocumentKind *kind = m_documents.kind(person.documentKind);
        line(key, {kind ? kind->name : same(person.documentKind), same(person.documentNumber),
                   same(person.name)});
    }

    [[nodiscard]] const LocalText &text() const { return m_text; }

private:
    const DocumentKinds &m_documents;
    LocalText m_text;
};

LocalText outcomeOf(const RecordFate &fate)
{
    if (fate.reason.isEmpty())
        return wordIn(fate.holds ? u"subject.holds"_s : u"subject.ended"_s);
    return filled(u"refused"_s, {{rejectionWord(fate.reason, {}, Language::Chinese),
                                  rejectionWord(fate.reason, {}, Language::English)}});
}

QJsonObject inJson(const Person &person)
{
    return {{u"docKind"_s, person.documentKind},
            {u"docNumber"_s, person.documentNumber},
            {u"name"_s, person.name}};
}

} // namespace

LocalText subjectText(const wire::Record &record, const RecordFate &fate,
                      const DocumentKinds &documents)
{
    Sheet sheet(documents);
    sheet.line(u"what"_s, {same(momentOf(record.deskTime)), wordOf(u"kind"_s, record.kind)});
    sheet.document(u"document"_s, record.holder);
    if (!record.holder.name.isEmpty())
        sheet.line(u"name"_s, {same(record.holder.name)});
    if (record.medium.isEmpty())
        sheet.line(u"card"_s, {same(record.card)});
    else
        sheet.line(u"card-medium"_s, {same(record.card), wordOf(u"medium"_s, record.medium)});
    if (!record.oldCard.isEmpty())
        sheet.line(u"old-card"_s, {same(record.oldCard)});
    if (!record.changesLink() && !record.reason.isEmpty())
        sheet.line(u"way"_s, {wordOf(u"way"_s, record.reason)});
    if (record.guardian)
        sheet.document(u"guardian"_s, *record.guardian);
    if (record.agent)
        sheet.document(u"agent"_s, *record.agent);
    if (!record.healthCode.isEmpty())
        sheet.line(u"health-code"_s, {same(record.healthCode)});
    for (const Consent &consent : record.consents)
        sheet.line(u"consent"_s, {wordOf(u"purpose"_s, consent.purpose), same(consent.version),
                                  same(momentOf(consent.at)), wordOf(u"by"_s, consent.by)});
    sheet.line(u"made-at"_s, {same(record.desk), same(record.operatorId)});
    sheet.line(u"decided"_s, {same(momentOf(fate.at)), outcomeOf(fate)});
    sheet.line(u"record"_s, {same(record.id)});
    return sheet.text();
}

QJsonObject subjectJson(const wire::Record &record, const RecordFate &fate)
{
    QJsonObject object = inJson(record.holder);
    object.insert(u"record"_s, record.id);
    object.insert(u"kind"_s, record.kind);
    object.insert(u"at"_s, fate.at.toString(Qt::ISODateWithMs));
    object.insert(u"reason"_s, fate.reason);
    object.insert(u"holds"_s, fate.holds);
    object.insert(u"desk"_s, record.desk);
    object.insert(u"operator"_s, record.operatorId);
    object.insert(u"card"_s, record.card);
    object.insert(u"medium"_s, record.medium);
    object.insert(u"oldCard"_s, record.oldCard);
    object.insert(u"way"_s, record.reason);
    object.insert(u"healthCode"_s, record.healthCode);
    if (record.guardian)
        object.insert(u"guardian"_s, inJson(*record.guardian));
    if (record.agent)
        object.insert(u"agent"_s, inJson(*record.agent));
    QJsonArray consents;
    for (const Consent &consent : record.consents)
        consents << QJsonObject{{u"purpose"_s, consent.purpose},
                                {u"version"_s, consent.version},
                                {u"language"_s, consent.language},
                                {u"by"_s, consent.by},
                                {u"at"_s, consent.at.toString(Qt::ISODateWithMs)}};
    object.insert(u"consents"_s, consents);
    return object;
}

LocalText subjectHealth(const QString &level, const QString &testDay, const QDateTime &asOf,
                        const QString &source)
{
    return filled(testDay.isEmpty() ? u"health"_s : u"health-tested"_s,
                  {wordOf(u"level"_s, level), same(momentOf(asOf)), wordOf(u"source"_s, source),
                   same(testDay)});
}

LocalText subjectUnknown()
{
    return wordIn(u"subject.nothing"_s);
}

} // namespace upgradedesk::hub
