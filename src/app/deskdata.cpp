#include "app/deskdata.h"

#include "app/trainingshelf.h"
#include "core/resourcepath.h"
#include "sync/publishedrules.h"
#include "sync/trainingprovision.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

Result<sync::DeskIdentity> loadIdentity(const Options &options, const Clock &clock)
{
    if (options.profile == Profile::Training) {
        const auto made = sync::provisionTraining(options.dataFolder, clock);
        if (!made && made.error().code != ErrorCode::AlreadyProvisioned)
            return tl::unexpected<Error>(made.error());
    }
    auto identity = sync::DeskIdentity::load(options.dataFolder, clock);
    if (!identity || identity->profile() == options.profile)
        return identity;
    if (identity->profile() == Profile::Training)
        return fail(ErrorCode::TrainingFolder, {}, {options.dataFolder, u"upgradedesk"_s});
    if (options.profile == Profile::Training)
        return fail(ErrorCode::NotTrainingFolder, {}, {options.dataFolder});
    return fail(ErrorCode::ProfileMismatch, u"the folder is of another profile"_s,
                {u"#profile-"_s + profileKey(identity->profile())});
}

Result<void> loadTraining(DeskData &data)
{
    auto shelf = loadTrainingShelf(Language::Chinese);
    auto english = loadTrainingShelf(Language::English);
    if (!shelf || !english)
        return tl::unexpected<Error>(!shelf ? shelf.error() : english.error());
    auto cards = loadVirtualCards(resourcePath(u"training/cards.json"));
    if (!cards)
        return tl::unexpected<Error>(cards.error());
    auto persons = loadVirtualPersons(resourcePath(u"training/persons.json"));
    if (!persons)
        return tl::unexpected<Error>(persons.error());
    data.virtualPersons = *std::move(persons);
    data.shelf = *std::move(shelf);
    data.shelfInEnglish = *std::move(english);
    data.virtualCards = *std::move(cards);
    return {};
}

} // namespace

Result<DeskData> loadDeskData(const Options &options, const Clock &clock)
{
    auto catalogue = Catalogue::load();
    if (!catalogue)
        return tl::unexpected<Error>(catalogue.error());
    auto documents = DocumentKinds::load();
    if (!documents)
        return tl::unexpected<Error>(documents.error());
    auto rules = Rules::load();
    if (!rules)
        return tl::unexpected<Error>(rules.error());
    auto identity = loadIdentity(options, clock);
    if (!identity)
        return tl::unexpected<Error>(identity.error());

    // A newer release may read them no longer; then its own are in force until the next ones come.
    if (const auto published = sync::loadPublishedRules(options.dataFolder, *identity)) {
        if (auto parsed = Rules::parse(*published, u"rules of the hub"_s))
            rules = std::move(parsed);
    }

    DeskData data{*std::move(catalogue),
                  *std::move(documents),
                  *std::move(rules),
                  *std::move(identity),
                  {},
                  {},
                  {},
                  {}};
    if (options.profile == Profile::Training) {
        const auto loaded = loadTraining(data);
        if (!loaded)
            return tl::unexpected<Error>(loaded.error());
    }
    return data;
}

} // namespace upgradedesk
