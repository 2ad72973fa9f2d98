#include "app/desk.h"

#include "app/sealworker.h"
#include "app/storeworker.h"
#include "core/recordid.h"

#include <algorithm>
#include <utility>

// The desk's share of what passes between window, store and network thread.

namespace upgradedesk
{

void Desk::connectHub()
{
    if (m_options.profile == Profile::Training)
        return;
    m_sync = new DeskSync(m_options.dataFolder, m_clock);
    m_sync->moveToThread(&m_networkThread);
    connect(&m_networkThread, &QThread::finished, m_sync, &QObject::deleteLater);
    connectHubTasks();

    // Uploads, and what lists show of them.
    connect(m_store, &StoreWorker::committed, m_sync, &DeskSync::tryNow);
    connect(m_store, &StoreWorker::revoked, m_sync, &DeskSync::tryNow);
    connect(m_sync, &DeskSync::settled, this, &Desk::refresh);
    connect(m_sync, &DeskSync::judged, this, [this](const LinkJudged &judgement) {
        const auto &committed = m_procedure.state().committed;
        if (committed && committed->record == judgement.record)
            m_controller.apply(judgement);
    });
    connect(m_sync, &DeskSync::rosterChanged, m_store, &StoreWorker::listOperators);
    connect(m_store, &StoreWorker::operatorsListed, this, &Desk::takeOperators);
    connect(m_sync, &DeskSync::rulesTold, this, [this](const Rules &rules) {
        m_newRules = rules;
        useWhatIsNew();
    });
    connect(m_sync, &DeskSync::identityRenewed, m_seal, &SealWorker::renewIdentity);
    connect(&m_controller, &LinkController::stateChanged, this, &Desk::useWhatIsNew);

    // Questions about the passenger at the desk.
    connect(&m_controller, &LinkController::cardStatusRequested, this,
            [this](const CardQuestion &question) {
                ask({HubQuestion::About::Card, question.id, question.number, {}, {}, {}});
            });
    connect(&m_controller, &LinkController::gateRequested, this,
            [this](const CardQuestion &question) {
                ask({HubQuestion::About::Gate, question.id, question.number, {}, {}, {}});
            });
    const auto askPerson = [this](HubQuestion::About about) {
        return [this, about](const PersonQuestion &question) {
            ask({about, question.id, {}, question.person, {}, question.operatorId});
        };
    };
    connect(&m_controller, &LinkController::personStatusRequested, this,
            askPerson(HubQuestion::About::Person));
    connect(&m_controller, &LinkController::healthRequested, this,
            askPerson(HubQuestion::About::Health));
    connect(m_sync, &DeskSync::answered, this,
            [this](const LinkEvent &answer) { m_controller.apply(answer); });
    // The next passenger may begin without the idle page in between.
    connect(&m_controller, &LinkController::stateChanged, this, [this] {
        if (!m_procedure.state().isHalfDone())
            m_record.clear();
    });
}

void Desk::connectHubTasks()
{
    connect(m_sync, &DeskSync::hubTold, &m_tasks, &DeskTasks::setHub);
    connect(m_sync, &DeskSync::queueTold, &m_tasks, &DeskTasks::setQueue);
    connect(m_sync, &DeskSync::inboxTold, &m_tasks, &DeskTasks::setInbox);
    connect(m_sync, &DeskSync::usbTold, &m_tasks, &DeskTasks::usbDone);
    connect(m_sync, &DeskSync::taskFailed, &m_tasks, &DeskTasks::taskFailed);
    connect(&m_tasks, &DeskTasks::syncRequested, m_sync, &DeskSync::syncNow);
    connect(&m_tasks, &DeskTasks::retryRequested, m_sync, &DeskSync::retry);
    connect(&m_tasks, &DeskTasks::voidRequested, m_sync, &DeskSync::setVoid);
    connect(&m_tasks, &DeskTasks::exportRequested, m_sync, &DeskSync::exportToUsb);
    connect(&m_tasks, &DeskTasks::receiptsRequested, m_sync, &DeskSync::receiptsFromUsb);
    connect(&m_tasks, &DeskTasks::refreshWanted, m_sync, &DeskSync::tellQueue);
    HubState starting;
    starting.link = HubState::Link::Starting;
    m_tasks.setHub(starting);
}

/// Who may log in now; whoever is logged in and may no longer is asked for a PIN after this
/// passenger.
void Desk::takeOperators(const QList<storage::Operator> &operators)
{
    showOperators(operators);
    m_mayStay = std::ranges::any_of(
        operators, [this](const storage::Operator &one) { return one.id == m_operator; });
    useWhatIsNew();
}

/// What the hub has published changes nothing under the passenger at the desk.
void Desk::useWhatIsNew()
{
    if (m_procedure.state().isHalfDone())
        return;
    if (m_newRules) {
        m_rules = *std::exchange(m_newRules, std::nullopt);
        QMetaObject::invokeMethod(m_seal,
                                  [seal = m_seal, rules = m_rules] { seal->setRules(rules); });
        trace(u"rules "_s + m_rules.version());
    }
    if (!m_mayStay) {
        m_mayStay = true;
        m_window->lock();
    }
}

/// After the first picture: nothing of the start waits for it.
void Desk::startHub()
{
    if (!m_sync)
        return;
    m_networkThread.setObjectName(QStringLiteral("network"));
    m_networkThread.start();
    QMetaObject::invokeMethod(m_sync, &DeskSync::open);
}

void Desk::ask(HubQuestion question)
{
    // The record this passenger ends in has the id the hub was told with the questions.
    if (m_record.isEmpty())
        m_record = newRecordId(m_clock);
    question.record = m_record;
    QMetaObject::invokeMethod(m_sync, [sync = m_sync, question] { sync->ask(question); });
}

void Desk::seal(LinkRequest request)
{
    request.record = m_record;
    QMetaObject::invokeMethod(m_seal, [seal = m_seal, request] { seal->seal(request); });
}

} // namespace upgradedesk
