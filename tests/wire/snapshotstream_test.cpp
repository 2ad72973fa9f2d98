#include "support/catch.h"

#include "wire/samplestream.h"

#include <QFile>
#include <QtEndian>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::wire;
using namespace upgradedesk::test;

namespace
{

SnapshotHeader headerOf(quint64 count)
{
    return snapshotHeader(6, 7, count);
}

struct Decoded {
    Result<void> result;
    std::vector<CardChange> rows;
    bool finished = false;
    std::optional<SnapshotHeader> header;
};

Decoded decode(const QByteArray &stream, qsizetype piece)
{
    Decoded decoded;
    SnapshotDecoder decoder(verifySnapshot, [&](std::span<const CardChange> rows) -> Result<void> {
        decoded.rows.insert(decoded.rows.end(), rows.begin(), rows.end());
        return {};
    });
    for (qsizetype at = 0; at < stream.size() && decoded.result; at += piece)
        decoded.result = decoder.feed(
            QByteArrayView(stream).sliced(at).first(std::min(piece, stream.size() - at)));
    decoded.finished = decoder.finished();
    decoded.header = decoder.header();
    return decoded;
}

/// Where the header, the blocks and the end of a stream begin.
QList<qsizetype> partsOf(const QByteArray &stream)
{
    QList<qsizetype> parts{0};
    qsizetype at = 45 + qsizetype(quint8(stream[44]));
    while (at < stream.size()) {
        parts << at;
        at += 8 + qFromBigEndian<quint32>(stream.constData() + at + 4);
    }
    return parts;
}

} // namespace

TEST_CASE("A snapshot arrives as it was sent, in pieces of any size", "[wire]")
{
    const size_t count = GENERATE(as<size_t>(), 0, 1, 4095, 4096, 4097, 20000);
    const qsizetype piece = GENERATE(1, 7, 4096, 1 << 20);
    const auto rows = someCards(count);

    const Decoded decoded = decode(snapshotStream(headerOf(count), rows), piece);

    REQUIRE(decoded.result);
    CHECK(decoded.finished);
    CHECK(decoded.header == headerOf(count));
    CHECK(decoded.rows == rows);
}

