#include "gui/pages/consentpage.h"

#include "core/clock.h"
#include "flow/rules.h"
#include "gui/pages/words.h"
#include "ui_consentpage.h"

#include <QEvent>
#include <QShortcut>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

ConsentPage::ConsentPage(LinkController &controller, const Rules &rules, const Clock &clock,
                         QWidget *parent)
    : StepPage(controller, parent)
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
    connect(m_ui->language, &Segment::currentChanged, this, &ConsentPage::showNotice);
    auto *other = new QShortcut(Qt::ALT | Qt::Key_L, this);
    other->setAutoRepeat(false);
    connect(other, &QShortcut::activated, this,
            [this] { m_ui->language->setCurrent(1 - m_ui->language->current()); });
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
    const QSignalBlocker blocker(m_ui->language);
    m_ui->language->setCurrent(0);
}

/// The notice of today in the passenger's language. Its labels belong to it, so they follow its
/// language and not that of the pages.
void ConsentPage::showNotice()
{
    const Notice &notice = m_rules.currentNotice(beijingDate(m_clock.now()));
    m_shownVersion = notice.version;
    const bool chinese = m_ui->language->current() == 0;
    const NoticeText &text = notice.text(chinese ? Language::Chinese : Language::English);
    m_ui->collected->setLabel(chinese ? u"收集什么"_s : u"Collected"_s);
    m_ui->purpose->setLabel(chinese ? u"用来做什么"_s : u"Used for"_s);
    m_ui->recipient->setLabel(chinese ? u"交给谁"_s : u"Given to"_s);
    m_ui->withdrawal->setLabel(chinese ? u"可以反悔"_s : u"Your choice"_s);
    m_ui->collected->setValue(text.collected);
    m_ui->purpose->setValue(text.purpose);
    m_ui->recipient->setValue(text.recipient);
    m_ui->withdrawal->setValue(text.withdrawal);
    //: consent.version
    m_ui->version->setText(
        tr("告知书 第 %1 版，%2 起用").arg(notice.version, notice.from.toString(Qt::ISODate)));
}

void ConsentPage::give()
{
    controller().apply(ConsentGiven{
        u"operator"_s, m_ui->language->current() == 0 ? u"zh_CN"_s : u"en"_s, m_shownVersion});
}

QList<PageAction> ConsentPage::secondaryActions()
{
    return {
        backAction(),
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
    return {m_ui->language};
}

void ConsentPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    StepPage::changeEvent(event);
}

void ConsentPage::retranslateUi()
{
    m_ui->retranslateUi(this);
    //: consent.how
    m_ui->how->setText(tr("请把屏幕转向乘客，或读给乘客听；两件事都同意才按"));
    //: help.notice
    setProperty("keyHelp", QStringList{u"Alt+L"_s, tr("换告知书的语言")});
    showNotice();
}

} // namespace upgradedesk
