#pragma once

#include "core/programlock.h"
#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace upgradedesk
{

/// A raw pseudo terminal and a symbolic link to its slave. The slave stays open here too, so that
/// the line lives while no client is there; the destructor closes both ends, which clients see as
/// an unplugged cable.
class PseudoTerminal final
{
public:
    /// Replaces a symbolic link at `link` whose maker has ended, nothing else. Fails with
    /// ReaderBusy when it has not, or FileUnreadable.
    [[nodiscard]] static Result<PseudoTerminal> open(const QString &link);

    PseudoTerminal(PseudoTerminal &&other) noexcept;
    PseudoTerminal &operator=(PseudoTerminal &&other) noexcept;
    ~PseudoTerminal();

    /// For a QSocketNotifier; non-blocking.
    [[nodiscard]] int descriptor() const { return m_master; }

    /// What the client set its end to, in baud; 0 for a speed that has no name. 115200 at first.
    [[nodiscard]] int speed() const;

    /// What clients wrote since the last call.
    [[nodiscard]] QByteArray read() const;

    /// Never waits: what no client reads is lost, as on a serial line.
    void write(const QByteArray &bytes) const;

private:
    PseudoTerminal() = default;
    void close();

    int m_master = -1;
    int m_slave = -1;
    QString m_link;
    std::unique_ptr<ProgramLock> m_lock; ///< of the link; held while this lives
    QString m_slavePath;
};

} // namespace upgradedesk
