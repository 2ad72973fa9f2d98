#pragma once

#include "core/result.h"
#include "hub/config.h"
#include "hub/http.h"
#include "hub/hubkeys.h"
#include "hub/metrics.h"

#include <memory>

namespace upgradedesk::hub
{

/// HTTP/1.1 for desks (TLS 1.3) and for administrators (plain, loopback). Boost stays in
/// httpserver.cpp.
class HttpServer
{
public:
    struct Service {
        HttpHandler handler;
        HttpRefusal refusal;
        HttpHandler admin;
    };

    /// All must outlive the server.
    HttpServer(const Config &config, const HubKeys &keys, const Service &service, Metrics &metrics);
    ~HttpServer();
    HttpServer(const HttpServer &) = delete;
    HttpServer &operator=(const HttpServer &) = delete;

    /// Fails with PortTaken (args: address) or ListenRefused (args: address, the system's reason).
    [[nodiscard]] Result<void> listen();

    /// Serves until SIGTERM or SIGINT, then lets requests that have begun end, for at most the time
    /// the configuration gives. False when that was not enough and something was cut off.
    [[nodiscard]] bool run();

    struct Parts;

private:
    std::unique_ptr<Parts> m_parts;
};

} // namespace upgradedesk::hub
