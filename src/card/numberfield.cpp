#include "card/numberfield.h"

#include "card/digits.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

FieldNumber judge(const NumberField &field, const QString &digits)
{
    if (!onlyDigits(digits))
        return {{}, u"not-bcd"_s};
    if (std::ranges::all_of(digits, [](QChar c) { return c == u'0'; }))
        return {{}, u"empty-number"_s};
    if (digits.size() != field.digits)
        return {{}, u"bad-length"_s};
    if (digits.startsWith(field.prefix))
        return {digits, {}};
    // A shorter number that was padded with zeros is no number of this kind.
    return {{}, digits.startsWith(u'0') ? u"bad-length"_s : u"bad-prefix"_s};
}

} // namespace

FieldNumber readNumber(const NumberField &field, const QByteArray &record)
{
    using Encoding = NumberField::Encoding;
    const QByteArray bytes = record.mid(field.at, field.bytes);
    if (bytes.size() < field.bytes)
        return {{}, u"bad-length"_s};
    if (bytes.count('\0') == bytes.size() || bytes.count('\xFF') == bytes.size())
        return {{}, u"empty-number"_s};

    const QString nibbles = QString::fromLatin1(bytes.toHex());
    switch (field.encoding) {
    case Encoding::Bcd:
        return judge(field, nibbles);
    case Encoding::BcdZeroFirst:
        if (!onlyDigits(nibbles))
            return {{}, u"not-bcd"_s};
        if (!nibbles.startsWith(u'0'))
            return {{}, u"bad-length"_s};
        return judge(field, nibbles.mid(1));
    case Encoding::BcdFillerLast:
        if (onlyDigits(nibbles))
            return {{}, u"bad-length"_s};
        if (!nibbles.endsWith(u'f'))
            return {{}, u"not-bcd"_s};
        return judge(field, nibbles.chopped(1));
    case Encoding::LittleEndian:
        break;
    }
    quint32 value = 0;
    for (qsizetype i = bytes.size() - 1; i >= 0; --i)
        value = (value << 8) | quint8(bytes[i]);
    return judge(field, QString::number(value));
}

std::optional<QDate> readDate(const QByteArray &record, int at)
{
    if (at < 0)
        return std::nullopt;
    const QString text = QString::fromLatin1(record.mid(at, 4).toHex());
    if (text.size() != 8 || !onlyDigits(text))
        return std::nullopt;
    const QDate date(text.left(4).toInt(), text.mid(4, 2).toInt(), text.mid(6, 2).toInt());
    if (!date.isValid())
        return std::nullopt;
    return date;
}

} // namespace upgradedesk
