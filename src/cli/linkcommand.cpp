#include "cli/commands.h"

#include "core/arguments.h"
#include "cli/linkbulk.h"
#include "cli/linkfields.h"
#include "cli/opendesk.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

QStringList linkOptions()
{
    QStringList options{u"operator"_s, u"from"_s};
    for (const QString &key : linkKeys())
        options << optionOf(key);
    return options;
}

int linkOne(Console &console, const Arguments &line)
{
    const SystemClock machine;
    QHash<QString, QString> fields;
    for (const QString &key : linkKeys()) {
        if (line.has(optionOf(key)))
            fields.insert(key, line.value(optionOf(key)));
    }
    const auto form = linkForm(fields, line.value(u"operator"_s), machine.now());
    if (!form)
        return console.usage(neededOption(optionOf(form.error().args.value(0))));

    auto data = LinkData::load();
    if (!data)
        return console.report(data.error());
    auto desk = OpenDesk::open(console, machine);
    if (!desk)
        return console.report(desk.error());
    if (const auto used = data->usePublished(*desk); !used)
        return console.report(used.error());
    const Clock &clock = *desk->clock;
    const auto who = loginFromStdin(*desk, form->operatorId, clock);
    if (!who)
        return console.report(who.error());
    const auto anchor = desk->store.journalHead();
    if (!anchor)
        return console.report(anchor.error());
    const auto refusedOf = [&desk](const QByteArray &cardKey) {
        return desk->store.knowledge(cardKey, {}).map(&storage::Knowledge::refused);
    };
    const auto record = data->prepare(*form, desk->identity, *anchor, clock, refusedOf);
    if (!record)
        return console.report(record.error());
    const auto committed = desk->store.commit(*record);
    if (!committed)
        return console.report(committed.error());
    return tellQueued(
        console, *committed,
        {u"已保存，单号 %1，联网后自动上传。"_s, u"Saved, slip %1; uploads when online."_s});
}

} // namespace

int link(Console &console, const QStringList &arguments)
{
    const Arguments line = Arguments::parse(arguments, linkOptions());
    if (line.wrong)
        return console.usage(*line.wrong);
    if (!line.words.isEmpty())
        return console.usage({u"link 只有选项"_s, u"link takes options only"_s});
    if (line.value(u"operator"_s).isEmpty())
        return console.usage(neededOption(u"operator"_s));
    if (!line.has(u"from"_s))
        return linkOne(console, line);
    if (line.options.size() != 2)
        return console.usage(
            {u"--from 只能与 --operator 一起用"_s, u"--from goes with --operator only"_s});
    return linkBulk(console, line.value(u"from"_s), line.value(u"operator"_s));
}

} // namespace upgradedesk
