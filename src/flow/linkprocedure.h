#pragma once

#include "card/cardsighting.h"
#include "core/clock.h"
#include "flow/cardverdict.h"
#include "flow/hubanswers.h"
#include "flow/linkcheck.h"

#include <optional>
#include <variant>

namespace upgradedesk
{

// Events: what staff, devices and the store tell the procedure.

/// A card was put on the reader, whatever it turned out to be.
struct CardPresented {
    CardSighting card;
};
/// A whole number was typed because no reader can read its card. What it was typed from has to be
/// compared with it group by group, or tapped, before anything is linked.
struct CardTyped {
    QString number;
};
/// Staff compared a group of the typed number with the card: they are the same.
struct GroupCompared {
    int group = 0; ///< from 0; only the next one counts
};
/// The store's answer to LookUpCard.
struct CardLookedUp {
    QString number;
    DeskKnowledge knowledge;
};
/// 换成这张: go on with the other card that was read in the middle of a passenger.
struct AdoptOtherCard {
};
/// 开始升级.
struct StartLink {
};
struct MediumChosen {
    QString medium;
};
/// The holder's document, or on the guardian's page the guardian's.
struct DocumentEntered {
    Person person;
};
/// A document was placed on the ID reader and read. On 待机 it is kept for the next card, on ① it
/// starts the link, on ② and for the guardian it is what is asked for.
struct DocumentRead {
    Person person;
    bool compareByEye = false; ///< the reader doubts it: it does not lead on by itself
};
/// A document that was kept too long is forgotten.
struct DocumentLapsed {
};
/// The store's answer to LookUpPerson.
struct PersonLookedUp {
    QString cardNumber; ///< that was asked about together with the person
    Person person;
    DeskKnowledge knowledge;
};
struct ConsentGiven {
    QString by;           ///< `passenger` or `operator`
    QString language;     ///< of the notice that was shown: `zh_CN` or `en`
    QString version = {}; ///< of the notice that was shown; empty: the one in use now
};
struct ConsentDeclined {
};
/// 下一步，稍后补查: the health state is left to the hub.
struct HealthDeferred {
};
/// 下一步 with a health state that the hub has told.
struct HealthSeen {
};
/// 重新查询.
struct AskHealthAgain {
};
/// A code from the passenger's phone, opaque: the record takes it to the hub. Counts at ④ only.
struct HealthCodeScanned {
    QString token;
};
/// The hub's answers to AskCard, AskPerson and AskHealth. One that is late, or of another
/// passenger, changes nothing.
struct CardStatusAnswered {
    QuestionId question = 0;
    CityCard card;
};
struct PersonStatusAnswered {
    QuestionId question = 0;
    PersonStatus status;
};
struct HealthAnswered {
    QuestionId question = 0;
    HealthStatus health;
};
/// The hub's answer to AskGate.
struct GateAnswered {
    QuestionId question = 0;
    GateAnswer answer;
};
/// To any of the four: there is none, or none in time. The passenger goes on without it.
struct HubGaveNoAnswer {
    QuestionId question = 0;
    std::optional<Error> error = {}; ///< nothing: it took too long
};
/// 确认升级.
struct ConfirmLink {
};
/// The store's answer to CommitLink, given only after the transaction is durable.
struct LinkCommitted {
    QString record;
    qint64 slip = 0;
    QDateTime at;
};
struct LinkNotCommitted {
    Error error;
};
/// The hub has judged the record of this passenger.
struct LinkJudged {
    QString record;
    bool accepted = false;
    QString reason; ///< of a refusal: a stable word
    QDateTime at;
};
/// The record of this passenger was revoked, or counts again; told after that is durable.
struct LinkTakenBack {
    QString record;
    bool revoked = true;
};
struct StepBack {
};
/// Ends the passenger without a record; after 完成 and 不同意 it leads to the next one.
struct EndPassenger {
};

/// Events of 改卡片, 改证件 and a click on a done step of the stepper.
enum class LinkStep {
    Idle,
    Card,
    Document,
    Guardian,
    Consent,
    Health,
    Confirm,
    Committing,
    Done,
    Declined
};
struct GoToStep {
    LinkStep step;
};

using LinkEvent =
    std::variant<CardPresented, CardLookedUp, AdoptOtherCard, StartLink, MediumChosen,
                 DocumentEntered, PersonLookedUp, ConsentGiven, ConsentDeclined, HealthDeferred,
                 ConfirmLink, LinkCommitted, LinkNotCommitted, StepBack, GoToStep, EndPassenger,
                 CardTyped, GroupCompared, LinkTakenBack, HealthSeen, AskHealthAgain,
                 CardStatusAnswered, PersonStatusAnswered, HealthAnswered, HubGaveNoAnswer,
                 LinkJudged, GateAnswered, HealthCodeScanned, DocumentRead, DocumentLapsed>;

// Effects: what the caller has to do next.

struct LookUpCard {
    QString number;
};
struct LookUpPerson {
    QString cardNumber;
    Person person;
};
/// Seal and commit; answer with LinkCommitted or LinkNotCommitted.
struct CommitLink {
    LinkRequest request;
};
/// Ask the hub; answer with CardStatusAnswered, PersonStatusAnswered, HealthAnswered, GateAnswered,
/// or with HubGaveNoAnswer. Asked only of the passenger at the desk, and only while the hub is
/// reachable.
struct AskCard {
    CardQuestion question;
};
struct AskPerson {
    PersonQuestion question;
};
struct AskHealth {
    PersonQuestion question;
};
/// What a gate of the metro does with this card now.
struct AskGate {
    CardQuestion question;
};
using LinkEffect = std::variant<std::monostate, LookUpCard, LookUpPerson, CommitLink, AskCard,
                                AskPerson, AskHealth, AskGate>;

/// 试刷: the linked card was tapped once more, and this is what a gate does with it.
struct TrialTap {
    GateAnswer answer;       ///< by what is known here, until the hub has told
    QuestionId question = 0; ///< the hub is asked; 0: it is not
    bool fromHub = false;
};

/// A document that was read and not used yet.
struct ReadDocument {
    Person person;
    bool compareByEye = false;
    std::chrono::milliseconds at{}; ///< Clock::sinceBoot()
};

/// How long a document that was placed before its card is kept (ui-spec 10).
constexpr std::chrono::seconds documentKept{60};

/// Everything a page shows of the passenger at the desk. Cleared when the passenger ends.
struct LinkState {
    LinkStep step = LinkStep::Idle;
    std::optional<CardSighting> card;
    CardVerdict verdict = CardVerdict::ReadAgain;
    DeskKnowledge knowledge;     ///< of the card, that the verdict stands on
    bool cardLookedUp = false;   ///< the store has answered
    QuestionId cardQuestion = 0; ///< the hub is asked; 0: it is not
    int groupsToCompare = 0;     ///< of a number that was typed; 0 when a reader read it
    int groupsCompared = 0;
    QString medium = QStringLiteral("physical");
    std::optional<ReadDocument> read; ///< by the ID reader, and waits for its step
    std::optional<Person> holder;
    std::optional<Person> guardian;
    bool lookingUpPerson = false;             ///< the store or the hub is asked
    QuestionId personQuestion = 0;            ///< of the hub
    std::optional<PersonStatus> personStatus; ///< of the holder; nothing: left to the hub
    std::optional<Consent>
        consent; ///< version, language, by and time; made for this card and these persons
    bool healthDeferred = false;
    QuestionId healthQuestion = 0;
    std::optional<HealthStatus> health; ///< of the holder
    QString healthCode;                 ///< scanned, opaque; empty: none was
    QDateTime healthToldAt;
    std::chrono::milliseconds healthTook{};
    std::optional<Error> healthTrouble; ///< why the hub did not tell it
    std::optional<LinkCommitted> committed;
    std::optional<LinkJudged> judged; ///< by the hub
    std::optional<TrialTap> trial;
    bool revoked = false;                  ///< the record was taken back and counts no longer
    std::optional<CardSighting> otherCard; ///< read in the middle of this passenger
    std::optional<Error> problem;          ///< why the last event did not lead on

