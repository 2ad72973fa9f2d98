#include "cli/commands.h"

#include "core/arguments.h"
#include "cli/opendesk.h"
#include "cli/recordname.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{

int revoke(Console &console, const QStringList &arguments)
{
    const Arguments line = Arguments::parse(arguments, {u"operator"_s});
    if (line.wrong)
        return console.usage(*line.wrong);
    if (line.words.size() != 1)
        return console.usage(
            {u"revoke 要一个记录编号或单号"_s, u"revoke takes one record or slip"_s});
    const QString operatorId = line.value(u"operator"_s);
    if (operatorId.isEmpty())
        return console.usage(neededOption(u"operator"_s));

    const SystemClock machine;
    auto data = LinkData::load();
    if (!data)
        return console.report(data.error());
    auto desk = OpenDesk::open(console, machine);
    if (!desk)
        return console.report(desk.error());
    if (const auto used = data->usePublished(*desk); !used)
        return console.report(used.error());
    const Clock &clock = *desk->clock;
    const auto who = loginFromStdin(*desk, operatorId, clock);
    if (!who)
        return console.report(who.error());
    const auto of = recordNamed(desk->store, line.words.first());
    if (!of)
        return console.report(of.error());
    const auto anchor = desk->store.journalHead();
    if (!anchor)
        return console.report(anchor.error());

    const Limits &limits = data->rules.limits(beijingDate(clock.now()));
    const sync::RevokeTerms terms{
        std::chrono::minutes(limits.undoMinutes),
        {limits.physicalPerPerson, limits.phonePerPerson, limits.cardsPerAgent}};
    const auto record = sync::sealRevoke(desk->identity, {*of, operatorId, data->rules.version()},
                                         terms, *anchor, clock);
    if (!record)
        return console.report(record.error());
    const auto committed = desk->store.commit(*record);
    if (!committed)
        return console.report(committed.error());

    return tellQueued(console, *committed,
                      committed->restores ? LocalText{u"已恢复，单号 %1，联网后自动上传。"_s,
                                                      u"Restored, slip %1; uploads when online."_s}
                                          : LocalText{u"已撤销，单号 %1，联网后自动上传。"_s,
                                                      u"Undone, slip %1; uploads when online."_s});
}

} // namespace upgradedesk
