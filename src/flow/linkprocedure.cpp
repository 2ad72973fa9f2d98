#include "flow/linkprocedure.h"

#include "card/resolver.h"
#include "flow/rules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

bool sameCard(const std::optional<CardSighting> &a, const CardSighting &b)
{
    // Only a number tells that two taps are of one card: phones answer with a new UID each time.
    return a && a->outcome == CardSighting::Outcome::Number && a->number == b.number;
}

} // namespace

LinkProcedure::LinkProcedure(const Catalogue &catalogue, const DocumentKinds &documents,
                             const Rules &rules, const Clock &clock)
    : m_catalogue(catalogue)
    , m_documents(documents)
    , m_rules(rules)
    , m_clock(clock)
{
}

void LinkProcedure::setOperator(const QString &operatorId)
{
    m_operator = operatorId;
}

void LinkProcedure::setTimeTrusted(bool trusted)
{
    m_timeTrusted = trusted;
}

LinkEffect LinkProcedure::apply(const LinkEvent &event)
{
    return std::visit([this](const auto &typed) { return on(typed); }, event);
}

LinkContext LinkProcedure::context() const
{
    return {m_catalogue, m_documents, m_rules, m_clock.now(), m_timeTrusted};
}

/// From ② to the commit the desk belongs to the passenger whose document is asked for.
bool LinkProcedure::passengerWaits() const
{
    return m_state.step >= LinkStep::Document && m_state.step <= LinkStep::Committing;
}

LinkEffect LinkProcedure::startWith(const CardSighting &card)
{
    // What was read for a card that is upgraded or exempt was its holder's, who may have gone.
    const bool others = m_state.step == LinkStep::Card && !wantsDocument();
    const auto read = others ? std::nullopt : freshDocument();
    m_state = LinkState();
    m_state.read = read;
    ++m_passengers;
    m_state.step = LinkStep::Card;
    m_state.card = card;
    m_state.verdict = cardVerdict(card, m_catalogue, {});
    if (m_state.verdict != CardVerdict::Linkable)
        return {};
    if (card.typed) {
        const CardProduct *product = m_catalogue.product(card.product);
        m_state.groupsToCompare = int(std::max<qsizetype>(1, product->groups.size()));
    }
    return LookUpCard{card.number};
}

/// Another card for the passenger who is known already: back to ①, because its medium has to be
/// declared and it has to be looked up like any other; the persons stay.
LinkEffect LinkProcedure::replaceCard(const CardSighting &card)
{
    const LinkState before = m_state;
    const quint64 passengers = m_passengers;
    const LinkEffect effect = startWith(card);
    m_passengers = passengers;
    m_state.read.reset();
    m_state.holder = before.holder;
    m_state.guardian = before.guardian;
    m_state.personStatus = before.personStatus;
    m_state.health = before.health;
    m_state.healthToldAt = before.healthToldAt;
    m_state.healthTook = before.healthTook;
    return effect;
}

void LinkProcedure::dropConsent()
{
    m_state.consent.reset();
    m_state.healthCode.clear();
    m_state.healthDeferred = false;
}

LinkEffect LinkProcedure::on(const CardPresented &event)
{
    return take(event.card);
}

LinkEffect LinkProcedure::on(const CardTyped &event)
{
    const auto card = sightingOf(m_catalogue, explain(m_catalogue, event.number));
    if (!card)
        return {};
    return take(*card);
}

LinkEffect LinkProcedure::take(const CardSighting &card)
{
    const bool torn = card.outcome == CardSighting::Outcome::ReadError;
    if (isTrialTap(card))
        return tryTap();
    // Back on ① with a passenger known: 改卡片.
    const bool changing = m_state.step == LinkStep::Card && m_state.holder;
    // On ① with a number that was typed: its own card proves it, a torn reading says nothing.
    const bool typed = m_state.step == LinkStep::Card && m_state.card && m_state.card->typed;
    const bool goesOn = typed && !card.typed && (torn || sameCard(m_state.card, card));
    if (!passengerWaits() && !changing && !goesOn)
        return startWith(card);
    // A torn reading says nothing about which card it was; the passenger goes on undisturbed.
    if (torn)
        return {};
    if (sameCard(m_state.card, card)) {
        proveByReading(card);
        return {};
    }
    if (changing)
        return replaceCard(card);
    m_state.otherCard = card;
    return {};
}

/// The card whose number was typed has been read after all.
void LinkProcedure::proveByReading(const CardSighting &card)
{
    if (card.typed || !m_state.card->typed || m_state.step == LinkStep::Committing)
        return;
    m_state.card = card;
    m_state.groupsToCompare = 0;
    m_state.groupsCompared = 0;
}

