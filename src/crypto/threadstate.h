#pragma once

namespace upgradedesk
{

/// Frees what OpenSSL keeps for the calling thread (its random generators). OpenSSL does so itself
/// when a thread ends, but a pool does not wait for that, and then it races the end of the program.
void releaseThreadState();

} // namespace upgradedesk
