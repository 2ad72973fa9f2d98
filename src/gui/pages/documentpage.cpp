#include "gui/pages/documentpage.h"

#include "core/clock.h"
#include "core/masking.h"
#include "flow/rules.h"
#include "gui/pages/words.h"
#include "identity/documentkinds.h"
#include "identity/mrz.h"
#include "identity/name.h"
#include "ui_documentpage.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QSignalBlocker>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int tickTime = 50;

/// One card of this sort is all the person may have: the same again brings the same answer.
bool isLimitOfCards(const std::optional<Error> &problem)
{
    return problem && (problem->code == ErrorCode::PersonHasPhysicalCard ||
                       problem->code == ErrorCode::PersonHasPhoneCard);
}

/// The answer hangs on what is typed alone; asking once more is no use.
bool staysTheSame(const std::optional<Error> &problem)
{
    return problem && (isLimitOfCards(problem) || problem->code == ErrorCode::CardLinkedToOther ||
                       problem->code == ErrorCode::GuardianInvalid);
}

bool isDigit(const QString &text)
{
    // Full-width digits too: an input method may be on.
    return text.size() == 1 && ((text.front() >= u'0' && text.front() <= u'9') ||
                                (text.front() >= u'０' && text.front() <= u'９'));
}

} // namespace

DocumentPage::DocumentPage(LinkController &controller, const DocumentKinds &kinds,
                           const Rules &rules, const Clock &clock, Role role, QWidget *parent)
    : StepPage(controller, parent)
    , m_kinds(kinds)
    , m_rules(rules)
    , m_clock(clock)
    , m_role(role)
    , m_ui(std::make_unique<Ui::DocumentPage>())
{
    m_ui->setupUi(this);
    m_ui->privacyIcon->setIcon(Icon::Lock);
    m_ui->guardianHead->setVisible(m_role == Role::Guardian);
    m_ui->name->setProperty("ownFocus", true);
    m_ui->advance->hide();
    // While a document is waited for the page itself has the focus.
    setProperty("ownFocus", true);
    m_ui->method->setFull(true);
    m_ui->method->addChoice({}, Qt::ALT | Qt::Key_1, Icon::Id);
    m_ui->method->addChoice({}, Qt::ALT | Qt::Key_3, Icon::Keyboard);
    m_ui->method->setCurrent(int(Method::Typed));
    connect(m_ui->method, &Segment::currentChanged, this, [this](int index) {
        m_chosen = true;
        choose(Method(index));
    });
    for (QWidget *field : {static_cast<QWidget *>(m_ui->name), static_cast<QWidget *>(m_ui->number),
                           static_cast<QWidget *>(m_ui->kind)})
        field->installEventFilter(this);
    m_tick.setInterval(tickTime);
    connect(&m_tick, &QTimer::timeout, this, &DocumentPage::tick);
    // Not textEdited: what a screen reader or a switch device enters is no edit to QLineEdit.
    connect(m_ui->name, &QLineEdit::textChanged, this, &DocumentPage::edited);
    connect(m_ui->number, &QLineEdit::textChanged, this, &DocumentPage::numberTyped);
    connect(m_ui->kind, &QComboBox::currentIndexChanged, this, &DocumentPage::edited);
    retranslateUi();
}

DocumentPage::~DocumentPage() = default;

void DocumentPage::setAdvanceTime(int milliseconds)
{
    m_advanceTime = milliseconds;
}

QString DocumentPage::pageName() const
{
    return m_role == Role::Holder ? u"document"_s : u"guardian"_s;
}

const std::optional<Person> &DocumentPage::known() const
{
    const LinkState &state = controller().state();
    return m_role == Role::Holder ? state.holder : state.guardian;
}

QDate DocumentPage::today() const
{
    return beijingDate(m_clock.now());
}

void DocumentPage::present(const LinkState &state)
{
    m_problem = state.problem;
    if (m_problem)
        stopAdvance();
    showRead(state);
    showMethod();
    // What is being looked up must be what is on the screen.
    const bool asked = controller().state().lookingUpPerson;
    m_ui->name->setReadOnly(asked);
    m_ui->number->setReadOnly(asked);
    m_ui->kind->setEnabled(!asked);
    showPlaceholders();
    judge();
}

void DocumentPage::enter()
{
    m_chosen = false;
    if (hasReader() && nothingTyped())
        choose(Method::Reader);
    else if (!controller().state().read)
        choose(Method::Typed);
    if (!nothingTyped()) {
        // Another card for the same passenger: what is typed and its kind stay.
        judge();
        return;
    }
    const QSignalBlocker blocker(m_ui->kind);
    const QString kind = known() ? known()->documentKind : u"resident"_s;
    m_ui->kind->setCurrentIndex(std::max(0, m_ui->kind->findData(kind)));
    judge();
}

