#include "hub/metrics.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{

void Metrics::request(const QString &route, int status, std::chrono::microseconds took)
{
    const double seconds = double(took.count()) / 1e6;
    const auto bucket = size_t(std::ranges::lower_bound(bounds, seconds) - bounds.begin());
    const std::lock_guard lock(m_mutex);
    ++m_requests[{route, status}];
    Latency &latency = m_latencies[route];
    ++latency.buckets[bucket];
    ++latency.count;
    latency.seconds += seconds;
}

void Metrics::record(const QString &outcome, const QString &reason, qint64 count)
{
    const std::lock_guard lock(m_mutex);
    m_records[{outcome, reason}] += count;
}

void Metrics::connections(qint64 change)
{
    const std::lock_guard lock(m_mutex);
    m_connections += change;
}

QByteArray Metrics::text() const
{
    const std::lock_guard lock(m_mutex);
    QString out = u"# HELP upgradehub_requests_total Answers by route and status.\n"
                  "# TYPE upgradehub_requests_total counter\n"_s;
    for (const auto &[key, count] : m_requests)
        out += u"upgradehub_requests_total{route=\"%1\",status=\"%2\"} %3\n"_s.arg(key.first)
                   .arg(key.second)
                   .arg(count);
    out += u"# HELP upgradehub_request_seconds Time from the whole request to the answer.\n"
           "# TYPE upgradehub_request_seconds histogram\n"_s;
    for (const auto &[route, latency] : m_latencies) {
        qint64 below = 0;
        for (size_t i = 0; i < bounds.size(); ++i) {
            below += latency.buckets[i];
            out += u"upgradehub_request_seconds_bucket{route=\"%1\",le=\"%2\"} %3\n"_s.arg(route)
                       .arg(bounds[i])
                       .arg(below);
        }
        out += u"upgradehub_request_seconds_bucket{route=\"%1\",le=\"+Inf\"} %2\n"
               "upgradehub_request_seconds_sum{route=\"%1\"} %3\n"
               "upgradehub_request_seconds_count{route=\"%1\"} %2\n"_s.arg(route)
                   .arg(latency.count)
                   .arg(latency.seconds);
    }
    out += u"# HELP upgradehub_records_total Records by outcome and reason.\n"
           "# TYPE upgradehub_records_total counter\n"_s;
    for (const auto &[key, count] : m_records)
        out += u"upgradehub_records_total{outcome=\"%1\",reason=\"%2\"} %3\n"_s.arg(
            key.first, key.second, QString::number(count));
    out += u"# HELP upgradehub_connections Open connections of desks.\n"
           "# TYPE upgradehub_connections gauge\nupgradehub_connections %1\n"_s.arg(m_connections);
    return out.toUtf8();
}

} // namespace upgradedesk::hub
