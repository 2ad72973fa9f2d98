#include "flow/linkcheck.h"

#include "card/catalogue.h"
#include "card/resolver.h"
#include "core/clock.h"
#include "flow/rules.h"
#include "identity/documentcheck.h"
#include "identity/documentkinds.h"
#include "identity/name.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

std::optional<QDate> birthOf(const Person &person, const LinkContext &context)
{
    return checkDocument(context.documents, person.documentKind, person.documentNumber,
                         beijingDate(context.now))
        .birth;
}

bool samePerson(const Person &a, const Person &b)
{
    return a.documentKind == b.documentKind && a.documentNumber == b.documentNumber;
}

Result<void> checkReason(LinkRequest &request, const LinkForm &form, const LinkContext &context)
{
    if (form.reason.isEmpty()) {
        request.reason = form.agent ? u"behalf"_s : u"self"_s;
        return {};
    }
    if (form.reason != u"self" && form.reason != u"behalf" && form.reason != u"first-topup")
        return fail(ErrorCode::InputInvalid, {}, {u"reason"_s});
    if (form.reason == u"behalf" && !form.agent)
        return fail(ErrorCode::AgentMissing);
    if (form.reason == u"self" && form.agent)
        return fail(ErrorCode::InputInvalid, {}, {u"reason, agent"_s});
    if (form.reason == u"first-topup" && context.timeTrusted &&
        beijingDate(context.now) < context.rules.firstTopUpFrom())
        return fail(ErrorCode::RulesNotInForce);
    request.reason = form.reason;
    return {};
}

Result<void> checkAgent(const LinkRequest &request)
{
    if (request.agent && samePerson(*request.agent, request.holder))
        return fail(ErrorCode::AgentIsHolder);
    return {};
}

Result<void> checkConsent(LinkRequest &request, const LinkForm &form, const LinkContext &context)
{
    if (form.consentVersion.isEmpty())
        return fail(ErrorCode::ConsentMissing);
    const QDate today = beijingDate(context.now);
    const Notice *notice = form.consentVersion == u"current"
                               ? &context.rules.currentNotice(today)
                               : context.rules.notice(form.consentVersion);
    if (!notice)
        return fail(ErrorCode::ConsentVersionUnknown);
    if (context.timeTrusted && notice->until && *notice->until < today)
        return fail(ErrorCode::ConsentVersionUnknown);
    if (form.consentBy != u"operator" && form.consentBy != u"passenger")
        return fail(ErrorCode::InputInvalid, {}, {u"consent"_s});

    const Language language = form.consentLanguage == u"en" ? Language::English : Language::Chinese;
    const QString languageKey = language == Language::English ? u"en"_s : u"zh_CN"_s;
    const QString hash = notice->hash(language);
    for (const QString &purpose : notice->purposes) {
        request.consents.append(
            {purpose, notice->version, hash, languageKey, form.consentBy, form.consentAt});
    }
    return {};
}

} // namespace

Result<LinkableCard> checkCard(const QString &typed, const LinkContext &context)
{
    const CardNumberExplanation card = explain(context.catalogue, typed);
    if (card.verdict != CardNumberExplanation::Verdict::Complete)
        return fail(ErrorCode::CardNumberInvalid, {}, {u'#' + verdictKey(card.verdict)});
    switch (card.service) {
    case CardService::Linkable:
        break;
    case CardService::Exempt:
        return fail(ErrorCode::ProductExempt);
    case CardService::TapNeeded:
        return fail(ErrorCode::CardNumberInvalid, {}, {u"#tap-needed"_s});
    case CardService::Foreign:
    case CardService::AppOnly:
    case CardService::Refused:
        return fail(ErrorCode::ProductNotLinkable);
    }
    return LinkableCard{card.number, card.product};
}

