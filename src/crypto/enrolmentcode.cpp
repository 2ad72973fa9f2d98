#include "crypto/enrolmentcode.h"

#include "crypto/secret.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr qsizetype randomSize = 16;
constexpr qsizetype authoritySize = 10;
constexpr qsizetype symbols = 42; ///< 208 bits in fives, the last two bits zero
constexpr qsizetype groupSize = 6;
constexpr int checkModulus = 37;
/// The last five are for the check symbol only.
constexpr QLatin1StringView alphabet("0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U");

/// Five bits each, the first bits first, filled up with zeros.
QList<int> toSymbols(const QByteArray &bytes)
{
    QList<int> values;
    int pending = 0;
    int bits = 0;
    for (const char byte : bytes) {
        pending = (pending << 8 | quint8(byte)) & 0xFFF;
        for (bits += 8; bits >= 5; bits -= 5)
            values << (pending >> (bits - 5) & 0x1F);
    }
    if (bits > 0)
        values << (pending << (5 - bits) & 0x1F);
    return values;
}

QByteArray toBytes(const QList<int> &values)
{
    QByteArray bytes;
    int pending = 0;
    int bits = 0;
    for (const int value : values) {
        pending = (pending << 5 | value) & 0xFFF;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes += char(pending >> bits & 0xFF);
        }
    }
    return bytes;
}

/// Crockford's check: the number that the symbols are, modulo 37.
int checkOf(const QList<int> &values)
{
    int rest = 0;
    for (const int value : values)
        rest = (rest * 32 + value) % checkModulus;
    return rest;
}

/// As people copy it, to the symbols they mean.
QString folded(const QString &text)
{
    QString clean = text.normalized(QString::NormalizationForm_KC).toUpper();
    clean.removeIf([](QChar character) { return character.isSpace() || character == u'-'; });
    clean.replace(u'O', u'0');
    clean.replace(u'I', u'1');
    clean.replace(u'L', u'1');
    return clean;
}

tl::unexpected<Error> miscopied()
{
    return fail(ErrorCode::InputInvalid, u"not an enrolment code"_s, {u"code"_s});
}

} // namespace

Result<EnrolmentCode> EnrolmentCode::make(const Certificate &authority)
{
    const auto random = Secret::random(randomSize);
    if (!random)
        return tl::unexpected(random.error());
    return EnrolmentCode(random->view().toByteArray(), authority.keyHash().first(authoritySize));
}

Result<EnrolmentCode> EnrolmentCode::fromText(const QString &text)
{
    if (text.size() > 4 * symbols)
        return miscopied();
    const QString clean = folded(text);
    if (clean.size() != symbols + 1)
        return miscopied();
    QList<int> values;
    for (const QChar character : clean.first(symbols)) {
        const qsizetype value = alphabet.indexOf(character);
        if (value < 0 || value >= 32)
            return miscopied();
        values << int(value);
    }
    if (alphabet.indexOf(clean.back()) != checkOf(values))
        return miscopied();
    const QByteArray bytes = toBytes(values);
    if (bytes.size() != randomSize + authoritySize || toSymbols(bytes) != values)
        return miscopied();
    return EnrolmentCode(bytes.first(randomSize), bytes.last(authoritySize));
}

QString EnrolmentCode::text() const
{
    const QList<int> values = toSymbols(m_secret + m_authority);
    QString written;
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (i > 0 && i % groupSize == 0)
            written += u'-';
        written += alphabet[values[i]];
    }
    return written + u'-' + alphabet[checkOf(values)];
}

bool EnrolmentCode::names(const Certificate &authority) const
{
    return authority.keyHash().first(authoritySize) == m_authority;
}

} // namespace upgradedesk
