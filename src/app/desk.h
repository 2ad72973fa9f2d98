#pragma once

#include "app/options.h"
#include "card/catalogue.h"
#include "core/clock.h"
#include "device/nfc/nfcclient.h"
#include "flow/linkprocedure.h"
#include "flow/rules.h"
#include "gui/appearance.h"
#include "gui/linkcontroller.h"
#include "gui/mainwindow.h"
#include "identity/documentkinds.h"
#include "sim/controlserver.h"
#include "sim/virtualreader.h"
#include "storage/records.h"
#include "sync/deskidentity.h"

#include <QObject>
#include <QThread>
#include <QTimer>

#include <memory>

namespace upgradedesk
{

class SealWorker;
class StoreWorker;

/// The whole desk: builds every object, connects them, owns the threads. Everything an object needs
/// is declared before it, so that destruction goes the other way round.
class Desk final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Desk)

public:
    /// Loads data and identity (in training mode it makes the practice identity first). The error
    /// has the sentence for whoever started the program.
    [[nodiscard]] static Result<std::unique_ptr<Desk>>
    create(const Options &options, const Clock &clock, Appearance &appearance);
    ~Desk() override;

    /// Starts reader and store; the window appears when the store is open.
    void start();

signals:
    /// The store cannot be opened; there is no window.
    void startFailed(const upgradedesk::Error &error);

private:
    /// What is read from files before anything is built.
    struct Data {
        Catalogue catalogue;
        DocumentKinds documents;
        Rules rules;
        sync::DeskIdentity identity;
        QList<TrainingCard> shelf;
        QList<TrainingCard> shelfInEnglish;
        std::unique_ptr<VirtualReader> reader; ///< training only
    };

    Desk(const Options &options, const Clock &clock, Appearance &appearance, Data data);

    void showWindow(const QList<storage::Operator> &operators);
    void finishWindow();
    void connectStore();
    void connectWindow();
    void connectFlow();
    void connectUndo();
    void connectReader();
    void connectAppearance();
    void showShelf();
    void logIn(const storage::Operator &person);
    void remember(const CardSighting &card);
    void refresh();
    void trace(const QString &line) const;

    const Options m_options;
    const Clock &m_clock;
    Appearance &m_appearance;
    const Data m_data;
    LinkProcedure m_procedure;
    LinkController m_controller;
    std::unique_ptr<ControlServer> m_control;
    std::unique_ptr<MainWindow> m_window; ///< null until start(), shown when the store is open
    bool m_shown = false;
    bool m_finished = false; ///< all pages exist
    NfcClient m_nfc;
    StoreWorker *m_store; ///< lives on m_storeThread, which deletes it when it ends
    SealWorker *m_seal;   ///< likewise on m_sealThread
    QTimer m_storeAgain;  ///< asks a store in trouble again
    QString m_operator;
    QThread m_storeThread;
    QThread m_sealThread;
};

} // namespace upgradedesk
