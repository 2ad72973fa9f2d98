#pragma once

#include "core/result.h"

#include <QByteArray>

namespace upgradedesk
{

/// Bytes that are wiped when they go: keys, PINs, plaintext on its way into an envelope. Moves,
/// never copies.
class Secret
{
public:
    Secret() = default;
    /// Takes the bytes over and wipes the array it got them from, when nobody else shares it.
    explicit Secret(QByteArray &&bytes);
    ~Secret();

    Secret(Secret &&other) noexcept;
    Secret &operator=(Secret &&other) noexcept;
    Secret(const Secret &) = delete;
    Secret &operator=(const Secret &) = delete;

    /// From the system's random source; fails with CryptoFailed.
    [[nodiscard]] static Result<Secret> random(qsizetype size);

    [[nodiscard]] QByteArrayView view() const { return m_bytes; }
    [[nodiscard]] qsizetype size() const { return m_bytes.size(); }
    [[nodiscard]] bool isEmpty() const { return m_bytes.isEmpty(); }

    /// In a time that does not depend on where the two differ.
    [[nodiscard]] bool equals(QByteArrayView other) const;

    void wipe();

private:
    QByteArray m_bytes;
};

} // namespace upgradedesk
