#pragma once

#include <QByteArray>
#include <QString>

#include <array>
#include <chrono>
#include <map>
#include <mutex>

namespace upgradedesk::hub
{

/// Counts for `/metrics`, in Prometheus' text form. May be used from several threads.
class Metrics
{
public:
    void request(const QString &route, int status, std::chrono::microseconds took);
    void record(const QString &outcome, const QString &reason, qint64 count = 1);
    void connections(qint64 change);

    /// Counters and histograms of this process.
    [[nodiscard]] QByteArray text() const;

private:
    static constexpr std::array bounds{0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1.0, 5.0};
    struct Latency {
        std::array<qint64, bounds.size() + 1> buckets{};
        qint64 count = 0;
        double seconds = 0;
    };

    mutable std::mutex m_mutex;
    std::map<std::pair<QString, int>, qint64> m_requests;
    std::map<QString, Latency> m_latencies;
    std::map<std::pair<QString, QString>, qint64> m_records;
    qint64 m_connections = 0;
};

} // namespace upgradedesk::hub
