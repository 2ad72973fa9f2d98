#pragma once

#include "core/result.h"

#include <QString>

namespace upgradedesk
{

/// Holds a serial reader for this process alone. libnfc does not: two programs could open the same
/// line and steal each other's bytes. The lock ends with the process, however that ends.
class ReaderLock final
{
public:
    ReaderLock() = default;
    ReaderLock(const ReaderLock &) = delete;
    ReaderLock &operator=(const ReaderLock &) = delete;
    ~ReaderLock();

    /// Takes the serial line that `connstring` names; other readers need no lock. Fails with
    /// ReaderNotFound, ReaderNotPermitted or ReaderBusy. Never blocks.
    [[nodiscard]] Result<void> take(const QString &connstring);
    void release();

private:
    int m_descriptor = -1;
};

} // namespace upgradedesk
