#include "support/catch.h"

#include "identity/documentkinds.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

const QStringList files{u"kinds.json"_s, u"countries.json"_s, u"divisions.json"_s,
                        u"divisions-supplement.json"_s};

void copyShipped(const QTemporaryDir &folder)
{
    for (const QString &name : files)
        REQUIRE(QFile::copy(resourcePath(u"documents/"_s + name), folder.filePath(name)));
}

void rewrite(const QTemporaryDir &folder, const QString &name, const QByteArray &from,
             const QByteArray &to)
{
    QFile file(folder.filePath(name));
    REQUIRE(file.open(QIODevice::ReadOnly));
    QByteArray text = file.readAll();
    file.close();
    const qsizetype at = text.indexOf(from);
    REQUIRE(at >= 0);
    text.replace(at, from.size(), to);
    // The copies may have kept a read-only mode.
    REQUIRE(file.remove());
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(text);
}

} // namespace

TEST_CASE("The desk takes the kinds its data name, on their days", "[identity]")
{
    const auto kinds = DocumentKinds::load();
    REQUIRE(kinds);
    const QDate june(2022, 6, 10);

    CHECK(kinds->acceptedAtDesk(u"resident", u"cn18", june));
    CHECK(kinds->acceptedAtDesk(u"hmt-residence", u"hmt-hk", june));
    CHECK(kinds->acceptedAtDesk(u"foreign-permanent", u"fpr15", june));
    // a first-generation card ended with 2012
    CHECK_FALSE(kinds->acceptedAtDesk(u"resident", u"cn15", june));
    CHECK(kinds->acceptedAtDesk(u"resident", u"cn15", QDate(2012, 12, 31)));
    CHECK_FALSE(kinds->acceptedAtDesk(u"resident", u"cn15", QDate(2013, 1, 1)));
    // the new foreign number began in December 2023
    CHECK_FALSE(kinds->acceptedAtDesk(u"foreign-permanent", u"fpr18", QDate(2023, 11, 30)));
    CHECK(kinds->acceptedAtDesk(u"foreign-permanent", u"fpr18", QDate(2023, 12, 1)));
    CHECK(kinds->acceptedAtDesk(u"military", u"military", june));
    // residence permits began in September 2018
    CHECK_FALSE(kinds->acceptedAtDesk(u"hmt-residence", u"hmt-tw", QDate(2018, 8, 31)));
    CHECK(kinds->acceptedAtDesk(u"hmt-residence", u"hmt-tw", QDate(2018, 9, 1)));
    // Health Kit only
    for (const auto &[kind, form] : {std::pair(u"hmt-permit"_s, u"hm-permit"_s),
                                     std::pair(u"hmt-permit"_s, u"hm-permit-1999"_s),
                                     std::pair(u"taiwan-permit"_s, u"tw-permit"_s),
                                     std::pair(u"taiwan-permit"_s, u"tw-permit-booklet"_s),
                                     std::pair(u"passport"_s, u"passport"_s)}) {
        CHECK_FALSE(kinds->acceptedAtDesk(kind, form, june));
        CHECK(kinds->kind(kind)->service == DocumentService::HealthKit);
    }
    CHECK_FALSE(kinds->acceptedAtDesk(u"library-card", u"cn18", june));
    CHECK_FALSE(kinds->acceptedAtDesk(u"hmt-residence", u"cn18", june));
}

TEST_CASE("Every form a check can answer stands in the data of its kind", "[identity]")
{
    const auto kinds = DocumentKinds::load();
    REQUIRE(kinds);
    QStringList all;
    for (const DocumentKind &kind : kinds->kinds()) {
        CHECK_FALSE(kind.name.chinese.isEmpty());
        CHECK_FALSE(kind.name.english.isEmpty());
        for (const DocumentForm &form : kind.forms)
            all << kind.key + u' ' + form.key;
    }

    CHECK(all == QStringList{u"resident cn18"_s, u"resident cn15"_s, u"hmt-residence hmt-hk"_s,
                             u"hmt-residence hmt-mo"_s, u"hmt-residence hmt-tw"_s,
                             u"foreign-permanent fpr15"_s, u"foreign-permanent fpr18"_s,
                             u"military military"_s, u"hmt-permit hm-permit"_s,
                             u"hmt-permit hm-permit-1999"_s, u"taiwan-permit tw-permit"_s,
                             u"taiwan-permit tw-permit-booklet"_s, u"passport passport"_s});
}

