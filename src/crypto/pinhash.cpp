#include "crypto/pinhash.h"

#include "crypto/hmac.h"
#include "crypto/openssl.h"

#include <QStringList>

#include <openssl/evp.h>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr qsizetype saltSize = 16;
constexpr qsizetype hashSize = 32;

bool isSane(const ScryptCost &cost)
{
    // An upper bound keeps a damaged roster from asking for all memory.
    return cost.logN >= 10 && cost.logN <= 20 && cost.r >= 1 && cost.r <= 16 && cost.p >= 1 &&
           cost.p <= 4;
}

Result<Secret> stretch(const QString &pin, const Secret &pepper, QByteArrayView salt,
                       const ScryptCost &cost)
{
    const Secret typed(pin.toUtf8());
    auto peppered = hmacSha256(pepper, typed.view());
    if (!peppered)
        return tl::unexpected(peppered.error());
    const Secret input(std::move(*peppered));

    QByteArray hash(hashSize, '\0');
    const quint64 memory = (quint64(128) << cost.logN) * quint64(cost.r) + (1U << 20);
    if (EVP_PBE_scrypt(input.view().data(), size_t(input.size()), toUchar(salt),
                       size_t(salt.size()), quint64(1) << cost.logN, quint64(cost.r),
                       quint64(cost.p), memory, toUchar(hash), size_t(hash.size())) != 1)
        return openSslFailure(u"scrypt"_s);
    return Secret(std::move(hash));
}

} // namespace

Result<QString> hashPin(const QString &pin, const Secret &pepper, const ScryptCost &cost)
{
    if (!isSane(cost))
        return fail(ErrorCode::CryptoFailed, u"scrypt cost out of range"_s);
    const auto salt = Secret::random(saltSize);
    if (!salt)
        return tl::unexpected(salt.error());
    const auto hash = stretch(pin, pepper, salt->view(), cost);
    if (!hash)
        return tl::unexpected(hash.error());

    const auto hex = [](const Secret &bytes) {
        return QString::fromLatin1(bytes.view().toByteArray().toHex());
    };
    return u"scrypt:%1:%2:%3:%4:%5"_s.arg(cost.logN).arg(cost.r).arg(cost.p).arg(hex(*salt),
                                                                                 hex(*hash));
}

Result<bool> pinMatches(const QString &pin, const Secret &pepper, const QString &verifier)
{
    const QStringList parts = verifier.split(u':');
    if (parts.size() != 6 || parts[0] != u"scrypt")
        return fail(ErrorCode::CryptoFailed, u"PIN verifier of an unknown form"_s);
    const ScryptCost cost{parts[1].toInt(), parts[2].toInt(), parts[3].toInt()};
    const QByteArray salt = QByteArray::fromHex(parts[4].toLatin1());
    const QByteArray expected = QByteArray::fromHex(parts[5].toLatin1());
    if (!isSane(cost) || salt.size() != saltSize || expected.size() != hashSize)
        return fail(ErrorCode::CryptoFailed, u"PIN verifier out of range"_s);

    const auto hash = stretch(pin, pepper, salt, cost);
    if (!hash)
        return tl::unexpected(hash.error());
    return hash->equals(expected);
}

} // namespace upgradedesk