    /// Groups of a typed number have still to be compared with the card.
    [[nodiscard]] bool mustCompare() const { return groupsCompared < groupsToCompare; }

    /// There is a passenger, and neither a record nor a refusal yet.
    [[nodiscard]] bool isHalfDone() const
    {
        return step >= LinkStep::Card && step <= LinkStep::Committing;
    }
};

/// One passenger at the desk as a step machine: ① card ② document ③ consent ④ health ⑤ confirm. No
/// threads, no I/O: the caller carries out the effect that apply() returns and feeds the answer
/// back as an event. An event that does not belong to the step changes nothing. A consent is worth
/// only for the card and persons it was given for.
class LinkProcedure
{
public:
    /// The references must outlive the procedure.
    LinkProcedure(const Catalogue &catalogue, const DocumentKinds &documents, const Rules &rules,
                  const Clock &clock);

    [[nodiscard]] const LinkState &state() const { return m_state; }

    /// Who is logged in; the record names this operator.
    void setOperator(const QString &operatorId);

    /// Whether the machine's time can be relied on (the hub said so since boot).
    void setTimeTrusted(bool trusted);
    [[nodiscard]] bool isTimeTrusted() const { return m_timeTrusted; }

    /// Whether the hub can be asked now.
    void setHubReachable(bool reachable);
    [[nodiscard]] bool isHubReachable() const { return m_hubReachable; }

