#include "crypto/cardtoken.h"

#include "crypto/hmac.h"

#include <QtEndian>

namespace upgradedesk
{

Result<QByteArray> cityCardToken(const Secret &tokenKey, const QString &number)
{
    return token(tokenKey, "card", {number.toLatin1()});
}

CardToken snapshotToken(QByteArrayView cityToken)
{
    Q_ASSERT(cityToken.size() >= qsizetype(sizeof(CardToken)));
    return qFromBigEndian<CardToken>(cityToken.data());
}

} // namespace upgradedesk
