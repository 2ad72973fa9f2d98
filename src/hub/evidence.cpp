#include "hub/evidence.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{

bool isUnreadable(const Error &error)
{
    return error.code == ErrorCode::SignatureInvalid || error.code == ErrorCode::InputInvalid ||
           error.code == ErrorCode::RecordNotFound;
}

Result<wire::Record> Evidence::open(const QString &desk, const QByteArray &sealed)
{
    auto known = m_signers.find(desk);
    if (known == m_signers.end()) {
        const auto caller = m_desks.byId(desk);
        if (!caller)
            return tl::unexpected(caller.error());
        known = m_signers.emplace(desk, *caller ? (*caller)->signer : DeskSigner()).first;
    }
    const auto content = openOf(known->second, sealed, m_hub.keys);
    if (!content)
        return fail(ErrorCode::SignatureInvalid, u"a stored envelope does not open"_s);
    return wire::decodeRecord(content->view());
}

Result<wire::Record> Evidence::open(Session &session, const QString &record)
{
    const auto rows = session.run("SELECT desk, sealed FROM envelope WHERE id = $1::uuid",
                                  Parameters().text(record));
    if (!rows)
        return tl::unexpected(rows.error());
    if (rows->isEmpty())
        return fail(ErrorCode::RecordNotFound, u"no envelope"_s);
    return open(rows->text(0, 0), rows->bytes(0, 1));
}

} // namespace upgradedesk::hub
