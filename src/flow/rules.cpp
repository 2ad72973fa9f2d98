#include "flow/rules.h"

#include "core/jsonreader.h"

#include <QCryptographicHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

/// Checks the schema of rules.json while it reads.
class RulesReader
{
public:
    explicit RulesReader(const JsonFile &file)
        : m_file(file)
    {
    }

    Result<Rules> read()
    {
        JsonReader root(m_file, m_error);
        m_rules.m_version = root.text(u"version"_s);
        m_rules.m_from = date(root, u"from"_s);
        m_rules.m_firstTopUpFrom = date(root, u"firstTopUpFrom"_s);
        root.object(u"slots"_s, [this](JsonReader &media) {
            for (const QString &medium : media.keys()) {
                const QString slot = media.text(medium);
                if (slot != u"physical" && slot != u"phone")
                    media.wrong(medium, u"physical or phone is needed"_s);
                m_rules.m_slots.insert(medium, slot);
            }
        });
        root.each(u"limits"_s, [this](JsonReader &row) { limits(row); });
        root.each(u"testDays"_s, [this](JsonReader &row) {
            m_rules.m_testDays.append(
                {row.text(u"venue"_s), date(row, u"from"_s), row.number(u"maxDays"_s, 0, 365)});
        });
        root.each(u"notices"_s, [this](JsonReader &row) { notice(row); });
        notEmpty(root, u"limits"_s, m_rules.m_limits);
        notEmpty(root, u"notices"_s, m_rules.m_notices);
        root.finish();
        if (m_error)
            return tl::unexpected<Error>(*m_error);

        const auto earlier = [](const auto &a, const auto &b) { return a.from < b.from; };
        std::ranges::stable_sort(m_rules.m_limits, earlier);
        std::ranges::stable_sort(m_rules.m_testDays, earlier);
        std::ranges::stable_sort(m_rules.m_notices, earlier);
        return std::move(m_rules);
    }

private:
    static QDate date(JsonReader &row, const QString &key)
    {
        const auto value = row.optionalDate(key);
        if (!value)
            row.wrong(key, u"a date YYYY-MM-DD is needed"_s);
        return value.value_or(QDate());
    }

    template <typename Row>
    static void notEmpty(JsonReader &root, const QString &key, const QList<Row> &rows)
    {
        if (rows.isEmpty())
            root.wrong(key, u"a list with at least one row is needed"_s);
    }

    void limits(JsonReader &row)
    {
        const auto number = [&row](const QString &key) { return row.number(key, 0, 1000); };
        Limits limits;
        limits.physicalPerPerson = number(u"physicalPerPerson"_s);
        limits.phonePerPerson = number(u"phonePerPerson"_s);
        limits.cardsPerAgent = number(u"cardsPerAgent"_s);
        limits.guardianUnderAge = number(u"guardianUnderAge"_s);
        limits.guardianFromAge = number(u"guardianFromAge"_s);
        limits.undoMinutes = row.number(u"undoMinutes"_s, 0, 30);
        m_rules.m_limits.append({date(row, u"from"_s), limits});
    }

    void notice(JsonReader &row)
    {
        Notice notice;
        notice.version = row.text(u"version"_s);
        notice.from = date(row, u"from"_s);
        notice.until = row.optionalDate(u"until"_s);
        notice.purposes = row.texts(u"purposes"_s);
        if (notice.purposes.isEmpty())
            row.wrong(u"purposes"_s, u"at least one purpose is needed"_s);
        row.object(u"text"_s, [&notice](JsonReader &languages) {
            languages.object(u"zh_CN"_s,
                             [&](JsonReader &lines) { notice.chinese = noticeText(lines); });
            languages.object(u"en"_s,
                             [&](JsonReader &lines) { notice.english = noticeText(lines); });
        });
        m_rules.m_notices.append(notice);
    }

    static NoticeText noticeText(JsonReader &lines)
    {
        return {lines.text(u"collected"_s), lines.text(u"purpose"_s), lines.text(u"recipient"_s),
                lines.text(u"withdrawal"_s)};
    }

    const JsonFile &m_file;
    std::optional<Error> m_error;
    Rules m_rules;
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

Result<Rules> Rules::parse(const QByteArray &text, const QString &name)
{
    const auto file = JsonFile::parse(text, name, ErrorCode::RulesInvalid);
    if (!file)
        return tl::unexpected<Error>(file.error());
    return RulesReader(*file).read();
}

std::optional<QDate> Rules::inForceSince(QDate day) const
{
    if (day < m_from)
        return std::nullopt;
    QDate since = m_from;
    const auto look = [&since, day](QDate change) {
        if (change <= day)
            since = std::max(since, change);
    };
    look(m_firstTopUpFrom);
    for (const DatedLimits &row : m_limits)
        look(row.from);
    for (const TestDays &row : m_testDays)
        look(row.from);
    for (const Notice &row : m_notices) {
        look(row.from);
        if (row.until)
            look(row.until->addDays(1));
    }
    return since;
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
