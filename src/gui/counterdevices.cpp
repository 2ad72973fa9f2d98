#include "gui/counterdevices.h"

#include <algorithm>

namespace upgradedesk
{

bool DeviceFacts::operator==(const DeviceFacts &other) const
{
    const auto cause = [](const std::optional<Error> &error) {
        return error ? std::optional(std::pair(error->code, error->args)) : std::nullopt;
    };
    return device == other.device && state == other.state && place == other.place &&
           cause(trouble) == cause(other.trouble) && lastEvent == other.lastEvent &&
           lastAt == other.lastAt && done == other.done && failed == other.failed;
}

int TestResult::bad() const
{
    return int(std::ranges::count(lines, TestLine::Outcome::Bad, &TestLine::outcome));
}

CounterDevices::CounterDevices(QObject *parent)
    : QObject(parent)
{
    for (std::size_t i = 0; i < counterDevices.size(); ++i)
        m_facts[i].device = counterDevices[i];
}

const DeviceFacts &CounterDevices::facts(CounterDevice device) const
{
    return m_facts[std::size_t(device)];
}

void CounterDevices::setFacts(const DeviceFacts &facts)
{
    DeviceFacts &known = m_facts[std::size_t(facts.device)];
    if (known == facts)
        return;
    known = facts;
    emit factsChanged(facts.device);
}

void CounterDevices::setPorts(const QList<PortFacts> &ports)
{
    if (m_ports == ports)
        return;
    m_ports = ports;
    emit portsChanged();
}

void CounterDevices::setTest(const TestResult &result)
{
    (result.device ? m_test : m_shift) = result;
    emit testChanged();
}

void CounterDevices::setBundle(const QString &text)
{
    emit bundleTold(text);
}

void CounterDevices::bundleSaved(const QString &file)
{
    emit savedTold(file);
}

void CounterDevices::failed(const Error &error)
{
    emit troubleTold(error);
}

} // namespace upgradedesk
