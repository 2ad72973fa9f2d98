#include "hub/http.h"

namespace upgradedesk::hub
{

QByteArray HttpRequest::path() const
{
    const qsizetype mark = target.indexOf('?');
    return mark < 0 ? target : target.left(mark);
}

QByteArray HttpRequest::query(QByteArrayView key) const
{
    const qsizetype mark = target.indexOf('?');
    if (mark < 0)
        return {};
    for (const QByteArray &pair : target.mid(mark + 1).split('&')) {
        const qsizetype equals = pair.indexOf('=');
        if (equals >= 0 && QByteArrayView(pair).first(equals) == key)
            return pair.mid(equals + 1);
    }
    return {};
}

} // namespace upgradedesk::hub