LinkEffect LinkProcedure::on(const GroupCompared &event)
{
    if (m_state.step == LinkStep::Card && m_state.mustCompare() &&
        event.group == m_state.groupsCompared)
        ++m_state.groupsCompared;
    return {};
}

LinkEffect LinkProcedure::on(const CardLookedUp &event)
{
    if (!m_state.card || m_state.card->number != event.number || m_state.step != LinkStep::Card)
        return {};
    m_state.knowledge = event.knowledge;
    m_state.verdict = cardVerdict(*m_state.card, m_catalogue, event.knowledge);
    m_state.cardLookedUp = true;
    if (!m_hubReachable) {
        startByDocument();
        return {};
    }
    m_state.cardQuestion = ++m_questions;
    return AskCard{{m_state.cardQuestion, m_passengers, event.number}};
}

LinkEffect LinkProcedure::on(const AdoptOtherCard &)
{
    if (!m_state.otherCard || m_state.step == LinkStep::Committing)
        return {};
    const CardSighting card = *m_state.otherCard;
    return passengerWaits() ? replaceCard(card) : startWith(card);
}

LinkEffect LinkProcedure::on(const StartLink &)
{
    if (m_state.step != LinkStep::Card || m_state.verdict != CardVerdict::Linkable ||
        m_state.mustCompare())
        return {};
    m_state.problem.reset();
    m_state.cardQuestion = 0;
    m_state.step = LinkStep::Document;
    // A passenger who is known already is only checked against the new card or medium.
    if (m_state.holder) {
        m_state.read.reset();
        dropConsent();
        return lookUpHolder();
    }
    return {};
}

LinkEffect LinkProcedure::on(const MediumChosen &event)
{
    if (m_state.step != LinkStep::Card || !m_rules.slot(event.medium))
        return {};
    m_state.medium = event.medium;
    return {};
}

LinkEffect LinkProcedure::on(const DocumentEntered &event)
{
    const bool guardian = m_state.step == LinkStep::Guardian;
    if ((!guardian && m_state.step != LinkStep::Document) || m_state.lookingUpPerson)
        return {};
    m_state.problem.reset();
    m_state.read.reset();

    const auto person = checkPerson(event.person, context());
    if (!person) {
        m_state.problem = person.error();
        return {};
    }
    dropConsent();
    if (!guardian) {
        if (m_state.holder != *person) {
            m_state.personStatus.reset();
            m_state.health.reset();
        }
        m_state.holder = *person;
        m_state.guardian.reset();
        return lookUpHolder();
    }

    const auto fits = checkGuardian(*m_state.holder, *person, context());
    if (!fits) {
        m_state.problem = fits.error();
        return {};
    }
    m_state.guardian = *person;
    m_state.step = LinkStep::Consent;
    return {};
}

LinkEffect LinkProcedure::lookUpHolder()
{
    m_state.lookingUpPerson = true;
    return LookUpPerson{m_state.card->number, *m_state.holder};
}

LinkEffect LinkProcedure::on(const PersonLookedUp &event)
{
    if (m_state.step != LinkStep::Document || !m_state.lookingUpPerson ||
        m_state.personQuestion != 0 || event.person != m_state.holder ||
        event.cardNumber != m_state.card->number)
        return {};
    m_state.lookingUpPerson = false;

    const DeskKnowledge &known = event.knowledge;
    // Of what was uploaded the hub knows better, and is asked.
    const bool hubTells = m_hubReachable;
    if (known.cardLinkedToOther && !(hubTells && known.cardLinkUploaded)) {
        m_state.problem = Error{ErrorCode::CardLinkedToOther, {}, {}};
        return {};
    }
    m_state.problem = quotaProblem(known.physicalOfPerson - (hubTells ? known.physicalUploaded : 0),
                                   known.phoneOfPerson - (hubTells ? known.phoneUploaded : 0));
    if (m_state.problem)
        return {};
    if (m_hubReachable && !m_state.personStatus)
        return askPerson();
    leaveDocument();
    return {};
}

LinkEffect LinkProcedure::on(const ConsentGiven &event)
{
    if (m_state.step != LinkStep::Consent)
        return {};
    const QDateTime now = m_clock.now();
    const Notice &notice = m_rules.currentNotice(beijingDate(now));
    if (!event.version.isEmpty() && event.version != notice.version) {
        // A new version came into use while the old one was shown: it has to be shown first.
        m_state.problem = Error{ErrorCode::ConsentVersionUnknown, {}, {}};
        return {};
    }
    m_state.problem.reset();
    const Language language = event.language == u"en" ? Language::English : Language::Chinese;
    m_state.consent =
        Consent{{}, notice.version, notice.hash(language), event.language, event.by, now};
    m_state.step = LinkStep::Health;
    m_state.healthTrouble.reset();
    if (!m_hubReachable || m_state.health)
        return {};
    return askHealth();
}

