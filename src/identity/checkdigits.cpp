#include "identity/checkdigits.h"

#include <array>

namespace upgradedesk
{

QChar mod11CheckCharacter(QStringView digits)
{
    int product = 0;
    for (const QChar digit : digits)
        product = (product + (digit.unicode() - u'0')) * 2 % 11;
    const int check = (12 - product) % 11;
    return check == 10 ? QChar(u'X') : QChar(u'0' + check);
}

QChar icaoCheckDigit(QStringView text)
{
    constexpr std::array weights{7, 3, 1};
    int sum = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t character = text[i].unicode();
        int value = 0;
        if (character >= u'0' && character <= u'9')
            value = character - u'0';
        else if (character >= u'A' && character <= u'Z')
            value = character - u'A' + 10;
        sum += value * weights[size_t(i % 3)];
    }
    return QChar(u'0' + sum % 10);
}

} // namespace upgradedesk
