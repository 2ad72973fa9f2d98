#pragma once

#include "device/serial/idreader.h"
#include "gui/idreaderstate.h"

#include <QObject>
#include <QThread>
#include <QTimer>

namespace upgradedesk
{

/// The ID reader on a thread of its own, and its state as the window shows it.
class IdReaderThread final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IdReaderThread)

public:
    /// Both references must outlive it.
    IdReaderThread(const DocumentKinds &kinds, const Clock &clock, QObject *parent = nullptr);
    ~IdReaderThread() override;

    /// The port of the ID reader; empty: this desk has none. The same once more changes
    /// nothing.
    void use(const QString &path);

    /// The reader is a virtual one.
    void setSimulated(bool simulated) { m_state.simulated = simulated; }

    /// Whether documents are read; only while somebody is logged in.
    void setWanted(bool wanted);

    [[nodiscard]] const IdReaderState &state() const { return m_state; }

signals:
    void changed(const upgradedesk::IdReaderState &state);
    void documentRead(const upgradedesk::IdDocument &document);

private:
    void tell();

    IdReader *m_reader; ///< lives on m_thread, which deletes it when it ends
    QThread m_thread;
    QString m_path;
    IdReaderState m_state;
    QTimer m_forget; ///< of a document that was not read
};

} // namespace upgradedesk
