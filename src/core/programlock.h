#pragma once

#include <QLockFile>

namespace upgradedesk
{

/// A lock that is held for as long as its program lives, however long that is, and is free once
/// that has ended, however it ended.
class ProgramLock final : public QLockFile
{
public:
    explicit ProgramLock(const QString &file)
        : QLockFile(file)
    {
        // The system guards a lock file whose program lives, so age alone takes it from nobody. A
        // file without a process id in it (the power went while it was made) has nothing but age:
        // never stale would mean locked for ever.
        setStaleLockTime(1000);
    }
};

} // namespace upgradedesk
