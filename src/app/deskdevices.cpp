#include "app/deskdevices.h"

#include "app/counterroles.h"

#include <QFileInfo>
#include <QGuiApplication>
#include <QScreen>

#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

using State = DeviceFacts::State;

State stateOf(const Error &error)
{
    switch (error.code) {
    case ErrorCode::ReaderBusy:
    case ErrorCode::PortBusy:
        return State::Busy;
    case ErrorCode::ReaderLost:
    case ErrorCode::ReaderNotFound:
    case ErrorCode::NamedReaderNotFound:
    case ErrorCode::PortNotFound:
    case ErrorCode::PortLost:
        return State::Absent;
    default:
        return State::Attention;
    }
}

QString shortPath(const QString &path)
{
    return QFileInfo(path).fileName();
}

QString placeOf(const SerialPort &port)
{
    const QString name = shortPath(port.path);
    return port.description.isEmpty() ? name : u"%1 · %2"_s.arg(name, port.description);
}

} // namespace

DeskDevices::DeskDevices(const Options &options, const Clock &clock, CounterDevices &devices,
                         NfcClient &nfc, PortLister lister)
    : m_options(options)
    , m_clock(clock)
    , m_devices(devices)
    , m_nfc(nfc)
    , m_watch({options.idReader, options.scanner, options.printer.path}, std::move(lister))
    , m_roles(RoleBook::load(options.dataFolder))
    , m_scanner(new Scanner)
    , m_checks(m_options, clock, devices, m_background, [this] { return places(); })
    , m_background(u"checks"_s)
{
    m_scanner->moveToThread(&m_serialThread);
    connect(&m_serialThread, &QThread::finished, m_scanner, &QObject::deleteLater);
    m_serialThread.setObjectName(u"scanner"_s);
    connect(&m_watch, &PortWatch::changed, this, &DeskDevices::takePorts);
    connect(m_scanner, &Scanner::opened, this, [this] { opened(DeviceRole::Scanner); });
    connect(m_scanner, &Scanner::troubled, this,
            [this](const Error &error) { troubled(DeviceRole::Scanner, error); });
    connect(m_scanner, &Scanner::scanned, this, [this](const ScanPayload &payload) {
        did(DeviceRole::Scanner, DeviceFacts::Event::Scanned,
            payload.reason != ScanPayload::Reason::NotText);
        emit scanned(payload);
    });
    connect(&m_devices, &CounterDevices::roleRequested, this, &DeskDevices::assign);
}

DeskDevices::~DeskDevices()
{
    m_serialThread.quit();
    m_serialThread.wait();
    if (!m_serialThread.isFinished())
        delete m_scanner;
}

void DeskDevices::start()
{
    m_serialThread.start();
    m_background.start();
    DeviceFacts reader = m_devices.facts(CounterDevice::CardReader);
    if (m_options.profile == Profile::Training)
        reader.place = u"PN532"_s;
    m_devices.setFacts(reader);
    showScreens();
    connect(qGuiApp, &QGuiApplication::screenAdded, this, &DeskDevices::showScreens);
    connect(qGuiApp, &QGuiApplication::screenRemoved, this, &DeskDevices::showScreens);
    if (m_options.profile != Profile::Training && !m_options.reader.isEmpty())
        m_nfc.start(m_options.reader);
    m_watch.start();
}

QString DeskDevices::named(DeviceRole role) const
{
    switch (role) {
    case DeviceRole::CardReader:
        return {};
    case DeviceRole::IdReader:
        return m_options.idReader;
    case DeviceRole::Scanner:
        return m_options.scanner;
    case DeviceRole::Printer:
        break;
    }
    return m_options.printer.path;
}

QString DeskDevices::portOf(DeviceRole role) const
{
    const auto found = m_paths.find(role);
    return found == m_paths.end() ? QString() : found->second;
}

doctor::CounterPlaces DeskDevices::places() const
{
    doctor::CounterPlaces places;
    places.ports = m_watch.ports();
    places.roles = m_roles;
    for (const DeviceRole role : allDeviceRoles) {
        if (!named(role).isEmpty())
            places.named[role] = named(role);
    }
    return places;
}

