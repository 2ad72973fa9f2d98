// Any bytes from the hub, in one piece or two: rows in order or a failure, never a crash.
#include "wire/snapshotstream.h"

using namespace upgradedesk;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray input(reinterpret_cast<const char *>(data), qsizetype(size));
    const qsizetype cut = input.isEmpty() ? 0 : uchar(input.back()) % (input.size() + 1);

    std::optional<CardToken> last;
    wire::SnapshotDecoder decoder(
        [](QByteArrayView, QByteArrayView signature) { return signature.front() != 'x'; },
        [&last](std::span<const CardChange> rows) -> Result<void> {
            for (const CardChange &row : rows) {
                if (last && row.token <= *last)
                    abort();
                last = row.token;
            }
            return {};
        });
    if (!decoder.feed(QByteArrayView(input).first(cut)))
        return 0;
    if (decoder.consumed() > cut)
        abort();
    if (decoder.feed(QByteArrayView(input).sliced(cut)) && decoder.finished() &&
        decoder.consumed() != input.size())
        abort();
    return 0;
}
