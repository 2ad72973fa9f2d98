#pragma once

#include <QByteArray>
#include <QList>

#include <optional>

namespace upgradedesk
{

/// Values of all BER-TLV objects with this tag, at any depth, in order. Zero bytes between objects
/// are skipped. Nothing at all when the data is broken: cut short, nested too deep or of indefinite
/// length.
[[nodiscard]] std::optional<QList<QByteArray>> findTags(const QByteArray &data, quint32 tag);

/// The first of them; nothing when there is none or the data is broken.
[[nodiscard]] std::optional<QByteArray> findTag(const QByteArray &data, quint32 tag);

} // namespace upgradedesk
