#include "hub/intake.h"

#include "card/resolver.h"
#include "crypto/digest.h"
#include "crypto/hmac.h"
#include "crypto/seal.h"
#include "flow/linkcheck.h"
#include "identity/documentcheck.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

constexpr int secondsAhead = 300; ///< a desk's time may be before ours by so much

/// Certificates begin so long before they are given.
constexpr int daysBefore = 1;

/// Its own time, when that can be: a desk has sealed nothing before it was one, or rules and
/// notices that ended long ago would be good for whoever says such a time. That of its first
/// enrolment counts, because older records are sent again after a renewal, too.
QDateTime trustedTime(const wire::Record &record, const DeskSigner &signer, const QDateTime &now)
{
    const auto isSince = [&record](const Certificate &certificate) {
        return certificate.from() <= record.deskTime;
    };
    const bool wasDesk =
        (signer.enrolled.isValid() && signer.enrolled.addDays(-daysBefore) <= record.deskTime) ||
        std::ranges::any_of(signer.certificates, isSince);
    const bool plausible = wasDesk && record.timeTrusted && record.lastHubTime &&
                           record.deskTime >= *record.lastHubTime &&
                           record.deskTime <= now.addSecs(secondsAhead);
    return plausible ? record.deskTime : now;
}

Person normalised(const Person &person)
{
    return {person.documentKind, normaliseDocumentNumber(person.documentNumber), person.name};
}

LinkForm formOf(const wire::Record &record)
{
    LinkForm form;
    form.cardNumber = record.card;
    form.medium = record.medium;
    form.cardBy = record.cardBy;
    form.reason = record.reason;
    form.holder = record.holder;
    form.guardian = record.guardian;
    form.agent = record.agent;
    form.consentVersion = u"current"_s; // which versions are good is the hub's own check
    form.consentAt = record.deskTime;
    form.healthCode = record.healthCode;
    form.operatorId = record.operatorId;
    return form;
}

/// What is kept of a record beside its envelope names nobody.
void forgetPassenger(wire::Record &record)
{
    record.card.clear();
    record.oldCard.clear();
    record.holder = {};
    record.guardian.reset();
    record.agent.reset();
    record.consents.clear();
    record.healthCode.clear();
}

} // namespace

bool isOfAnother(const Error &error)
{
    return error.code == ErrorCode::SignatureInvalid && error.detail == u"not signed by this desk";
}

Result<Secret> openOf(const DeskSigner &signer, QByteArrayView sealed, const HubKeys &keys)
{
    return openOf(signer, [&](const Certificate &certificate) {
        return openSealed(sealed, keys.recordKey, keys.record, certificate);
    });
}

Result<Secret> openOf(const DeskSigner &signer,
                      const std::function<Result<Secret>(const Certificate &)> &open)
{
    Result<Secret> content = fail(ErrorCode::SignatureInvalid, u"the desk has no certificate"_s);
    for (const Certificate &certificate : signer.certificates) {
        content = open(certificate);
        // An envelope that is not whole is so with every certificate, and trying costs time.
        if (content || !isOfAnother(content.error()))
            break;
    }
    return content;
}

QString rejectionOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::CardNumberInvalid:
        return u"product-not-linkable"_s;
    case ErrorCode::NameInvalid:
        return u"document-invalid"_s;
    case ErrorCode::GuardianInvalid:
        return u"guardian-missing"_s;
    case ErrorCode::ProductExempt:
    case ErrorCode::ProductNotLinkable:
    case ErrorCode::DocumentInvalid:
    case ErrorCode::DocumentKindNotAccepted:
    case ErrorCode::GuardianMissing:
    case ErrorCode::AgentIsHolder:
    case ErrorCode::ConsentMissing:
    case ErrorCode::ConsentVersionUnknown:
    case ErrorCode::RulesNotInForce:
        return errorKey(code);
    default:
        // No desk of ours makes such a record.
        return u"bad-envelope"_s;
    }
}

Intake::Intake(const Hub &hub, const RulesBook &book, const Secret &tokenKey)
    : m_hub(hub)
    , m_book(book)
    , m_tokenKey(tokenKey)
{
}

Result<Examined> Intake::examine(const wire::SealedRecord &sealed, const DeskSigner &signer,
                                 const QDateTime &now) const
{
    Examined examined;
    examined.sealed = sealed;
    examined.hash = sha256(sealed.sealed);
    const auto content = openOf(signer, sealed.sealed, m_hub.keys);
    examined.counts = false;
    if (!content) {
        examined.reason = isOfAnother(content.error()) ? u"bad-signature"_s : u"bad-envelope"_s;
        return examined;
    }
    auto record = wire::decodeRecord(content->view());
    if (!record || record->id != sealed.id || record->desk != signer.desk ||
        record->hub != m_hub.config.hub) {
        examined.reason = u"bad-envelope"_s;
        return examined;
    }
    examined.record = std::move(*record);
    examined.trusted = trustedTime(examined.record, signer, now);
    examined.counts = true;
    if (const auto named = namePerson(examined); !named)
        return tl::unexpected(named.error());
    auto reason = check(examined);
    forgetPassenger(examined.record);
    if (!reason)
        return tl::unexpected(reason.error());
    examined.reason = *reason;
    return examined;
}