    /// The hub's answer to that question is still of use.
    [[nodiscard]] bool waitsFor(QuestionId question) const;

    /// What the health that was told means today; nothing while none is known.
    [[nodiscard]] std::optional<HealthVerdict> healthVerdict() const;

    /// A document that waits for its card is somebody else's business from now on.
    void forgetDocument();

    LinkEffect apply(const LinkEvent &event);

private:
    LinkEffect on(const CardPresented &event);
    LinkEffect on(const CardTyped &event);
    LinkEffect on(const GroupCompared &event);
    LinkEffect on(const CardLookedUp &event);
    LinkEffect on(const AdoptOtherCard &event);
    LinkEffect on(const StartLink &event);
    LinkEffect on(const MediumChosen &event);
    LinkEffect on(const DocumentEntered &event);
    LinkEffect on(const DocumentRead &event);
    LinkEffect on(const DocumentLapsed &event);
    LinkEffect on(const PersonLookedUp &event);
    LinkEffect on(const ConsentGiven &event);
    LinkEffect on(const ConsentDeclined &event);
    LinkEffect on(const HealthDeferred &event);
    LinkEffect on(const HealthSeen &event);
    LinkEffect on(const AskHealthAgain &event);
    LinkEffect on(const HealthCodeScanned &event);
    LinkEffect on(const CardStatusAnswered &event);
    LinkEffect on(const PersonStatusAnswered &event);
    LinkEffect on(const HealthAnswered &event);
    LinkEffect on(const HubGaveNoAnswer &event);
    LinkEffect on(const LinkJudged &event);
    LinkEffect on(const GateAnswered &event);
    LinkEffect on(const ConfirmLink &event);
    LinkEffect on(const LinkCommitted &event);
    LinkEffect on(const LinkNotCommitted &event);
    LinkEffect on(const LinkTakenBack &event);
    LinkEffect on(const StepBack &event);
    LinkEffect on(const GoToStep &event);
    LinkEffect on(const EndPassenger &event);

    [[nodiscard]] LinkContext context() const;
    [[nodiscard]] bool passengerWaits() const;
    LinkEffect take(const CardSighting &card);
    [[nodiscard]] bool isTrialTap(const CardSighting &card) const;
    LinkEffect tryTap();
    [[nodiscard]] GateAnswer gateHere() const;
    void proveByReading(const CardSighting &card);
    LinkEffect startWith(const CardSighting &card);
    LinkEffect replaceCard(const CardSighting &card);
    LinkEffect lookUpHolder();
    LinkEffect askPerson();
    LinkEffect askHealth();
    [[nodiscard]] PersonQuestion newQuestion();
    [[nodiscard]] std::optional<Error> quotaProblem(int physical, int phone) const;
    void leaveDocument();
    void startByDocument();
    [[nodiscard]] bool wantsDocument() const;
    [[nodiscard]] std::optional<ReadDocument> freshDocument() const;
    void dropConsent();

    const Catalogue &m_catalogue;
    const DocumentKinds &m_documents;
    const Rules &m_rules;
    const Clock &m_clock;
    QString m_operator;
    bool m_timeTrusted = false;
    bool m_hubReachable = false;
    QuestionId m_questions = 0;                ///< how many were asked
    std::chrono::milliseconds m_askedHealth{}; ///< Clock::sinceBoot() of the question
    quint64 m_passengers = 0;                  ///< how many there were
    LinkState m_state;
};

} // namespace upgradedesk
