#include "support/catch.h"

#include "core/sentences.h"
#include "flow/gatedecision.h"

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
        CHECK_FALSE(word(u"gate."_s + code, Language::Chinese).isEmpty());
        CHECK_FALSE(word(u"gate."_s + code, Language::English).isEmpty());
    }
}