bool DeskDevices::isGivenUp(DeviceRole role) const
{
    return !isOfSystem(role) && named(role).isEmpty() && !m_roles.device(role);
}

/// Such a printer has no port, and goes before one that has.
bool DeskDevices::isOfSystem(DeviceRole role) const
{
    return role == DeviceRole::Printer && m_options.printer.way == PrinterAddress::Way::System;
}

/// Ports have come or gone, or a role has another device.
void DeskDevices::takePorts()
{
    for (const DeviceRole role : allDeviceRoles) {
        QString path = named(role);
        if (path.isEmpty()) {
            const auto port = m_roles.portOf(role, m_watch.ports());
            path = port ? port->path : QString();
        } else if (!QFileInfo::exists(path)) {
            path.clear();
        }
        const QString before = std::exchange(m_paths[role], path);
        if (path != before) {
            // A driver tells its trouble once, and may have told it before the port was seen here:
            // only the driver ends it. With another port it tells afresh.
            if (isGivenUp(role) || (!before.isEmpty() && !path.isEmpty()))
                m_troubles.erase(role);
            emit portChanged(role, path);
            if (role == DeviceRole::Scanner)
                QMetaObject::invokeMethod(m_scanner,
                                          [scanner = m_scanner, path] { scanner->setPort(path); });
        }
        tellFacts(role);
    }
    useReader();
    tellPorts();
}

/// A reader that an option names asks no other port. Else what staff said about ports goes before
/// what the child would find by itself, and it is started only when it can be told.
void DeskDevices::useReader()
{
    if (m_options.profile == Profile::Training || !m_options.reader.isEmpty())
        return;
    QStringList others;
    for (const DeviceRole role : {DeviceRole::IdReader, DeviceRole::Scanner, DeviceRole::Printer}) {
        if (const QString path = portOf(role); !path.isEmpty())
            others << path;
    }
    const auto device = m_roles.device(DeviceRole::CardReader);
    if (const QString path = portOf(DeviceRole::CardReader); !path.isEmpty()) {
        m_readerPath = path;
    } else if (device) {
        // It is waited for where it was last, and no other port is asked. Another device may have
        // got that path.
        if (m_readerPath.isEmpty())
            m_readerPath = device->path;
        for (const SerialPort &port : m_watch.ports()) {
            if (port.path == m_readerPath)
                others << port.path;
        }
    } else {
        m_readerPath.clear();
    }
    const QString connstring = m_readerPath.isEmpty() ? QString() : u"pn532_uart:"_s + m_readerPath;
    m_nfc.use(connstring, others);
    if (!std::exchange(m_readerStarted, true))
        m_nfc.start(connstring);
}

void DeskDevices::tellPorts()
{
    QList<PortFacts> ports;
    for (const SerialPort &port : m_watch.ports()) {
        // Boards have built-in ports that nobody can see; a device with a role is always shown.
        const auto role = m_roles.roleOf(port, m_watch.ports());
        const bool usb = port.vendor != 0 || port.product != 0;
        if (!usb && !role && !port.path.startsWith(u"/dev/ttyS0"_s))
            continue;
        ports << PortFacts{port.path, placeOf(port),
                           role ? std::optional(deviceOf(*role)) : std::nullopt};
    }
    m_devices.setPorts(ports);
}

