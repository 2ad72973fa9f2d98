#include "wire/base64.h"

#include <array>

namespace upgradedesk::wire
{
namespace
{

constexpr quint32 wrong = 0x80000000U;

constexpr std::array<quint32, 256> valuesOfCharacters()
{
    std::array<quint32, 256> values{};
    values.fill(wrong);
    quint32 next = 0;
    for (const auto &[first, last] :
         {std::pair{uchar('A'), uchar('Z')}, std::pair{uchar('a'), uchar('z')},
          std::pair{uchar('0'), uchar('9')}, std::pair{uchar('+'), uchar('+')},
          std::pair{uchar('/'), uchar('/')}}) {
        for (unsigned character = first; character <= last; ++character)
            values[character] = next++;
    }
    return values;
}

constexpr std::array<quint32, 256> values = valuesOfCharacters();

quint32 valueOf(char character)
{
    return values[uchar(character)];
}

/// 24 bits; `wrong` is set when one of the four is no character of Base64.
quint32 groupAt(const char *four)
{
    const quint32 all = valueOf(four[0]) | valueOf(four[1]) | valueOf(four[2]) | valueOf(four[3]);
    return (all & wrong) | (valueOf(four[0]) << 18 & 0xFC0000U) |
           (valueOf(four[1]) << 12 & 0x3F000U) | (valueOf(four[2]) << 6 & 0xFC0U) |
           (valueOf(four[3]) & 0x3FU);
}

} // namespace

std::optional<QByteArray> decodeBase64(QByteArrayView text)
{
    if (text.isEmpty())
        return QByteArray();
    if (text.size() % 4 != 0)
        return std::nullopt;
    const qsizetype padding = text.endsWith("==") ? 2 : text.endsWith('=') ? 1 : 0;
    const qsizetype whole = text.size() / 4 - (padding > 0 ? 1 : 0);
    QByteArray bytes(text.size() / 4 * 3 - padding, Qt::Uninitialized);
    char *out = bytes.data();
    quint32 seen = 0;
    for (qsizetype group = 0; group < whole; ++group) {
        const quint32 bits = groupAt(text.data() + 4 * group);
        seen |= bits;
        *out++ = char(bits >> 16 & 0xFF);
        *out++ = char(bits >> 8 & 0xFF);
        *out++ = char(bits & 0xFF);
    }
    if (padding > 0) {
        std::array<char, 4> last{'A', 'A', 'A', 'A'};
        std::copy_n(text.data() + 4 * whole, 4 - padding, last.begin());
        const quint32 bits = groupAt(last.data());
        // Bits that stand for no byte are 0.
        seen |= bits | ((bits & (padding == 1 ? 0xFFU : 0xFFFFU)) != 0 ? wrong : 0);
        *out++ = char(bits >> 16 & 0xFF);
        if (padding == 1)
            *out++ = char(bits >> 8 & 0xFF);
    }
    return (seen & wrong) == 0 ? std::optional(bytes) : std::nullopt;
}

} // namespace upgradedesk::wire
