#include "cli/opendesk.h"

#include "core/datafolder.h"
#include "core/standardinput.h"
#include "storage/hubstore.h"
#include "sync/hubclient.h"
#include "sync/provisioning.h"
#include "wire/signeddocument.h"

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

Result<OpenDesk> OpenDesk::open(const Console &console, const Clock &machine)
{
    const QString &folder = console.dataFolder();
    auto identity = sync::DeskIdentity::load(folder, machine);
    if (!identity && identity.error().code == ErrorCode::NotProvisioned &&
        onlyTrainingHasData(folder))
        return fail(ErrorCode::TrainingFolder, u"only the training mode has data"_s,
                    {dataFolder(Profile::Training), u"deskctl"_s});
    if (!identity)
        return tl::unexpected(identity.error());
    if (console.profile() == Profile::Training && identity->profile() != Profile::Training)
        return fail(ErrorCode::NotTrainingFolder, u"the folder is of another profile"_s, {folder});
    if (console.profile().value_or(identity->profile()) != identity->profile())
        return fail(ErrorCode::ProfileMismatch, u"the folder is of another profile"_s,
                    {u"#profile-"_s + profileKey(identity->profile())});
    auto store = storage::Store::open(folder, identity->storeKeys());
    if (!store)
        return tl::unexpected(store.error());
    const auto facts = store->hub().facts();
    if (!facts)
        return tl::unexpected(facts.error());
    auto clock = std::make_unique<TrustedClock>(machine);
    clock->adopt({facts->time, facts->bootId, facts->sinceBoot});
    return OpenDesk{std::move(*identity), std::move(*store), std::move(clock)};
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

Result<void> LinkData::usePublished(OpenDesk &desk)
{
    const auto held = desk.store.hub().document(u"rules"_s);
    if (!held)
        return tl::unexpected(held.error());
    if (held->version == 0)
        return {};
    const auto document = wire::decodeDocument(held->message);
    if (!document)
        return tl::unexpected(document.error());
    if (auto good = sync::checkDocument(*document, u"rules"_s, desk.identity); !good)
        return good;
    auto published = Rules::parse(document->body, u"rules of the hub"_s);
    if (!published)
        return tl::unexpected(published.error());
    rules = std::move(*published);
    return {};
}

LinkContext LinkData::context(const Clock &clock) const
{
    return {catalogue, documents, rules, clock.now(), clock.isTrusted()};
}

sync::LinkTerms LinkData::terms(const QString &medium, const Clock &clock) const
{
    const Limits &limits = rules.limits(beijingDate(clock.now()));
    sync::LinkTerms terms;
    terms.slot = rules.slot(medium) == u"phone"_s ? storage::Slot::Phone : storage::Slot::Physical;
    terms.quotas = {limits.physicalPerPerson, limits.phonePerPerson, limits.cardsPerAgent};
    return terms;
}

Result<storage::NewRecord> LinkData::prepare(const LinkForm &form,
                                             const sync::DeskIdentity &identity,
                                             const storage::JournalHead &anchor, const Clock &clock,
                                             const RefusedOf &refusedOf) const
{
    auto request = checkLink(form, context(clock));
    if (!request)
        return tl::unexpected(request.error());
    if (refusedOf) {
        auto refused = identity.cardKey(request->cardNumber).and_then(refusedOf);
        if (!refused)
            return tl::unexpected(refused.error());
        request->supersedes = *refused;
    }
    return sync::sealLink(identity, *request, terms(request->medium, clock), anchor, clock);
}

int tellQueued(const Console &console, const storage::Committed &committed, const LocalText &done)
{
    console.result(QJsonObject{{u"record"_s, committed.record},
                               {u"slip"_s, committed.slip},
                               {u"state"_s, storage::stateKey(storage::RecordState::Queued)}},
                   done.in(console.language()).arg(committed.slip));
    return int(ExitCode::Done);
}

Result<storage::Operator> loginFromStdin(OpenDesk &desk, const QString &operatorId,
                                         const Clock &clock)
{
    const auto pin = readPin();
    if (!pin)
        return tl::unexpected(pin.error());
    return desk.store.login(operatorId, *pin, clock);
}

} // namespace upgradedesk
