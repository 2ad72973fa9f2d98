#include "hub/evidence.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{

bool isUnreadable(const Error &error)
{
    return error.code == ErrorCode::SignatureInvalid || error.code == ErrorCode::InputInvalid ||
           error.code == ErrorCode::RecordNotFound;
}

Result<DeskSigner> Evidence::read(const QString &desk)
{
    const auto caller = m_desks.byId(desk);
    if (!caller)
        return tl::unexpected(caller.error());
    return m_signers.insert_or_assign(desk, *caller ? (*caller)->signer : DeskSigner())
        .first->second;
}

Result<wire::Record> Evidence::open(const QString &desk, const QByteArray &sealed)
{
    const auto known = m_signers.find(desk);
    const bool isNew = known == m_signers.end();
    const auto signer = isNew ? read(desk) : known->second;
    if (!signer)
        return tl::unexpected(signer.error());
    auto content = openOf(*signer, sealed, m_hub.keys);
    if (!content && !isNew) {
        // The desk may have got another certificate since.
        const auto fresh = read(desk);
        if (!fresh)
            return tl::unexpected(fresh.error());
        content = openOf(*fresh, sealed, m_hub.keys);
    }
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
