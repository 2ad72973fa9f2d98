#include "flow/gatedecision.h"

#include "core/clock.h"
#include "core/sentences.h"
#include "flow/rules.h"

#include <array>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr std::array venueKeys{"none", "metro", "bus"};
constexpr std::array decisionKeys{"pass", "manual", "refuse", "unknown"};

template <typename Value, size_t Count>
std::optional<Value> valueOf(const std::array<const char *, Count> &keys, QStringView key)
{
    for (size_t i = 0; i < Count; ++i) {
        if (key == QLatin1StringView(keys[i]))
            return Value(i);
    }
    return std::nullopt;
}

LocalText wordsOf(const QString &key)
{
    return {word(key, Language::Chinese), word(key, Language::English)};
}

} // namespace

QString venueKey(Venue venue)
{
    return QString::fromLatin1(venueKeys[size_t(venue)]);
}

std::optional<Venue> venueFromKey(QStringView key)
{
    return valueOf<Venue>(venueKeys, key);
}

QString decisionKey(GateAnswer::Decision decision)
{
    return QString::fromLatin1(decisionKeys[size_t(decision)]);
}

std::optional<GateAnswer::Decision> decisionFromKey(QStringView key)
{
    return valueOf<GateAnswer::Decision>(decisionKeys, key);
}

CardStatus cardStatusOf(CityCardState state)
{
    switch (state) {
    case CityCardState::None:
    case CityCardState::New:
        return CardStatus::NotLinked;
    case CityCardState::Linked:
        return CardStatus::Linked;
    case CityCardState::Exempt:
        return CardStatus::Exempt;
    case CityCardState::Registered:
        return CardStatus::Registered;
    }
    return CardStatus::Unknown;
}

CardStatus cardStatusHere(CardService service, const DeskKnowledge &knowledge)
{
    switch (service) {
    case CardService::Exempt:
        return CardStatus::Exempt;
    case CardService::Foreign:
        return CardStatus::Foreign;
    case CardService::Linkable:
        break;
    case CardService::TapNeeded:
    case CardService::AppOnly:
    case CardService::Refused:
        return CardStatus::Unknown;
    }
    const CardStatus inCity =
        knowledge.city ? cardStatusOf(knowledge.city->state) : CardStatus::Unknown;
    if (!knowledge.cardLinkedHere)
        return inCity;
    // What the hub has accepted from this desk may be younger than the snapshot; what still waits
    // here does not undo what the city knows.
    if (knowledge.cardLinkUploaded)
        return CardStatus::Linked;
    return inCity == CardStatus::Unknown ? CardStatus::NotLinked : inCity;
}

GateAnswer decideGate(const GateTap &tap, const Rules &rules)
{
    GateQuestion question;
    question.card = tap.card;
    if (tap.venue != Venue::None && tap.at)
        question.maxDays = rules.testDays(venueKey(tap.venue), beijingDate(*tap.at));
    if (tap.health) {
        question.level = tap.health->level;
        if (tap.health->testDay && tap.at)
            question.days = int(tap.health->testDay->daysTo(beijingDate(*tap.at)));
    }
    const bool dated = tap.card == CardStatus::Linked || tap.card == CardStatus::Registered;
    if (dated && tap.venue != Venue::None && !tap.at)
        return {GateAnswer::Decision::Unknown, u"unknown"_s};
    return decideGate(question);
}

GateAnswer decideGate(const GateQuestion &question)
{
    using enum GateAnswer::Decision;

    switch (question.card) {
    case CardStatus::Unknown:
        return {Unknown, u"unknown"_s};
    case CardStatus::NotLinked:
        return {Manual, u"not-linked"_s};
    case CardStatus::Foreign:
        return {Manual, u"foreign"_s};
    case CardStatus::Exempt:
        return {Pass, u"exempt"_s};
    case CardStatus::Linked:
    case CardStatus::Registered:
        break;
    }

    if (!question.maxDays)
        return {Pass, u"ok"_s};
    if (!question.level)
        return {Unknown, u"unknown"_s};
    if (*question.level == HealthLevel::Abnormal)
        return {Refuse, u"health-abnormal"_s};
    if (*question.level == HealthLevel::NoResult || !question.days || *question.days < 0)
        return {Manual, u"no-result"_s};
    if (*question.days > *question.maxDays)
        return {Refuse, u"days-exceeded"_s};
    return {Pass, u"ok"_s};
}

QString gateLed()
{
    return word(u"gate.led"_s, Language::Chinese);
}

LocalText gateMessage(const QString &code)
{
    if (code == u"not-linked")
        return {gateLed(),
                gateLed() + u" ("_s + word(u"gate.led.meaning"_s, Language::English) + u')'};
    return wordsOf(u"gate."_s + code);
}

LocalText gateMessageWithoutTime()
{
    return wordsOf(u"gate.unknown.time"_s);
}

} // namespace upgradedesk
