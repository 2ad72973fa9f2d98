#include "cli/commands.h"

#include "cli/arguments.h"
#include "sync/deskidentity.h"
#include "sync/trainingprovision.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{

int provision(Console &console, const QStringList &arguments)
{
    const Arguments line = Arguments::parse(arguments, {u"request"_s}, {u"training"_s});
    if (line.wrong)
        return console.usage(*line.wrong);
    if (line.has(u"request"_s) || !line.words.isEmpty() || !line.has(u"training"_s))
        return console.usage({u"这个版本只有 provision --training"_s,
                              u"this release has provision --training only"_s});

    const SystemClock clock;
    if (const auto done = sync::provisionTraining(console.dataFolder(), clock); !done)
        return console.report(done.error());
    const auto identity = sync::DeskIdentity::load(console.dataFolder(), clock);
    if (!identity)
        return console.report(identity.error());

    const QString until = toBeijing(identity->validUntil()).toString(Qt::ISODate);
    console.result(QJsonObject{{u"desk"_s, identity->desk()},
                               {u"station"_s, identity->stationName()},
                               {u"validUntil"_s, until}},
                   console
                       .say(u"已登记为培训台 %1，%2，有效期至 %3。工号 9001，PIN 135790。"_s,
                            u"Training desk %1, %2, valid until %3. Operator 9001, PIN 135790."_s)
                       .arg(identity->desk(), identity->stationName(), until));
    return int(ExitCode::Done);
}

} // namespace upgradedesk
