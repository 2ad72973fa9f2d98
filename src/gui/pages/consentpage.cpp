#include "gui/pages/consentpage.h"

#include "core/clock.h"
#include "flow/rules.h"
#include "gui/pages/words.h"
#include "gui/passengercontroller.h"
#include "gui/theme/theme.h"
#include "ui_consentpage.h"

#include <QEvent>
#include <QLayout>
#include <QShortcut>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

ConsentPage::ConsentPage(LinkController &controller, PassengerController &passenger,
                         const Rules &rules, const Clock &clock, QWidget *parent)
    : StepPage(controller, parent)
    , m_passenger(passenger)
    , m_rules(rules)
    , m_clock(clock)
    , m_ui(std::make_unique<Ui::ConsentPage>())
{
    m_ui->setupUi(this);
    m_ui->language->setCompact(true);
    // Each language is named in itself, so that a passenger finds it.
    m_ui->language->addChoice(u"中文"_s);
    m_ui->language->addChoice(u"English"_s);
    for (RowLine *row : {m_ui->collected, m_ui->purpose, m_ui->recipient, m_ui->withdrawal})
        row->setLook(RowLine::Look::Notice);
    m_ui->collected->setIcon(Icon::Document);
    m_ui->purpose->setIcon(Icon::Shield);
    m_ui->recipient->setIcon(Icon::Hub);
    m_ui->withdrawal->setIcon(Icon::Undo);
    m_ui->how->setSymbol(Icon::Screen);
    connect(m_ui->language, &Segment::currentChanged, this, [this](int index) {
        m_passenger.setLanguage(index == 0 ? Language::Chinese : Language::English);
    });
    connect(&m_passenger, &PassengerController::languageChanged, this, [this] {
        const QSignalBlocker blocker(m_ui->language);
        m_ui->language->setCurrent(m_passenger.language() == Language::Chinese ? 0 : 1);
        showNotice();
    });
    connect(&m_passenger, &PassengerController::placeChanged, this, &ConsentPage::showHow);
    connect(m_ui->how, &NoticeStrip::actionTriggered, &m_passenger, &PassengerController::turn);
    auto *other = new QShortcut(Qt::ALT | Qt::Key_L, this);
    other->setAutoRepeat(false);
    connect(other, &QShortcut::activated, this,
            [this] { m_ui->language->setCurrent(1 - m_ui->language->current()); });
    readAloud(false);
    retranslateUi();
}

ConsentPage::~ConsentPage() = default;

QString ConsentPage::pageName() const
{
    return u"consent"_s;
}

void ConsentPage::present(const LinkState &)
{
    showNotice();
}

void ConsentPage::forget()
{
    readAloud(false);
}

void ConsentPage::readAloud(bool aloud)
{
    m_aloud = aloud;
    for (RowLine *row : {m_ui->collected, m_ui->purpose, m_ui->recipient, m_ui->withdrawal})
        row->setVisible(!aloud);
    m_ui->how->setVisible(!aloud);
    m_ui->aloud->setVisible(aloud);
}

/// The notice of today in the passenger's language. Its labels belong to it, so they follow its
/// language and not that of the pages.
void ConsentPage::showNotice()
{
    const Notice &notice = m_rules.currentNotice(beijingDate(m_clock.now()));
    m_shownVersion = notice.version;
    const bool chinese = m_passenger.language() == Language::Chinese;
    const NoticeText &text = notice.text(chinese ? Language::Chinese : Language::English);
    m_ui->collected->setLabel(chinese ? u"收集什么"_s : u"Collected"_s);
    m_ui->purpose->setLabel(chinese ? u"用来做什么"_s : u"Used for"_s);
    m_ui->recipient->setLabel(chinese ? u"交给谁"_s : u"Given to"_s);
    m_ui->withdrawal->setLabel(chinese ? u"可以反悔"_s : u"Your choice"_s);
    m_ui->collected->setValue(text.collected);
    m_ui->purpose->setValue(text.purpose);
    m_ui->recipient->setValue(text.recipient);
    m_ui->withdrawal->setValue(text.withdrawal);
    const QString mark = chinese ? u"："_s : u": "_s;
    m_ui->aloud->setLines({m_ui->collected->label() + mark + text.collected,
                           m_ui->purpose->label() + mark + text.purpose,
                           m_ui->recipient->label() + mark + text.recipient,
                           m_ui->withdrawal->label() + mark + text.withdrawal});
    //: consent.version
    m_ui->version->setText(
        tr("告知书 第 %1 版，%2 起用").arg(notice.version, notice.from.toString(Qt::ISODate)));
}

void ConsentPage::give()
{
    controller().apply(ConsentGiven{
        u"operator"_s, m_passenger.language() == Language::Chinese ? u"zh_CN"_s : u"en"_s,
        m_shownVersion});
}

QList<PageAction> ConsentPage::secondaryActions()
{
    //: btn.read, and back to the page as it was
    const QString read = m_aloud ? tr("收起大字") : tr("朗读");
    return {
        backAction(),
        {read, Qt::ALT | Qt::Key_R,
         [this] {
             readAloud(!m_aloud);
             emit faceChanged();
         }},
        //: btn.decline
        {tr("乘客不同意"), Qt::ALT | Qt::Key_N, [this] { controller().apply(ConsentDeclined{}); }}};
}

PageAction ConsentPage::primaryAction()
{
    //: consent.op, naming both purposes: processing the data, and passing it to the health service
    return {tr("乘客已同意登记和查验"), Qt::Key_Return, [this] { give(); }};
}

QString ConsentPage::words() const
{
    //: say.consent
    return tr("请看一下屏幕上的告知书。\n同意关联健康信息吗？");
}

QList<QWidget *> ConsentPage::tabOrder()
{
    return QList<QWidget *>{m_ui->language} + m_ui->how->tabOrder();
}

void ConsentPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    // The largest text needs the air under the strip for the notice.
    if (event->type() == QEvent::StyleChange) {
        QMargins margins = layout()->contentsMargins();
        margins.setBottom(currentTheme().textFactor > 1.2 ? 12 : 24);
        layout()->setContentsMargins(margins);
    }
    StepPage::changeEvent(event);
}

void ConsentPage::retranslateUi()
{
    m_ui->retranslateUi(this);
    //: help.notice
    setProperty("keyHelp", QStringList{u"Alt+L"_s, tr("换告知书的语言")});
    showHow();
    showNotice();
}

void ConsentPage::showHow()
{
    if (m_passenger.hasScreen()) {
        //: consent.how.screen
        m_ui->how->setText(tr("乘客也可以在乘客屏上点「同意」，这里会自动进入下一步"));
        m_ui->how->setAction({}, {});
        return;
    }
    //: consent.how
    m_ui->how->setText(tr("转向乘客或读给乘客听，两件都同意才按"));
    //: consent.turn: the whole screen shows the notice with two buttons for the passenger
    m_ui->how->setAction(tr("转向乘客"), Qt::ALT | Qt::Key_T);
}

} // namespace upgradedesk
