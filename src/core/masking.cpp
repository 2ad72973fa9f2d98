#include "core/masking.h"

#include <QList>

namespace upgradedesk
{
namespace
{

QString keepEnds(const QString &text, qsizetype head, qsizetype tail)
{
    const QList<uint> points = text.toUcs4();
    if (points.size() <= head + tail)
        return QString(points.size(), u'*');
    const auto part = [&points](qsizetype from, qsizetype count) {
        return QString::fromUcs4(reinterpret_cast<const char32_t *>(points.constData()) + from,
                                 count);
    };
    return part(0, head) + QString(points.size() - head - tail, u'*') +
           part(points.size() - tail, tail);
}

} // namespace

QString maskName(const QString &name)
{
    return keepEnds(name, 1, name.toUcs4().size() > 2 ? 1 : 0);
}

QString maskDocumentNumber(const QString &number)
{
    const qsizetype length = number.toUcs4().size();
    if (length == 18 || length == 15)
        return keepEnds(number, 3, 4);
    return keepEnds(number, 2, 2);
}

QString maskPhone(const QString &number)
{
    return keepEnds(number, 3, 4);
}

QString maskCardNumber(const QString &number)
{
    return keepEnds(number, 4, 4);
}

} // namespace upgradedesk