Result<QString> checkDocumentNumber(const QString &kind, const QString &number,
                                    const LinkContext &context)
{
    const QDate today = beijingDate(context.now);
    const DocumentKind *known = context.documents.kind(kind);
    if (!known)
        return fail(ErrorCode::DocumentKindNotAccepted);
    const DocumentCheck check = checkDocument(context.documents, kind, number, today);
    if (!check.valid)
        return fail(ErrorCode::DocumentInvalid, {}, {u'#' + check.reasons.value(0)});
    if (known->service != DocumentService::Desk)
        return fail(ErrorCode::DocumentKindNotAccepted);
    if (!context.documents.acceptedAtDesk(kind, check.form, today))
        return fail(ErrorCode::DocumentInvalid, {},
                    {check.form == u"cn15" ? u"#first-generation"_s : u"#FORMAT"_s});
    return check.normalized;
}

Result<Person> checkPerson(const Person &person, const LinkContext &context)
{
    const auto number = checkDocumentNumber(person.documentKind, person.documentNumber, context);
    if (!number)
        return tl::unexpected<Error>(number.error());
    const auto name = normaliseName(person.name);
    if (!name)
        return tl::unexpected<Error>(name.error());
    return Person{person.documentKind, *number, *name};
}

Result<void> checkGuardian(const Person &holder, const std::optional<Person> &guardian,
                           const LinkContext &context)
{
    const QDate today = beijingDate(context.now);
    const Limits &limits = context.rules.limits(today);
    const auto birth = birthOf(holder, context);
    if (!guardian) {
        if (birth && ageOn(*birth, today) < limits.guardianUnderAge)
            return fail(ErrorCode::GuardianMissing, {}, {QString::number(limits.guardianUnderAge)});
        return {};
    }

    const auto guardianBirth = birthOf(*guardian, context);
    if (samePerson(*guardian, holder) ||
        (guardianBirth && ageOn(*guardianBirth, today) < limits.guardianFromAge))
        return fail(ErrorCode::GuardianInvalid);
    return {};
}

Result<LinkRequest> checkLink(const LinkForm &form, const LinkContext &context)
{
    LinkRequest request;
    request.rulesVersion = context.rules.version();
    request.operatorId = form.operatorId;
    request.healthCode = form.healthCode;
    request.medium = form.medium;
    request.cardBy = form.cardBy;
    if (context.timeTrusted && beijingDate(context.now) < context.rules.from())
        return fail(ErrorCode::RulesNotInForce);
    if (!context.rules.slot(form.medium))
        return fail(ErrorCode::MediumInvalid);
    const auto unclean = [](QChar c) {
        return c.category() == QChar::Other_Control || c.isSurrogate();
    };
    if (form.healthCode.size() > 4096 || std::ranges::any_of(form.healthCode, unclean))
        return fail(ErrorCode::InputInvalid, {}, {u"healthCode"_s});

    const auto person = [&context](const Person &entered) { return checkPerson(entered, context); };
    auto steps =
        checkCard(form.cardNumber, context)
            .and_then([&](const LinkableCard &card) {
                request.cardNumber = card.number;
                request.product = card.product;
                return checkReason(request, form, context);
            })
            .and_then([&]() -> Result<void> {
                return person(form.holder).map([&](const Person &holder) {
                    request.holder = holder;
                });
            })
            .and_then([&]() -> Result<void> {
                if (!form.guardian)
                    return {};
                return person(*form.guardian).map([&](const Person &guardian) {
                    request.guardian = guardian;
                });
            })
            .and_then([&]() -> Result<void> {
                if (!form.agent)
                    return {};
                return person(*form.agent).map([&](const Person &agent) { request.agent = agent; });
            })
            .and_then([&] { return checkGuardian(request.holder, request.guardian, context); })
            .and_then([&] { return checkAgent(request); })
            .and_then([&] { return checkConsent(request, form, context); });
    if (!steps)
        return tl::unexpected<Error>(steps.error());
    return request;
}

} // namespace upgradedesk
