#include "flow/rules.h"

#include "core/jsonfile.h"

#include <QCryptographicHash>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

/// Checks the schema of rules.json while it reads; the first mistake is kept and ends the reading.
class RulesReader
{
public:
    explicit RulesReader(const JsonFile &file)
        : m_file(file)
    {
    }

    Result<Rules> read()
    {
        const QJsonObject root = m_file.root();
        known(root, {},
              {u"version"_s, u"from"_s, u"slots"_s, u"limits"_s, u"firstTopUpFrom"_s, u"testDays"_s,
               u"notices"_s});
        m_rules.m_version = text(root, u"version"_s, {});
        m_rules.m_from = date(root, u"from"_s, {});
        m_rules.m_firstTopUpFrom = date(root, u"firstTopUpFrom"_s, {});
        slotsOf(root);
        list(root, u"limits"_s, {}, [this](const QJsonObject &row, const QString &at) {
            known(row, at,
                  {u"from"_s, u"physicalPerPerson"_s, u"phonePerPerson"_s, u"cardsPerAgent"_s,
                   u"guardianUnderAge"_s, u"guardianFromAge"_s});
            m_rules.m_limits.append(
                {date(row, u"from"_s, at),
                 {number(row, u"physicalPerPerson"_s, at), number(row, u"phonePerPerson"_s, at),
                  number(row, u"cardsPerAgent"_s, at), number(row, u"guardianUnderAge"_s, at),
                  number(row, u"guardianFromAge"_s, at)}});
        });
        list(root, u"testDays"_s, {}, [this](const QJsonObject &row, const QString &at) {
            known(row, at, {u"venue"_s, u"from"_s, u"maxDays"_s});
            m_rules.m_testDays.append({text(row, u"venue"_s, at), date(row, u"from"_s, at),
                                       number(row, u"maxDays"_s, at)});
        });
        list(root, u"notices"_s, {},
             [this](const QJsonObject &row, const QString &at) { notice(row, at); });
        if (m_error)
            return tl::unexpected<Error>(*m_error);

        const auto earlier = [](const auto &a, const auto &b) { return a.from < b.from; };
        std::ranges::stable_sort(m_rules.m_limits, earlier);
        std::ranges::stable_sort(m_rules.m_testDays, earlier);
        std::ranges::stable_sort(m_rules.m_notices, earlier);
        return std::move(m_rules);
    }

private:
    static QString join(const QString &at, const QString &key)
    {
        return at.isEmpty() ? key : at + u'/' + key;
    }

    void wrong(const QString &at, const QString &why)
    {
        if (!m_error)
            m_error = m_file.schemaError(at, why);
    }

    void known(const QJsonObject &object, const QString &at, const QStringList &keys)
    {
        for (const QString &key : object.keys()) {
            if (!keys.contains(key))
                wrong(join(at, key), u"unknown key"_s);
        }
    }

    QString text(const QJsonObject &object, const QString &key, const QString &at)
    {
        const QString value = object.value(key).toString();
        if (value.isEmpty())
            wrong(join(at, key), u"a text is needed"_s);
        return value;
    }

    QDate date(const QJsonObject &object, const QString &key, const QString &at)
    {
        const QDate value = QDate::fromString(object.value(key).toString(), Qt::ISODate);
        if (!value.isValid())
            wrong(join(at, key), u"a date YYYY-MM-DD is needed"_s);
        return value;
    }

    int number(const QJsonObject &object, const QString &key, const QString &at)
    {
        const int value = object.value(key).toInt(-1);
        if (value < 0 || value > 1000)
            wrong(join(at, key), u"a whole number from 0 to 1000 is needed"_s);
        return value;
    }

    template <typename Row>
    void list(const QJsonObject &object, const QString &key, const QString &at, Row row)
    {
        const QJsonArray rows = object.value(key).toArray();
        if (rows.isEmpty())
            wrong(join(at, key), u"a list with at least one row is needed"_s);
        for (qsizetype i = 0; i < rows.size(); ++i)
            row(rows[i].toObject(), join(at, key) + u'/' + QString::number(i));
    }

