#include "crypto/envelopeshape.h"

namespace upgradedesk
{
namespace
{

constexpr uchar integer = 0x02;
constexpr uchar bits = 0x03;
constexpr uchar octets = 0x04;
constexpr uchar name = 0x06;
constexpr uchar sequence = 0x30;
constexpr uchar set = 0x31;
constexpr uchar context0 = 0xA0; ///< with values in it
constexpr uchar context1 = 0xA1;

/// Values of DER, one after the other. After the first that is not as asked, all are empty.
class Der
{
public:
    explicit Der(QByteArrayView bytes)
        : m_left(bytes)
    {
    }

    /// The content of the next value, when it has that tag.
    QByteArrayView take(uchar tag)
    {
        qsizetype header = 2;
        if (m_left.size() < header || uchar(m_left[0]) != tag)
            return refuse();
        qsizetype size = uchar(m_left[1]);
        if (size >= 0x80) {
            const qsizetype bytes = size - 0x80;
            if (bytes < 1 || bytes > 3 || m_left.size() < header + bytes)
                return refuse();
            size = 0;
            for (qsizetype i = 0; i < bytes; ++i)
                size = size << 8 | uchar(m_left[header + i]);
            header += bytes;
        }
        if (m_left.size() < header + size)
            return refuse();
        const QByteArrayView content = m_left.sliced(header, size);
        m_left = m_left.sliced(header + size);
        return content;
    }

private:
    QByteArrayView refuse()
    {
        m_left = {};
        return {};
    }

    QByteArrayView m_left;
};

} // namespace

bool hasShapeOfOurs(QByteArrayView der)
{
    static constexpr char data[] = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"; // id-data
    static constexpr char zero[] = "\x00";
    static constexpr char three[] = "\x03";
    static constexpr char sixteen[] = "\x10";

    Der whole(Der(der).take(sequence));
    whole.take(name);
    Der envelope(Der(whole.take(context0)).take(sequence));
    if (envelope.take(integer) != QByteArrayView(zero, 1))
        return false;
    // One recipient, who agrees on a key with the sender.
    Der recipient(Der(envelope.take(set)).take(context1));
    if (recipient.take(integer) != QByteArrayView(three, 1))
        return false;
    Der sender(Der(recipient.take(context0)).take(context1));
    sender.take(sequence);
    // A whole number of bytes, and both coordinates of the point.
    if (!sender.take(bits).startsWith(QByteArrayView("\x00\x04", 2)))
        return false;
    Der content(envelope.take(sequence));
    if (content.take(name) != QByteArrayView(data, sizeof data - 1))
        return false;
    Der algorithm(content.take(sequence));
    algorithm.take(name);
    Der parameters(algorithm.take(sequence));
    parameters.take(octets);
    return parameters.take(integer) == QByteArrayView(sixteen, 1);
}

} // namespace upgradedesk
