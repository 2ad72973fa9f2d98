#include "crypto/digest.h"

#include "crypto/openssl.h"

namespace upgradedesk
{

QByteArray sha256(QByteArrayView bytes)
{
    QByteArray digest(32, Qt::Uninitialized);
    if (EVP_Digest(bytes.data(), size_t(bytes.size()), toUchar(digest), nullptr, EVP_sha256(),
                   nullptr) != 1)
        digest.clear();
    return digest;
}

} // namespace upgradedesk
