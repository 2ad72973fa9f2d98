#include "flow/gatedecision.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{

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
    if (!knowledge.cardLinkedHere)
        return CardStatus::Unknown;
    return knowledge.cardLinkUploaded ? CardStatus::Linked : CardStatus::NotLinked;
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

} // namespace upgradedesk