TEST_CASE("Machine-readable zones know more states than ISO 3166", "[identity]")
{
    const auto kinds = DocumentKinds::load();
    REQUIRE(kinds);

    CHECK(kinds->knowsTravelCode(u"CHN"));
    CHECK(kinds->knowsTravelCode(u"D"));
    CHECK(kinds->knowsTravelCode(u"UTO"));
    CHECK_FALSE(kinds->knowsTravelCode(u"QQQ"));
    CHECK_FALSE(kinds->knowsTravelCode(u"156"));
    CHECK_FALSE(kinds->knowsTravelCode(u""));
    CHECK_FALSE(kinds->knowsCountry(u"UTO"));
}

TEST_CASE("A division code has its state", "[identity]")
{
    const auto kinds = DocumentKinds::load();
    REQUIRE(kinds);
    const auto [code, state] = GENERATE(table<QString, QString>({
        {u"110101"_s, u"current"_s},
        {u"110103"_s, u"historic"_s},
        {u"110118"_s, u"current"_s},
        {u"110228"_s, u"historic"_s},
        {u"310108"_s, u"historic"_s},
        {u"371001"_s, u"prefecture-only"_s},
        {u"345955"_s, u"province-only"_s},
        {u"710101"_s, u"province-only"_s},
        {u"170102"_s, u"unknown"_s},
        {u"990102"_s, u"unknown"_s},
        {u"11"_s, u"unknown"_s},
    }));
    INFO(code.toStdString());

    CHECK(divisionKey(kinds->division(code)) == state);
}

TEST_CASE("A document file that breaks its schema names file, line and value", "[identity]")
{
    const auto [name, from, to, why] = GENERATE(table<QString, QByteArray, QByteArray, QString>({
        {u"kinds.json"_s, "\"service\": \"desk\"", "\"service\": \"shop\"", u"health-kit"_s},
        {u"kinds.json"_s, "\"key\": \"passport\"", "\"key\": \"resident\"", u"twice"_s},
        {u"kinds.json"_s, "\"until\": \"2012-12-31\"", "\"untill\": \"2012-12-31\"",
         u"not known"_s},
        {u"kinds.json"_s, "\"until\": \"2012-12-31\"", "\"until\": \"31.12.2012\"", u"a date"_s},
        {u"kinds.json"_s, "\"en\": \"Passport\"", "\"en\": \"\"", u"a text"_s},
        {u"countries.json"_s, "\"ABW\": \"533\"", "\"ABW\": \"53\"", u"three digits"_s},
        {u"countries.json"_s, "\"XXA\"", "\"XX1\"", u"letters"_s},
        {u"countries.json"_s, "\"XXA\"", "\"XXAB\"", u"letters"_s},
        {u"divisions.json"_s, "\"110101\"", "\"11010\"", u"six digits"_s},
        {u"divisions.json"_s, "\"110101\"", "110101", u"a text"_s},
        {u"divisions-supplement.json"_s, "\"110103\"", "\"1101O3\"", u"six digits"_s},
        {u"divisions-supplement.json"_s, "\"11\"", "\"1\"", u"two digits"_s},
    }));
    const QTemporaryDir folder;
    copyShipped(folder);
    rewrite(folder, name, from, to);
    INFO(to.toStdString());

    const auto kinds = DocumentKinds::load(folder.path());

    REQUIRE_FALSE(kinds);
    CHECK(kinds.error().code == ErrorCode::ResourceInvalid);
    CHECK(kinds.error().args.value(0).endsWith(name));
    CHECK(kinds.error().args.value(1).toInt() >= 1);
    INFO(kinds.error().detail.toStdString());
    CHECK(kinds.error().detail.contains(why));
}

TEST_CASE("Any missing document file is unreadable", "[identity]")
{
    const QString name = GENERATE(from_range(files));
    const QTemporaryDir folder;
    copyShipped(folder);
    REQUIRE(QFile::remove(folder.filePath(name)));

    const auto kinds = DocumentKinds::load(folder.path());

    REQUIRE_FALSE(kinds);
    CHECK(kinds.error().code == ErrorCode::ResourceUnreadable);
}
