#pragma once

#include "hub/desks.h"

#include <QHash>

#include <mutex>

namespace upgradedesk::hub
{

/// Who is at the other end of a connection, asked with each request: a desk is revoked at once.
/// What was parsed once is kept. May be used from several threads.
class Callers
{
public:
    Callers(Hub &hub, Desks &desks)
        : m_hub(hub)
        , m_desks(desks)
    {
    }

    enum class Standing {
        Good,
        Refused, ///< of another profile or role, or not in force today
        Unknown, ///< of our authority, but not in the register
        Revoked
    };
    struct Answer {
        Standing standing = Standing::Refused;
        Caller caller;
    };
    /// One round trip. `pem` was checked against our authority when the connection began.
    [[nodiscard]] Result<Answer> find(const QByteArray &pem);

private:
    struct Known {
        Certificate certificate;
        DeskSigner signer;
        qint64 certificates = 0; ///< how many the desk had when they were read
    };
    [[nodiscard]] std::optional<Known> known(const QByteArray &pem);
    void keep(const QByteArray &pem, Known known);

    Hub &m_hub;
    Desks &m_desks;
    std::mutex m_mutex;
    QHash<QByteArray, Known> m_known; ///< under the mutex, by PEM
};

} // namespace upgradedesk::hub
