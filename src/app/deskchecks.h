#pragma once

#include "app/options.h"
#include "core/clock.h"
#include "doctor/devicechecks.h"
#include "gui/counterdevices.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>

namespace upgradedesk
{

class Background;

/// The self tests of the devices, the check at the start of a shift and the diagnostic bundle: what
/// this program knows by itself, and what the doctor finds in the background. Lives in the GUI
/// thread.
class DeskChecks final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeskChecks)

public:
    /// Where the devices are now.
    using Places = std::function<doctor::CounterPlaces()>;

    /// All of them must outlive it. `testCardTime` is for tests.
    DeskChecks(const Options &options, const Clock &clock, CounterDevices &devices,
               Background &background, Places places,
               std::chrono::milliseconds testCardTime = std::chrono::seconds(20));

    /// All of it at once, in the background: 20 s for the test card, a moment for the rest.
    void checkShift();

    /// A card was read: a check that waits for one is over.
    void cardRead();

private:
    void test(CounterDevice device);
    void makeBundle();
    void saveBundle(const QString &text);
    void endShiftCheck();
    [[nodiscard]] TestLine deviceLine(CounterDevice device) const;

    const Options &m_options;
    const Clock &m_clock;
    CounterDevices &m_devices;
    Background &m_background;
    const Places m_places;
    std::optional<TestResult> m_shift;
    QTimer m_testCard;
    std::chrono::milliseconds m_shiftStart{};
    bool m_shiftWaits = false; ///< for what the doctor finds
    bool m_cardSeen = false;   ///< since the check began
};

} // namespace upgradedesk
