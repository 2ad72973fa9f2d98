#pragma once

#include "sim/pseudoterminal.h"
#include "sim/virtualprinter.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <memory>
#include <optional>

namespace upgradedesk
{

/// A VirtualPrinter on a pseudo terminal. Lives on the thread that made it and needs its event
/// loop.
class PrinterLine final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PrinterLine)

public:
    /// `link` is the symbolic link made for the terminal.
    explicit PrinterLine(QString link, QObject *parent = nullptr);
    ~PrinterLine() override;

    /// Fails like PseudoTerminal::open().
    [[nodiscard]] Result<void> plug();
    /// Its memory is empty afterwards, as that of a printer without power.
    void unplug();
    /// Hears and answers nothing for a while.
    void stall(int milliseconds);
    /// How long it takes over a line; 0: no time at all.
    void setPace(int milliseconds);

    [[nodiscard]] VirtualPrinter &printer() { return m_printer; }
    /// Goes on after something that held it up has changed.
    void goOn();

private:
    void take();
    void work();

    const QString m_link;
    VirtualPrinter m_printer;
    std::optional<PseudoTerminal> m_terminal;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_stall;
    QTimer m_next; ///< the next line of a printer that takes its time
};

/// What desksim printer obeys, one answer a line; see printerLineHelp().
[[nodiscard]] QString obeyPrinterLine(PrinterLine &printer, const QString &line);
[[nodiscard]] QString printerLineHelp();

} // namespace upgradedesk