void DocumentPage::forget()
{
    stopAdvance();
    const QSignalBlocker name(m_ui->name);
    const QSignalBlocker number(m_ui->number);
    // setText() drops the undo history too, clear() would keep it.
    m_ui->name->setText({});
    m_ui->number->setText({});
    m_ui->number->setWrong(std::nullopt);
    m_ui->name->setPlaceholderText({});
    m_ui->number->setPlaceholderText({});
    m_ui->face->forget();
    m_problem.reset();
    m_verdict = {};
    m_shownRead = std::chrono::milliseconds(-1);
}

bool DocumentPage::takeZone(const QString &zone)
{
    if (controller().state().lookingUpPerson)
        return false;
    const Mrz mrz = readMrz(m_kinds, zone.toLatin1(), today());
    const int passport = m_ui->kind->findData(u"passport"_s);
    stopAdvance();
    // What was scanned has to be seen, or at least what is wrong with it.
    m_chosen = true;
    choose(Method::Typed);
    std::optional<Error> problem;
    if (!mrz.valid) {
        problem = Error{ErrorCode::ZoneUnreadable, {}, {}};
    } else if (!mrz.documentCode.startsWith(u'P') || passport < 0) {
        // Cards with a zone are no kind of document that the desk knows.
        problem = Error{ErrorCode::DocumentKindNotAccepted, {}, {}};
    } else {
        // Nothing leads on by itself: name, nationality and sex have no check digit.
        const QSignalBlocker number(m_ui->number);
        m_ui->kind->setCurrentIndex(passport);
        m_ui->name->setText(QString(mrz.surname + u' ' + mrz.given).trimmed());
        m_ui->number->setText(QString(mrz.documentNumber).remove(u'<'));
        if (mrz.warnings.contains(u"EXPIRED"_s))
            problem = Error{ErrorCode::IdCardExpired, {}, {}};
    }
    m_problem = problem;
    judge();
    if (m_problem)
        announce(m_ui->verdict, errorText(*m_problem));
    return true;
}

Person DocumentPage::typed() const
{
    return {m_ui->kind->currentData().toString(), m_ui->number->number(), m_ui->name->text()};
}

bool DocumentPage::nothingTyped() const
{
    return m_ui->name->text().isEmpty() && m_ui->number->number().isEmpty();
}

bool DocumentPage::isComplete() const
{
    return m_verdict.usable() && normaliseName(m_ui->name->text()).has_value();
}

void DocumentPage::fillKinds()
{
    const QSignalBlocker blocker(m_ui->kind);
    const QVariant current = m_ui->kind->currentData();
    m_ui->kind->clear();
    for (const DocumentKind &kind : m_kinds.kinds())
        m_ui->kind->addItem(kind.name.in(pageLanguage()), kind.key);
    m_ui->kind->setCurrentIndex(std::max(0, m_ui->kind->findData(current)));
}

void DocumentPage::moveKind(int by)
{
    const int index = m_ui->kind->currentIndex() + by;
    if (index >= 0 && index < m_ui->kind->count())
        m_ui->kind->setCurrentIndex(index);
}

void DocumentPage::edited()
{
    stopAdvance();
    m_problem.reset();
    judge();
}

void DocumentPage::numberTyped()
{
    edited();
    if (m_verdict.level != DocumentVerdict::Level::Good)
        return;
    if (isComplete())
        startAdvance();
    else
        m_ui->name->setFocus();
}

void DocumentPage::judge()
{
    m_verdict = judgeDocument(m_kinds, m_ui->kind->currentData().toString(), m_ui->number->number(),
                              today());
    showVerdict();
    emit faceChanged();
}

void DocumentPage::showVerdict()
{
    const QString kind = m_ui->kind->currentData().toString();
    const bool grouped = kind == u"resident" || kind == u"hmt-residence";
    m_ui->number->setGroups(grouped ? QList<int>{6, 8, 4} : QList<int>{});
    m_ui->number->setWrong(m_verdict.suspect);
    m_ui->count->setText(m_verdict.count);

    NoticeStrip &strip = *m_ui->verdict;
    const auto &read = controller().state().read;
    if (reads() && !m_problem) {
        strip.setKind(NoticeStrip::Kind::warn);
        //: id.sex
        strip.setTitle(tr("证件里的性别与号码不一致"));
        //: id.sex.sub
        strip.setText(tr("请看证件，号码与本人都对得上再进入下一步"));
        strip.setVisible(read && read->compareByEye);
        return;
    }
    if (m_problem) {
        const bool number = m_problem->code == ErrorCode::DocumentInvalid;
        strip.setKind(number ? NoticeStrip::Kind::bad : NoticeStrip::Kind::warn);
        strip.setTitle(errorText(*m_problem));
        QStringList lines{cardsWords(), wayOut()};
        lines.removeAll(QString());
        strip.setText(lines.join(u'\n'));
        strip.show();
        return;
    }
    strip.setKind(m_verdict.stripKind());
    strip.setTitle(m_verdict.title);
    strip.setText(m_verdict.text);
    strip.setVisible(!m_verdict.title.isEmpty());
}

