#pragma once

#include "core/result.h"
#include "crypto/secret.h"

#include <QString>

namespace upgradedesk
{

/// Makes the folder, and what is missing above it, readable for this user only (0700).
/// Fails with StoreReadOnly (args: folder).
[[nodiscard]] Result<void> makePrivateFolder(const QString &path);

/// Writes a new file readable for this user only (0600) and returns after it has reached the disk;
/// never writes over one that exists. Fails with StoreReadOnly, StoreFull or StoreFailed.
[[nodiscard]] Result<void> writePrivateFile(const QString &path, QByteArrayView bytes);

/// The same in the place of a file that may exist: whoever reads sees the old one or the new one,
/// also after a power cut.
[[nodiscard]] Result<void> replacePrivateFile(const QString &path, QByteArrayView bytes);

/// Reads a small file (at most 64 KiB) that only this user may read: KeyExposed (args: path) when
/// others can, KeyUnreadable when it is missing or cannot be read.
[[nodiscard]] Result<Secret> readPrivateFile(const QString &path);

/// Makes what was written into the file outlast a power cut.
[[nodiscard]] Result<void> syncFile(const QString &path);

/// Makes names created, renamed or removed in the folder outlast a power cut; does nothing on
/// Windows.
[[nodiscard]] Result<void> syncFolder(const QString &path);

} // namespace upgradedesk
