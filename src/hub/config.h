#pragma once

#include "core/result.h"

#include <QString>
#include <QStringList>
#include <QUrl>

#include <algorithm>
#include <chrono>
#include <thread>

namespace upgradedesk::hub
{

/// Where something listens. `host` is an address, not a name.
struct Endpoint {
    QString host;
    quint16 port = 0;
};

/// What the configuration file says; docs/hub.md describes each key.
struct Config {
    QString hub;       ///< id of the city's hub, at most 64 characters
    QStringList hosts; ///< names and addresses under which desks reach it
    Endpoint listen;
    Endpoint admin;         ///< healthz, readyz, metrics; a loopback address
    QString database;       ///< libpq connection string
    QString keys;           ///< folder
    QString cache;          ///< folder for what can be made again
    int connections = 1000; ///< of desks at the same time
    /// Threads that decide, and connections to the database. More than twice the processors only
    /// wait for each other.
    int workers = std::max(4, 2 * int(std::thread::hardware_concurrency()));
    std::chrono::milliseconds handshakeTimeout{10000};
    std::chrono::milliseconds headerTimeout{10000};
    std::chrono::milliseconds bodyTimeout{30000};
    std::chrono::milliseconds writeTimeout{30000};
    std::chrono::milliseconds idleTimeout{75000};
    std::chrono::milliseconds drainTimeout{10000};
    int questionsPerHour = 600;         ///< of one desk about persons
    int questionsPerOperatorHour = 200; ///< of one operator
    int cardQuestionsPerMinute = 60000; ///< cards one desk may ask about
    int gateQuestionsPerMinute = 60;    ///< of one desk: each tells what test somebody has had
    int recordsPerHour = 300000;        ///< of one desk, of 4 KiB on average
    QUrl healthProvider;                ///< of a service; empty: only what `health import` brings
    QString healthAuthority;            ///< file with the PEM that service's certificate is of

    /// Fails with ConfigUnreadable (args: path) or ConfigInvalid (args: file, line, why).
    [[nodiscard]] static Result<Config> load(const QString &path);
};

} // namespace upgradedesk::hub
