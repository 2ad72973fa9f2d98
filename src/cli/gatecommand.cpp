#include "cli/commands.h"
#include "cli/jsontext.h"

#include "card/resolver.h"
#include "core/arguments.h"
#include "cli/opendesk.h"
#include "flow/gatedecision.h"
#include "flow/gateplaces.h"
#include "sync/citycards.h"
#include "sync/hubclient.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <cstdlib>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

using Decision = GateAnswer::Decision;

constexpr qint64 secondsTheHubTells = 24 * 3600; ///< before now and after it

/// ISO 8601; without an offset it is Beijing time, whatever zone the machine is in.
std::optional<QDateTime> timeOf(const QString &text)
{
    static const QRegularExpression offset(u"T.*(Z|[+-]\\d{2}(:?\\d{2})?)\\z"_s);
    QString whole = text;
    if (!whole.contains(u'T'))
        whole += u"T00:00:00"_s;
    if (!offset.match(whole).hasMatch())
        whole += u"+08:00"_s;
    const QDateTime time = QDateTime::fromString(whole, Qt::ISODateWithMs);
    if (!time.isValid())
        return std::nullopt;
    return time;
}

ExitCode exitOf(Decision decision)
{
    switch (decision) {
    case Decision::Pass:
        return ExitCode::Done;
    case Decision::Manual:
    case Decision::Refuse:
        return ExitCode::No;
    case Decision::Unknown:
        return ExitCode::Hub;
    }
    Q_UNREACHABLE();
}

/// What the desk has recorded of the card itself, and what the city's snapshot says.
Result<DeskKnowledge> knowledgeOf(OpenDesk &desk, const QString &folder, const QString &number)
{
    const auto key = desk.identity.cardKey(number);
    if (!key)
        return tl::unexpected(key.error());
    const auto known = desk.store.knowledge(*key, {});
    if (!known)
        return tl::unexpected(known.error());
    const auto inCity = sync::CityCards(folder).look(number);
    if (!inCity)
        return tl::unexpected(inCity.error());
    DeskKnowledge knowledge;
    knowledge.cardLinkedHere = known->linkedToOther; // than nobody
    knowledge.cardLinkUploaded = known->linkUploaded;
    if (*inCity)
        heedSnapshot(knowledge, {(*inCity)->state, (*inCity)->stand.asOf},
                     {known->linkedAt, known->endedAt});
    return knowledge;
}

/// Where the tap is: a place, or any gate of a venue.
struct Where {
    const GatePlace *place = nullptr;
    Venue venue = Venue::Metro;

    /// Without a day to go by the place asks for a test: it has begun long ago.
    [[nodiscard]] Venue on(const std::optional<QDateTime> &at) const
    {
        if (!place)
            return venue;
        return at ? place->venueOn(beijingDate(*at)) : place->venue;
    }
};

/// What --place and --venue say; a command line that says too much or nothing known is its words.
tl::expected<Where, LocalText> whereOf(const Arguments &line, const GatePlaces &places)
{
    if (!line.has(u"place"_s)) {
        if (const auto venue = venueFromKey(line.value(u"venue"_s, u"metro"_s)))
            return Where{nullptr, *venue};
        return tl::unexpected(
            LocalText{u"--venue 是 metro、bus 或 none"_s, u"--venue is metro, bus or none"_s});
    }
    if (line.has(u"venue"_s))
        return tl::unexpected(LocalText{u"--place 和 --venue 只能用一个"_s,
                                        u"--place and --venue exclude each other"_s});
    if (const GatePlace *place = places.find(line.value(u"place"_s)))
        return Where{place};
    QStringList chinese;
    QStringList english;
    for (const GatePlace &place : places.all()) {
        chinese << place.name.chinese;
        english << place.key;
    }
    return tl::unexpected(LocalText{u"--place 是 "_s + chinese.join(u'、'),
                                    u"--place is one of "_s + english.join(u", "_s)});
}

int tell(const Console &console, const GateAnswer &answered, const LocalText &message,
         const QString &basis, const QDateTime &asOf)
{
    const QString time = asOf.isValid() ? toBeijing(asOf).toString(Qt::ISODate) : QString();
    console.result(QJsonObject{{u"decision"_s, decisionKey(answered.decision)},
                               {u"code"_s, answered.code},
                               {u"message"_s, QJsonObject{{u"zh_CN"_s, message.chinese},
                                                          {u"en"_s, message.english}}},
                               {u"basis"_s, basis},
                               {u"asOf"_s, textOrNull(time)}},
                   message.in(console.language()));
    return int(exitOf(answered.decision));
}

