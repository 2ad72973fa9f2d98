#pragma once

#include "core/result.h"
#include "crypto/certificate.h"
#include "crypto/keypair.h"

#include <QByteArray>

namespace upgradedesk
{

/// Signs with the desk's key, then encrypts to the hub's record certificate: CMS SignedData inside
/// AuthEnvelopedData (AES-256-GCM, ECDH with the SHA-256 KDF). The desk cannot open what it sealed.
/// May be used from several threads; one call takes some 0.3 ms.
class Sealer
{
public:
    Sealer(KeyPair deskKey, Certificate desk, Certificate record);

    /// DER. Fails with CryptoFailed.
    [[nodiscard]] Result<QByteArray> seal(QByteArrayView content) const;

private:
    KeyPair m_deskKey;
    Certificate m_desk;
    Certificate m_record;
};

/// Opens what a Sealer made: decrypts with the record key and checks that `desk`, and no
/// certificate carried inside, signed it. Dates, role and chain of `desk` are the caller's check,
/// once per desk. Fails with SignatureInvalid.
[[nodiscard]] Result<Secret> openSealed(QByteArrayView sealed, const KeyPair &recordKey,
                                        const Certificate &record, const Certificate &desk);

} // namespace upgradedesk