/// What staff can do about a limit of cards, with what this card was declared as.
QString DocumentPage::wayOut() const
{
    if (!isLimitOfCards(m_problem))
        return {};
    const QString medium = mediumName(controller().state().medium);
    return m_problem->code == ErrorCode::PersonHasPhysicalCard
               //: id.limit.physical: what the card was declared as
               ? tr("这张按“%1”办理；若是手机里的卡，按 Alt+M 改选“手机”。").arg(medium)
               //: id.limit.phone: what the card was declared as
               : tr("这张按“%1”办理；若不是手机里的卡，按 Alt+M 改选。").arg(medium);
}

/// What the hub says the person has, where that stands against another card; empty otherwise.
QString DocumentPage::cardsWords() const
{
    const auto &status = controller().state().personStatus;
    if (!status || !m_problem || m_role != Role::Holder)
        return {};
    QStringList cards;
    for (const CardOfPerson &card : status->cards)
        //: id.card: medium, last four digits, day
        cards << tr("%1 尾号 %2，%3 起")
                     .arg(mediumName(card.medium), card.lastFour,
                          card.since.toString(u"yyyy-MM-dd"_s));
    //: between the cards of a person
    return cards.join(tr("；"));
}

/// Who is known already is shown masked; typing starts anew.
void DocumentPage::showPlaceholders()
{
    m_ui->name->setPlaceholderText(known() ? maskName(known()->name) : QString());
    m_ui->number->setPlaceholderText(known() ? maskDocumentNumber(known()->documentNumber)
                                             : QString());
}

void DocumentPage::startAdvance()
{
    m_left = m_advanceTime;
    m_ui->advance->setLeft(1);
    m_ui->advance->show();
    m_tick.start();
}

void DocumentPage::stopAdvance()
{
    m_tick.stop();
    m_ui->advance->hide();
}

void DocumentPage::tick()
{
    m_left -= tickTime;
    m_ui->advance->setLeft(double(std::max(0, m_left)) / m_advanceTime);
    if (m_left > 0)
        return;
    stopAdvance();
    if (!isVisible())
        return;
    emit advancing(true);
    submit();
    emit advancing(false);
}

void DocumentPage::submit()
{
    stopAdvance();
    const auto person = reads() ? shownPerson() : nothingTyped() ? known() : std::nullopt;
    if (person)
        controller().apply(DocumentEntered{*person});
    else if (!reads() && isComplete())
        controller().apply(DocumentEntered{typed()});
}

QList<PageAction> DocumentPage::secondaryActions()
{
    if (!isLimitOfCards(m_problem))
        return {backAction()};
    return {backAction(),
            //: id.limit.go: back to the card page, where the medium is chosen
            {tr("改卡的样式"), Qt::ALT | Qt::Key_M,
             [this] { controller().apply(GoToStep{LinkStep::Card}); }}};
}

PageAction DocumentPage::primaryAction()
{
    //: btn.next
    PageAction action{tr("下一步"), Qt::Key_Return, [this] { submit(); }};
    if (controller().state().lookingUpPerson) {
        action.enabled = false;
        //: id.lookup
        action.text = tr("正在核对名下卡片");
        return action;
    }
    if (staysTheSame(m_problem)) {
        action.enabled = false;
        if (isLimitOfCards(m_problem))
            action.text = m_problem->code == ErrorCode::PersonHasPhysicalCard
                              //: id.limit.physical.no: on the button that does not work
                              ? tr("已有实体卡")
                              //: id.limit.phone.no: on the button that does not work
                              : tr("已有手机卡");
        return action;
    }
    if (reads()) {
        action.enabled = shownPerson().has_value();
        if (!action.enabled)
            //: id.waiting: on the button that does not work yet
            action.text = tr("等待证件");
        return action;
    }
    if (nothingTyped() && known())
        return action;
    action.enabled = isComplete();
    if (!m_verdict.missing.isEmpty())
        action.text = m_verdict.missing;
    if (m_ui->name->text().isEmpty() && m_verdict.level != DocumentVerdict::Level::Wrong &&
        m_verdict.level != DocumentVerdict::Level::Elsewhere)
        //: id.name.missing
        action.text = tr("请填姓名");
    return action;
}

