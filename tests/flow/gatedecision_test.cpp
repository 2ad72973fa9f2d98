#include "support/catch.h"

#include "flow/gatedecision.h"
#include "flow/rules.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

GateQuestion linked(std::optional<HealthLevel> level, std::optional<int> days,
                    std::optional<int> maxDays = 2)
{
    return {CardStatus::Linked, level, days, maxDays};
}

} // namespace

TEST_CASE("A gate decides by card, health and days in this order", "[flow]")
{
    using enum GateAnswer::Decision;
    const auto [question, answer] = GENERATE(table<GateQuestion, GateAnswer>({
        {linked(HealthLevel::Normal, 0), {Pass, u"ok"_s}},
        {linked(HealthLevel::Normal, 1), {Pass, u"ok"_s}},
        {linked(HealthLevel::Normal, 2), {Pass, u"ok"_s}},
        {linked(HealthLevel::Normal, 3), {Refuse, u"days-exceeded"_s}},
        {linked(HealthLevel::Normal, 3, 3), {Pass, u"ok"_s}},
        {linked(HealthLevel::Normal, -1), {Manual, u"no-result"_s}},
        {linked(HealthLevel::Normal, std::nullopt), {Manual, u"no-result"_s}},
        {linked(HealthLevel::NoResult, 1), {Manual, u"no-result"_s}},
        {linked(HealthLevel::Abnormal, 0), {Refuse, u"health-abnormal"_s}},
        {linked(HealthLevel::Abnormal, 9), {Refuse, u"health-abnormal"_s}},
        {linked(std::nullopt, std::nullopt), {Unknown, u"unknown"_s}},
        {linked(std::nullopt, std::nullopt, std::nullopt), {Pass, u"ok"_s}},
        {{CardStatus::Registered, HealthLevel::Normal, 2, 2}, {Pass, u"ok"_s}},
        {{CardStatus::NotLinked, HealthLevel::Normal, 0, 2}, {Manual, u"not-linked"_s}},
        {{CardStatus::Exempt, {}, {}, 2}, {Pass, u"exempt"_s}},
        {{CardStatus::Foreign, {}, {}, 2}, {Manual, u"foreign"_s}},
        {{CardStatus::Unknown, {}, {}, 2}, {Unknown, u"unknown"_s}},
    }));

    CHECK(decideGate(question) == answer);
}

TEST_CASE("The gate vectors hold", "[flow]")
{
    QFile file(QStringLiteral(UPGRADEDESK_SOURCE_DIR) + u"/tests/data/identity-vectors.json"_s);
    REQUIRE(file.open(QIODevice::ReadOnly));
    const QJsonArray vectors =
        QJsonDocument::fromJson(file.readAll()).object().value(u"gate_rule"_s).toArray();
    REQUIRE_FALSE(vectors.isEmpty());

    for (const QJsonValue &vector : vectors) {
        const QJsonObject input = vector[u"input"_s].toObject();
        INFO(vector[u"id"_s].toString().toStdString());
        GateQuestion question;
        question.card =
            input.value(u"linked"_s).toBool() ? CardStatus::Linked : CardStatus::NotLinked;
        if (input.value(u"color"_s).isString())
            question.level = input.value(u"color"_s).toString() == u"green" ? HealthLevel::Normal
                                                                            : HealthLevel::Abnormal;
        if (input.value(u"days"_s).isDouble())
            question.days = input.value(u"days"_s).toInt();
        question.maxDays = input.value(u"limit"_s).toInt();

        const GateAnswer answer = decideGate(question);

        const QString expected = vector[u"expect"_s].toString();
        if (expected == u"pass")
            CHECK(answer.decision == GateAnswer::Decision::Pass);
        else if (expected == u"deny")
            CHECK(answer.decision == GateAnswer::Decision::Refuse);
        else if (expected == u"not-found:manual-lane")
            CHECK(answer == GateAnswer{GateAnswer::Decision::Manual, u"not-linked"_s});
        else
            FAIL("a vector expects something new");
    }
}

TEST_CASE("What a desk without a hub knows of a card", "[flow]")
{
    const auto known = [](bool linked, bool uploaded) {
        DeskKnowledge knowledge;
        knowledge.cardLinkedHere = linked;
        knowledge.cardLinkUploaded = uploaded;
        return knowledge;
    };
    using enum CardStatus;
    const auto [service, linked, uploaded, status] =
        GENERATE(table<CardService, bool, bool, CardStatus>({
            {CardService::Linkable, false, false, Unknown},
            {CardService::Linkable, true, false, NotLinked},
            {CardService::Linkable, true, true, Linked},
            {CardService::Exempt, false, false, Exempt},
            {CardService::Foreign, false, false, Foreign},
            {CardService::TapNeeded, false, false, Unknown},
            {CardService::AppOnly, false, false, Unknown},
            {CardService::Refused, false, false, Unknown},
        }));

    CHECK(cardStatusHere(service, known(linked, uploaded)) == status);
}

TEST_CASE("Every answer of a gate has its words in both languages", "[flow]")
{
    for (const QString &code : {u"ok"_s, u"not-linked"_s, u"days-exceeded"_s, u"health-abnormal"_s,
                                u"no-result"_s, u"exempt"_s, u"foreign"_s, u"unknown"_s}) {
        INFO(code.toStdString());
        CHECK_FALSE(gateMessage(code).chinese.isEmpty());
        CHECK_FALSE(gateMessage(code).english.isEmpty());
    }
    CHECK_FALSE(gateMessageWithoutTime().chinese.isEmpty());
    CHECK_FALSE(gateMessageWithoutTime().english.isEmpty());
}

