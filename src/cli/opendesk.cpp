#include "cli/opendesk.h"

#include "core/datafolder.h"
#include "sync/provisioning.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{

namespace
{

/// Whoever has only practised looks for the records in the folder of real work.
bool onlyTrainingHasData(const QString &folder)
{
    const auto training = sync::Provisioning::load(dataFolder(Profile::Training));
    return folder == dataFolder(Profile::Production) && training &&
           training->profile == Profile::Training;
}

} // namespace

Result<OpenDesk> OpenDesk::open(const Console &console, const Clock &clock)
{
    const QString &folder = console.dataFolder();
    auto identity = sync::DeskIdentity::load(folder, clock);
    if (!identity && identity.error().code == ErrorCode::NotProvisioned &&
        onlyTrainingHasData(folder))
        return fail(ErrorCode::TrainingFolder, u"only the training mode has data"_s,
                    {dataFolder(Profile::Training), u"deskctl"_s});
    if (!identity)
        return tl::unexpected(identity.error());
    if (console.training() && identity->profile() != Profile::Training)
        return fail(ErrorCode::NotTrainingFolder, u"the folder is of another profile"_s, {folder});
    auto store = storage::Store::open(folder, identity->storeKeys());
    if (!store)
        return tl::unexpected(store.error());
    return OpenDesk{std::move(*identity), std::move(*store)};
}

Result<LinkData> LinkData::load()
{
    auto catalogue = Catalogue::load();
    if (!catalogue)
        return tl::unexpected(catalogue.error());
    auto documents = DocumentKinds::load();
    if (!documents)
        return tl::unexpected(documents.error());
    auto rules = Rules::load();
    if (!rules)
        return tl::unexpected(rules.error());
    return LinkData{std::move(*catalogue), std::move(*documents), std::move(*rules)};
}

LinkContext LinkData::context(const Clock &clock) const
{
    return {catalogue, documents, rules, clock.now(), false};
}

Result<storage::NewRecord> LinkData::prepare(const LinkForm &form,
                                             const sync::DeskIdentity &identity,
                                             const storage::JournalHead &anchor,
                                             const Clock &clock) const
{
    const auto request = checkLink(form, context(clock));
    if (!request)
        return tl::unexpected(request.error());

    const Limits &limits = rules.limits(beijingDate(clock.now()));
    sync::LinkTerms terms;
    terms.slot =
        rules.slot(request->medium) == u"phone"_s ? storage::Slot::Phone : storage::Slot::Physical;
    terms.quotas = {limits.physicalPerPerson, limits.phonePerPerson, limits.cardsPerAgent};
    return sync::sealLink(identity, *request, terms, anchor, clock);
}

Result<storage::Operator> loginFromStdin(const Console &console, OpenDesk &desk,
                                         const QString &operatorId, const Clock &clock)
{
    const auto pin = console.readPin();
    if (!pin)
        return tl::unexpected(pin.error());
    return desk.store.login(operatorId, *pin, clock);
}

} // namespace upgradedesk
