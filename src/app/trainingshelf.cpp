#include "app/trainingshelf.h"

#include "core/jsonreader.h"
#include "core/resourcepath.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{

Result<QList<TrainingCard>> loadTrainingShelf(Language language)
{
    const auto file = JsonFile::load(resourcePath(u"training/shelf.json"),
                                     ErrorCode::ResourceUnreadable, ErrorCode::ResourceInvalid);
    if (!file)
        return tl::unexpected<Error>(file.error());

    QList<TrainingCard> cards;
    std::optional<Error> error;
    JsonReader root(*file, error);
    root.each(u"cards"_s, [&](JsonReader &row) {
        cards.append(
            {row.text(u"name"_s), row.localText(u"title"_s).in(language), row.text(u"medium"_s)});
    });
    root.finish();
    if (error)
        return tl::unexpected<Error>(*error);
    return cards;
}

} // namespace upgradedesk
