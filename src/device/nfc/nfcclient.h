#pragma once

#include "card/cardsighting.h"
#include "core/result.h"
#include "device/nfc/nfcmessages.h"

#include <QMetaType>
#include <QObject>
#include <QProcess>
#include <QTimer>

#include <memory>
#include <optional>

namespace upgradedesk
{

/// Keeps one child `upgradedesk-nfc` running and turns its messages into signals. Any thread with
/// an event loop; nothing here blocks. The child may die or hang: it is started again, and a card
/// that still lies on the reader then is not announced a second time.
class NfcClient final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NfcClient)

public:
    /// `program` is the path of the child; empty: `upgradedesk-nfc` beside this program.
    explicit NfcClient(const QString &program = {}, QObject *parent = nullptr);

    /// Ends the child and waits up to half a second for it.
    ~NfcClient() override;

    /// Watches this reader until stop(). Empty: what libnfc's own configuration or the USB bus
    /// offers; a path alone means a PN532 on that serial port. Starting again with another reader
    /// replaces the first.
    void start(const QString &connstring = {});

    /// Another reader, or other ports that are none and never written to, from now on. A child that
    /// runs is ended and started again only when that changes what it does: one that has a reader
    /// keeps it while ports of others come and go.
    void use(const QString &connstring, const QStringList &others);

    /// Ends the child; no signal follows.
    void stop();

    [[nodiscard]] bool isReady() const { return m_ready; }

    /// Of the child, for diagnosis; 0 while there is none.
    [[nodiscard]] qint64 childProcessId() const { return m_child ? m_child->processId() : 0; }

signals:
    /// The reader answers; `name` is libnfc's name of it.
    void readerReady(const QString &name);

    /// Not usable for now; it is tried again until stop(). Emitted once per loss and once per
    /// change of the reason.
    void readerLost(const upgradedesk::Error &error);

    /// One tap: read as far as it can be read. A card that lies there is announced once.
    void cardArrived(const upgradedesk::CardSighting &sighting);

    /// The announced card is gone.
    void cardLeft();

private:
    void launch();
    void endChild();
    void readMessages();
    void take(const NfcMessage &message);
    void childEnded();
    void childHangs();
    void cardFound(const CardSighting &sighting);
    void fieldEmpty();
    void lose(const Error &error);
    [[nodiscard]] Error troubleOf(const NfcTrouble &trouble) const;
    [[nodiscard]] bool isOutOfDate() const;
    void replaceChild();

    const QString m_program;
    QString m_connstring;
    QStringList m_others;
    QStringList m_given;     ///< of those, what the child knows
    QString m_readyName;     ///< of the reader that answered last
    bool m_replaced = false; ///< the child was ended to be started with something else
    std::unique_ptr<QProcess> m_child;
    NfcMessageReader m_reader;
    QTimer m_heartbeat;
    QTimer m_relaunch;
    QTimer m_resume;
    bool m_running = false;
    bool m_ready = false;
    bool m_wasReady = false;
    int m_failures = 0;
    std::optional<ErrorCode> m_lossTold;
    std::optional<CardSighting> m_present;
    bool m_resuming = false;
};

} // namespace upgradedesk

Q_DECLARE_METATYPE(upgradedesk::Error)
Q_DECLARE_METATYPE(upgradedesk::CardSighting)
