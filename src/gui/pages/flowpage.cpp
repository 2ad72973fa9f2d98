#include "gui/pages/flowpage.h"

#include "core/clock.h"
#include "flow/rules.h"
#include "gui/pages/cardpage.h"
#include "gui/pages/confirmpage.h"
#include "gui/pages/consentpage.h"
#include "gui/pages/documentpage.h"
#include "gui/pages/donepage.h"
#include "gui/pages/flowcountdown.h"
#include "gui/pages/flownotice.h"
#include "gui/pages/healthpage.h"
#include "gui/pages/words.h"
#include "gui/passengercontroller.h"
#include "gui/receipttasks.h"
#include "gui/theme/theme.h"
#include "gui/widgets/painting.h"
#include "ui_flowpage.h"

#include <QKeyEvent>
#include <QShortcut>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

/// The arming time is so many times longer where no key was pressed for the page to come.
constexpr int advanceArming = 3;
constexpr std::size_t primaryIndex = 3;

/// Which of the five steps of the stepper; 5 when all are done.
int stepperIndex(LinkStep step)
{
    switch (step) {
    case LinkStep::Idle:
    case LinkStep::Card:
        return 0;
    case LinkStep::Document:
    case LinkStep::Guardian:
        return 1;
    case LinkStep::Consent:
    case LinkStep::Declined:
        return 2;
    case LinkStep::Health:
        return 3;
    case LinkStep::Confirm:
    case LinkStep::Committing:
        return 4;
    case LinkStep::Done:
        break;
    }
    return 5;
}

LinkStep stepOfIndex(int index)
{
    constexpr std::array steps{LinkStep::Card, LinkStep::Document, LinkStep::Consent,
                               LinkStep::Health, LinkStep::Confirm};
    return steps.at(std::size_t(index));
}

} // namespace

FlowPage::FlowPage(LinkController &controller, PassengerController &passenger,
                   ReceiptTasks &receipts, const Catalogue &catalogue, const DocumentKinds &kinds,
                   const Rules &rules, const Clock &clock, QWidget *parent)
    : DeskPage(parent)
    , m_controller(controller)
    , m_passenger(passenger)
    , m_catalogue(catalogue)
    , m_kinds(kinds)
    , m_rules(rules)
    , m_clock(clock)
    , m_ui(std::make_unique<Ui::FlowPage>())
    , m_stepBack(new QShortcut(Qt::CTRL | Qt::Key_Z, this))
    , m_passengerLanguage(new QShortcut(Qt::ALT | Qt::Key_L, this))
{
    m_ui->setupUi(this);
    m_notice = new FlowNotice(*m_ui->notice, controller, receipts, catalogue, this);
    using Role = DocumentPage::Role;
    m_card = new CardPage(controller, catalogue, m_ui->work);
    m_document = new DocumentPage(controller, kinds, rules, clock, Role::Holder, m_ui->work);
    m_guardian = new DocumentPage(controller, kinds, rules, clock, Role::Guardian, m_ui->work);
    auto *consent = new ConsentPage(controller, passenger, rules, clock, m_ui->work);
    m_health = new HealthPage(controller, m_ui->work);
    auto *confirm = new ConfirmPage(controller, catalogue, kinds, rules, clock, m_ui->work);
    auto *done = new DonePage(controller, receipts, catalogue, m_ui->work);
    m_steps = {m_card, m_document, m_guardian, consent, m_health, confirm, confirm, done, done};
    for (DocumentPage *page : {m_document, m_guardian})
        connect(page, &DocumentPage::advancing, this,
                [this](bool byItself) { m_advancing = byItself; });
    connect(m_card, &CardPage::numberDoubted, this, &FlowPage::numberDoubted);
    for (StepPage *page : std::as_const(m_steps)) {
        if (m_ui->work->indexOf(page) >= 0)
            continue;
        m_ui->work->addWidget(page);
        connect(page, &StepPage::faceChanged, this, [this, page] {
            if (page == m_page) {
                showFace();
                emit keysChanged();
            }
        });
    }

    const std::array buttons{m_ui->first, m_ui->second, m_ui->third, m_ui->primary};
    for (std::size_t i = 0; i < buttons.size(); ++i)
        connect(buttons[i], &QPushButton::clicked, this, [this, i] { runAction(i); });
    for (std::size_t i = 0; i < m_jumps.size(); ++i) {
        m_jumps[i] = new QShortcut(Qt::ALT | Qt::Key(Qt::Key_1 + int(i)), this);
        m_jumps[i]->setAutoRepeat(false);
        connect(m_jumps[i], &QShortcut::activated, this, [this, i] { goToStep(int(i)); });
    }
    connect(m_ui->steps, &Stepper::stepClicked, this, &FlowPage::goToStep);
    m_stepBack->setAutoRepeat(false);
    connect(m_stepBack, &QShortcut::activated, this, [this] { m_controller.apply(StepBack{}); });
    connect(m_ui->undoPanel, &UndoPanel::undoRequested, &m_controller.undo(),
            &UndoController::undo);
    connect(&m_controller.undo(), &UndoController::changed, this, [this] {
        if (m_page && isVisible()) {
            showNotice();
            showUndo();
            emit keysChanged();
        }
    });
    connect(&receipts, &ReceiptTasks::changed, this, [this] {
        if (m_page && isVisible() && m_controller.state().step == LinkStep::Done) {
            showFace();
            showNotice();
            showCountdown();
            emit keysChanged();
        }
    });
    m_countdown = new FlowCountdown(
        *m_ui->countdown, [this] { return m_page && isVisible() && m_page->mayReturnNow(); }, this);
    connect(m_countdown, &FlowCountdown::reached, this, &FlowPage::goOn);
    m_ui->undoPanel->hide();
    connectPassenger();
}

