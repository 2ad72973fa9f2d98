#pragma once

#include "sim/pseudoterminal.h"
#include "sim/virtualpn532.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <memory>
#include <optional>
#include <random>

namespace upgradedesk
{

/// Moves bytes between the terminal and the chip, on the thread of VirtualReader. Not for use by
/// itself.
class VirtualReaderWorker final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(VirtualReaderWorker)

public:
    VirtualReaderWorker(QString link, bool airTime);

    [[nodiscard]] Result<void> plug();
    void unplug();
    void place(const VirtualCard &card);
    void add(const VirtualCard &card);
    void stall(int milliseconds);
    void noise(int bytes);

    [[nodiscard]] VirtualPn532 &chip() { return m_chip; }

signals:
    void trapSprung(const QString &cardName);

private:
    void take();
    void follow(const VirtualPn532::Reaction &reaction);
    void send();
    void write(const QByteArray &bytes);

    const QString m_link;
    VirtualPn532 m_chip;
    std::optional<PseudoTerminal> m_terminal;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QList<VirtualPn532::Emission> m_queue;
    int m_noise = 0;
    std::mt19937 m_random{1};
    QTimer m_next;
    QTimer m_stall;
};

} // namespace upgradedesk
