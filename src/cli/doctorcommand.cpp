#include "cli/commands.h"

#include "core/clock.h"
#include "core/arguments.h"
#include "doctor/bundle.h"
#include "doctor/deskchecks.h"
#include "doctor/devicechecks.h"
#include "doctor/readerchecks.h"
#include "doctor/systemchecks.h"
#include "sync/deskidentity.h"
#include "sync/hubclient.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

namespace
{

/// Nothing when the hub answers, or when there is none to ask.
std::optional<Error> hubTrouble(const QString &dataFolder, const Clock &clock)
{
    const auto identity = sync::DeskIdentity::load(dataFolder, clock);
    if (!identity || identity->profile() == Profile::Training)
        return std::nullopt;
    const auto client = sync::HubClient::make(*identity, clock);
    if (!client)
        return client.error();
    // What any desk may ask that the hub still takes.
    std::optional<Error> error;
    (*client)->fetchDocument(u"rules"_s,
                             [&error](const sync::HubResult<wire::SignedDocument> &answer) {
                                 if (!answer)
                                     error = answer.error().error;
                                 QCoreApplication::quit();
                             });
    QCoreApplication::exec();
    return error;
}

} // namespace

int examine(Console &console, const QStringList &arguments)
{
    const Arguments parsed = Arguments::parse(arguments, {u"bundle"_s});
    if (parsed.wrong)
        return console.usage(*parsed.wrong);
    if (!parsed.words.isEmpty())
        return console.usage({u"doctor 只有选项"_s, u"doctor takes options only"_s});
    const SystemClock clock;
    const bool training = doctor::isTrainingDesk(console.dataFolder());
    QList<doctor::Check> checks =
        doctor::readerChecks(doctor::ReaderPlaces::ofThisMachine(training));
    checks << doctor::counterChecks(doctor::CounterPlaces::ofThisMachine(console.dataFolder()))
           << doctor::deskChecks(console.dataFolder(), clock,
                                 hubTrouble(console.dataFolder(), clock))
           << doctor::diskCheck(console.dataFolder())
           << doctor::dataFileChecks(console.dataFolder(), clock)
           << doctor::fontCheck(doctor::fontFolders());

    if (parsed.has(u"bundle"_s)) {
        const QString path = parsed.value(u"bundle"_s);
        const auto written =
            doctor::saveBundle(doctor::bundleText(checks, clock.now()), u"."_s, path);
        if (!written)
            return console.report(written.error());
        console.note(console
                         .say(u"诊断包已写到 %1，可以先看一遍再发出。"_s,
                              u"The bundle is in %1; read it before you send it."_s)
                         .arg(path));
    }

    bool allGood = true;
    for (const doctor::Check &check : std::as_const(checks)) {
        allGood = allGood && check.ok;
        const QString detail = check.detail.in(console.language());
        const QString fix = check.fix.in(console.language());
        const QString mark =
            check.ok ? console.say(u"正常"_s, u"ok"_s) : console.say(u"不对"_s, u"WRONG"_s);
        const QString line = u"%1  %2  %3"_s.arg(mark, check.name, detail);
        console.result(QJsonObject{{u"check"_s, check.name},
                                   {u"ok"_s, check.ok},
                                   {u"detail"_s, detail},
                                   {u"fix"_s, fix}},
                       fix.isEmpty() ? line : line + u" → "_s + fix);
    }
    return int(allGood ? ExitCode::Done : ExitCode::No);
}

} // namespace upgradedesk
