#pragma once

#include "core/localtext.h"
#include "core/resourcepath.h"
#include "core/result.h"
#include "flow/gatedecision.h"

#include <QDate>
#include <QList>

namespace upgradedesk
{

/// A metro station or a bus line whose gates ask for the holder's test.
struct GatePlace {
    QString key;
    Venue venue = Venue::None;
    QDate from; ///< first Beijing date on which they ask
    LocalText name;

    /// Before it began to ask, a place is like any other.
    [[nodiscard]] Venue venueOn(QDate day) const { return day < from ? Venue::None : venue; }
};

/// resources/gates/places.json.
class GatePlaces
{
public:
    /// Fails with ResourceUnreadable or ResourceInvalid (args: file, line, why).
    [[nodiscard]] static Result<GatePlaces>
    load(const QString &path = resourcePath(u"gates/places.json"));

    /// By key or by name in either language; null when there is none.
    [[nodiscard]] const GatePlace *find(const QString &word) const;
    [[nodiscard]] const QList<GatePlace> &all() const { return m_places; }

private:
    QList<GatePlace> m_places;
};

} // namespace upgradedesk
