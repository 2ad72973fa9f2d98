#pragma once

#include "sim/pseudoterminal.h"

#include <QObject>
#include <QTimer>

#include <optional>

namespace upgradedesk
{

/// A barcode scanner that does not exist, on a pseudo terminal. Lives on the thread that made it
/// and needs its event loop.
class VirtualScanner final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(VirtualScanner)

public:
    explicit VirtualScanner(QString link, QObject *parent = nullptr);

    /// The link; it stays the same through unplug and plug.
    [[nodiscard]] const QString &path() const { return m_link; }

    /// Puts the cable in. Does nothing when it is in.
    [[nodiscard]] Result<void> plug();

    /// Pulls the cable out: terminal and link are gone until plug(), and what was not sent yet.
    void unplug();

    /// Sends these bytes and the suffix.
    void scan(const QByteArray &bytes);

    /// Sends these bytes and nothing else.
    void send(const QByteArray &bytes);

    /// What a scan ends with; CR at first.
    void setSuffix(const QByteArray &suffix) { m_suffix = suffix; }

    /// So many milliseconds from byte to byte; 0: all at once, as at first.
    void setPace(int milliseconds);

private:
    void sendNext();

    const QString m_link;
    std::optional<PseudoTerminal> m_terminal;
    QByteArray m_suffix{"\r"};
    QByteArray m_queue;
    QTimer m_next;
    int m_pace = 0;
};

/// Does what one control line says and returns the line that answers it: `ok`, or `error` and why.
[[nodiscard]] QString obeyScannerLine(VirtualScanner &scanner, const QString &line);

/// One line a word, for --help.
[[nodiscard]] QString scannerLineHelp();

} // namespace upgradedesk