TEST_CASE("A card of 20 million takes at most 6 bytes on the line", "[wire]")
{
    // As dense as 20 million are, and a hundredth of them.
    auto rows = someCards(200'000);
    for (CardChange &row : rows) {
        row.token /= 100;
        row.state = CityCardState::Linked;
    }

    CHECK(snapshotStream(headerOf(rows.size()), rows).size() < 6 * 200'000);
}

TEST_CASE("A download that broke off goes on at its block", "[wire]")
{
    const auto rows = someCards(20'000);
    const QByteArray whole = snapshotStream(headerOf(rows.size()), rows);
    const quint32 block = GENERATE(0u, 1u, 3u, 4u, 5u);
    SnapshotHeader header = headerOf(rows.size());
    header.firstBlock = block;

    const QByteArray rest = snapshotStream(header, rows);

    const auto seen = SnapshotHeader::read(rest).value().value();
    CHECK(seen == header);
    CHECK(seen.goesOnWith(headerOf(rows.size())));
    const QList<qsizetype> parts = partsOf(whole);
    CHECK(rest.sliced(header.bytes().size()) == whole.sliced(parts[1 + qsizetype(block)]));
}

TEST_CASE("What was cut off is forgotten, and the decoder goes on behind the last whole block",
          "[wire]")
{
    const auto rows = someCards(10'000);
    const QByteArray stream = snapshotStream(headerOf(rows.size()), rows);
    const auto cut = GENERATE_COPY(range<qsizetype>(46, stream.size() - 1, 4999));
    size_t seen = 0;
    SnapshotDecoder decoder(verifySnapshot, [&](std::span<const CardChange> block) -> Result<void> {
        seen += block.size();
        return {};
    });

    REQUIRE(decoder.feed(QByteArrayView(stream).first(cut)));
    CHECK_FALSE(decoder.finished());
    CHECK(decoder.consumed() <= cut);
    CHECK(seen == std::min<size_t>(decoder.blocks() * 4096, rows.size()));
    decoder.dropPartial();
    REQUIRE(decoder.feed(QByteArrayView(stream).sliced(decoder.consumed())));

    CHECK(decoder.finished());
    CHECK(seen == rows.size());
}

TEST_CASE("A bit that turned anywhere is found before the end", "[wire]")
{
    const auto rows = someCards(5000);
    const QByteArray stream = snapshotStream(headerOf(rows.size()), rows);
    std::mt19937 random(5);
    for (int round = 0; round < 400; ++round) {
        // Every byte of the header and of the end, and others between.
        const auto at = qsizetype(round < 60    ? size_t(round)
                                  : round < 100 ? size_t(stream.size()) - size_t(round - 59)
                                                : random() % size_t(stream.size()));
        QByteArray changed = stream;
        changed[at] = char(changed[at] ^ (1 << random() % 8));
        INFO("byte " << at);

        const Decoded decoded = decode(changed, 1 << 16);

        // A count that is too large may also wait for more.
        CHECK_FALSE(decoded.finished);
        if (!decoded.result)
            CHECK(decoded.result.error().code == ErrorCode::SnapshotInvalid);
    }
}

TEST_CASE("A stream that lies is refused with a reason", "[wire]")
{
    auto rows = someCards(9000);
    const QByteArray good = snapshotStream(headerOf(9000), rows);
    const QList<qsizetype> parts = partsOf(good); // header, three blocks, end
    REQUIRE(parts.size() == 5);
    const auto part = [&](qsizetype i) {
        return good.sliced(parts[i],
                           (i + 1 < parts.size() ? parts[i + 1] : good.size()) - parts[i]);
    };
    const auto changed = [&](qsizetype at, const QByteArray &bytes) {
        QByteArray copy = good;
        return copy.replace(at, bytes.size(), bytes);
    };
    const auto number = [](auto value) {
        const auto big = qToBigEndian(value);
        return QByteArray(reinterpret_cast<const char *>(&big), sizeof big);
    };
    SnapshotHeader full = headerOf(9000);
    full.from = 0;
    SnapshotHeader other = headerOf(9000);
    other.tokenKeyId = u"k-2021"_s;
    // 4096 rows that unpack to far more than their place.
    QByteArray bomb = qCompress(QByteArray(20'000'000, '\0'), 9).sliced(4);

    struct Row {
        const char *name;
        QByteArray stream;
    };
    const std::vector<Row> table{
        {"an error page", "<html><body>502 Bad Gateway</body></html>"},
        {"JSON", "{\"type\":\"about:blank\"}"},
        {"another version of the format", changed(6, "2")},
        {"key id of no length", changed(44, QByteArray(1, '\0'))},
        {"key id too long", changed(44, QByteArray(1, 'A'))},
        {"key id that is no word", changed(45, "\n")},
        {"to version 0", changed(16, number(quint64(0)))},
        {"to below from", changed(16, number(quint64(5)))},
        {"version above what SQL holds", changed(16, number(quint64(1) << 63))},
        {"rows although nothing is new", changed(16, number(quint64(6)))},
        {"absurd count", changed(24, number(~quint64(0)))},
        {"absurd time", changed(32, number(~quint64(0)))},
        {"starts in the middle", changed(40, number(quint32(1)))},
        {"block without rows before the end", changed(parts[2], number(quint32(0)))},
        {"block with more rows than may be", changed(parts[1], number(quint32(4097)))},
        {"block with a huge number of rows", changed(parts[1], number(~quint32(0)))},
        {"block of fewer rows", changed(parts[1], number(quint32(4095)))},
        {"block of a huge size", changed(parts[1] + 4, number(~quint32(0)))},
        {"block of size 0", changed(parts[1] + 4, number(quint32(0)))},
        {"zlib bomb",
         part(0) + number(quint32(4096)) + number(quint32(bomb.size())) + bomb + part(2)},
        {"no zlib", part(0) + number(quint32(4096)) + number(quint32(3)) + "abc" + part(2)},
        {"blocks swapped", part(0) + part(2) + part(1) + part(3) + part(4)},
        {"block doubled", part(0) + part(1) + part(1) + part(3) + part(4)},
        {"block left out", part(0) + part(1) + part(3) + part(4)},
        {"header of another key", other.bytes() + good.sliced(parts[1])},
        {"end without signature", good.first(parts[4]) + number(quint32(0)) + number(quint32(0))},
        {"end with a huge signature",
         good.first(parts[4]) + number(quint32(0)) + number(~quint32(0))},
        {"signature of nothing",
         good.first(parts[4]) + number(quint32(0)) + number(quint32(1)) + "x"},
        {"bytes after the end", good + '\0'},
        {"two streams", good + good},
        {"full snapshot with a card of no state", snapshotStream(full, rows)},
    };
    for (const Row &row : table) {
        for (const qsizetype piece : {qsizetype(1000), row.stream.size()}) {
            INFO(row.name << " in pieces of " << piece);
            const Decoded decoded = decode(row.stream, piece);

            REQUIRE_FALSE(decoded.result);
            CHECK(decoded.result.error().code == ErrorCode::SnapshotInvalid);
        }
    }
}

TEST_CASE("Rows out of order or with an unknown state are refused on both sides", "[wire]")
{
    SnapshotEncoder encoder(headerOf(2),
                            [](QByteArrayView message) { return snapshotSignature(message); });
    REQUIRE(encoder.add({5, CityCardState::Linked}));
    CHECK_FALSE(encoder.add({5, CityCardState::Linked}));
    CHECK_FALSE(encoder.add({4, CityCardState::Linked}));
    CHECK_FALSE(encoder.finish()); // one is missing
    REQUIRE(encoder.add({6, CityCardState::Linked}));
    CHECK_FALSE(encoder.add({7, CityCardState::Linked}));
    CHECK(encoder.finish());

    // A hub that is somebody else's may sign what it likes.
    const Decoded strange = decode(
        snapshotStream(headerOf(2), {{1, CityCardState::Linked}, {2, CityCardState(5)}}), 1000);
    CHECK_FALSE(strange.result);
}

TEST_CASE("What the desk cannot take stops the stream with its own error", "[wire]")
{
    const auto rows = someCards(5000);
    SnapshotDecoder decoder(verifySnapshot, [](std::span<const CardChange>) -> Result<void> {
        return fail(ErrorCode::StoreFull);
    });

    const auto fed = decoder.feed(snapshotStream(headerOf(rows.size()), rows));

    REQUIRE_FALSE(fed);
    CHECK(fed.error().code == ErrorCode::StoreFull);
}

TEST_CASE("Streams made by another program are understood", "[wire]")
{
    // By the description in snapshotstream.h alone, in Python.
    const auto [name, to, rows, last] = GENERATE(table<QString, quint64, size_t, CardToken>({
        {u"nothing-new"_s, 5, 0, 0},
        {u"two-changes"_s, 6, 2, ~CardToken(0)},
        {u"whole-two-blocks"_s, 9, 4100, 4099 * 7919},
    }));
    QFile file(QStringLiteral(UPGRADEDESK_SOURCE_DIR) + u"/tests/fuzz/corpus/snapshot/"_s + name);
    REQUIRE(file.open(QIODevice::ReadOnly));
    std::vector<CardChange> seen;
    SnapshotDecoder decoder(
        [](QByteArrayView, QByteArrayView signature) { return signature == "signature"; },
        [&](std::span<const CardChange> block) -> Result<void> {
            seen.insert(seen.end(), block.begin(), block.end());
            return {};
        });

    REQUIRE(decoder.feed(file.readAll()));

    CHECK(decoder.finished());
    CHECK(decoder.header()->to == to);
    CHECK(seen.size() == rows);
    CHECK((seen.empty() ? 0 : seen.back().token) == last);
}
