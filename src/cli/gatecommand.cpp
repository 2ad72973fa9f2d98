#include "cli/commands.h"
#include "cli/jsontext.h"

#include "card/resolver.h"
#include "cli/arguments.h"
#include "cli/opendesk.h"
#include "core/sentences.h"
#include "flow/gatedecision.h"

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

QString decisionKey(Decision decision)
{
    switch (decision) {
    case Decision::Pass:
        return u"pass"_s;
    case Decision::Manual:
        return u"manual"_s;
    case Decision::Refuse:
        return u"refuse"_s;
    case Decision::Unknown:
        return u"unknown"_s;
    }
    Q_UNREACHABLE();
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

int answer(const Console &console, const GateAnswer &answered, const QDateTime &now)
{
    const QString key = u"gate."_s + answered.code;
    const LocalText message{word(key, Language::Chinese), word(key, Language::English)};
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
    const Arguments line = Arguments::parse(arguments, {u"venue"_s, u"at"_s}, {u"online"_s});
    if (line.wrong)
        return console.usage(*line.wrong);
    if (line.words.size() != 1)
        return console.usage({u"gate 要一个卡号"_s, u"gate takes one number"_s});
    const QString venue = line.value(u"venue"_s, u"metro"_s);
    if (venue != u"metro" && venue != u"bus" && venue != u"none")
        return console.usage(
            {u"--venue 是 metro、bus 或 none"_s, u"--venue is metro, bus or none"_s});
    const SystemClock clock;
    const QDateTime now = clock.now();
    const auto at = line.has(u"at"_s) ? timeOf(line.value(u"at"_s)) : std::optional(now);
    if (!at)
        return console.usage({u"--at 是时间，如 2022-06-01T08:30 或 2022-06-01T00:30Z"_s,
                              u"--at is a time like 2022-06-01T08:30 or 2022-06-01T00:30Z"_s});

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

    GateQuestion question;
    question.card = cardStatusHere(card.service, *knowledge);
    question.maxDays = data->rules.testDays(venue, beijingDate(*at));
    return answer(console, decideGate(question), now);
}

} // namespace upgradedesk
