#pragma once

#include "gui/pages/deskfacts.h"

#include <QObject>
#include <QTimer>

namespace upgradedesk
{

class Clock;
class StatusStrip;

/// What the bar at the bottom always says: profile, reader, hub, queue, operator, time.
class DeskStatus final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeskStatus)

public:
    /// Strip and clock must outlive it.
    DeskStatus(StatusStrip &strip, const Clock &clock, bool training, QObject *parent);

    void showReader(ReaderState state);
    void showQueue(int waiting);
    /// Empty: nobody is logged in.
    void showOperator(const QString &name);
    /// Everything again, in the language of now.
    void showAll();

private:
    void showClock();

    StatusStrip &m_strip;
    const Clock &m_clock;
    const bool m_training;
    ReaderState m_reader = ReaderState::Starting;
    int m_waiting = 0;
    QString m_operator;
    QTimer m_second;
};

} // namespace upgradedesk
