#pragma once

#include "sim/pseudoterminal.h"
#include "sim/virtualsam.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTemporaryDir>
#include <QTimer>

#include <memory>
#include <optional>
#include <random>

namespace upgradedesk
{

/// A GA 450 ID reader that does not exist, on a pseudo terminal. Needs the event loop of the thread
/// that made it; nothing here waits.
class VirtualIdReader final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(VirtualIdReader)

public:
    /// `link` is the symbolic link to make for the terminal; empty: one in a folder of its own.
    explicit VirtualIdReader(QList<VirtualPerson> persons, const QString &link = {},
                             QObject *parent = nullptr);
    ~VirtualIdReader() override;

    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] QStringList personNames() const;

    /// Puts the cable in; fails as PseudoTerminal::open() does. Does nothing while it is in.
    [[nodiscard]] Result<void> plug();
    /// Pulls it out: terminal and link vanish. A document stays where it lies.
    void unplug();

    /// Fails with InputInvalid when nobody has this name.
    [[nodiscard]] Result<void> place(const QString &name);
    void remove() { m_sam.remove(); }

    /// Answers nothing for so long; what is asked meanwhile is answered afterwards.
    void stall(int milliseconds);
    /// So many random bytes before the next answer.
    void noise(int bytes) { m_noise = bytes; }
    [[nodiscard]] VirtualSam &sam() { return m_sam; }

private:
    void take();
    void send(const QByteArray &answer);

    const QList<VirtualPerson> m_persons;
    const QTemporaryDir m_folder;
    const QString m_path;
    VirtualSam m_sam;
    std::optional<PseudoTerminal> m_terminal;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_stall;
    int m_noise = 0;
    std::mt19937 m_random{1};
};

} // namespace upgradedesk