LinkEffect LinkProcedure::on(const ConsentDeclined &)
{
    if (m_state.step != LinkStep::Consent)
        return {};
    // Who declined leaves nothing behind, not even in memory.
    LinkState declined;
    declined.step = LinkStep::Declined;
    declined.card = m_state.card;
    declined.otherCard = m_state.otherCard;
    declined.verdict = m_state.verdict;
    m_state = declined;
    return {};
}

LinkEffect LinkProcedure::on(const HealthDeferred &)
{
    if (m_state.step != LinkStep::Health)
        return {};
    m_state.healthDeferred = true;
    m_state.healthQuestion = 0;
    m_state.step = LinkStep::Confirm;
    return {};
}

LinkEffect LinkProcedure::on(const HealthCodeScanned &event)
{
    if (m_state.step == LinkStep::Health)
        m_state.healthCode = event.token;
    return {};
}

LinkEffect LinkProcedure::on(const ConfirmLink &)
{
    if (m_state.step != LinkStep::Confirm || !m_state.card || !m_state.holder || !m_state.consent)
        return {};

    LinkForm form;
    form.cardNumber = m_state.card->number;
    form.medium = m_state.medium;
    form.cardBy = m_state.card->typed ? u"typed"_s : u"tap"_s;
    form.holder = *m_state.holder;
    form.guardian = m_state.guardian;
    form.consentVersion = m_state.consent->version;
    form.consentBy = m_state.consent->by;
    form.consentLanguage = m_state.consent->language;
    form.consentAt = m_state.consent->at;
    form.operatorId = m_operator;
    form.healthCode = m_state.healthCode;
    // Checked once more as a whole: midnight or a new version of the rules may have passed since
    // the pages.
    auto request = checkLink(form, context());
    if (!request) {
        m_state.problem = request.error();
        return {};
    }
    m_state.problem.reset();
    m_state.step = LinkStep::Committing;
    request->supersedes = m_state.knowledge.refusedRecord;
    return CommitLink{*request};
}

LinkEffect LinkProcedure::on(const LinkCommitted &event)
{
    if (m_state.step != LinkStep::Committing)
        return {};
    m_state.committed = event;
    m_state.step = LinkStep::Done;
    return {};
}

LinkEffect LinkProcedure::on(const LinkNotCommitted &event)
{
    if (m_state.step != LinkStep::Committing)
        return {};
    m_state.problem = event.error;
    m_state.step = LinkStep::Confirm;
    return {};
}

LinkEffect LinkProcedure::on(const LinkTakenBack &event)
{
    if (m_state.step == LinkStep::Done && m_state.committed->record == event.record) {
        m_state.revoked = event.revoked;
        m_state.trial.reset();
    }
    return {};
}

LinkEffect LinkProcedure::on(const StepBack &)
{
    m_state.problem.reset();
    m_state.read.reset();
    switch (m_state.step) {
    case LinkStep::Card:
    case LinkStep::Done:
    case LinkStep::Declined:
        return on(EndPassenger{});
    case LinkStep::Document:
        m_state.lookingUpPerson = false;
        m_state.personQuestion = 0;
        m_state.step = LinkStep::Card;
        break;
    case LinkStep::Guardian:
        m_state.step = LinkStep::Document;
        break;
    case LinkStep::Consent:
        m_state.step = m_state.guardian ? LinkStep::Guardian : LinkStep::Document;
        break;
    case LinkStep::Health:
        m_state.healthQuestion = 0;
        m_state.step = LinkStep::Consent;
        break;
    case LinkStep::Confirm:
        m_state.step = LinkStep::Health;
        break;
    case LinkStep::Idle:
    case LinkStep::Committing:
        break;
    }
    return {};
}

LinkEffect LinkProcedure::on(const GoToStep &event)
{
    const bool earlier = event.step >= LinkStep::Card && event.step < m_state.step;
    const bool page = event.step != LinkStep::Guardian || m_state.guardian;
    if (!earlier || !page || !passengerWaits() || m_state.step == LinkStep::Committing)
        return {};
    m_state.problem.reset();
    m_state.read.reset();
    m_state.lookingUpPerson = false;
    m_state.personQuestion = 0;
    m_state.healthQuestion = 0;
    m_state.step = event.step;
    return {};
}

LinkEffect LinkProcedure::on(const EndPassenger &)
{
    // A commit under way ends by its answer only.
    if (m_state.step == LinkStep::Committing)
        return {};
    // The next passenger may have placed a document already.
    const bool torn = m_state.step == LinkStep::Card && m_state.verdict == CardVerdict::ReadAgain;
    const auto read = torn || m_state.step == LinkStep::Done ? freshDocument() : std::nullopt;
    m_state = LinkState();
    m_state.read = read;
    return {};
}

} // namespace upgradedesk
