#pragma once

#include "card/nearnumbers.h"
#include "core/language.h"
#include "flow/cardverdict.h"
#include "storage/store.h"
#include "sync/citycards.h"
#include "sync/deskidentity.h"

#include <QObject>

#include <memory>

namespace upgradedesk
{

/// The store's thread: every read and write of the desk's database happens here, one after the
/// other. Slots may take as long as the disk does; whoever asks gets the answer as a signal.
class StoreWorker final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StoreWorker)

public:
    /// The references must outlive the worker.
    StoreWorker(QString folder, const sync::DeskIdentity &identity, const Catalogue &catalogue,
                const Clock &clock);

    /// Opens the database; answers with opened() or troubled().
    void open();
    /// Who may log in now; answers with operatorsListed() or troubled().
    void listOperators();
    void login(const QString &operatorId, const QString &pin);
    void lookUpCard(const QString &number);
    /// Notes that a card was read here, by its key only.
    void rememberReading(const QString &number);
    /// Answers with nearFound().
    void lookUpNear(const QString &number);
    void lookUpPerson(const QString &cardNumber, const Person &person);
    /// Answers with committed(), or revoked() for a revoke, only after the transaction is durable.
    void commit(const storage::NewRecord &record);
    /// What the operator may take back now; answers with undoableFound().
    void findUndoable(const QString &operatorId, std::chrono::milliseconds window);
    /// One record for its receipt; answers with foundForReceipt() or notFoundForReceipt().
    void findForReceipt(const QString &record, Language language);
    /// What the idle page shows; answers with refreshed().
    void refresh(const QString &operatorId);

signals:
    void opened(const QList<upgradedesk::storage::Operator> &operators);
    void operatorsListed(const QList<upgradedesk::storage::Operator> &operators);
    void troubled(const upgradedesk::Error &error);
    void loggedIn(const upgradedesk::storage::Operator &person);
    void loginFailed(const upgradedesk::Error &error);
    void cardLookedUp(const QString &number, const upgradedesk::DeskKnowledge &knowledge);
    void nearFound(const QString &number, const QList<upgradedesk::NearCard> &cards);
    void personLookedUp(const QString &cardNumber, const upgradedesk::Person &person,
                        const upgradedesk::DeskKnowledge &knowledge);
    void headChanged(const upgradedesk::storage::JournalHead &head);
    void committed(const upgradedesk::storage::Committed &committed);
    void notCommitted(const upgradedesk::Error &error);
    void revoked(const upgradedesk::storage::Committed &committed);
    void notRevoked(const upgradedesk::Error &error);
    void undoableFound(const std::optional<upgradedesk::storage::Undoable> &undoable);
    void foundForReceipt(const upgradedesk::storage::QueueRow &row, upgradedesk::Language language);
    void notFoundForReceipt(const QString &record, const upgradedesk::Error &error);
    void refreshed(const upgradedesk::storage::QueueStatus &queue,
                   const QList<upgradedesk::storage::QueueRow> &recent,
                   const QList<upgradedesk::storage::Figure> &figures);

private:
    [[nodiscard]] Result<DeskKnowledge> knowledge(const QString &cardNumber, const Person *person);
    void tellHead();

    const QString m_folder;
    const sync::DeskIdentity &m_identity;
    const Catalogue &m_catalogue;
    const Clock &m_clock;
    std::unique_ptr<storage::Store> m_store;
    std::unique_ptr<sync::CityCards> m_city;
};

} // namespace upgradedesk
