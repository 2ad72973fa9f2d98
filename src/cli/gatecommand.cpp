#include "cli/commands.h"
#include "cli/jsontext.h"

#include "card/resolver.h"
#include "cli/arguments.h"
#include "cli/opendesk.h"
#include "flow/gatedecision.h"
#include "flow/gateplaces.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

using Decision = GateAnswer::Decision;

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

Result<DeskKnowledge> knowledgeOf(OpenDesk &desk, const QString &number)
{
    const auto key = desk.identity.cardKey(number);
    if (!key)
        return tl::unexpected(key.error());
    const auto known = desk.store.knowledge(*key, {});
    if (!known)
        return tl::unexpected(known.error());
    DeskKnowledge knowledge;
    knowledge.cardLinkedHere = known->linkedToOther; // than nobody
    knowledge.cardLinkUploaded = known->linkUploaded;
    return knowledge;
}

/// What --place and --venue say; a command line that says too much or nothing known is its words.
tl::expected<Venue, LocalText> venueOf(const Arguments &line, const GatePlaces &places, QDate day)
{
    if (!line.has(u"place"_s)) {
        if (const auto venue = venueFromKey(line.value(u"venue"_s, u"metro"_s)))
            return *venue;
        return tl::unexpected(
            LocalText{u"--venue 是 metro、bus 或 none"_s, u"--venue is metro, bus or none"_s});
    }
    if (line.has(u"venue"_s))
        return tl::unexpected(LocalText{u"--place 和 --venue 只能用一个"_s,
                                        u"--place and --venue exclude each other"_s});
    if (const GatePlace *place = places.find(line.value(u"place"_s)))
        return place->venueOn(day);
    QStringList chinese;
    QStringList english;
    for (const GatePlace &place : places.all()) {
        chinese << place.name.chinese;
        english << place.key;
    }
    return tl::unexpected(LocalText{u"--place 是 "_s + chinese.join(u'、'),
                                    u"--place is one of "_s + english.join(u", "_s)});
}

int answer(const Console &console, const GateAnswer &answered, const QDateTime &now)
{
    const LocalText message = gateMessage(answered.code);
    // Without a hub there is what this desk has recorded itself, as of now; of a card it has no
    // record of it knows nothing of any time.
    const bool knows = answered.decision != Decision::Unknown;
    const QString asOf = knows ? toBeijing(now).toString(Qt::ISODate) : QString();
    console.result(QJsonObject{{u"decision"_s, decisionKey(answered.decision)},
                               {u"code"_s, answered.code},
                               {u"message"_s, QJsonObject{{u"zh_CN"_s, message.chinese},
                                                          {u"en"_s, message.english}}},
                               {u"basis"_s, u"snapshot"_s},
                               {u"asOf"_s, textOrNull(asOf)}},
                   message.in(console.language()));
    return int(exitOf(answered.decision));
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
    const SystemClock clock;
    const QDateTime now = clock.now();
    const auto at = line.has(u"at"_s) ? timeOf(line.value(u"at"_s)) : std::optional(now);
    if (!at)
        return console.usage({u"--at 是时间，如 2022-06-01T08:30 或 2022-06-01T00:30Z"_s,
                              u"--at is a time like 2022-06-01T08:30 or 2022-06-01T00:30Z"_s});
    const auto places = GatePlaces::load();
    if (!places)
        return console.report(places.error());
    const auto venue = venueOf(line, *places, beijingDate(*at));
    if (!venue)
        return console.usage(venue.error());

    const auto data = LinkData::load();
    if (!data)
        return console.report(data.error());
    auto desk = OpenDesk::open(console, clock);
    if (!desk)
        return console.report(desk.error());
    const CardNumberExplanation card = explain(data->catalogue, line.words.first());
    if (card.verdict != CardNumberExplanation::Verdict::Complete)
        return console.report(
            Error{ErrorCode::CardNumberInvalid, {}, {u'#' + verdictKey(card.verdict)}});
    if (line.has(u"online"_s))
        return console.report(Error{ErrorCode::HubAbsent, {}, {}});
    const auto knowledge = knowledgeOf(*desk, card.number);
    if (!knowledge)
        return console.report(knowledge.error());

    GateTap tap;
    tap.card = cardStatusHere(card.service, *knowledge);
    tap.venue = *venue;
    // The clock of a desk without a hub is not to be relied on.
    if (line.has(u"at"_s))
        tap.at = at;
    return answer(console, decideGate(tap, data->rules), now);
}

} // namespace upgradedesk
