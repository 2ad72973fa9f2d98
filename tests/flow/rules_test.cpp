#include "support/catch.h"

#include "flow/rules.h"

#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

QByteArray shippedRules()
{
    QFile file(QStringLiteral(UPGRADEDESK_SOURCE_DIR) + u"/resources/rules/rules.json"_s);
    REQUIRE(file.open(QIODevice::ReadOnly));
    return file.readAll();
}

Result<Rules> loadText(const QByteArray &text)
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"rules.json"_s));
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    return Rules::load(file.fileName());
}

} // namespace

TEST_CASE("The shipped rules are those of the notice of May 2022", "[flow]")
{
    const auto rules = Rules::load();

    REQUIRE(rules);
    const Limits &limits = rules->limits(QDate(2022, 6, 2));
    CHECK(limits.physicalPerPerson == 1);
    CHECK(limits.phonePerPerson == 1);
    CHECK(limits.cardsPerAgent == 5);
    CHECK(limits.undoMinutes == 5);
    CHECK(limits.guardianUnderAge == 14);
    CHECK(rules->firstTopUpFrom() == QDate(2022, 6, 1));
    CHECK(rules->slot(u"wristband"_s) == u"physical"_s);
    CHECK(rules->slot(u"phone"_s) == u"phone"_s);
    CHECK_FALSE(rules->slot(u"paper"_s));
    CHECK_FALSE(rules->testDays(u"metro"_s, QDate(2022, 5, 27)));
    CHECK(rules->testDays(u"metro"_s, QDate(2022, 5, 28)) == 2);
    CHECK(rules->testDays(u"bus"_s, QDate(2026, 1, 1)) == 2);
    CHECK_FALSE(rules->testDays(u"none"_s, QDate(2022, 6, 2)));
}

TEST_CASE("A dated row holds from its first day until the next row begins", "[flow]")
{
    QByteArray text = shippedRules();
    text.replace("{ \"venue\": \"bus\", \"from\": \"2022-05-28\", \"maxDays\": 2 }",
                 "{ \"venue\": \"bus\", \"from\": \"2022-06-15\", \"maxDays\": 3 },"
                 "{ \"venue\": \"bus\", \"from\": \"2022-05-28\", \"maxDays\": 2 }");

    const auto rules = loadText(text);

    REQUIRE(rules);
    CHECK(rules->testDays(u"bus"_s, QDate(2022, 6, 14)) == 2);
    CHECK(rules->testDays(u"bus"_s, QDate(2022, 6, 15)) == 3);
    CHECK(rules->testDays(u"metro"_s, QDate(2022, 6, 15)) == 2);
}

TEST_CASE("The notice in use is the newest that has begun and not ended", "[flow]")
{
    QByteArray text = shippedRules();
    const qsizetype from = text.indexOf("    {\n      \"version\": \"3\"");
    const qsizetype end = text.lastIndexOf("    }\n  ]") + 6;
    const QByteArray third = text.mid(from, end - from);
    QByteArray fourth = third;
    fourth.replace("\"3\"", "\"4\"")
        .replace("\"2022-05-28\"", "\"2022-06-10\", \"until\": \"2022-06-20\"");
    text.replace(third, fourth + ",\n" + third);

    const auto rules = loadText(text);

    REQUIRE(rules);
    CHECK(rules->currentNotice(QDate(2022, 5, 1)).version == u"3"_s);
    CHECK(rules->currentNotice(QDate(2022, 6, 9)).version == u"3"_s);
    CHECK(rules->currentNotice(QDate(2022, 6, 10)).version == u"4"_s);
    CHECK(rules->currentNotice(QDate(2022, 6, 20)).version == u"4"_s);
    CHECK(rules->currentNotice(QDate(2022, 6, 21)).version == u"3"_s);
    // Of the notices and of what this release brings along.
    for (const auto &[day, since] : {std::pair{QDate(2022, 5, 28), QDate(2022, 5, 28)},
                                     {QDate(2022, 6, 9), QDate(2022, 6, 1)},
                                     {QDate(2022, 6, 20), QDate(2022, 6, 10)},
                                     {QDate(2022, 7, 1), QDate(2022, 6, 21)}})
        CHECK(rules->inForceSince(day) == since);
    CHECK_FALSE(rules->inForceSince(QDate(2022, 5, 27)));
    CHECK(rules->notice(u"4"_s) != nullptr);
    CHECK(rules->notice(u"5"_s) == nullptr);
}

TEST_CASE("The hash of a notice is that of its four lines in one language", "[flow]")
{
    const Rules rules = Rules::load().value();
    const Notice &notice = rules.currentNotice(QDate(2022, 6, 2));

    CHECK(notice.hash(Language::Chinese).size() == 64);
    CHECK(notice.hash(Language::Chinese) != notice.hash(Language::English));
    Notice changed = notice;
    changed.chinese.recipient += u"。"_s;
    CHECK(changed.hash(Language::Chinese) != notice.hash(Language::Chinese));
    CHECK(changed.hash(Language::English) == notice.hash(Language::English));
}

TEST_CASE("Rules that break the schema are refused with file and line", "[flow]")
{
    const auto [before, after, line] = GENERATE(table<QByteArray, QByteArray, QString>({
        {"\"from\": \"2022-05-28\",\n  \"slots\"", "\"from\": \"28.5.2022\",\n  \"slots\"", u"3"_s},
        {"\"phone\": \"phone\"", "\"phone\": \"wrist\"", u"4"_s},
        {"\"cardsPerAgent\": 5", "\"cardsPerAgent\": -5", u"6"_s},
        {"\"cardsPerAgent\": 5", "\"cardsPerAgent\": \"5\"", u"6"_s},
        {"\"cardsPerAgent\"", "\"cardsPerPerson\"", u"6"_s},
        {"\"undoMinutes\": 5", "\"undoMinutes\": 31", u"6"_s},
        {"\"firstTopUpFrom\": \"2022-06-01\",", "", u"1"_s},
        {"\"maxDays\": 2 }\n", "\"maxDays\": 2, \"note\": 1 }\n", u"11"_s},
        {"[\"sensitive-data\", \"health-service\"]", "[]", u"17"_s},
    }));
    QByteArray text = shippedRules();
    REQUIRE(text.contains(before));
    text.replace(text.indexOf(before), before.size(), after);

    const auto rules = loadText(text);

    REQUIRE_FALSE(rules);
    CHECK(rules.error().code == ErrorCode::RulesInvalid);
    CHECK(rules.error().args.value(0).endsWith(u"rules.json"_s));
    CHECK(rules.error().args.value(1) == line);
}