TEST_CASE("A closed gate says its one sentence byte for byte, in both languages", "[flow]")
{
    const QByteArray led =
        "\xe6\x9c\xaa\xe6\x9f\xa5\xe5\x88\xb0\xe5\x81\xa5\xe5\xba\xb7\xe7\xa0\x81"
        "\xe4\xbf\xa1\xe6\x81\xaf\xef\xbc\x8c\xe8\xaf\xb7\xe6\x82\xa8\xe5\xb0\xbd"
        "\xe5\xbf\xab\xe6\x8e\x88\xe6\x9d\x83\xe5\x8d\x87\xe7\xba\xa7";

    CHECK(gateLed().toUtf8() == led);
    CHECK(gateMessage(u"not-linked"_s).chinese.toUtf8() == led);
    CHECK(gateMessage(u"not-linked"_s).english.toUtf8().startsWith(led));
}

TEST_CASE("A tap is decided by the rule of its day and the test's Beijing day", "[flow]")
{
    using enum GateAnswer::Decision;
    const Rules rules = Rules::load().value();
    const auto time = [](const char *text) {
        return QDateTime::fromString(QString::fromLatin1(text), Qt::ISODate);
    };
    const auto tested = [](int year, int month, int day) {
        return HolderHealth{HealthLevel::Normal, QDate(year, month, day)};
    };
    struct Row {
        const char *name;
        Venue venue;
        std::optional<QDateTime> at;
        std::optional<HolderHealth> health;
        GateAnswer answer;
    };
    const Row row = GENERATE_COPY(values<Row>({
        {"a second before the rule",
         Venue::Metro,
         time("2022-05-27T23:59:59+08:00"),
         {},
         {Pass, u"ok"_s}},
        {"the rule's first second",
         Venue::Metro,
         time("2022-05-28T00:00:00+08:00"),
         {},
         {Unknown, u"unknown"_s}},
        {"the same in UTC", Venue::Bus, time("2022-05-27T16:00:00Z"), {}, {Unknown, u"unknown"_s}},
        {"two days old",
         Venue::Metro,
         time("2022-06-03T23:59:59+08:00"),
         tested(2022, 6, 1),
         {Pass, u"ok"_s}},
        {"three days old a second later",
         Venue::Bus,
         time("2022-06-04T00:00:00+08:00"),
         tested(2022, 6, 1),
         {Refuse, u"days-exceeded"_s}},
        {"in the future",
         Venue::Metro,
         time("2022-05-31T12:00:00+08:00"),
         tested(2022, 6, 1),
         {Manual, u"no-result"_s}},
        {"no result",
         Venue::Metro,
         time("2022-06-01T12:00:00+08:00"),
         HolderHealth{},
         {Manual, u"no-result"_s}},
        {"abnormal",
         Venue::Metro,
         time("2022-06-01T12:00:00+08:00"),
         HolderHealth{HealthLevel::Abnormal, QDate(2022, 6, 1)},
         {Refuse, u"health-abnormal"_s}},
        {"abnormal where nobody asks",
         Venue::None,
         time("2022-06-01T12:00:00+08:00"),
         HolderHealth{HealthLevel::Abnormal, {}},
         {Pass, u"ok"_s}},
        {"no time to rely on", Venue::Metro, {}, tested(2022, 6, 1), {Unknown, u"unknown"_s}},
        {"no time and nobody asks", Venue::None, {}, {}, {Pass, u"ok"_s}},
    }));
    INFO(row.name);

    CHECK(decideGate(GateTap{CardStatus::Linked, row.venue, row.at, row.health}, rules) ==
          row.answer);
    CHECK(decideGate(GateTap{CardStatus::Registered, row.venue, row.at, row.health}, rules) ==
          row.answer);
    // What is not linked needs neither time nor test.
    CHECK(decideGate(GateTap{CardStatus::NotLinked, row.venue, row.at, row.health}, rules) ==
          GateAnswer{Manual, u"not-linked"_s});
    CHECK(decideGate(GateTap{CardStatus::Exempt, row.venue, row.at, row.health}, rules) ==
          GateAnswer{Pass, u"exempt"_s});
}

TEST_CASE("The city's snapshot tells what this desk has not recorded itself", "[flow]")
{
    using enum CardStatus;
    const auto [inCity, linkedHere, uploaded, status] =
        GENERATE(table<CityCardState, bool, bool, CardStatus>({
            {CityCardState::None, false, false, NotLinked},
            {CityCardState::New, false, false, NotLinked},
            {CityCardState::Linked, false, false, Linked},
            {CityCardState::Registered, false, false, Registered},
            {CityCardState::Exempt, false, false, Exempt},
            {CityCardState::None, true, false, NotLinked},
            {CityCardState::Linked, true, false, Linked},
            {CityCardState::None, true, true, Linked},
        }));
    DeskKnowledge knowledge;
    knowledge.city = CityCard{inCity, {}};
    knowledge.cardLinkedHere = linkedHere;
    knowledge.cardLinkUploaded = uploaded;

    CHECK(cardStatusHere(CardService::Linkable, knowledge) == status);
    CHECK(cardStatusHere(CardService::Foreign, knowledge) == Foreign);
    CHECK(cardStatusHere(CardService::TapNeeded, knowledge) == Unknown);
}
