#pragma once

#include "app/background.h"
#include "app/deskchecks.h"
#include "app/options.h"
#include "core/clock.h"
#include "device/nfc/nfcclient.h"
#include "device/ports/portwatch.h"
#include "device/ports/rolebook.h"
#include "device/serial/scanner.h"
#include "gui/counterdevices.h"
#include "gui/hubstate.h"

#include <QObject>
#include <QThread>

#include <map>

namespace upgradedesk
{

/// The desk's share of what stands at the counter: which port is whose, what the window is told of
/// each device. Lives in the GUI thread; whatever looks at ports or files does so in the
/// background.
class DeskDevices final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeskDevices)

public:
    /// All of them must outlive it. `lister` is for tests.
    DeskDevices(const Options &options, const Clock &clock, CounterDevices &devices, NfcClient &nfc,
                PortLister lister = serialPorts);
    ~DeskDevices() override;

    /// After the first picture: nothing of the start waits for it. Outside of training it starts
    /// the card reader too: at once when an option names it, else when the ports are known.
    void start();

    /// The path of the port a device of that role is on now; empty when there is none.
    [[nodiscard]] QString portOf(DeviceRole role) const;

    /// Whether no device has that role any more.
    [[nodiscard]] bool isGivenUp(DeviceRole role) const;

public slots:
    void readerReady(const QString &name);
    void readerLost(const upgradedesk::Error &error);
    void cardRead(bool good);
    void showHub(const upgradedesk::HubState &hub);
    void showScreens();

    // For whoever drives the other devices:
    void opened(upgradedesk::DeviceRole role);
    void troubled(upgradedesk::DeviceRole role, const upgradedesk::Error &error);
    void did(upgradedesk::DeviceRole role, upgradedesk::DeviceFacts::Event event, bool good);

    void checkShift() { m_checks.checkShift(); }

signals:
    /// The device of that role is on this port from now on; empty: it is not there.
    void portChanged(upgradedesk::DeviceRole role, const QString &path);
    void scanned(const upgradedesk::ScanPayload &payload);

private:
    void takePorts();
    void assign(CounterDevice device, const QString &path);
    [[nodiscard]] QString named(DeviceRole role) const;
    [[nodiscard]] bool isOfSystem(DeviceRole role) const;
    void tellPorts();
    void tellFacts(DeviceRole role);
    void useReader();
    [[nodiscard]] doctor::CounterPlaces places() const;

    const Options m_options;
    const Clock &m_clock;
    CounterDevices &m_devices;
    NfcClient &m_nfc;
    PortWatch m_watch;
    RoleBook m_roles;
    std::map<DeviceRole, QString> m_paths;
    std::map<DeviceRole, Error> m_troubles;
    QString m_readerPath; ///< where the card reader that staff chose was last
    bool m_readerStarted = false;
    QThread m_serialThread;
    Scanner *m_scanner; ///< lives on m_serialThread, which deletes it when it ends
    DeskChecks m_checks;
    Background m_background; ///< ends before what it works for
};

} // namespace upgradedesk