QString DocumentPage::words() const
{
    if (m_role == Role::Guardian)
        //: say.guardian
        return tr("小朋友还没满 14 岁，请出示监护人的身份证。");
    if (reads())
        //: say.id
        return tr("请把身份证放在这里。");
    if (m_verdict.level == DocumentVerdict::Level::Elsewhere)
        //: say.health-kit: a kind of document that is linked in the mini-program
        return tr("这种证件请您在手机上用「Health "
                  "Kit（健康宝）」办理。\n今天请走人工通道，出示核酸结果。");
    //: say.typed
    return tr("证件没带也没关系，\n报一下号码，我来输入。");
}

QString DocumentPage::hint() const
{
    if (reads() && !shownPerson())
        //: id.training: where documents of people who do not exist lie
        return m_idReader.simulated ? tr("培训：按 Ctrl+9 放一张虚拟证件") : QString();
    return controller().isHubReachable()
               //: id.hub.now
               ? tr("下一步由中心核对名下卡片")
               //: id.hub
               : tr("名下情况待中心核对");
}

Icon DocumentPage::hintIcon() const
{
    if (reads() && !shownPerson())
        return Icon::Info;
    return controller().isHubReachable() ? Icon::Hub : Icon::Hourglass;
}

QWidget *DocumentPage::firstField()
{
    return reads() ? static_cast<QWidget *>(this) : m_ui->name;
}

QList<QWidget *> DocumentPage::tabOrder()
{
    QList<QWidget *> order;
    for (QToolButton *choice : m_ui->method->findChildren<QToolButton *>())
        order << choice;
    return order + QList<QWidget *>{m_ui->name, m_ui->kind, m_ui->number};
}

bool DocumentPage::wantsEscape(QObject *field) const
{
    return (field == m_ui->name && !m_ui->name->text().isEmpty()) ||
           (field == m_ui->number && !m_ui->number->number().isEmpty());
}

bool DocumentPage::handleKey(QObject *field, const QKeyEvent &event)
{
    switch (event.key()) {
    case Qt::Key_Escape:
        if (!wantsEscape(field))
            return false;
        // Held a moment too long after it closed the help it would clear what was typed.
        if (event.isAutoRepeat())
            return true;
        static_cast<QLineEdit *>(field)->setText({});
        edited();
        return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (field == m_ui->kind)
            return false;
        moveKind(event.key() == Qt::Key_Up ? -1 : 1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (field == m_ui->name && !m_ui->name->text().isEmpty() && !event.isAutoRepeat())
            m_ui->number->setFocus();
        // While the primary button works it takes the key first; else what is missing is next.
        if (field == m_ui->kind && !event.isAutoRepeat())
            (m_verdict.usable() ? static_cast<QWidget *>(m_ui->name) : m_ui->number)->setFocus();
        return true;
    default:
        break;
    }
    // Neither names nor kinds hold digits: the first one opens the number.
    if (field != m_ui->number && isDigit(event.text()) &&
        (event.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier) {
        m_ui->number->setFocus();
        QKeyEvent digit(event.type(), event.key(), event.modifiers(), event.text());
        QCoreApplication::sendEvent(m_ui->number, &digit);
        return true;
    }
    return false;
}

bool DocumentPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Escape && wantsEscape(watched)) {
            event->accept();
            return true;
        }
    }
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        stopAdvance();
        if (handleKey(watched, *key))
            return true;
    }
    return StepPage::eventFilter(watched, event);
}

void DocumentPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    StepPage::changeEvent(event);
}

void DocumentPage::retranslateUi()
{
    m_ui->retranslateUi(this);
    fillKinds();
    //: id.method.typed
    m_ui->method->setChoiceText(1, tr("手工输入"));
    showMethod();
    //: id.auto
    m_ui->advance->setText(tr("马上进入下一步，按任意键停下"));
    m_ui->name->setAccessibleName(m_ui->nameLabel->text());
    m_ui->kind->setAccessibleName(m_ui->kindLabel->text());
    m_ui->number->setAccessibleName(m_ui->numberLabel->text());
    //: help.kind
    m_ui->kind->setProperty("keyHelp", QStringList{u"↑ ↓"_s, tr("选证件类型")});
    const int age = m_rules.limits(today()).guardianUnderAge;
    m_ui->guardianNote->setKind(NoticeStrip::Kind::info);
    m_ui->guardianNote->setText(
        errorText(Error{ErrorCode::GuardianMissing, {}, {QString::number(age)}}));
    judge();
}

} // namespace upgradedesk
