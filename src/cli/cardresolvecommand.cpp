#include "cli/commands.h"
#include "cli/jsontext.h"

#include "card/resolver.h"
#include "cli/arguments.h"

#include <QJsonArray>

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

} // namespace

int cardResolve(Console &console, const QStringList &arguments)
{
    const Arguments parsed = Arguments::parse(arguments, {}, {u"near"_s});
    if (!parsed.wrong.isEmpty())
        return console.usage(parsed.wrong);
    if (parsed.words.size() != 1)
        return console.usage(u"card resolve takes one number"_s);

    const auto catalogue = Catalogue::load();
    if (!catalogue)
        return console.report(catalogue.error());
    const CardNumberExplanation explained = explain(*catalogue, parsed.words.first());

    QJsonObject object = toJson(explained);
    if (parsed.has(u"near"_s)) {
        // Card numbers are kept nowhere, so a program that starts anew has read none today.
        object[u"near"_s] = QJsonArray();
    }
    console.result(object, explained.explanation.in(console.language()));
    const bool complete = explained.verdict == CardNumberExplanation::Verdict::Complete;
    return int(complete ? ExitCode::Done : ExitCode::No);
}

} // namespace upgradedesk
