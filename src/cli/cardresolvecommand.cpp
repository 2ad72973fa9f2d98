#include "cli/commands.h"
#include "cli/jsontext.h"

#include "card/nearnumbers.h"
#include "card/resolver.h"
#include "core/arguments.h"
#include "cli/opendesk.h"
#include "sync/cardsreadtoday.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

QJsonArray toJson(const QList<int> &numbers)
{
    QJsonArray array;
    for (const int number : numbers)
        array << number;
    return array;
}

QJsonObject toJson(const CardNumberExplanation &explained)
{
    QJsonArray candidates;
    for (const auto &candidate : explained.candidates) {
        candidates << QJsonObject{{u"product"_s, candidate.product},
                                  {u"digits"_s, candidate.digits},
                                  {u"expectedDigits"_s, toJson(candidate.expectedDigits)},
                                  {u"missing"_s, candidate.missing}};
    }
    return {{u"input"_s, explained.input},
            {u"number"_s, textOrNull(explained.number)},
            {u"verdict"_s, verdictKey(explained.verdict)},
            {u"product"_s, textOrNull(explained.product)},
            {u"digits"_s, explained.digits},
            {u"expectedDigits"_s, toJson(explained.expectedDigits)},
            {u"missing"_s, explained.missing},
            {u"service"_s, serviceKey(explained.service)},
            {u"candidates"_s, candidates},
            {u"explanation"_s, QJsonObject{{u"zh_CN"_s, explained.explanation.chinese},
                                           {u"en"_s, explained.explanation.english}}}};
}

/// Near matches among the cards read at this desk today, as the look-up page offers them. A desk
/// without an identity has read none.
Result<QList<NearMatch>> nearReadToday(const Console &console, const Catalogue &catalogue,
                                       const QString &number)
{
    const SystemClock clock;
    auto desk = OpenDesk::open(console, clock);
    if (!desk && (desk.error().code == ErrorCode::NotProvisioned ||
                  desk.error().code == ErrorCode::TrainingFolder))
        return QList<NearMatch>();
    if (!desk)
        return tl::unexpected(desk.error());

    const QList<NearMatch> possible = neighbours(catalogue, number);
    QStringList numbers;
    for (const NearMatch &match : possible)
        numbers << match.number;
    const auto read = sync::cardsReadToday(desk->identity, desk->store, numbers, clock);
    if (!read)
        return tl::unexpected(read.error());

    QList<NearMatch> near;
    for (const sync::CardReadToday &card : read->first(std::min(mostNearCards, read->size())))
        near << possible.at(numbers.indexOf(card.number));
    return near;
}

} // namespace

int cardResolve(Console &console, const QStringList &arguments)
{
    const Arguments parsed = Arguments::parse(arguments, {}, {u"near"_s});
    if (parsed.wrong)
        return console.usage(*parsed.wrong);
    if (parsed.words.size() != 1)
        return console.usage({u"card resolve 要一个卡号"_s, u"card resolve takes one number"_s});

    const auto catalogue = Catalogue::load();
    if (!catalogue)
        return console.report(catalogue.error());
    const CardNumberExplanation explained = explain(*catalogue, parsed.words.first());

    QJsonObject object = toJson(explained);
    QString text = explained.explanation.in(console.language());
    if (parsed.has(u"near"_s)) {
        const auto near = nearReadToday(console, *catalogue, explained.number);
        if (!near)
            return console.report(near.error());
        QJsonArray array;
        if (!near->isEmpty())
            text += u'\n' + catalogue->text(u"near"_s).in(console.language());
        for (const NearMatch &match : *near) {
            array << QJsonObject{{u"number"_s, match.number},
                                 {u"difference"_s, differenceKey(match.difference)}};
            text += u"\n  "_s + groupedNumber(*catalogue, match.number);
        }
        object[u"near"_s] = array;
    }
    console.result(object, text);
    const bool complete = explained.verdict == CardNumberExplanation::Verdict::Complete;
    return int(complete ? ExitCode::Done : ExitCode::No);
}

} // namespace upgradedesk
