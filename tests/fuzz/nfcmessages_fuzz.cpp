// Any bytes on the pipe from the child, in one piece or two: messages or a failure, never a crash.
#include "device/nfc/nfcmessages.h"

using namespace upgradedesk;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray input(reinterpret_cast<const char *>(data), qsizetype(size));
    const qsizetype cut = input.isEmpty() ? 0 : uchar(input.front()) % (input.size() + 1);

    NfcMessageReader reader;
    for (const QByteArray &piece : {input.left(cut), input.mid(cut)}) {
        reader.append(piece);
        while (true) {
            const auto message = reader.next();
            if (!message || !*message)
                break;
        }
    }
    return 0;
}
