#pragma once

#include "core/error.h"
#include "core/language.h"

#include <QObject>
#include <QString>

#include <optional>

namespace upgradedesk
{

/// How this desk stands with its receipt printer.
struct PrinterState {
    enum class Kind {
        Absent,   ///< none is set up
        Checking, ///< nobody has looked yet
        Ready,
        Trouble
    };

    Kind kind = Kind::Absent;
    std::optional<Error> trouble; ///< its sentence says what to do
};

/// Receipts as the pages see them: whether there is a printer, and what has become of the slip that
/// was asked for last. Nothing is tried again by itself: a slip that comes out later would be the
/// next passenger's surprise. Lives in the GUI thread and never waits.
class ReceiptTasks final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReceiptTasks)

public:
    enum class Stand { None, Printing, Printed, Failed };

    explicit ReceiptTasks(QObject *parent = nullptr);

    [[nodiscard]] const PrinterState &printer() const { return m_printer; }
    [[nodiscard]] bool hasPrinter() const { return m_printer.kind != PrinterState::Kind::Absent; }

    /// Of a record; None for every one but the last that was asked for.
    [[nodiscard]] Stand standOf(const QString &record) const;
    /// The record that was asked for last; empty: none, or a test slip.
    [[nodiscard]] const QString &record() const { return m_record; }
    [[nodiscard]] bool isPrinting() const { return m_stand == Stand::Printing; }
    /// Why the last one failed.
    [[nodiscard]] const std::optional<Error> &failure() const { return m_failure; }

    /// Nothing happens without a printer or while one is printed.
    void print(const QString &record, Language language);
    /// A slip that names nobody; testTold() follows.
    void printTest(Language language);

public slots:
    // For whoever drives the printer:
    void setPrinter(const upgradedesk::PrinterState &state);
    /// `record` is empty for a test slip.
    void setPrinted(const QString &record);
    void setFailed(const QString &record, const upgradedesk::Error &error);

signals:
    void printRequested(const QString &record, upgradedesk::Language language);
    void testRequested(upgradedesk::Language language);

    // For the pages:
    void printerChanged();
    void changed();
    void testTold(const std::optional<upgradedesk::Error> &error);

private:
    void become(Stand stand, const std::optional<Error> &failure);

    PrinterState m_printer;
    QString m_record;
    Stand m_stand = Stand::None;
    std::optional<Error> m_failure;
};

} // namespace upgradedesk