Result<QString> Intake::check(Examined &examined) const
{
    const wire::Record &record = examined.record;
    const QDate day = beijingDate(examined.trusted);
    const Rules *rules = m_book.edition(record.rulesVersion, examined.trusted);
    examined.limits = (rules ? *rules : m_book.newest().rules).limits(day);
    if (record.kind == u"revoke")
        return QString(); // it has to be possible whatever rules hold by now
    const bool isLink = record.kind == u"link" || record.kind == u"first-topup";
    if (!isLink && !record.changesLink())
        return u"bad-envelope"_s;
    if (!rules || day < rules->from() ||
        (record.kind == u"first-topup" && day < rules->firstTopUpFrom()))
        return u"rules-not-in-force"_s;
    return isLink ? checkLinkRecord(examined, *rules) : checkChange(examined, *rules);
}

Result<QString> Intake::checkLinkRecord(Examined &examined, const Rules &rules) const
{
    const wire::Record &record = examined.record;
    // Dates are checked above and below, with their days of grace; ages and kinds here.
    const LinkContext context{m_hub.catalogue, m_hub.documents, rules, examined.trusted, false};
    const auto link = checkLink(formOf(record), context);
    if (!link)
        return rejectionOf(link.error().code);
    if ((record.kind == u"first-topup") != (link->reason == u"first-topup"))
        return u"bad-envelope"_s;
    if (const QString reason = checkConsents(record, beijingDate(examined.trusted));
        !reason.isEmpty())
        return reason;

    if (const auto named = nameCard(examined, link->cardNumber); !named)
        return tl::unexpected(named.error());
    if (link->agent) {
        const auto agent =
            m_hub.keys.personToken(link->agent->documentKind, link->agent->documentNumber);
        if (!agent)
            return tl::unexpected(agent.error());
        examined.agent = *agent;
    }
    examined.slot = rules.slot(record.medium).value_or(u"physical"_s);
    examined.state = record.kind == u"first-topup" ? u"registered"_s : u"linked"_s;
    return QString();
}

Result<QString> Intake::checkChange(Examined &examined, const Rules &rules) const
{
    const wire::Record &record = examined.record;
    const CardNumberExplanation card = explain(m_hub.catalogue, record.card);
    if (!card.linkable())
        return card.service == CardService::Exempt ? u"product-exempt"_s
                                                   : u"product-not-linkable"_s;
    const Person holder = normalised(record.holder);
    const DocumentCheck document = checkDocument(
        m_hub.documents, holder.documentKind, holder.documentNumber, beijingDate(examined.trusted));
    if (!document.valid)
        return u"document-invalid"_s;
    const auto slot = rules.slot(record.medium);
    if (!slot)
        return u"bad-envelope"_s;

    if (const auto named = nameCard(examined, card.number); !named)
        return tl::unexpected(named.error());
    examined.slot = *slot;
    examined.state = u"linked"_s;
    if (record.isReplace()) {
        const auto old = m_hub.keys.cardToken(explain(m_hub.catalogue, record.oldCard).number);
        if (!old)
            return tl::unexpected(old.error());
        examined.oldCard = *old;
    }
    return QString();
}

QString Intake::checkConsents(const wire::Record &record, QDate day) const
{
    if (record.consents.isEmpty())
        return u"consent-missing"_s;
    const Notice *notice = m_book.notice(record.consents.first().version, day);
    if (!notice)
        return u"consent-version-unknown"_s;
    QStringList agreed;
    for (const Consent &consent : record.consents) {
        const Language language = consent.language == u"en" ? Language::English : Language::Chinese;
        if (consent.version != notice->version ||
            consent.hash != m_book.noticeHash(*notice, language))
            return u"consent-version-unknown"_s;
        if (consent.by != u"operator" && consent.by != u"passenger")
            return u"bad-envelope"_s;
        agreed << consent.purpose;
    }
    for (const QString &purpose : notice->purposes) {
        if (!agreed.contains(purpose))
            return u"consent-missing"_s;
    }
    return {};
}

/// Whatever else is wrong with a record: what is kept of a person is found again on request.
Result<void> Intake::namePerson(Examined &examined) const
{
    const Person &holder = examined.record.holder;
    const DocumentCheck document = checkDocument(m_hub.documents, holder.documentKind,
                                                 normaliseDocumentNumber(holder.documentNumber),
                                                 beijingDate(examined.trusted));
    if (!document.valid)
        return {};
    const auto person = m_hub.keys.personToken(holder.documentKind, document.normalized);
    if (!person)
        return tl::unexpected(person.error());
    examined.person = *person;
    return {};
}

Result<void> Intake::nameCard(Examined &examined, const QString &number) const
{
    const auto own = m_hub.keys.cardToken(number);
    const auto city = token(m_tokenKey, "card", {number.toUtf8()});
    if (!own)
        return tl::unexpected(own.error());
    if (!city)
        return tl::unexpected(city.error());
    examined.card = *own;
    examined.cityCard = *city;
    return {};
}

} // namespace upgradedesk::hub
