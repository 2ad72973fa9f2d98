#pragma once

#include "gui/idleguard.h"
#include "gui/keyburstfilter.h"
#include "gui/typedscans.h"

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

    /// Says that what was scanned is of no use here, or why it never is. What it was is nobody's
    /// business.
    void refuseScan(ScanPayload::Reason reason);

    /// What is being said, in the language of now.
    void showAgain();

signals:
    /// A scanner that types was used.
    void scanned(const upgradedesk::ScanPayload &payload);

    /// Nobody has used the desk for as long as it waits.
    void unused();

private:
    void showLeft(int seconds);
    void showRefused();

    StatusStrip &m_status;
    [[nodiscard]] QString refusal() const;

    KeyBurstFilter m_bursts;
    TypedScans m_typed;
    IdleGuard m_idle; ///< after the other, so that it sees the keys of a scanner too
    QTimer m_refused;
    ScanPayload::Reason m_reason = ScanPayload::Reason::None;
    int m_left = 0; ///< seconds until the desk locks itself; 0 where that is not said
};

} // namespace upgradedesk