/// What this desk itself would say.
int answerHere(const Console &console, OpenDesk &desk, const LinkData &data,
               const CardNumberExplanation &card, GateTap tap)
{
    const auto knowledge = knowledgeOf(desk, console.dataFolder(), card.number);
    if (!knowledge)
        return console.report(knowledge.error());
    tap.card = cardStatusHere(card.service, *knowledge);
    const GateAnswer answered = decideGate(tap, data.rules);
    // A snapshot is of its own time, what the desk has recorded is of now; of a card it has no
    // record of it knows nothing of any time.
    const bool byCity =
        card.service == CardService::Linkable && knowledge->city && !knowledge->cardLinkUploaded;
    QDateTime asOf;
    if (answered.decision != Decision::Unknown)
        asOf = byCity ? knowledge->city->asOf : desk.clock->now();
    const bool timeIsMissing =
        answered.decision == Decision::Unknown && tap.card != CardStatus::Unknown && !tap.at;
    return tell(console, answered,
                timeIsMissing ? gateMessageWithoutTime() : gateMessage(answered.code),
                u"snapshot"_s, asOf);
}

/// What the hub says; this program has no other event loop.
int answerOnline(const Console &console, const OpenDesk &desk, const QString &number,
                 const GateTap &tap)
{
    const auto client = sync::HubClient::make(desk.identity, *desk.clock);
    if (!client)
        return console.report(client.error());
    int exit = 0;
    (*client)->askGate(number, venueKey(tap.venue), tap.at,
                       [&](const sync::HubResult<wire::GateDecisionAnswer> &answer) {
                           const auto decision = answer ? decisionFromKey(answer->decision)
                                                        : std::optional<Decision>();
                           if (!answer)
                               exit = console.report(answer.error().error);
                           else if (!decision)
                               exit = console.report(Error{ErrorCode::HubFailed,
                                                           u"an unknown decision"_s,
                                                           {u"answer-unreadable"_s}});
                           else
                               exit = tell(console, {*decision, answer->code}, answer->message,
                                           u"hub"_s, answer->asOf);
                           QCoreApplication::quit();
                       });
    QCoreApplication::exec();
    return exit;
}

} // namespace

int gate(Console &console, const QStringList &arguments)
{
    const Arguments line =
        Arguments::parse(arguments, {u"venue"_s, u"place"_s, u"at"_s}, {u"online"_s});
    if (line.wrong)
        return console.usage(*line.wrong);
    if (line.words.size() != 1)
        return console.usage({u"gate 要一个卡号"_s, u"gate takes one number"_s});
    const auto at = timeOf(line.value(u"at"_s));
    if (line.has(u"at"_s) && !at)
        return console.usage({u"--at 是时间，如 2022-06-01T08:30 或 2022-06-01T00:30Z"_s,
                              u"--at is a time like 2022-06-01T08:30 or 2022-06-01T00:30Z"_s});
    const auto places = GatePlaces::load();
    if (!places)
        return console.report(places.error());
    const auto where = whereOf(line, *places);
    if (!where)
        return console.usage(where.error());

    auto data = LinkData::load();
    if (!data)
        return console.report(data.error());
    const SystemClock machine;
    auto desk = OpenDesk::open(console, machine);
    if (!desk)
        return console.report(desk.error());
    if (const auto used = data->usePublished(*desk); !used)
        return console.report(used.error());
    const CardNumberExplanation card = explain(data->catalogue, line.words.first());
    if (card.verdict != CardNumberExplanation::Verdict::Complete)
        return console.report(
            Error{ErrorCode::CardNumberInvalid, {}, {u'#' + verdictKey(card.verdict)}});

    GateTap tap;
    if (line.has(u"at"_s))
        tap.at = at;
    else if (desk->clock->isTrusted())
        tap.at = desk->clock->now();
    tap.venue = where->on(tap.at);
    if (line.has(u"online"_s) && line.has(u"at"_s) && desk->clock->isTrusted() &&
        std::abs(at->secsTo(desk->clock->now())) > secondsTheHubTells)
        return console.usage({u"--online 问的是眼前的事：--at 离现在不能超过一天"_s,
                              u"--online asks about now: --at is at most a day away from it"_s});
    // Of a card that nobody can link the hub knows nothing; what it is its number says.
    return line.has(u"online"_s) && card.linkable() ? answerOnline(console, *desk, card.number, tap)
                                                    : answerHere(console, *desk, *data, card, tap);
}

} // namespace upgradedesk