    void slotsOf(const QJsonObject &root)
    {
        const QJsonObject object = root.value(u"slots"_s).toObject();
        if (object.isEmpty())
            wrong(u"slots"_s, u"an object is needed"_s);
        for (const QString &medium : object.keys()) {
            const QString slot = object.value(medium).toString();
            if (slot != u"physical" && slot != u"phone")
                wrong(u"slots/"_s + medium, u"physical or phone is needed"_s);
            m_rules.m_slots.insert(medium, slot);
        }
    }

    void notice(const QJsonObject &row, const QString &at)
    {
        known(row, at, {u"version"_s, u"from"_s, u"until"_s, u"purposes"_s, u"text"_s});
        Notice notice;
        notice.version = text(row, u"version"_s, at);
        notice.from = date(row, u"from"_s, at);
        if (row.contains(u"until"_s))
            notice.until = date(row, u"until"_s, at);
        for (const QJsonValue &purpose : row.value(u"purposes"_s).toArray())
            notice.purposes << purpose.toString();
        if (notice.purposes.isEmpty() || notice.purposes.contains(QString()))
            wrong(join(at, u"purposes"_s), u"a list of texts is needed"_s);
        const QJsonObject texts = row.value(u"text"_s).toObject();
        known(texts, join(at, u"text"_s), {u"zh_CN"_s, u"en"_s});
        notice.chinese = noticeText(texts, u"zh_CN"_s, join(at, u"text"_s));
        notice.english = noticeText(texts, u"en"_s, join(at, u"text"_s));
        m_rules.m_notices.append(notice);
    }

    NoticeText noticeText(const QJsonObject &texts, const QString &language, const QString &at)
    {
        const QString here = join(at, language);
        const QJsonObject lines = texts.value(language).toObject();
        known(lines, here, {u"collected"_s, u"purpose"_s, u"recipient"_s, u"withdrawal"_s});
        return {text(lines, u"collected"_s, here), text(lines, u"purpose"_s, here),
                text(lines, u"recipient"_s, here), text(lines, u"withdrawal"_s, here)};
    }

    const JsonFile &m_file;
    Rules m_rules;
    std::optional<Error> m_error;
};

namespace
{

/// The last row that has begun on that day, else the first; rows are sorted by `from`.
template <typename Row>
const Row &inForce(const QList<Row> &rows, QDate day)
{
    const auto after = std::ranges::upper_bound(rows, day, {}, &Row::from);
    return after == rows.begin() ? rows.first() : *std::prev(after);
}

} // namespace

const NoticeText &Notice::text(Language language) const
{
    return language == Language::Chinese ? chinese : english;
}

QString Notice::hash(Language language) const
{
    const NoticeText &lines = text(language);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString &line : {lines.collected, lines.purpose, lines.recipient, lines.withdrawal})
        hash.addData(line.toUtf8() + '\n');
    return QString::fromLatin1(hash.result().toHex());
}

Result<Rules> Rules::load(const QString &path)
{
    const auto file = JsonFile::load(path, ErrorCode::RulesUnreadable, ErrorCode::RulesInvalid);
    if (!file)
        return tl::unexpected<Error>(file.error());
    return RulesReader(*file).read();
}

const Limits &Rules::limits(QDate day) const
{
    return inForce(m_limits, day).limits;
}

std::optional<QString> Rules::slot(const QString &medium) const
{
    const auto slot = m_slots.constFind(medium);
    if (slot == m_slots.constEnd())
        return std::nullopt;
    return *slot;
}

std::optional<int> Rules::testDays(const QString &venue, QDate day) const
{
    std::optional<int> days;
    for (const TestDays &row : m_testDays) {
        if (row.venue == venue && row.from <= day)
            days = row.maxDays;
    }
    return days;
}

const Notice &Rules::currentNotice(QDate day) const
{
    const Notice *newest = &inForce(m_notices, day);
    // A newer version may be short-lived: when it has ended, the one before it that has not is in
    // use again.
    for (const Notice &notice : m_notices) {
        if (notice.from <= day && (!notice.until || *notice.until >= day))
            newest = &notice;
    }
    return *newest;
}

const Notice *Rules::notice(const QString &version) const
{
    const auto found = std::ranges::find(m_notices, version, &Notice::version);
    return found == m_notices.end() ? nullptr : &*found;
}

} // namespace upgradedesk
