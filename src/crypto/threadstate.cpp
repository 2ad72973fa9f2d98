#include "crypto/threadstate.h"

#include <openssl/crypto.h>

namespace upgradedesk
{

void releaseThreadState()
{
    OPENSSL_thread_stop();
}

} // namespace upgradedesk
