#pragma once

#include <QByteArray>
#include <QCryptographicHash>
#include <QString>
#include <QtEndian>

namespace upgradedesk
{

/// Bytes of several fields of which no two different lists are equal: each field is preceded by its
/// length. Empty and absent are the same on purpose; numbers are eight bytes, big-endian.
class Canonical
{
public:
    /// `purpose` keeps a hash of one kind of thing from standing for another.
    explicit Canonical(QByteArrayView purpose) { add(purpose); }

    Canonical &add(QByteArrayView bytes)
    {
        const quint32 size = qToBigEndian(quint32(bytes.size()));
        m_bytes.append(reinterpret_cast<const char *>(&size), sizeof size);
        m_bytes.append(bytes);
        return *this;
    }
    Canonical &add(const QByteArray &bytes) { return add(QByteArrayView(bytes)); }
    Canonical &add(const QString &text) { return add(QByteArrayView(text.toUtf8())); }
    Canonical &add(qint64 number)
    {
        const qint64 value = qToBigEndian(number);
        return add(QByteArrayView(reinterpret_cast<const char *>(&value), sizeof value));
    }

    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
    [[nodiscard]] QByteArray hash() const
    {
        return QCryptographicHash::hash(m_bytes, QCryptographicHash::Sha256);
    }

private:
    QByteArray m_bytes;
};

} // namespace upgradedesk
