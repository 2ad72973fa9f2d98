// Any bytes in any pieces as what an ID reader says: the same frames come out however they are cut,
// each is one that was in the bytes, and a good frame behind it all is found.
#include "identity/ga450frame.h"

#include <cstdlib>
#include <vector>

using namespace upgradedesk;

namespace
{

struct Found {
    Ga450Frame::Kind kind;
    QByteArray body;

    bool operator==(const Found &) const = default;
};

void take(Ga450Scanner &scanner, std::vector<Found> &found)
{
    while (const auto frame = scanner.next())
        found.push_back({frame->kind, frame->body.toByteArray()});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView input(data, qsizetype(size));
    Ga450Scanner whole;
    std::vector<Found> atOnce;
    whole.append(input);
    take(whole, atOnce);
    for (const Found &found : atOnce) {
        if (found.kind == Ga450Frame::Kind::Whole &&
            (found.body.size() < 3 || input.indexOf(ga450Frame(found.body)) < 0))
            std::abort();
    }

    // Cut where the input itself says.
    Ga450Scanner pieces;
    std::vector<Found> cut;
    for (qsizetype at = 0; at < input.size();) {
        const qsizetype length = std::min<qsizetype>(1 + quint8(input[at]) % 16, input.size() - at);
        pieces.append(input.sliced(at, length));
        take(pieces, cut);
        at += length;
    }
    if (cut != atOnce)
        std::abort();

    // What had begun is given up, and the next good frame is heard.
    const QByteArray body("\x00\x00\x9F\x01\x02\x03\x04", 7);
    while (whole.expire())
        take(whole, atOnce);
    whole.append(ga450Frame(body));
    std::vector<Found> after;
    take(whole, after);
    if (after.empty() || after.back() != Found{Ga450Frame::Kind::Whole, body})
        std::abort();
    return 0;
}
