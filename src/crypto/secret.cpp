#include "crypto/secret.h"

#include "crypto/openssl.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

Secret::Secret(QByteArray &&bytes)
    : m_bytes(std::move(bytes))
{
}

Secret::~Secret()
{
    wipe();
}

Secret::Secret(Secret &&other) noexcept
    : m_bytes(std::exchange(other.m_bytes, {}))
{
}

Secret &Secret::operator=(Secret &&other) noexcept
{
    if (this != &other) {
        wipe();
        m_bytes = std::exchange(other.m_bytes, {});
    }
    return *this;
}

Result<Secret> Secret::random(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    if (RAND_priv_bytes(toUchar(bytes), int(size)) != 1)
        return openSslFailure(u"random bytes"_s);
    return Secret(std::move(bytes));
}

bool Secret::equals(QByteArrayView other) const
{
    return m_bytes.size() == other.size() &&
           CRYPTO_memcmp(m_bytes.constData(), other.data(), size_t(other.size())) == 0;
}

void Secret::wipe()
{
    // data() of a shared array would wipe a fresh copy and leave the original as it is.
    if (!m_bytes.isEmpty() && m_bytes.isDetached())
        OPENSSL_cleanse(m_bytes.data(), size_t(m_bytes.size()));
    m_bytes.clear();
}

} // namespace upgradedesk
