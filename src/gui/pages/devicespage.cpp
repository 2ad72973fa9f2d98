#include "gui/pages/devicespage.h"

#include "gui/pages/devicecards.h"
#include "gui/pages/devicepanel.h"
#include "gui/pages/devicewords.h"
#include "gui/pages/words.h"
#include "ui_devicespage.h"

#include <QEvent>
#include <QKeyEvent>

#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

DevicesPage::DevicesPage(CounterDevices &devices, QWidget *parent)
    : DeskPage(parent)
    , m_devices(devices)
    , m_ui(std::make_unique<Ui::DevicesPage>())
{
    m_ui->setupUi(this);
    m_cards = new DeviceCards(m_ui->work);
    m_ui->work->layout()->addWidget(m_cards);
    m_panel = new DevicePanel(devices, m_ui->side);
    m_ui->side->layout()->addWidget(m_panel);
    m_ui->back->setBorrowedKey(Qt::Key_F2);
    m_ui->print->setShortcut(Qt::ALT | Qt::Key_P);
    m_ui->bundle->setShortcut(Qt::ALT | Qt::Key_E);
    m_ui->shift->setShortcut(Qt::ALT | Qt::Key_S);
    m_ui->primary->setShortcut(Qt::Key_Return);
    connect(m_ui->back, &QPushButton::clicked, this, &DevicesPage::left);
    connect(m_ui->print, &QPushButton::clicked, &m_devices, &CounterDevices::testPrintRequested);
    connect(m_ui->bundle, &QPushButton::clicked, this, &DevicesPage::askBundle);
    connect(m_ui->shift, &QPushButton::clicked, this, [this] {
        showShiftCheck();
        emit m_devices.shiftCheckRequested();
    });
    connect(m_ui->primary, &QPushButton::clicked, this, &DevicesPage::test);
    connect(m_cards, &DeviceCards::chosenChanged, this, [this] {
        m_shift = false;
        m_bundle = false;
        m_panel->setNote({}, true);
        showAll();
    });
    connect(m_panel, &DevicePanel::portChosen, &m_devices, &CounterDevices::roleRequested);
    for (auto signal : {&CounterDevices::portsChanged, &CounterDevices::testChanged})
        connect(&m_devices, signal, this, [this] {
            if (isVisible())
                showAll();
        });
    connect(&m_devices, &CounterDevices::factsChanged, this, [this] {
        if (isVisible())
            showAll();
    });
    connect(&m_devices, &CounterDevices::bundleTold, this, [this](const QString &text) {
        m_bundle = true;
        m_panel->showBundle(text);
        showActions();
    });
    connect(&m_devices, &CounterDevices::savedTold, this, [this](const QString &file) {
        closeBundle();
        //: dv.bundle.saved: a file name
        m_panel->setNote(tr("诊断包已写到 %1").arg(file), true);
    });
    connect(&m_devices, &CounterDevices::troubleTold, this,
            [this](const Error &error) { m_panel->setNote(errorText(error), false); });
    retranslateUi();
}

DevicesPage::~DevicesPage() = default;

void DevicesPage::focusFirst()
{
    m_panel->setNote({}, true);
    closeBundle();
    showAll();
    m_ui->primary->rearm();
    m_cards->setFocus();
}

QList<QWidget *> DevicesPage::tabOrder() const
{
    return QList<QWidget *>{m_cards,      m_ui->back,  m_ui->print,
                            m_ui->bundle, m_ui->shift, m_ui->primary} +
           m_panel->tabOrder();
}

void DevicesPage::choose(CounterDevice device)
{
    m_shift = false;
    m_cards->choose(device);
    showAll();
}

void DevicesPage::showShiftCheck()
{
    m_shift = true;
    closeBundle();
    showAll();
}

void DevicesPage::setArmingTime(int milliseconds)
{
    m_ui->primary->setArmingTime(milliseconds);
}

void DevicesPage::test()
{
    m_panel->setNote({}, true);
    if (std::exchange(m_bundle, false))
        m_panel->showBundle({});
    if (m_shift)
        emit m_devices.shiftCheckRequested();
    else
        emit m_devices.testRequested(m_cards->chosen());
}

/// First it is shown, then it is written.
void DevicesPage::askBundle()
{
    if (m_bundle)
        emit m_devices.bundleSaveRequested(m_panel->bundle());
    else
        emit m_devices.bundleRequested();
}

void DevicesPage::closeBundle()
{
    if (!std::exchange(m_bundle, false))
        return;
    m_panel->showBundle({});
    showActions();
}

void DevicesPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape || event->isAutoRepeat()) {
        DeskPage::keyPressEvent(event);
        return;
    }
    if (m_bundle)
        closeBundle();
    else
        emit left();
}

void DevicesPage::showAll()
{
    QList<DeviceFacts> facts;
    for (const CounterDevice device : counterDevices)
        facts << m_devices.facts(device);
    m_cards->setFacts(facts);
    if (!m_bundle)
        m_panel->showTest(m_shift ? std::nullopt : std::optional(m_cards->chosen()));
    showActions();
}

void DevicesPage::showActions()
{
    const auto &test = m_shift ? m_devices.shiftCheck() : m_devices.test();
    const bool running = test && test->running;
    using State = DeviceFacts::State;
    const State printer = m_devices.facts(CounterDevice::Printer).state;
    //: btn.test.print
    m_ui->print->setText(tr("打印测试页"));
    m_ui->print->setEnabled(printer == State::Ok || printer == State::Attention);
    m_ui->bundle->setText(m_bundle
                              //: dv.bundle.save
                              ? tr("写成文件")
                              //: dv.bundle
                              : tr("导出诊断包"));
    //: dv.shift
    m_ui->shift->setText(tr("开班检查"));
    //: q.back
    m_ui->back->setText(tr("返回办理"));
    m_ui->primary->setEnabled(!running);
    m_ui->primary->setText(running
                               //: dv.testing
                               ? tr("正在检查")
                               : m_shift
                                     //: dv.shift.again
                                     ? tr("再查一遍")
                                     //: dv.test: a device
                                     : tr("自检%1").arg(deviceName(m_cards->chosen())));
}

void DevicesPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    DeskPage::changeEvent(event);
}

void DevicesPage::retranslateUi()
{
    m_ui->retranslateUi(this);
    //: help.esc
    setProperty("keyHelp", QStringList{u"Esc"_s, tr("返回")});
    showAll();
}

} // namespace upgradedesk
