#include "flow/gateplaces.h"

#include "core/jsonreader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

Result<GatePlaces> GatePlaces::load(const QString &path)
{
    const auto file =
        JsonFile::load(path, ErrorCode::ResourceUnreadable, ErrorCode::ResourceInvalid);
    if (!file)
        return tl::unexpected(file.error());

    std::optional<Error> error;
    JsonReader root(*file, error);
    GatePlaces places;
    root.each(u"places"_s, [&places](JsonReader &row) {
        GatePlace place;
        place.key = row.text(u"key"_s);
        const auto venue = venueFromKey(row.text(u"venue"_s));
        if (!venue || *venue == Venue::None)
            row.wrong(u"venue"_s, u"metro or bus is needed"_s);
        place.venue = venue.value_or(Venue::None);
        const auto from = row.optionalDate(u"from"_s);
        if (!from)
            row.wrong(u"from"_s, u"a date YYYY-MM-DD is needed"_s);
        place.from = from.value_or(QDate());
        place.name = row.localText(u"name"_s);
        for (const QString &word : {place.key, place.name.chinese, place.name.english}) {
            if (places.find(word))
                row.wrong(u"key"_s, u"another place has this key or name"_s);
        }
        places.m_places.append(place);
    });
    root.finish();
    if (error)
        return tl::unexpected(*error);
    return places;
}

const GatePlace *GatePlaces::find(const QString &word) const
{
    const auto found = std::ranges::find_if(m_places, [&word](const GatePlace &place) {
        return word == place.key || word == place.name.chinese ||
               word.compare(place.name.english, Qt::CaseInsensitive) == 0;
    });
    return found == m_places.end() ? nullptr : &*found;
}

} // namespace upgradedesk
