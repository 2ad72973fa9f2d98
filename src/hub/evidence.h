#pragma once

#include "hub/desks.h"

#include <map>

namespace upgradedesk::hub
{

/// Opens stored envelopes again. For one thread; it remembers the desks' certificates.
class Evidence
{
public:
    Evidence(Hub &hub, Desks &desks)
        : m_hub(hub)
        , m_desks(desks)
    {
    }

    [[nodiscard]] Result<wire::Record> open(const QString &desk, const QByteArray &sealed);
    /// By the record's id; RecordNotFound when its envelope is gone.
    [[nodiscard]] Result<wire::Record> open(Session &session, const QString &record);

private:
    [[nodiscard]] Result<DeskSigner> read(const QString &desk);

    Hub &m_hub;
    Desks &m_desks;
    std::map<QString, DeskSigner> m_signers;
};

/// Whether that envelope will never open; anything else may pass.
[[nodiscard]] bool isUnreadable(const Error &error);

} // namespace upgradedesk::hub
