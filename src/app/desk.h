#pragma once

#include "app/deskdata.h"
#include "app/deskdevices.h"
#include "app/desksync.h"
#include "app/idreaderthread.h"
#include "app/passengerplace.h"
#include "device/nfc/nfcclient.h"
#include "device/serial/printeraddress.h"
#include "flow/linkprocedure.h"
#include "gui/appearance.h"
#include "gui/desktasks.h"
#include "gui/linkcontroller.h"
#include "gui/mainwindow.h"
#include "sim/controlserver.h"
#include "sim/virtualidreader.h"
#include "sim/virtualreader.h"
#include "storage/records.h"

#include <QObject>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <memory>

namespace upgradedesk
{

class PrintWorker;
class SealWorker;
class StoreWorker;

/// The whole desk: builds every object, connects them, owns the threads. Everything an object needs
/// is declared before it, so that destruction goes the other way round.
class Desk final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Desk)

public:
    Desk(const Options &options, const Clock &clock, Appearance &appearance, DeskData data);
    ~Desk() override;

    /// Opens the store and builds the window, which appears when the store is open; the reader
    /// follows. Fails when the control socket cannot be made. Call it once.
    [[nodiscard]] Result<void> start();

    /// The receipt printer from now on; receipts() tells how it stands.
    void setPrinter(const PrinterAddress &address);
    [[nodiscard]] ReceiptTasks &receipts() { return m_tasks.receipts(); }
    [[nodiscard]] const CounterDevices &counter() { return m_tasks.devices(); }

signals:
    /// The store cannot be opened, so there is no window; or the virtual reader cannot.
    void startFailed(const upgradedesk::Error &error);

private:
    void showWindow(const QList<storage::Operator> &operators);
    void finishWindow();
    void startVirtualReader();
    void showPassengerScreen();
    void warmCardStates();
    void connectStore();
    void connectWindow();
    void connectFlow();
    void connectUndo();
    void connectReader();
    void connectIdReader();
    void startIdReader();
    void placeNextDocument();
    [[nodiscard]] QString obeyIdReader(const QString &line);
    void connectAppearance();
    void connectReceipts();
    void connectHub();
    void connectHubTasks();
    void startHub();
    void ask(HubQuestion question);
    void seal(LinkRequest request);
    void showOperators(const QList<storage::Operator> &operators);
    void takeOperators(const QList<storage::Operator> &operators);
    void useWhatIsNew();
    void showShelf();
    void logIn(const storage::Operator &person);
    void remember(const CardSighting &card);
    void refresh();
    void trace(const QString &line) const;

    const Options m_options;
    TrustedClock m_clock; ///< told by the network thread
    Appearance &m_appearance;
    const DeskData m_data;
    Rules m_rules;                   ///< in use; the window and the procedure look at them here
    std::optional<Rules> m_newRules; ///< for the next passenger
    bool m_mayStay = true;           ///< whoever is logged in is still in the roster
    LinkProcedure m_procedure;
    LinkController m_controller;
    DeskTasks m_tasks;
    std::unique_ptr<VirtualReader> m_reader;            ///< training only
    std::unique_ptr<VirtualIdReader> m_virtualIdReader; ///< likewise
    qsizetype m_nextDocument = 0;                       ///< of those on it
    std::unique_ptr<ControlServer> m_control;
    std::unique_ptr<MainWindow> m_window; ///< null until start(), shown when the store is open
    SystemScreens m_screens;
    std::unique_ptr<PassengerPlace> m_passengerPlace; ///< null until all pages exist
    bool m_shown = false;
    bool m_finished = false; ///< all pages exist
    NfcClient m_nfc;
    DeskDevices m_devices;
    IdReaderThread m_idReader;
    StoreWorker *m_store;       ///< lives on m_storeThread, which deletes it when it ends
    SealWorker *m_seal;         ///< likewise on m_sealThread
    PrintWorker *m_print;       ///< likewise on m_printThread
    QTimer m_storeAgain;        ///< asks a store in trouble again
    DeskSync *m_sync = nullptr; ///< likewise on m_networkThread; null in training
    QString m_record;           ///< the id the record of this passenger will have, once asked for
    QString m_operator;
    std::unique_ptr<QThread> m_warming; ///< reads the card states through once
    std::atomic_bool m_stopWarming = false;
    QThread m_storeThread;
    QThread m_sealThread;
    QThread m_printThread;
    QThread m_networkThread;
};

} // namespace upgradedesk