void FlowPage::connectPassenger()
{
    m_passengerLanguage->setAutoRepeat(false);
    connect(m_passengerLanguage, &QShortcut::activated, this, [this] {
        m_passenger.setLanguage(m_passenger.language() == Language::Chinese ? Language::English
                                                                            : Language::Chinese);
    });
    connect(&m_passenger, &PassengerController::sceneChanged, this,
            [this] { m_ui->passenger->setScene(m_passenger.scene()); });
    connect(&m_passenger, &PassengerController::advancing, this,
            [this](bool byItself) { m_advancing = byItself; });
    connect(&m_passenger, &PassengerController::placeChanged, this, [this] {
        showPassenger();
        if (m_page) {
            setUpKeys(m_page->secondaryActions());
            emit keysChanged();
        }
    });
    m_ui->passenger->setScene(m_passenger.scene());
    showPassenger();
}

/// The copy of the passenger's screen is the first to go where room is short (ui-spec 3).
void FlowPage::showPassenger()
{
    constexpr QSize least(1280, 720);
    const QSize room = window()->size();
    m_ui->passenger->setVisible(m_passenger.hasScreen() && room.width() >= least.width() &&
                                room.height() > least.height() && currentTheme().textFactor < 1.2);
}

void FlowPage::resizeEvent(QResizeEvent *event)
{
    DeskPage::resizeEvent(event);
    showPassenger();
}

FlowPage::~FlowPage() = default;

StepPage *FlowPage::pageOf(LinkStep step) const
{
    return m_steps.value(int(step) - int(LinkStep::Card));
}

void FlowPage::present()
{
    const LinkState &state = m_controller.state();
    StepPage *page = pageOf(state.step);
    if (!page)
        return;

    page->present(state);
    const QString shown = page->pageName() + (state.card ? state.card->number : QString());
    const bool changed = page != m_page || shown != m_shown;
    const int leftToCompare = state.groupsToCompare - state.groupsCompared;
    if (changed) {
        m_shown = shown;
        changePage(page);
    } else if (state.verdict != m_verdict || leftToCompare != m_leftToCompare) {
        // The store's answer, or a group that was compared, changed what the primary button does.
        m_ui->primary->rearm();
    }
    m_verdict = state.verdict;
    m_leftToCompare = leftToCompare;
    showSteps();
    showFace();
    showNotice();
    showUndo();
    showCountdown();
    if (changed) {
        focusFirst();
        emit pageChanged();
    } else {
        emit keysChanged();
    }
}

void FlowPage::changePage(StepPage *page)
{
    if (m_page && m_page != page)
        m_page->forget();
    m_page = page;
    m_ui->work->setCurrentWidget(page);
    page->enter();
    // An Enter that was meant for the page before may arrive when this one has come by itself.
    m_ui->primary->setArmingTime(m_advancing ? advanceArming * m_armingTime : m_armingTime);
    m_ui->primary->rearm();
    m_countdown->restart();
}

QList<QWidget *> FlowPage::tabOrder() const
{
    QList<QWidget *> order = m_ui->notice->tabOrder();
    if (m_page)
        order += m_page->tabOrder();
    return order + QList<QWidget *>{m_ui->first, m_ui->second, m_ui->third, m_ui->primary};
}

