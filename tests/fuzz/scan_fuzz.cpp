// Any bytes from a scanner, in any pieces: no crash, nothing lost between the pieces, and what is
// told is what its kind promises.
#include "identity/scanpayload.h"
#include "identity/scansplitter.h"

#include <algorithm>
#include <cstdlib>

using namespace upgradedesk;

namespace
{

void require(bool true_)
{
    if (!true_)
        std::abort();
}

QList<QByteArray> scansOf(QByteArrayView bytes, qsizetype piece)
{
    ScanSplitter splitter;
    QList<QByteArray> scans;
    for (qsizetype at = 0; at < bytes.size(); at += piece)
        scans += splitter.take(bytes.sliced(at, std::min(piece, bytes.size() - at)));
    scans += splitter.silent();
    require(!splitter.isWaiting());
    return scans;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView input(data, qsizetype(size));
    const qsizetype piece = input.isEmpty() ? 1 : 1 + (data[0] & 31);
    const QList<QByteArray> scans = scansOf(input, piece);
    require(scans == scansOf(input, std::max<qsizetype>(1, input.size())));
    for (const QByteArray &scan : scans) {
        require(!scan.isEmpty() && scan.size() <= ScanSplitter::longest + 1);
        const ScanPayload payload = readScan(scan);
        const bool known = payload.kind != ScanPayload::Kind::Unknown;
        require(known == (payload.reason == ScanPayload::Reason::None));
        require(known != payload.text.isEmpty());
        const auto all = [&payload](auto fits) { return std::ranges::all_of(payload.text, fits); };
        if (payload.kind == ScanPayload::Kind::CardNumber)
            require(payload.text.size() >= 16 && payload.text.size() <= 20 &&
                    all([](QChar c) { return c >= u'0' && c <= u'9'; }));
        if (payload.kind == ScanPayload::Kind::HealthCode)
            require(all([](QChar c) { return c > u' ' && c.unicode() < 0x7F; }));
        // What was understood is understood the same way again.
        if (known)
            require(readScanText(payload.text) == payload);
    }
    return 0;
}
