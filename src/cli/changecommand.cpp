#include "cli/commands.h"

#include "core/arguments.h"
#include "cli/opendesk.h"
#include "flow/changecheck.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

/// The command line, checked for what is missing only.
tl::expected<ChangeForm, LocalText> formOf(const QStringList &arguments, bool replaces)
{
    QStringList needed{u"card"_s, u"doc-kind"_s, u"doc-number"_s, u"operator"_s};
    QStringList options = needed;
    if (replaces) {
        needed.prepend(u"old-card"_s);
        options << u"old-card"_s << u"medium"_s;
    }
    const Arguments line = Arguments::parse(arguments, options);
    if (line.wrong)
        return tl::unexpected(*line.wrong);
    if (!line.words.isEmpty())
        return tl::unexpected(LocalText{u"只有选项，没有别的"_s, u"only options are taken"_s});
    for (const QString &option : std::as_const(needed)) {
        if (line.value(option).isEmpty())
            return tl::unexpected(neededOption(option));
    }
    ChangeForm form;
    form.replaces = replaces;
    form.cardNumber = line.value(u"card"_s);
    form.oldCard = line.value(u"old-card"_s);
    form.medium = line.value(u"medium"_s, form.medium);
    form.documentKind = line.value(u"doc-kind"_s);
    form.documentNumber = line.value(u"doc-number"_s);
    form.operatorId = line.value(u"operator"_s);
    return form;
}

int change(Console &console, const QStringList &arguments, bool replaces, const LocalText &done)
{
    const auto form = formOf(arguments, replaces);
    if (!form)
        return console.usage(form.error());
    auto data = LinkData::load();
    if (!data)
        return console.report(data.error());
    const SystemClock machine;
    auto desk = OpenDesk::open(console, machine);
    if (!desk)
        return console.report(desk.error());
    if (const auto used = data->usePublished(*desk); !used)
        return console.report(used.error());
    const Clock &clock = *desk->clock;
    const auto who = loginFromStdin(*desk, form->operatorId, clock);
    if (!who)
        return console.report(who.error());
    const auto request = checkChange(*form, data->context(clock));
    if (!request)
        return console.report(request.error());
    const auto anchor = desk->store.journalHead();
    if (!anchor)
        return console.report(anchor.error());
    const auto record = sync::sealChange(desk->identity, *request,
                                         data->terms(request->medium, clock), *anchor, clock);
    if (!record)
        return console.report(record.error());
    const auto committed = desk->store.commit(*record);
    if (!committed)
        return console.report(committed.error());
    return tellQueued(console, *committed, done);
}

} // namespace

int unlink(Console &console, const QStringList &arguments)
{
    return change(
        console, arguments, false,
        {u"解绑已保存，单号 %1，联网后自动上传，中心收下才生效。"_s,
         u"Unlink saved, slip %1; uploads when online and holds once the hub has taken it."_s});
}

int replace(Console &console, const QStringList &arguments)
{
    return change(
        console, arguments, true,
        {u"换卡已保存，单号 %1，联网后自动上传，中心收下才生效。"_s,
         u"Replacement saved, slip %1; uploads when online and holds once the hub has taken it."_s});
}

} // namespace upgradedesk
