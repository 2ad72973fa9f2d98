#include "gui/pages/devicepanel.h"

#include "gui/pages/devicewords.h"
#include "gui/pages/words.h"
#include "gui/widgets/keybutton.h"
#include "gui/widgets/noticestrip.h"

#include <QEvent>
#include <QFileInfo>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

using Outcome = TestLine::Outcome;

/// Fits a button at the largest text; the device has more of its name on its card.
constexpr qsizetype longestName = 16;

QString markOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Good:
        return u"✓ "_s;
    case Outcome::Bad:
        return u"✗ "_s;
    case Outcome::Waiting:
        return u"… "_s;
    case Outcome::Skipped:
        break;
    }
    return u"– "_s;
}

QString toneOf(Outcome outcome)
{
    return outcome == Outcome::Good ? u"ok"_s : outcome == Outcome::Bad ? u"bad"_s : u"ink2"_s;
}

QLabel *labelIn(QWidget *parent, const QString &type)
{
    auto *label = new QLabel(parent);
    label->setProperty("type", type);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

DevicePanel::DevicePanel(const CounterDevices &devices, QWidget *parent)
    : QFrame(parent)
    , m_devices(devices)
    , m_title(labelIn(this, u"value"_s))
    , m_notice(new NoticeStrip(this))
    , m_scroll(new QScrollArea(this))
    , m_lines(new QWidget(m_scroll))
    , m_portsTitle(labelIn(this, u"label"_s))
    , m_portsText(labelIn(this, u"side"_s))
    , m_bundle(new QPlainTextEdit(this))
{
    setProperty("panel", u"side"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(8);
    m_notice->setCompact(true);
    m_scroll->setWidget(m_lines);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setMinimumHeight(60);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_lines->setAutoFillBackground(false);
    m_bundle->setReadOnly(true);
    m_bundle->setObjectName(u"bundle"_s);
    m_bundle->setTabChangesFocus(true);
    m_bundle->hide();
    (new QVBoxLayout(m_lines))->setContentsMargins(0, 0, 0, 0);
    m_lines->layout()->setSpacing(4);
    column->addWidget(m_title);
    column->addWidget(m_notice);
    column->addWidget(m_scroll, 1);
    column->addWidget(m_bundle, 1);
    column->addWidget(m_portsTitle);
    column->addWidget(m_portsText);
    for (int i = 0; i < mostPorts; ++i) {
        auto *button =
            new KeyButton({}, QKeySequence(QKeyCombination(Qt::ALT, Qt::Key(Qt::Key_1 + i))), this);
        button->setCompact(true);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        connect(button, &KeyButton::clicked, this, [this, i] {
            if (!m_device || i >= m_devices.ports().size())
                return;
            const PortFacts &port = m_devices.ports().at(i);
            // The same again gives it back.
            emit portChosen(*m_device, port.role == m_device ? QString() : port.path);
        });
        column->addWidget(button);
        m_ports << button;
    }
    renew();
}

DevicePanel::~DevicePanel() = default;

void DevicePanel::showTest(std::optional<CounterDevice> device)
{
    m_device = device;
    m_bundle->clear();
    renew();
}

void DevicePanel::showBundle(const QString &text)
{
    m_bundle->setPlainText(text);
    m_note.clear();
    renew();
}

QString DevicePanel::bundle() const
{
    return m_bundle->toPlainText();
}

void DevicePanel::setNote(const QString &text, bool good)
{
    m_note = text;
    m_noteGood = good;
    renew();
}

QList<QWidget *> DevicePanel::tabOrder() const
{
    QList<QWidget *> order{m_bundle};
    for (KeyButton *port : m_ports)
        order << port;
    return order;
}

void DevicePanel::renew()
{
    const bool bundle = !m_bundle->toPlainText().isEmpty();
    m_bundle->setVisible(bundle);
    //: dv.bundle.name: a11y
    m_bundle->setAccessibleName(tr("诊断包的内容"));
    m_scroll->setVisible(!bundle);
    const auto &result = m_device ? m_devices.test() : m_devices.shiftCheck();
    const bool fits = result && result->device == m_device;
    if (bundle)
        //: dv.bundle.title
        m_title->setText(tr("诊断包预览"));
    else if (m_device)
        //: dv.test.title: a device
        m_title->setText(tr("%1自检").arg(deviceName(*m_device)));
    else
        //: dv.shift.title
        m_title->setText(tr("开班检查"));
    showSummary(fits ? result : std::nullopt);
    showLines(fits && !bundle ? result : std::nullopt);
    showPorts();
}

void DevicePanel::showSummary(const std::optional<TestResult> &result)
{
    using Kind = NoticeStrip::Kind;
    m_notice->setTitle({});
    if (!m_note.isEmpty()) {
        m_notice->setKind(m_noteGood ? Kind::ok : Kind::warn);
        m_notice->setText(m_note);
    } else if (m_bundle->isVisibleTo(this)) {
        m_notice->setKind(Kind::info);
        //: dv.bundle.note
        m_notice->setText(tr("里面没有姓名、证件号和卡号；看过再按 Alt+E 写成文件。"));
    } else if (!result) {
        m_notice->setKind(Kind::info);
        //: dv.test.none
        m_notice->setText(tr("还没有检查过，按 Enter 开始。"));
    } else if (result->running) {
        m_notice->setKind(Kind::pend);
        //: dv.test.running
        m_notice->setText(tr("正在检查，可以照常办理。"));
    } else if (const int bad = result->bad(); bad > 0) {
        m_notice->setKind(Kind::warn);
        //: dv.test.bad
        m_notice->setText(tr("%n 项要处理，见下面。", nullptr, bad));
    } else {
        m_notice->setKind(Kind::ok);
        //: dv.test.good: how many checks, milliseconds
        m_notice->setText(tr("%n 项全部通过，%1 毫秒", nullptr, int(result->lines.size()))
                              .arg(result->milliseconds));
    }
}

void DevicePanel::showLines(const std::optional<TestResult> &result)
{
    auto *lines = static_cast<QVBoxLayout *>(m_lines->layout());
    while (QLayoutItem *item = lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (!result)
        return;
    for (const TestLine &line : result->lines) {
        const bool bad = line.outcome == Outcome::Bad;
        auto *text = labelIn(m_lines, u"side"_s);
        text->setProperty("tone", toneOf(line.outcome));
        QString words = markOf(line.outcome) + line.text.in(pageLanguage());
        if (bad && !line.fix.chinese.isEmpty())
            words += u"\n"_s + line.fix.in(pageLanguage());
        text->setText(words);
        lines->addWidget(text);
    }
    lines->addStretch();
}

void DevicePanel::showPorts()
{
    const bool shown = m_device && takesPort(*m_device) && !m_bundle->isVisibleTo(this);
    const QList<PortFacts> &ports = m_devices.ports();
    m_portsTitle->setVisible(shown);
    m_portsText->setVisible(shown && ports.isEmpty());
    for (qsizetype i = 0; i < m_ports.size(); ++i) {
        KeyButton &button = *m_ports.at(i);
        button.setVisible(shown && i < ports.size());
        if (i >= ports.size())
            continue;
        const PortFacts &port = ports.at(i);
        button.setText(
            port.role ? u"%1: %2"_s.arg(QFileInfo(port.path).fileName(), deviceName(*port.role))
                      : port.name.left(longestName));
    }
    if (!shown)
        return;
    //: dv.ports: of which device
    m_portsTitle->setText(tr("按键指定%1的串口（再按取消）").arg(deviceName(*m_device)));
    //: dv.ports.none
    m_portsText->setText(tr("没有串口设备，插上后会自动出现在这里。"));
}

void DevicePanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        renew();
    QFrame::changeEvent(event);
}

} // namespace upgradedesk
