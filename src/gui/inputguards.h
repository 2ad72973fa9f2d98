#pragma once

#include "gui/idleguard.h"
#include "gui/keyburstfilter.h"

#include <QObject>
#include <QTimer>

namespace upgradedesk
{

class StatusStrip;

/// What watches over every key of the window, and says so in the status strip: scans that no page
/// takes, and the time before an unused desk locks itself.
class InputGuards final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InputGuards)

public:
    explicit InputGuards(StatusStrip &status, QObject *parent);

    [[nodiscard]] IdleGuard &idle() { return m_idle; }

    /// Says that a scanner was used where nothing can be scanned. What it sent is nobody's
    /// business.
    void refuseScan();

    /// What is being said, in the language of now.
    void showAgain();

signals:
    /// Nobody has used the desk for as long as it waits.
    void unused();

private:
    void showLeft(int seconds);
    void showRefused();

    StatusStrip &m_status;
    KeyBurstFilter m_bursts;
    IdleGuard m_idle; ///< after the other, so that it sees the keys of a scanner too
    QTimer m_refused;
    int m_left = 0; ///< seconds until the desk locks itself; 0 where that is not said
};

} // namespace upgradedesk
