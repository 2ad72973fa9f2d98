#include "crypto/hmac.h"

#include "crypto/openssl.h"

#include <QtEndian>

#include <openssl/hmac.h>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

void appendPart(QByteArray &message, QByteArrayView part)
{
    const quint32 size = qToBigEndian(quint32(part.size()));
    message.append(reinterpret_cast<const char *>(&size), sizeof size);
    message.append(part);
}

} // namespace

Result<QByteArray> hmacSha256(const Secret &key, QByteArrayView message)
{
    QByteArray digest(32, '\0');
    unsigned int size = 0;
    if (!HMAC(EVP_sha256(), key.view().data(), int(key.size()), toUchar(message),
              size_t(message.size()), toUchar(digest), &size))
        return openSslFailure(u"HMAC"_s);
    return digest;
}

Result<QByteArray> token(const Secret &key, QByteArrayView purpose, const QList<QByteArray> &parts)
{
    QByteArray message;
    appendPart(message, purpose);
    for (const QByteArray &part : parts)
        appendPart(message, part);
    const Secret wiped(std::move(message));
    return hmacSha256(key, wiped.view());
}

} // namespace upgradedesk
