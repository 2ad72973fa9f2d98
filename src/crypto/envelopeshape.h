#pragma once

#include <QByteArrayView>

namespace upgradedesk
{

/// Whether an envelope (DER) has, in all that nothing authenticates, the bytes that Sealer gives
/// it: versions, the form of the sender's key, the kind of what is inside, the length of the mark.
/// Opening looks at none of them, so without this a changed envelope could open and be taken for
/// another one than was sent.
[[nodiscard]] bool hasShapeOfOurs(QByteArrayView der);

} // namespace upgradedesk
