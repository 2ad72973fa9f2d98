#pragma once

#include "core/error.h"
#include "core/localtext.h"

#include <QDateTime>
#include <QList>
#include <QObject>
#include <QString>

#include <array>
#include <optional>

namespace upgradedesk
{

/// What stands at the counter, in the order of the cards of 设备.
enum class CounterDevice { CardReader, IdReader, Scanner, Printer, PassengerScreen, Hub };

inline constexpr std::array counterDevices{CounterDevice::CardReader,      CounterDevice::IdReader,
                                           CounterDevice::Scanner,         CounterDevice::Printer,
                                           CounterDevice::PassengerScreen, CounterDevice::Hub};

/// How one device is, as the composition root tells it. Nothing of a passenger is in it.
struct DeviceFacts {
    enum class State {
        Starting,
        Ok,
        Absent,    ///< it was there, or should be
        NotChosen, ///< no device has this role at this desk
        Busy,      ///< another program holds it
        Attention, ///< it is there and something has to be done
        Simulated
    };
    enum class Event { None, CardRead, DocumentRead, Scanned, Printed };

    CounterDevice device = CounterDevice::CardReader;
    State state = State::Starting;
    QString place; ///< what it calls itself and where it is, for people
    std::optional<Error> trouble;
    Event lastEvent = Event::None;
    QDateTime lastAt;
    int done = 0;   ///< since the start of the program
    int failed = 0; ///< of how many tries more

    bool operator==(const DeviceFacts &other) const;
};

/// A serial port of this computer that can be given to one of the first four.
struct PortFacts {
    QString path;
    QString name; ///< for people: what is behind it, as far as that is known without opening it
    std::optional<CounterDevice> role;

    bool operator==(const PortFacts &) const = default;
};

/// One line of a self test or of the check at the start of a shift.
struct TestLine {
    enum class Outcome { Waiting, Good, Bad, Skipped };

    QString key; ///< stable word
    Outcome outcome = Outcome::Waiting;
    LocalText text;
    LocalText fix; ///< what to do; empty when there is nothing

    bool operator==(const TestLine &) const = default;
};

struct TestResult {
    std::optional<CounterDevice> device; ///< nothing: the check at the start of a shift
    bool running = false;
    qint64 milliseconds = 0;
    QList<TestLine> lines;

    [[nodiscard]] int bad() const;
};

/// What the window asks of the devices at the counter, and what they tell. Lives in the GUI thread
/// and never waits: slots take what was told, pages show it.
class CounterDevices final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CounterDevices)

public:
    explicit CounterDevices(QObject *parent = nullptr);

    [[nodiscard]] const DeviceFacts &facts(CounterDevice device) const;
    [[nodiscard]] const QList<PortFacts> &ports() const { return m_ports; }
    [[nodiscard]] const std::optional<TestResult> &test() const { return m_test; }
    [[nodiscard]] const std::optional<TestResult> &shiftCheck() const { return m_shift; }

public slots:
    void setFacts(const upgradedesk::DeviceFacts &facts);
    void setPorts(const QList<upgradedesk::PortFacts> &ports);
    /// Of one device, or of the start of the shift.
    void setTest(const upgradedesk::TestResult &result);
    /// The text of the diagnostic bundle; bundleSaved() follows when it was asked to be saved.
    void setBundle(const QString &text);
    void bundleSaved(const QString &file);
    void failed(const upgradedesk::Error &error);

signals:
    // What staff want:
    void testRequested(upgradedesk::CounterDevice device);
    void shiftCheckRequested();
    /// This port has the role of that device from now on; an empty path: none has.
    void roleRequested(upgradedesk::CounterDevice device, const QString &path);
    void testPrintRequested();
    void bundleRequested();
    /// What is on the screen is to be written to a file.
    void bundleSaveRequested(const QString &text);

    // For the pages:
    void factsChanged(upgradedesk::CounterDevice device);
    void portsChanged();
    void testChanged();
    void bundleTold(const QString &text);
    void savedTold(const QString &file);
    void troubleTold(const upgradedesk::Error &error);

private:
    std::array<DeviceFacts, counterDevices.size()> m_facts;
    QList<PortFacts> m_ports;
    std::optional<TestResult> m_test;
    std::optional<TestResult> m_shift;
};

} // namespace upgradedesk