void DeskDevices::tellFacts(DeviceRole role)
{
    // The child of the card reader tells of it by itself.
    if (role == DeviceRole::CardReader)
        return;
    // In training it is a virtual one, which has no port.
    if (role == DeviceRole::IdReader && m_options.profile == Profile::Training)
        return;
    DeviceFacts facts = m_devices.facts(deviceOf(role));
    const QString path = portOf(role);
    const auto device = m_roles.device(role);
    const auto trouble = m_troubles.find(role);
    facts.trouble.reset();
    facts.place = device && named(role).isEmpty() ? device->description : QString();
    if (!path.isEmpty())
        facts.place = facts.place.isEmpty() ? shortPath(path)
                                            : u"%1 · %2"_s.arg(shortPath(path), facts.place);
    if (isOfSystem(role))
        facts.place = m_options.printer.name.isEmpty() ? u"system"_s : m_options.printer.name;
    if (isGivenUp(role)) {
        facts.state = State::NotChosen;
    } else if (path.isEmpty() && !isOfSystem(role)) {
        facts.state = State::Absent;
        facts.trouble = Error{ErrorCode::PortNotFound,
                              {},
                              {named(role).isEmpty() ? shortPath(device->path) : named(role)}};
    } else if (trouble != m_troubles.end()) {
        facts.state = stateOf(trouble->second);
        facts.trouble = trouble->second;
    } else {
        facts.state = State::Ok;
    }
    m_devices.setFacts(facts);
}

void DeskDevices::assign(CounterDevice device, const QString &path)
{
    const auto role = roleOf(device);
    if (!role)
        return;
    if (path.isEmpty()) {
        m_roles.forget(*role);
    } else {
        for (const SerialPort &port : m_watch.ports()) {
            if (port.path == path)
                m_roles.assign(*role, port, m_watch.ports());
        }
    }
    m_background.run<bool>(
        this, [roles = m_roles, folder = m_options.dataFolder] { return roles.save(folder); },
        [this](const bool &saved) {
            if (!saved)
                m_devices.failed(
                    Error{ErrorCode::DataFolderUnwritable, {}, {m_options.dataFolder}});
        });
    takePorts();
}

void DeskDevices::readerReady(const QString &name)
{
    DeviceFacts facts = m_devices.facts(CounterDevice::CardReader);
    facts.state = m_options.profile == Profile::Training ? State::Simulated : State::Ok;
    facts.place = name;
    facts.trouble.reset();
    m_devices.setFacts(facts);
}

void DeskDevices::readerLost(const Error &error)
{
    DeviceFacts facts = m_devices.facts(CounterDevice::CardReader);
    facts.state = stateOf(error);
    facts.trouble = error;
    m_devices.setFacts(facts);
}

void DeskDevices::cardRead(bool good)
{
    did(DeviceRole::CardReader, DeviceFacts::Event::CardRead, good);
    if (good)
        m_checks.cardRead();
}

void DeskDevices::opened(DeviceRole role)
{
    m_troubles.erase(role);
    tellFacts(role);
}

void DeskDevices::troubled(DeviceRole role, const Error &error)
{
    m_troubles.insert_or_assign(role, error);
    tellFacts(role);
}

void DeskDevices::did(DeviceRole role, DeviceFacts::Event event, bool good)
{
    DeviceFacts facts = m_devices.facts(deviceOf(role));
    facts.lastEvent = event;
    facts.lastAt = m_clock.now();
    ++(good ? facts.done : facts.failed);
    m_devices.setFacts(facts);
}

void DeskDevices::showHub(const HubState &hub)
{
    DeviceFacts facts = m_devices.facts(CounterDevice::Hub);
    switch (hub.link) {
    case HubState::Link::Absent:
        facts.state = State::NotChosen;
        break;
    case HubState::Link::Starting:
        facts.state = State::Starting;
        break;
    case HubState::Link::Reachable:
        facts.state = State::Ok;
        break;
    case HubState::Link::Unreachable:
        facts.state = State::Absent;
        break;
    }
    facts.trouble = hub.link == HubState::Link::Unreachable ? hub.trouble : std::nullopt;
    m_devices.setFacts(facts);
}

void DeskDevices::showScreens()
{
    const QList<QScreen *> screens = QGuiApplication::screens();
    DeviceFacts facts = m_devices.facts(CounterDevice::PassengerScreen);
    facts.state = screens.size() > 1 ? State::Ok : State::NotChosen;
    facts.place.clear();
    if (screens.size() > 1)
        facts.place =
            u"%1 x %2"_s.arg(screens.last()->size().width()).arg(screens.last()->size().height());
    m_devices.setFacts(facts);
}

} // namespace upgradedesk
