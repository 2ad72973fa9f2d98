#include "app/screenlist.h"

#include <QGuiApplication>
#include <QScreen>

#include <algorithm>

namespace upgradedesk
{

SystemScreens::SystemScreens()
{
    const auto watch = [this](QScreen *screen) {
        connect(screen, &QScreen::geometryChanged, this, &ScreenList::changed);
    };
    for (QScreen *screen : QGuiApplication::screens())
        watch(screen);
    connect(qGuiApp, &QGuiApplication::screenAdded, this, [this, watch](QScreen *screen) {
        watch(screen);
        emit changed();
    });
    connect(qGuiApp, &QGuiApplication::screenRemoved, this, &ScreenList::changed);
    connect(qGuiApp, &QGuiApplication::primaryScreenChanged, this, &ScreenList::changed);
}

QList<ScreenPlace> SystemScreens::screens() const
{
    QList<ScreenPlace> places;
    for (const QScreen *screen : QGuiApplication::screens())
        places.append({screen->name(), screen->geometry()});
    return places;
}

const ScreenPlace *passengerScreen(const QList<ScreenPlace> &screens, const QRect &staff)
{
    const auto covered = [&staff](const ScreenPlace &screen) {
        const QRect shared = screen.geometry.intersected(staff);
        return qint64(shared.width()) * shared.height();
    };
    const auto home = std::ranges::max_element(screens, {}, covered);
    if (home == screens.end())
        return nullptr;
    const auto found = std::ranges::find_if(screens, [&home](const ScreenPlace &screen) {
        return screen.geometry.isValid() && !screen.geometry.intersects(home->geometry);
    });
    return found == screens.end() ? nullptr : &*found;
}

} // namespace upgradedesk
