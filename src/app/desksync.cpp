#include "app/desksync.h"

#include "app/usbstick.h"
#include "storage/hubstore.h"
#include "sync/provisioning.h"
#include "sync/receipts.h"
#include "sync/recordexport.h"
#include "wire/signeddocument.h"

#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upgradedesk
{
namespace
{

constexpr int rowsOfPage = 200;
constexpr qint64 bytesOfRecord = 6000; ///< with journal, indexes and room for the WAL

Result<void> checkPublished(const QByteArray &body)
{
    const auto rules = Rules::parse(body, u"rules of the hub"_s);
    if (!rules)
        return tl::unexpected(rules.error());
    return {};
}

HubState::Link linkOf(sync::UploaderState::Link link)
{
    switch (link) {
    case sync::UploaderState::Link::Starting:
        return HubState::Link::Starting;
    case sync::UploaderState::Link::Reachable:
        return HubState::Link::Reachable;
    case sync::UploaderState::Link::Unreachable:
        return HubState::Link::Unreachable;
    }
    Q_UNREACHABLE();
}

HealthLevel levelOf(const QString &word)
{
    if (word == u"normal")
        return HealthLevel::Normal;
    return word == u"abnormal" ? HealthLevel::Abnormal : HealthLevel::NoResult;
}

} // namespace

DeskSync::DeskSync(QString folder, TrustedClock &clock)
    : m_folder(std::move(folder))
    , m_clock(clock)
    , m_again(this)
{
    m_again.setSingleShot(true);
    m_again.setInterval(5s);
    connect(&m_again, &QTimer::timeout, this, &DeskSync::open);
}

DeskSync::~DeskSync()
{
    if (m_uploader)
        m_uploader->stop();
}

void DeskSync::open()
{
    auto identity = sync::DeskIdentity::load(m_folder, m_machine);
    if (!identity) {
        emit taskFailed(identity.error());
        return;
    }
    auto store = storage::Store::open(m_folder, identity->storeKeys());
    if (!store) {
        emit storeTroubled(store.error());
        m_again.start();
        return;
    }
    m_identity = std::make_unique<sync::DeskIdentity>(std::move(*identity));
    m_store = std::make_unique<storage::Store>(std::move(*store));
    const auto facts = m_store->hub().facts();
    if (facts)
        m_clock.adopt({facts->time, facts->bootId, facts->sinceBoot});
    tellPublished();
    startParts();
    tellQueue();
}

void DeskSync::startParts()
{
    auto client = sync::HubClient::make(*m_identity, m_clock);
    if (!client)
        return; // a desk without a hub's address uploads by USB alone
    m_client = std::move(*client);
    m_uploader = std::make_unique<sync::Uploader>(*m_client, *m_store, m_clock, m_folder);
    m_upkeep =
        std::make_unique<sync::DeskUpkeep>(*m_client, *m_store, m_clock, m_folder, checkPublished);
    m_states = std::make_unique<sync::SnapshotDownload>(*m_client, m_folder);
    connectParts();
    m_uploader->start();
}

void DeskSync::connectParts()
{
    connect(m_uploader.get(), &sync::Uploader::changed, this, &DeskSync::tellHub);
    connect(m_uploader.get(), &sync::Uploader::judged, this, &DeskSync::tellJudged);
    connect(m_uploader.get(), &sync::Uploader::settled, this, [this] {
        emit settled();
        tellQueue();
    });
    connect(m_uploader.get(), &sync::Uploader::storeTroubled, this, &DeskSync::storeTroubled);
    connect(m_upkeep.get(), &sync::DeskUpkeep::finished, this, &DeskSync::tellPublished);
    // Later: what is to be made anew is what is calling.
    connect(m_upkeep.get(), &sync::DeskUpkeep::identityChanged, this, &DeskSync::renewParts,
            Qt::QueuedConnection);
}

void DeskSync::renewParts()
{
    auto identity = sync::DeskIdentity::load(m_folder, m_machine);
    if (!identity)
        return;
    m_uploader->stop();
    m_states.reset();
    m_upkeep.reset();
    m_uploader.reset();
    m_client.reset();
    m_identity = std::make_unique<sync::DeskIdentity>(std::move(*identity));
    m_told = {}; // so that the new parts ask, too, as soon as the hub is reached
    startParts();
    emit identityRenewed();
}

/// What the database holds, whoever has brought it there: a deskctl beside the window may have.
void DeskSync::tellPublished()
{
    const auto roster = m_store->hub().document(u"roster"_s);
    if (roster && roster->version != m_roster) {
        m_roster = roster->version;
        emit rosterChanged();
    }
    const auto held = m_store->hub().document(u"rules"_s);
    if (!held || held->version == m_rules)
        return;
    const auto document = wire::decodeDocument(held->message);
    if (!document || !sync::checkDocument(*document, u"rules"_s, *m_identity))
        return;
    const auto rules = Rules::parse(document->body, u"rules of the hub"_s);
    // A newer release may read them no longer; then those in use stay.
    if (!rules)
        return;
    m_rules = held->version;
    emit rulesTold(*rules);
}

void DeskSync::tellHub(const sync::UploaderState &state)
{
    HubState hub;
    hub.link = linkOf(state.link);
    hub.uploading = state.uploading;
    hub.trouble = state.trouble;
    hub.since = hub.link == m_told.link ? m_told.since : m_clock.sinceBoot();
    hub.nextTry = state.nextTry;
    hub.lastSuccess = state.lastSuccess;
    hub.timeTrusted = m_clock.isTrusted();
    if (hub.timeTrusted)
        hub.clockAhead = std::chrono::seconds(m_clock.now().secsTo(m_machine.now()));
    // What the hub publishes is asked for as soon as it is back.
    if (hub.link == HubState::Link::Reachable && m_told.link != HubState::Link::Reachable) {
        m_upkeep->runNow();
        m_states->runNow();
    }
    m_told = hub;
    emit hubTold(hub);
    if (state.trouble && state.trouble->code == ErrorCode::HubRefusesDesk)
        lookForIdentity();
}

/// A desk that is refused may have enrolled again, by a deskctl beside the window.
void DeskSync::lookForIdentity()
{
    const auto provisioning = sync::Provisioning::load(m_folder);
    if (provisioning && provisioning->deskCertificate != m_identity->certificate().pem())
        QMetaObject::invokeMethod(this, &DeskSync::renewParts, Qt::QueuedConnection);
}

void DeskSync::tellJudged(const QList<storage::Settlement> &settlements)
{
    for (const storage::Settlement &one : settlements)
        emit judged(
            {one.record, one.kind == storage::Settlement::Kind::Accepted, one.reason, one.at});
}

void DeskSync::syncNow()
{
    if (!m_uploader)
        return;
    m_uploader->tryNow();
    m_upkeep->runNow();
    m_states->runNow();
}

void DeskSync::tryNow()
{
    if (m_uploader)
        m_uploader->tryNow();
}

QueueEntry DeskSync::entryOf(const storage::QueueRow &row) const
{
    return {row.record,
            row.slip,
            row.kind,
            row.medium,
            storage::stateKey(row.state),
            row.queuedAt,
            row.attempts,
            row.reason,
            row.judgedAt,
            m_operatorNames.value(row.operatorId, row.operatorId),
            row.maskedName,
            row.maskedNumber};
}

void DeskSync::tellQueue()
{
    if (!m_store)
        return;
    const auto status = m_store->queueStatus(m_clock.now());
    const auto rows = m_store->recent(rowsOfPage);
    const auto refused = m_store->listQueue(storage::RecordState::Attention);
    const auto operators = m_store->operators();
    if (!status || !rows || !refused || !operators) {
        emit storeTroubled(!status    ? status.error()
                           : !rows    ? rows.error()
                           : !refused ? refused.error()
                                      : operators.error());
        return;
    }
    m_operatorNames.clear();
    for (const storage::Operator &person : *operators)
        m_operatorNames.insert(person.id, person.name);

    QueueFacts facts;
    facts.waiting = status->queued + status->sending;
    facts.oldestSeconds = status->oldestSeconds;
    facts.capacity = facts.waiting + QStorageInfo(m_folder).bytesAvailable() / bytesOfRecord;
    for (const storage::QueueRow &row : *rows)
        facts.rows << entryOf(row);
    QList<QueueEntry> inbox;
    for (const storage::QueueRow &row : *refused) {
        if (row.needsStaff)
            inbox.prepend(entryOf(row)); // the newest first
    }
    facts.attention = inbox.size();
    emit queueTold(facts);
    emit inboxTold(inbox);
}

void DeskSync::retry(const QString &record)
{
    if (!m_store)
        return;
    if (const auto done = m_store->hub().retry(record, m_clock.now()); !done)
        emit taskFailed(done.error());
    tellQueue();
    emit settled();
    tryNow();
}

void DeskSync::setVoid(const QString &record, bool isVoid)
{
    if (!m_store)
        return;
    if (const auto done = m_store->hub().setVoid(record, isVoid, m_clock.now()); !done)
        emit taskFailed(done.error());
    tellQueue();
}

void DeskSync::exportToUsb()
{
    UsbOutcome outcome;
    const QString stick = usbStick();
    if (!m_store || stick.isEmpty()) {
        outcome.error = Error{ErrorCode::NoUsbStick, {}, {}};
    } else {
        outcome.file = u"upgradedesk-%1-%2.records"_s.arg(
            m_identity->desk(), toBeijing(m_clock.now()).toString(u"yyyyMMdd-HHmmss"_s));
        const auto records =
            sync::exportRecords(*m_identity, *m_store, stick + u'/' + outcome.file, m_clock);
        if (records)
            outcome.records = *records;
        else
            outcome.error = records.error();
    }
    emit usbTold(outcome);
}

void DeskSync::receiptsFromUsb()
{
    UsbOutcome outcome;
    outcome.way = UsbOutcome::Way::Receipts;
    const QString stick = usbStick();
    const QString path = stick.isEmpty() ? QString() : newestFile(stick, u".receipts"_s);
    QFile file(path);
    outcome.file = QFileInfo(path).fileName();
    if (!m_store || stick.isEmpty()) {
        outcome.error = Error{ErrorCode::NoUsbStick, {}, {}};
    } else if (path.isEmpty() || !file.open(QIODevice::ReadOnly)) {
        outcome.error = Error{ErrorCode::FileUnreadable, {}, {u"*.receipts"_s}};
    } else {
        const auto taken = sync::takeReceipts(file, *m_identity, m_store->hub(), m_clock);
        if (taken)
            outcome.records = taken->settled;
        else
            outcome.error = taken.error();
    }
    emit usbTold(outcome);
    tellQueue();
    emit settled();
}

void DeskSync::ask(const HubQuestion &question)
{
    if (!m_client) {
        emit answered(HubGaveNoAnswer{question.id, Error{ErrorCode::HubAbsent, {}, {}}});
        return;
    }
    switch (question.about) {
    case HubQuestion::About::Card:
        askCard(question);
        break;
    case HubQuestion::About::Person:
        askPerson(question);
        break;
    case HubQuestion::About::Health:
        askHealth(question);
        break;
    case HubQuestion::About::Gate:
        askGate(question);
        break;
    }
}

void DeskSync::askCard(const HubQuestion &question)
{
    m_client->askCards({question.cardNumber}, [this, id = question.id](const auto &answer) {
        if (!answer) {
            // Keys were changed because a desk was stolen: the new one is fetched.
            if (answer.error().code == u"token-key-replaced")
                m_upkeep->runNow();
            emit answered(HubGaveNoAnswer{id, answer.error().error});
            return;
        }
        const wire::CardState &card = answer->cards.first();
        const auto state = cityCardStateFromKey(card.state);
        emit answered(CardStatusAnswered{id, {state.value_or(CityCardState::None), card.asOf}});
    });
}

/// What a gate of the metro does with the card now.
void DeskSync::askGate(const HubQuestion &question)
{
    m_client->askGate(question.cardNumber, u"metro"_s, std::nullopt,
                      [this, id = question.id](const auto &answer) {
                          if (!answer && answer.error().code == u"token-key-replaced")
                              m_upkeep->runNow();
                          const auto decision =
                              answer ? decisionFromKey(answer->decision) : std::nullopt;
                          if (decision)
                              emit answered(GateAnswered{id, {*decision, answer->code}});
                          else
                              emit answered(HubGaveNoAnswer{id, {}});
                      });
}

void DeskSync::askPerson(const HubQuestion &question)
{
    m_client->askPerson({question.person.documentKind, question.person.documentNumber,
                         question.record, question.operatorId},
                        [this, id = question.id](const auto &answer) {
                            if (!answer) {
                                emit answered(HubGaveNoAnswer{id, answer.error().error});
                                return;
                            }
                            PersonStatus status;
                            status.physical = answer->physical;
                            status.phone = answer->phone;
                            status.asAgent = answer->asAgent;
                            for (const wire::PersonCard &card : answer->cards)
                                status.cards
                                    << CardOfPerson{card.last4.isEmpty() ? u"····"_s : card.last4,
                                                    card.medium, beijingDate(card.since)};
                            emit answered(PersonStatusAnswered{id, status});
                        });
}

void DeskSync::askHealth(const HubQuestion &question)
{
    m_client->askHealth(
        {question.person.documentKind, question.person.documentNumber, question.record,
         question.operatorId},
        [this, id = question.id](const auto &answer) {
            if (!answer) {
                emit answered(HubGaveNoAnswer{id, answer.error().error});
                return;
            }
            // Asked and not answered yet: the hub goes on, the passenger need not
            // wait.
            if (answer->level == u"pending") {
                emit answered(HubGaveNoAnswer{id, Error{ErrorCode::HubFailed, {}, {u"pending"_s}}});
                return;
            }
            emit answered(HealthAnswered{id,
                                         {levelOf(answer->level), answer->testDay.value_or(QDate()),
                                          answer->asOf.value_or(QDateTime()), answer->source}});
        });
}

} // namespace upgradedesk