void FlowPage::forget()
{
    m_countdown->restart();
    for (StepPage *page : std::as_const(m_steps))
        page->forget();
    m_ui->steps->reset();
    m_notice->forget();
    m_ui->undoPanel->hide();
    m_ui->say->setText({});
    m_actions = {};
    for (KeyButton *button : {m_ui->first, m_ui->second, m_ui->third, m_ui->primary})
        button->setText({});
    m_page = nullptr;
    m_shown.clear();
    m_verdict = CardVerdict::ReadAgain;
}

QString FlowPage::pageName() const
{
    return m_page ? m_page->pageName() : QString();
}

void FlowPage::focusFirst()
{
    QWidget *field = m_page ? m_page->firstField() : nullptr;
    if (field)
        field->setFocus();
    else
        m_ui->primary->setFocus();
}

void FlowPage::setWaiting(int records)
{
    m_health->setWaiting(records);
}

void FlowPage::showIdReader(const IdReaderState &reader)
{
    m_hasIdReader = reader.link != IdReaderState::Link::Absent;
    m_document->showIdReader(reader);
    m_guardian->showIdReader(reader);
}

void FlowPage::setReturned(const QList<QueueEntry> &entries)
{
    m_card->setReturned(entries);
}

void FlowPage::setTrouble(const std::optional<Error> &trouble)
{
    m_notice->setTrouble(trouble);
    showNotice();
    emit keysChanged();
}

void FlowPage::setIdleAfter(int milliseconds)
{
    m_countdown->setIdleAfter(milliseconds);
}

void FlowPage::setHealthTime(int milliseconds)
{
    m_countdown->setNextAfter(milliseconds);
}

bool FlowPage::takeZone(const QString &zone)
{
    switch (m_controller.state().step) {
    case LinkStep::Document:
        return m_document->takeZone(zone);
    case LinkStep::Guardian:
        return m_guardian->takeZone(zone);
    default:
        return false;
    }
}

void FlowPage::setAdvanceTime(int milliseconds)
{
    m_document->setAdvanceTime(milliseconds);
    m_guardian->setAdvanceTime(milliseconds);
}

void FlowPage::setArmingTime(int milliseconds)
{
    m_armingTime = milliseconds;
    m_ui->primary->setArmingTime(milliseconds);
}

void FlowPage::showSteps()
{
    const LinkState &state = m_controller.state();
    Stepper &steps = *m_ui->steps;
    steps.setCurrent(stepperIndex(state.step));
    QString card;
    if (state.card) {
        //: step.card.note: kind of card, last four digits; what may be cut off stands last
        card = tr("%1 %2").arg(productName(m_catalogue, *state.card), state.card->number.right(4));
    }
    steps.setNote(0, card.trimmed());
    steps.setNote(1, state.holder ? maskedPerson(m_kinds, *state.holder) : QString());
    //: step.consent.note
    steps.setNote(2, state.consent ? tr("已同意 %1").arg(clockTime(state.consent->at)) : QString());
    //: state.pend
    steps.setNote(3, state.healthDeferred ? tr("待补查") : healthNote());
    steps.setPending(3, state.healthDeferred);
    steps.setNote(4, state.committed ? clockTime(state.committed->at, true) : QString());
}

/// What ④ brought, once it is behind.
QString FlowPage::healthNote() const
{
    const LinkState &state = m_controller.state();
    const auto verdict = m_controller.healthVerdict();
    if (!verdict || verdict->entry == HealthVerdict::Entry::TimeNotTrusted ||
        state.step <= LinkStep::Health)
        return {};
    return verdict->abnormal || !verdict->days
               //: step.health.no
               ? tr("今天不能进站")
               //: step.health.days
               : tr("核酸 %n 天", nullptr, *verdict->days);
}

void FlowPage::showFace()
{
    if (!m_page)
        return;
    m_ui->say->setText(m_page->words());
    const QString hint = m_page->hint();
    m_ui->hint->setVisible(!hint.isEmpty());
    m_ui->hint->setSymbol(m_page->hintIcon());
    m_ui->hint->setText(hint);

    const QList<PageAction> secondary = m_page->secondaryActions();
    const std::array buttons{m_ui->first, m_ui->second, m_ui->third};
    for (std::size_t i = 0; i < buttons.size(); ++i) {
        const bool exists = qsizetype(i) < secondary.size();
        setAction(i, buttons[i], exists ? &secondary.at(qsizetype(i)) : nullptr);
    }
    const PageAction primary = m_page->primaryAction();
    const bool wakes = primary.enabled && !m_ui->primary->isEnabled();
    setAction(primaryIndex, m_ui->primary, &primary);
    // While it waited its focus had gone elsewhere, which may be out of the page.
    const QWidget *focus = window()->focusWidget();
    if (wakes && isVisible() && !(focus && isAncestorOf(focus)))
        focusFirst();

    setUpKeys(secondary);
}

