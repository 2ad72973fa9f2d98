#pragma once

#include <QString>

namespace upgradedesk::test
{

using namespace Qt::StringLiterals;

// Passengers and cards that do not exist, by number: the same index is the same in every test.

/// A synthetic resident number with a right check character, different for each index below
/// 300,000.
inline QString residentNumber(int index, const QString &yearStart = u"1101021920"_s)
{
    static constexpr int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    const QString digits = yearStart + u"%1%2%3"_s.arg((index / 900) % 12 + 1, 2, 10, QChar(u'0'))
                                           .arg((index / 10800) % 28 + 1, 2, 10, QChar(u'0'))
                                           .arg(index % 900 + 1, 3, 10, QChar(u'0'));
    int sum = 0;
    for (int i = 0; i < 17; ++i)
        sum += digits[i].digitValue() * weights[i];
    return digits + QChar(u"10X98765432"[sum % 11]);
}

inline QString cardNumber(int index)
{
    return u"3105170010%1"_s.arg(100000000 + index);
}

inline QString personName(int index)
{
    return u"测试乘客第%1号"_s.arg(index);
}

} // namespace upgradedesk::test
