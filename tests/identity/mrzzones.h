#pragma once

#include "identity/checkdigits.h"

#include <QByteArray>
#include <QString>

namespace upgradedesk::test
{

using namespace Qt::StringLiterals;

/// What a machine-readable zone is made of; the state of specimens, so that it is nobody's.
struct MrzFields {
    QString code = u"P"_s;
    QString issuer = u"UTO"_s;
    QString names = u"TESTER<<ANNA<MARIA"_s;
    QString number = u"L00000001"_s;
    QString nationality = u"UTO"_s;
    QString birth = u"740812"_s;
    QString sex = u"F"_s;
    QString expiry = u"320415"_s;
    QString optional = u"ZE184226B"_s;
};

inline QString filled(const QString &text, qsizetype width)
{
    return text.leftJustified(width, u'<', true);
}

inline QString withCheck(const QString &text)
{
    return text + icaoCheckDigit(text);
}

/// The number field with its check digit, and what opens the optional field when it is too long.
inline std::pair<QString, QString> numberFields(const QString &number)
{
    if (number.size() <= 9)
        return {withCheck(filled(number, 9)), {}};
    return {number.first(9) + u'<', number.sliced(9) + icaoCheckDigit(number) + u'<'};
}

/// Two lines: 44 characters wide (passports) or 36.
inline QString twoLines(const MrzFields &f, qsizetype width)
{
    const bool passport = width == 44;
    const auto [number, more] = numberFields(f.number);
    const QString optional = filled(more + f.optional, passport ? 14 : 7);
    QString two = number + f.nationality + withCheck(f.birth) + f.sex + withCheck(f.expiry) +
                  (passport ? withCheck(optional) : optional);
    two += icaoCheckDigit(two.first(10) + two.sliced(13, 7) + two.sliced(21));
    return filled(f.code, 2) + filled(f.issuer, 3) + filled(f.names, width - 5) + u'\n' + two;
}

inline QString passport(const MrzFields &fields = {})
{
    return twoLines(fields, 44);
}

inline QString td2(MrzFields fields = {.code = u"I"_s, .optional = u"AB1"_s})
{
    return twoLines(fields, 36);
}

/// A card of three lines.
inline QString td1(const MrzFields &f = {.code = u"I"_s, .optional = u"AB1"_s})
{
    const auto [number, more] = numberFields(f.number);
    const QString one =
        filled(f.code, 2) + filled(f.issuer, 3) + number + filled(more + f.optional, 15);
    QString two = withCheck(f.birth) + f.sex + withCheck(f.expiry) + f.nationality;
    two = filled(two, 29);
    two += icaoCheckDigit(one.sliced(5) + two.first(7) + two.sliced(8, 7) + two.sliced(18, 11));
    return one + u'\n' + two + u'\n' + filled(f.names, 30);
}

} // namespace upgradedesk::test