/// The keys that no button prints work where they do something, and the help names them there.
void FlowPage::setUpKeys(const QList<PageAction> &secondary)
{
    const LinkStep step = m_controller.state().step;
    const int index = stepperIndex(step);
    const int done = index < int(m_jumps.size()) ? index : 0;
    // There Alt and a number choose how the document comes in; Esc goes back.
    const bool ownsDigits = stepperIndex(step) == stepperIndex(LinkStep::Document) && m_hasIdReader;
    QStringList help;
    QList<int> jumps;
    for (int i = 0; i < int(m_jumps.size()); ++i) {
        QShortcut *jump = m_jumps.at(std::size_t(i));
        // A button that prints Alt+1 owns that key; two owners would both stay silent.
        jump->setEnabled(i < done && !ownsDigits &&
                         std::ranges::none_of(secondary, [jump](const PageAction &action) {
                             return action.key == jump->key();
                         }));
        if (jump->isEnabled())
            jumps << i + 1;
    }
    if (!jumps.isEmpty()) {
        // The steps a button prints are the first ones, so the others stand together.
        help << (jumps.size() > 1 ? u"Alt+%1 … %2"_s.arg(jumps.first()).arg(jumps.last())
                                  : u"Alt+%1"_s.arg(jumps.first()));
        //: help.jump: Alt and the number of a step
        help << tr("回到办过的一步");
    }
    // On ① nothing has been done yet that could be taken back; Esc ends it.
    m_stepBack->setEnabled(step >= LinkStep::Document && step <= LinkStep::Confirm);
    if (m_stepBack->isEnabled())
        //: help.back: the same as the button that goes one step back
        help << keyText(m_stepBack->key()) << tr("退回一步");
    m_passengerLanguage->setEnabled(m_passenger.hasScreen() && step != LinkStep::Consent);
    if (m_passengerLanguage->isEnabled())
        //: help.passenger.language
        help << keyText(m_passengerLanguage->key()) << tr("换乘客屏的语言");
    setProperty("keyHelp", help);
}

void FlowPage::setAction(std::size_t index, KeyButton *button, const PageAction *action)
{
    m_actions[index] = action ? *action : PageAction();
    button->setVisible(action);
    if (!action)
        return;
    button->setText(action->text);
    if (action->borrowsKey)
        button->setBorrowedKey(action->key);
    else
        button->setShortcut(action->key);
    button->setEnabled(action->enabled);
}

void FlowPage::runAction(std::size_t index)
{
    // A copy: what runs may replace the actions.
    const auto run = m_actions[index].run;
    if (run)
        run();
}

void FlowPage::showNotice()
{
    m_notice->show(m_page && !m_page->showsProblem());
}

void FlowPage::showUndo()
{
    const LinkState &state = m_controller.state();
    const UndoController &undo = m_controller.undo();
    const bool offered = state.step == LinkStep::Done && !state.revoked && undo.offer() &&
                         undo.offer()->passengerRecord == state.committed->record;
    m_ui->undoPanel->setMinutes(m_rules.limits(beijingDate(m_clock.now())).undoMinutes);
    m_ui->undoPanel->setBusy(!undo.mayUndo());
    m_ui->undoPanel->setVisible(offered);
}

void FlowPage::showCountdown()
{
    using Goal = FlowCountdown::Goal;
    m_countdown->follow(m_page->returnsToIdle() ? Goal::Idle
                        : m_page->leadsOn()     ? Goal::Next
                                                : Goal::None);
}

void FlowPage::goOn(FlowCountdown::Goal goal)
{
    if (goal == FlowCountdown::Goal::Idle) {
        m_controller.apply(EndPassenger{});
        return;
    }
    m_advancing = true;
    runAction(primaryIndex);
    m_advancing = false;
}

bool FlowPage::event(QEvent *event)
{
    // Every key passes here before it does anything. Enter goes on at once, any other stays.
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key != Qt::Key_Return && key != Qt::Key_Enter)
            m_countdown->stopNext();
    }
    return DeskPage::event(event);
}

void FlowPage::goToStep(int step)
{
    if (step < stepperIndex(m_controller.state().step))
        m_controller.apply(GoToStep{stepOfIndex(step)});
}

void FlowPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        m_ui->retranslateUi(this);
        if (m_page) {
            showSteps();
            showFace();
            showNotice();
            m_countdown->showLeft();
        }
    }
    if (event->type() == QEvent::StyleChange)
        showPassenger();
    DeskPage::changeEvent(event);
}

} // namespace upgradedesk
