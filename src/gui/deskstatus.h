#pragma once

#include "gui/counterdevices.h"
#include "gui/hubstate.h"
#include "gui/pages/deskfacts.h"

#include <QObject>
#include <QTimer>

namespace upgradedesk
{

class Clock;
class StatusStrip;
struct StatusItem;

/// What the bar at the bottom always says: profile, readers, hub, queue, operator, time.
class DeskStatus final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeskStatus)

public:
    /// Strip and clock must outlive it.
    DeskStatus(StatusStrip &strip, const Clock &clock, const DeskFacts &facts, QObject *parent);

    void showReader(ReaderState state);
    void showQueue(int waiting);
    /// Devices other than card reader and hub.
    void showDevice(const DeviceFacts &facts);
    /// What the check at the start of the shift has found.
    void showShiftCheck(const TestResult &result);

    /// The device a chip is of; nothing when it is of none.
    [[nodiscard]] static std::optional<CounterDevice> deviceOf(const QString &chip);
    void showHub(const HubState &hub);
    /// Empty: nobody is logged in.
    void showOperator(const QString &name);
    /// Everything again, in the language of now.
    void showAll();

private:
    [[nodiscard]] StatusItem openingQueue(StatusItem item) const;
    [[nodiscard]] StatusItem openingDevices(StatusItem item) const;
    void showDeviceChip(const DeviceFacts &facts);
    void showShiftChip();
    void showProfile();
    void showHubChip();
    void showClock();

    StatusStrip &m_strip;
    const Clock &m_clock;
    const DeskFacts m_facts;
    HubState m_hub;
    ReaderState m_reader = ReaderState::Starting;
    int m_waiting = 0;
    QString m_operator;
    std::array<DeviceFacts, counterDevices.size()> m_devices;
    TestResult m_shift;
    QTimer m_shiftGood; ///< how long it is said that all is well
    QTimer m_second;
};

} // namespace upgradedesk
