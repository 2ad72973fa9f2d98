#pragma once

#include <QApplication>
#include <QJsonArray>

#include <vector>

namespace upgradedesk::bench
{

/// Notes which events took long, so that a stall has a name.
class SlowEvents final : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override;

    void reset() { m_slow.clear(); }
    /// The longest twenty: class of the receiver, kind of event, wall and processor milliseconds.
    [[nodiscard]] QJsonArray longest() const;

private:
    struct Slow {
        double wallMs = 0;
        double cpuMs = 0;
        QByteArray what;
    };

    int m_depth = 0;
    std::vector<Slow> m_slow;
};

} // namespace upgradedesk::bench
