#include "support/catch.h"

#include "wire/base64.h"

#include <QRandomGenerator>

using namespace upgradedesk::wire;

TEST_CASE("Base64 comes back as what it was made of", "[wire]")
{
    QRandomGenerator random(7);
    for (int size = 0; size < 300; ++size) {
        QByteArray bytes(size, Qt::Uninitialized);
        for (char &byte : bytes)
            byte = char(random.bounded(256));
        const auto decoded = decodeBase64(bytes.toBase64());
        REQUIRE(decoded);
        CHECK(*decoded == bytes);
    }
    CHECK(decodeBase64("+/+/").value() == QByteArray::fromHex("fbffbf"));
}

TEST_CASE("A text that encoding would not have made is no Base64", "[wire]")
{
    // Each group of four, and what is left at the end, once with each byte there is.
    const QByteArray good = QByteArray("what is signed and sealed").toBase64();
    REQUIRE(good.endsWith("=="));
    for (qsizetype at = 0; at < good.size(); ++at) {
        for (int byte = 0; byte < 256; ++byte) {
            QByteArray changed = good;
            changed[at] = char(byte);
            const auto decoded = decodeBase64(changed);
            const auto lenient = QByteArray::fromBase64Encoding(
                changed, QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
            const bool isEncoded = lenient && (*lenient).toBase64() == changed;
            CHECK(decoded.has_value() == isEncoded);
            if (decoded && isEncoded)
                CHECK(*decoded == *lenient);
        }
        CHECK(decodeBase64(good.first(at)).has_value() == (at % 4 == 0));
    }
    for (const char *text :
         {"A", "AA", "AAA", "=", "==", "===", "====", "A===", "AA=A", "=AAA",
          "AAB=", "AB==", "AA==AAAA", "AAAA====", "AA\n=", "AAAA\n", " AAAA", "AA-_"})
        CHECK_FALSE(decodeBase64(text));
}
