#include "app/deskchecks.h"

#include "app/background.h"
#include "app/counterroles.h"
#include "doctor/bundle.h"
#include "doctor/deskchecks.h"
#include "doctor/readerchecks.h"
#include "doctor/systemchecks.h"

#include <QHash>

#include <map>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

using State = DeviceFacts::State;

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

DeskChecks::DeskChecks(const Options &options, const Clock &clock, CounterDevices &devices,
                       Background &background, Places places,
                       std::chrono::milliseconds testCardTime)
    : m_options(options)
    , m_clock(clock)
    , m_devices(devices)
    , m_background(background)
    , m_places(std::move(places))
{
    m_testCard.setSingleShot(true);
    m_testCard.setInterval(testCardTime);
    connect(&m_testCard, &QTimer::timeout, this, &DeskChecks::endShiftCheck);
    connect(&m_devices, &CounterDevices::testRequested, this, &DeskChecks::test);
    connect(&m_devices, &CounterDevices::shiftCheckRequested, this, &DeskChecks::checkShift);
    connect(&m_devices, &CounterDevices::bundleRequested, this, &DeskChecks::makeBundle);
    connect(&m_devices, &CounterDevices::bundleSaveRequested, this, &DeskChecks::saveBundle);
}

/// What this program knows of the device itself, before the system is asked.
TestLine DeskChecks::deviceLine(CounterDevice device) const
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

void DeskChecks::test(CounterDevice device)
{
    TestResult result{device, true, 0, {deviceLine(device)}};
    m_devices.setTest(result);
    const auto began = m_clock.sinceBoot();
    const auto role = roleOf(device);
    const bool training = m_options.profile == Profile::Training;
    // It has no port to look at.
    const bool portless =
        m_devices.facts(device).state == State::Simulated ||
        (device == CounterDevice::Printer && m_options.printer.way == PrinterAddress::Way::System);
    m_background.run<QList<doctor::Check>>(
        this,
        [role, device, training, portless, places = m_places()]() -> QList<doctor::Check> {
            if (device == CounterDevice::CardReader)
                return doctor::readerChecks(doctor::ReaderPlaces::ofThisMachine(training));
            if (role && !portless)
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

void DeskChecks::checkShift()
{
    if (m_shift && m_shift->running)
        return;
    m_shiftStart = m_clock.sinceBoot();
    m_shift = TestResult{std::nullopt, true, 0, {}};
    m_shiftWaits = true;
    m_cardSeen = false;
    m_shift->lines << TestLine{u"test-card"_s,
                               TestLine::Outcome::Waiting,
                               {u"测试卡：20 秒内放一张卡，也可以不放"_s,
                                u"test card: place any card within 20 s, or none"_s},
                               {}};
    m_devices.setTest(*m_shift);
    m_testCard.start();
    m_background.run<QList<doctor::Check>>(
        this,
        [folder = m_options.dataFolder, clock = &m_clock] {
            return doctor::quickDeskChecks(folder, *clock)
                   << doctor::diskCheck(folder) << doctor::dataFileChecks(folder, *clock);
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

void DeskChecks::cardRead()
{
    if (!m_testCard.isActive())
        return;
    m_cardSeen = true;
    m_testCard.stop();
    endShiftCheck();
}

/// A card was read or the time for one is over. Devices are looked at last: they have had time to
/// start.
void DeskChecks::endShiftCheck()
{
    if (!m_shift || !m_shift->running)
        return;
    TestLine &card = m_shift->lines.first();
    card.outcome = m_cardSeen ? TestLine::Outcome::Good : TestLine::Outcome::Skipped;
    card.text = m_cardSeen ? LocalText{u"测试卡：读到了"_s, u"test card: read"_s}
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

void DeskChecks::makeBundle()
{
    const bool training = m_options.profile == Profile::Training;
    m_background.run<QString>(
        this,
        [training, places = m_places(), folder = m_options.dataFolder, clock = &m_clock] {
            QList<doctor::Check> checks =
                doctor::readerChecks(doctor::ReaderPlaces::ofThisMachine(training));
            checks << doctor::counterChecks(places) << doctor::quickDeskChecks(folder, *clock)
                   << doctor::diskCheck(folder) << doctor::dataFileChecks(folder, *clock)
                   << doctor::fontCheck(doctor::fontFolders());
            return doctor::bundleText(checks, clock->now());
        },
        [this](const QString &text) { m_devices.setBundle(text); });
}

void DeskChecks::saveBundle(const QString &text)
{
    const QString folder = m_options.dataFolder;
    const QString name =
        u"diagnostics-%1.txt"_s.arg(toBeijing(m_clock.now()).toString(u"yyyyMMdd-HHmmss"_s));
    m_background.run<Result<QString>>(
        this, [text, folder, name] { return doctor::saveBundle(text, folder, name); },
        [this](const Result<QString> &file) {
            if (file)
                m_devices.bundleSaved(*file);
            else
                m_devices.failed(file.error());
        });
}

} // namespace upgradedesk
