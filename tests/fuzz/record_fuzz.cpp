// Any bytes as the content of a record: what decodes encodes back to what decodes to the same.
#include "wire/record.h"

#include <cstdlib>

using namespace upgradedesk;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto record = wire::decodeRecord(QByteArrayView(data, qsizetype(size)));
    if (!record)
        return 0;
    const auto again = wire::decodeRecord(wire::encodeRecord(*record));
    if (!again || !(*again == *record))
        std::abort();
    return 0;
}
