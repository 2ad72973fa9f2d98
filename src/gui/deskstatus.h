#pragma once

#include "gui/hubstate.h"
#include "gui/idreaderstate.h"
#include "gui/pages/deskfacts.h"

#include <QObject>
#include <QTimer>

namespace upgradedesk
{

class Clock;
class StatusStrip;
struct StatusItem;

/// What the bar at the bottom always says: profile, readers, hub, queue, operator, time.
class DeskStatus final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeskStatus)

public:
    /// Strip and clock must outlive it.
    DeskStatus(StatusStrip &strip, const Clock &clock, const DeskFacts &facts, QObject *parent);

    void showReader(ReaderState state);
    void showIdReader(IdReaderState::Link link);
    void showQueue(int waiting);
    void showHub(const HubState &hub);
    /// Empty: nobody is logged in.
    void showOperator(const QString &name);
    /// Everything again, in the language of now.
    void showAll();

private:
    [[nodiscard]] StatusItem openingQueue(StatusItem item) const;
    void showProfile();
    void showIdReaderChip();
    void showHubChip();
    void showClock();

    StatusStrip &m_strip;
    const Clock &m_clock;
    const DeskFacts m_facts;
    HubState m_hub;
    ReaderState m_reader = ReaderState::Starting;
    IdReaderState::Link m_idReader = IdReaderState::Link::Absent;
    int m_waiting = 0;
    QString m_operator;
    QTimer m_second;
};

} // namespace upgradedesk
