#pragma once

#include "sim/virtualcard.h"

#include <QObject>
#include <QTemporaryDir>
#include <QThread>

#include <optional>

namespace upgradedesk
{

class VirtualReaderWorker;

struct VirtualReaderOptions {
    QString link; ///< symbolic link to make for the terminal; empty: one in a temporary folder
    bool airTime = false; ///< answer as slowly as 115200 baud and 106 kbit/s would
};

/// A PN532 reader that does not exist: the chip on a pseudo terminal, served by a thread of its
/// own. Used by desksim and by the training mode. All functions belong to the owner's thread and
/// return within a few milliseconds.
class VirtualReader final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(VirtualReader)

public:
    explicit VirtualReader(QList<VirtualCard> cards, VirtualReaderOptions options = {},
                           QObject *parent = nullptr);
    ~VirtualReader() override;

    /// Opens the terminal and starts to serve it; call it once. Fails when there is no pseudo
    /// terminal or the link cannot be made.
    [[nodiscard]] Result<void> start();

    /// The link; it stays the same through unplug and plug.
    [[nodiscard]] QString path() const;

    /// What to give to NfcClient::start() or `deskctl card read --reader`.
    [[nodiscard]] QString connstring() const;

    [[nodiscard]] QStringList cardNames() const;

    /// Puts a card into the field, in place of the one that is there. Fails for a name that is not
    /// in the list.
    [[nodiscard]] Result<void> tap(const QString &name);

    /// Puts a card into the field that is torn away after so many commands to it. Not tap() and
    /// then tear(): the whole card may have been read between the two.
    [[nodiscard]] Result<void> tapTorn(const QString &name, int commands);

    /// Puts a card into the field beside those that are there.
    [[nodiscard]] Result<void> add(const QString &name);

    /// Puts the cable in again. Does nothing when it is in.
    [[nodiscard]] Result<void> plug();

public slots:
    /// Takes all cards away.
    void remove();

    /// Takes one card away; does nothing when it is not there.
    void lift(const QString &name);

    /// Pulls the cable out: the terminal and its link are gone until plug().
    void unplug();

    /// Answers nothing for this time; what arrives meanwhile is answered afterwards.
    void stall(int milliseconds);

    /// The cards are torn away after this many more commands to it; 0: at its next command.
    void tear(int commands);

    /// Sends this many random bytes before the next thing the chip says.
    void noise(int bytes);

    /// A card hears only so many of a hundred commands and searches, as a wristband with its small
    /// antenna; 100: all of them.
    void weaken(int percent);

    /// From now on as slow as a real line and a real card, or as fast as this computer.
    void setAirTime(bool on);

    /// Damages one byte of each of the next `answers` answers.
    void corrupt(int answers);

    /// Puts `status` in place of the status byte of the next `answers` answers that have one.
    void forceStatus(int answers, quint8 status);

signals:
    /// A card was sent a command that must never be sent to it. The command is not told.
    void trapSprung(const QString &cardName);

private:
    [[nodiscard]] Result<VirtualCard> cardNamed(const QString &name) const;

    const QList<VirtualCard> m_cards;
    const VirtualReaderOptions m_options;
    std::optional<QTemporaryDir> m_folder; ///< of the link that nobody has asked for elsewhere
    QString m_path;
    QThread m_thread;
    VirtualReaderWorker *m_worker = nullptr; ///< lives on m_thread, which deletes it when it ends
};

} // namespace upgradedesk
