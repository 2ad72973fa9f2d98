#include "app/deskdevices.h"

#include "doctor/bundle.h"
#include "doctor/deskchecks.h"
#include "doctor/devicechecks.h"
#include "doctor/readerchecks.h"
#include "doctor/systemchecks.h"

#include <QFileInfo>
#include <QGuiApplication>
#include <QHash>
#include <QScreen>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upgradedesk
{
namespace
{

using State = DeviceFacts::State;

constexpr auto testCardTime = 20s;

CounterDevice deviceOf(DeviceRole role)
{
    switch (role) {
    case DeviceRole::CardReader:
        return CounterDevice::CardReader;
    case DeviceRole::IdReader:
        return CounterDevice::IdReader;
    case DeviceRole::Scanner:
        return CounterDevice::Scanner;
    case DeviceRole::Printer:
        break;
    }
    return CounterDevice::Printer;
}

std::optional<DeviceRole> roleOf(CounterDevice device)
{
    for (const DeviceRole role : allDeviceRoles) {
        if (deviceOf(role) == device)
            return role;
    }
    return std::nullopt;
}

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

/// What a check is about, in front of what it found.
LocalText subjectOf(const QString &check)
{
    static const QHash<QString, LocalText> subjects{
        {u"readers"_s, {u"接线"_s, u"lines"_s}},
        {u"ports"_s, {u"串口"_s, u"ports"_s}},
        {u"kernel-driver"_s, {u"内核模块"_s, u"kernel module"_s}},
        {u"reader-lock"_s, {u"占用"_s, u"in use"_s}},
        {u"identity"_s, {u"登记"_s, u"identity"_s}},
        {u"keys"_s, {u"密钥"_s, u"keys"_s}},
        {u"clock"_s, {u"时间"_s, u"clock"_s}},
        {u"disk"_s, {u"磁盘"_s, u"disk"_s}},
        {u"catalogue"_s, {u"卡种表"_s, u"card kinds"_s}},
        {u"rules"_s, {u"规则"_s, u"rules"_s}},
        {u"documents"_s, {u"证件种类"_s, u"document kinds"_s}},
        {u"groups"_s, {u"用户组"_s, u"groups"_s}},
        {u"id-reader"_s, {u"证件机"_s, u"ID reader"_s}},
        {u"scanner"_s, {u"扫描器"_s, u"scanner"_s}},
        {u"printer"_s, {u"打印机"_s, u"printer"_s}}};
    return subjects.value(check, {check, check});
}

TestLine lineOf(const doctor::Check &check)
{
    const LocalText subject = subjectOf(check.name);
    return {check.name,
            check.ok ? TestLine::Outcome::Good : TestLine::Outcome::Bad,
            {subject.chinese + u"："_s + check.detail.chinese,
             subject.english + u": "_s + check.detail.english},
            check.fix};
}

QList<TestLine> linesOf(const QList<doctor::Check> &checks)
{
    QList<TestLine> lines;
    for (const doctor::Check &check : checks)
        lines << lineOf(check);
    return lines;
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
    , m_helper(new QObject)
{
    m_scanner->moveToThread(&m_serialThread);
    connect(&m_serialThread, &QThread::finished, m_scanner, &QObject::deleteLater);
    m_helper->moveToThread(&m_helperThread);
    connect(&m_helperThread, &QThread::finished, m_helper, &QObject::deleteLater);
    m_serialThread.setObjectName(u"scanner"_s);
    m_helperThread.setObjectName(u"checks"_s);
    m_testCard.setSingleShot(true);
    m_testCard.setInterval(testCardTime);
    connect(&m_testCard, &QTimer::timeout, this, &DeskDevices::endShiftCheck);
    connect(&m_watch, &PortWatch::changed, this, &DeskDevices::takePorts);
    connect(m_scanner, &Scanner::opened, this, [this] { opened(DeviceRole::Scanner); });
    connect(m_scanner, &Scanner::troubled, this,
            [this](const Error &error) { troubled(DeviceRole::Scanner, error); });
    connect(m_scanner, &Scanner::scanned, this, [this](const ScanPayload &payload) {
        did(DeviceRole::Scanner, DeviceFacts::Event::Scanned,
            payload.reason != ScanPayload::Reason::NotText);
        emit scanned(payload);
    });
    connectTasks();
}

DeskDevices::~DeskDevices()
{
    for (QThread *thread : {&m_serialThread, &m_helperThread}) {
        thread->quit();
        thread->wait();
    }
    if (!m_serialThread.isFinished())
        delete m_scanner;
    if (!m_helperThread.isFinished())
        delete m_helper;
}

void DeskDevices::connectTasks()
{
    connect(&m_devices, &CounterDevices::testRequested, this, &DeskDevices::test);
    connect(&m_devices, &CounterDevices::shiftCheckRequested, this, &DeskDevices::checkShift);
    connect(&m_devices, &CounterDevices::roleRequested, this, &DeskDevices::assign);
    connect(&m_devices, &CounterDevices::bundleRequested, this, &DeskDevices::makeBundle);
    connect(&m_devices, &CounterDevices::bundleSaveRequested, this, &DeskDevices::saveBundle);
}

void DeskDevices::start()
{
    m_serialThread.start();
    m_helperThread.start(QThread::LowPriority);
    DeviceFacts reader = m_devices.facts(CounterDevice::CardReader);
    if (m_options.profile == Profile::Training)
        reader.place = u"PN532"_s;
    m_devices.setFacts(reader);
    showScreens();
    connect(qGuiApp, &QGuiApplication::screenAdded, this, &DeskDevices::showScreens);
    connect(qGuiApp, &QGuiApplication::screenRemoved, this, &DeskDevices::showScreens);
    m_watch.start();
}

template <typename Value>
void DeskDevices::inBackground(std::function<Value()> work, std::function<void(const Value &)> then)
{
    QMetaObject::invokeMethod(m_helper, [this, work = std::move(work), then = std::move(then)] {
        const Value value = work();
        QMetaObject::invokeMethod(this, [then, value] { then(value); });
    });
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

bool DeskDevices::isGivenUp(DeviceRole role) const
{
    return named(role).isEmpty() && !m_roles.device(role);
}

/// Ports have come or gone, or a role has another device.
void DeskDevices::takePorts()
{
    for (const DeviceRole role : allDeviceRoles) {
        QString path = named(role);
        if (path.isEmpty()) {
            const auto device = m_roles.device(role);
            const auto port = device ? upgradedesk::portOf(*device, m_watch.ports()) : std::nullopt;
            path = port ? port->path : QString();
        } else if (!QFileInfo::exists(path)) {
            path.clear();
        }
        const bool changed = portOf(role) != path;
        m_paths[role] = path;
        if (changed) {
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

/// What staff said about ports goes before what the child would find by itself.
void DeskDevices::useReader()
{
    if (m_options.profile == Profile::Training)
        return;
    QStringList others;
    for (const DeviceRole role : {DeviceRole::IdReader, DeviceRole::Scanner, DeviceRole::Printer}) {
        if (const QString path = portOf(role); !path.isEmpty())
            others << path;
    }
    const QString path = portOf(DeviceRole::CardReader);
    const bool chosen = m_options.reader.isEmpty() && !path.isEmpty();
    m_nfc.use(chosen ? u"pn532_uart:"_s + path : m_options.reader, others);
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
    if (isGivenUp(role)) {
        facts.state = State::NotChosen;
    } else if (path.isEmpty()) {
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
                m_roles.assign(*role, DeviceIdentity::of(port));
        }
    }
    inBackground<bool>(
        [roles = m_roles, folder = m_options.dataFolder] { return roles.save(folder); },
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
    if (!m_testCard.isActive() || !good)
        return;
    m_testCard.stop();
    endShiftCheck();
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

/// What this program knows of the device itself, before the system is asked.
TestLine DeskDevices::deviceLine(CounterDevice device) const
{
    const DeviceFacts &facts = m_devices.facts(device);
    TestLine line{u"state"_s, TestLine::Outcome::Good, {}, {}};
    if (facts.trouble) {
        line.outcome = TestLine::Outcome::Bad;
        line.text = doctor::saidOf(*facts.trouble);
        return line;
    }
    switch (facts.state) {
    case State::Ok:
    case State::Simulated:
        line.text = {u"本程序正在用它，工作正常"_s, u"in use by this program, and it works"_s};
        break;
    case State::NotChosen:
        line.outcome = TestLine::Outcome::Skipped;
        line.text = {u"这台没有配"_s, u"this desk has none"_s};
        break;
    case State::Starting:
        line.outcome = TestLine::Outcome::Waiting;
        line.text = {u"正在启动"_s, u"starting"_s};
        break;
    default:
        line.outcome = TestLine::Outcome::Bad;
        line.text = {u"没有响应"_s, u"no answer"_s};
        break;
    }
    return line;
}

void DeskDevices::test(CounterDevice device)
{
    TestResult result{device, true, 0, {deviceLine(device)}};
    m_devices.setTest(result);
    const auto began = m_clock.sinceBoot();
    const auto role = roleOf(device);
    const bool training = m_options.profile == Profile::Training;
    doctor::CounterPlaces places;
    places.ports = m_watch.ports();
    places.roles = m_roles;
    for (const DeviceRole one : allDeviceRoles) {
        if (!named(one).isEmpty())
            places.named[one] = named(one);
    }
    inBackground<QList<doctor::Check>>(
        [role, device, training, places]() -> QList<doctor::Check> {
            if (device == CounterDevice::CardReader)
                return doctor::readerChecks(doctor::ReaderPlaces::ofThisMachine(training));
            if (role)
                return {doctor::deviceCheck(*role, places), doctor::groupsCheck(places)};
            return {};
        },
        [this, result, began](const QList<doctor::Check> &checks) mutable {
            result.running = false;
            result.milliseconds = (m_clock.sinceBoot() - began).count();
            for (TestLine &line : result.lines) {
                if (line.outcome == TestLine::Outcome::Waiting)
                    line = deviceLine(*result.device);
            }
            result.lines << linesOf(checks);
            m_devices.setTest(result);
        });
}

void DeskDevices::checkShift()
{
    if (m_shift && m_shift->running)
        return;
    m_shiftStart = m_clock.sinceBoot();
    m_shift = TestResult{std::nullopt, true, 0, {}};
    m_shiftWaits = true;
    m_shift->lines << TestLine{u"test-card"_s,
                               TestLine::Outcome::Waiting,
                               {u"测试卡：20 秒内放一张卡，也可以不放"_s,
                                u"test card: place any card within 20 s, or none"_s},
                               {}};
    m_devices.setTest(*m_shift);
    m_testCard.start();
    inBackground<QList<doctor::Check>>(
        [folder = m_options.dataFolder, clock = &m_clock] {
            return doctor::quickDeskChecks(folder, *clock)
                   << doctor::diskCheck(folder) << doctor::dataFileChecks();
        },
        [this](const QList<doctor::Check> &checks) {
            m_shift->lines << linesOf(checks);
            m_shiftWaits = false;
            if (m_testCard.isActive())
                m_devices.setTest(*m_shift);
            else
                endShiftCheck();
        });
}

/// A card was read or the time for one is over. Devices are looked at last: they have had time to
/// start.
void DeskDevices::endShiftCheck()
{
    if (!m_shift || !m_shift->running)
        return;
    const bool read = m_devices.facts(CounterDevice::CardReader).done > 0;
    TestLine &card = m_shift->lines.first();
    card.outcome = read ? TestLine::Outcome::Good : TestLine::Outcome::Skipped;
    card.text = read ? LocalText{u"测试卡：读到了"_s, u"test card: read"_s}
                     : LocalText{u"测试卡：没有放，跳过"_s, u"test card: none, left out"_s};
    if (m_shiftWaits)
        return;
    static const std::map<CounterDevice, LocalText> names{
        {CounterDevice::CardReader, {u"读卡器：%1"_s, u"card reader: %1"_s}},
        {CounterDevice::IdReader, {u"证件机：%1"_s, u"ID reader: %1"_s}},
        {CounterDevice::Scanner, {u"扫描器：%1"_s, u"scanner: %1"_s}},
        {CounterDevice::Printer, {u"打印机：%1"_s, u"printer: %1"_s}},
        {CounterDevice::Hub, {u"中心：%1"_s, u"hub: %1"_s}}};
    for (const auto &[device, name] : names) {
        TestLine line = deviceLine(device);
        line.key = u"device"_s;
        line.text = {name.chinese.arg(line.text.chinese), name.english.arg(line.text.english)};
        // Work goes on without the hub, and nobody at the desk can mend it.
        if (device == CounterDevice::Hub && line.outcome == TestLine::Outcome::Bad)
            line.outcome = TestLine::Outcome::Skipped;
        m_shift->lines << line;
    }
    m_shift->running = false;
    m_shift->milliseconds = (m_clock.sinceBoot() - m_shiftStart).count();
    m_devices.setTest(*m_shift);
}

void DeskDevices::makeBundle()
{
    const bool training = m_options.profile == Profile::Training;
    inBackground<QString>(
        [training, folder = m_options.dataFolder, clock = &m_clock] {
            QList<doctor::Check> checks =
                doctor::readerChecks(doctor::ReaderPlaces::ofThisMachine(training));
            checks << doctor::counterChecks(doctor::CounterPlaces::ofThisMachine(folder))
                   << doctor::quickDeskChecks(folder, *clock) << doctor::diskCheck(folder)
                   << doctor::dataFileChecks() << doctor::fontCheck(doctor::fontFolders());
            return doctor::bundleText(checks, clock->now());
        },
        [this](const QString &text) { m_devices.setBundle(text); });
}

void DeskDevices::saveBundle(const QString &text)
{
    const QString folder = m_options.dataFolder;
    const QString name =
        u"diagnostics-%1.txt"_s.arg(toBeijing(m_clock.now()).toString(u"yyyyMMdd-HHmmss"_s));
    inBackground<Result<QString>>(
        [text, folder, name] { return doctor::saveBundle(text, folder, name); },
        [this](const Result<QString> &file) {
            if (file)
                m_devices.bundleSaved(*file);
            else
                m_devices.failed(file.error());
        });
}

} // namespace upgradedesk
