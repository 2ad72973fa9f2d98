#pragma once

#include "flow/cardverdict.h"
#include "flow/hubanswers.h"
#include "flow/linkprocedure.h"
#include "flow/rules.h"
#include "gui/hubstate.h"
#include "storage/store.h"
#include "sync/deskidentity.h"
#include "sync/deskupkeep.h"
#include "sync/snapshotdownload.h"
#include "sync/uploader.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace upgradedesk
{

/// A question about the passenger at the desk, with the id its record will have.
struct HubQuestion {
    enum class About { Card, Person, Health, Gate };

    About about = About::Card;
    QuestionId id = 0;
    QString cardNumber; ///< of About::Card and Gate
    Person person;      ///< of the others
    QString record;
    QString operatorId;
};

/// The desk's network thread: uploads what waits, keeps rules, roster and keys up to date, and asks
/// the hub about the passenger at the desk. It has a store and an identity of its own, and tells
/// values only. Network is asynchronous; what takes the disk's time takes it here.
class DeskSync final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeskSync)

public:
    /// `clock` must outlive it; it is told the hub's time here and asked everywhere.
    DeskSync(QString folder, TrustedClock &clock);
    ~DeskSync() override;

    /// Opens store and identity and begins; call it in the network thread.
    void open();
    /// A record was stored.
    void tryNow();
    /// Staff want a try at once, and everything the hub publishes.
    void syncNow();
    /// The queue's page is on the screen.
    void tellQueue();
    void retry(const QString &record);
    void setVoid(const QString &record, bool isVoid);
    /// Everything that waits onto the first USB stick that can be written; and the newest file of
    /// receipts from there.
    void exportToUsb();
    void receiptsFromUsb();
    /// Answers with one of the events that answer it.
    void ask(const upgradedesk::HubQuestion &question);

signals:
    void hubTold(const upgradedesk::HubState &hub);
    void queueTold(const upgradedesk::QueueFacts &queue);
    void inboxTold(const QList<upgradedesk::QueueEntry> &entries);
    void usbTold(const upgradedesk::UsbOutcome &outcome);
    void taskFailed(const upgradedesk::Error &error);
    /// Of each record that the hub has judged now.
    void judged(const upgradedesk::LinkJudged &judgement);
    /// What lists show has changed in the database.
    void settled();
    void rosterChanged();
    /// Other rules of the hub than those told last are here; at the start, those that are here.
    void rulesTold(const upgradedesk::Rules &rules);
    /// Certificates or keys on the disk are new.
    void identityRenewed();
    void answered(const upgradedesk::LinkEvent &answer);
    void storeTroubled(const upgradedesk::Error &error);

private:
    void connectParts();
    void tellHub(const sync::UploaderState &state);
    void tellJudged(const QList<storage::Settlement> &settlements);
    void tellPublished();
    void renewParts();
    void lookForIdentity();
    void startParts();
    void askCard(const HubQuestion &question);
    void askGate(const HubQuestion &question);
    void askPerson(const HubQuestion &question);
    void askHealth(const HubQuestion &question);
    [[nodiscard]] QueueEntry entryOf(const storage::QueueRow &row) const;

    const QString m_folder;
    TrustedClock &m_clock;
    const SystemClock m_machine;
    // Each needs the one before it; after new keys all are made again.
    std::unique_ptr<sync::DeskIdentity> m_identity;
    std::unique_ptr<storage::Store> m_store;
    std::unique_ptr<sync::HubClient> m_client;
    std::unique_ptr<sync::Uploader> m_uploader;
    std::unique_ptr<sync::DeskUpkeep> m_upkeep;
    std::unique_ptr<sync::SnapshotDownload> m_states;
    QTimer m_again; ///< the store could not be opened
    QHash<QString, QString> m_operatorNames;
    HubState m_told;
    qint64 m_rules = 0; ///< version of those told last; 0: none
    qint64 m_roster = 0;
};

} // namespace upgradedesk
