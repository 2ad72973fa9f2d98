#include "support/catch.h"

#include "crypto/keypair.h"
#include "crypto/privatefile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

constexpr auto othersMask = QFileDevice::ReadGroup | QFileDevice::WriteGroup |
                            QFileDevice::ExeGroup | QFileDevice::ReadOther |
                            QFileDevice::WriteOther | QFileDevice::ExeOther;

} // namespace

TEST_CASE("Private files and folders are the owner's alone", "[crypto]")
{
    const QTemporaryDir folder;
    const QString inner = folder.filePath(u"a/b"_s);
    const QString path = inner + u"/key"_s;

    REQUIRE(makePrivateFolder(inner));
    REQUIRE(writePrivateFile(path, "secret"));

    CHECK((QFile::permissions(path) & othersMask) == 0);
    CHECK((QFile::permissions(inner) & othersMask) == 0);
    CHECK(readPrivateFile(path)->view() == QByteArrayView("secret"));
    CHECK(syncFolder(inner));
}

TEST_CASE("A private file is never written over", "[crypto]")
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"key"_s);
    REQUIRE(writePrivateFile(path, "first"));

    const auto again = writePrivateFile(path, "second");

    CHECK_FALSE(again);
    CHECK(readPrivateFile(path)->view() == QByteArrayView("first"));
}

TEST_CASE("A key that others can read is refused and says where it is", "[crypto]")
{
    const auto others = GENERATE(QFileDevice::ReadGroup, QFileDevice::ReadOther,
                                 QFileDevice::WriteOther, QFileDevice::ExeGroup);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"key"_s);
    REQUIRE(writePrivateFile(path, "secret"));
    QFile::setPermissions(path, QFileDevice::ReadOwner | others);

    const auto read = readPrivateFile(path);

    REQUIRE_FALSE(read);
    CHECK(read.error().code == ErrorCode::KeyExposed);
    CHECK(read.error().args == QStringList{path});
}

TEST_CASE("A missing, empty, huge or strange key file is unreadable", "[crypto]")
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"key"_s);

    SECTION("missing") {}
    SECTION("empty")
    {
        REQUIRE(writePrivateFile(path, ""));
    }
    SECTION("huge")
    {
        REQUIRE(writePrivateFile(path, QByteArray(70000, 'x')));
    }
    SECTION("folder")
    {
        REQUIRE(makePrivateFolder(path));
    }

    CHECK(readPrivateFile(path).error().code == ErrorCode::KeyUnreadable);
    CHECK(KeyPair::load(path).error().code == ErrorCode::KeyUnreadable);
}

TEST_CASE("A folder below a file cannot be made", "[crypto]")
{
    const QTemporaryDir folder;
    REQUIRE(writePrivateFile(folder.filePath(u"file"_s), "x"));

    const auto made = makePrivateFolder(folder.filePath(u"file/below"_s));

    REQUIRE_FALSE(made);
    CHECK(made.error().code == ErrorCode::StoreReadOnly);
}

TEST_CASE("A key pair comes back from its file", "[crypto]")
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"desk.pem"_s);
    const KeyPair key = KeyPair::generate().value();
    REQUIRE(key.save(path));

    const auto loaded = KeyPair::load(path);

    REQUIRE(loaded);
    const QByteArray signature = loaded->sign("message").value();
    CHECK(key.verifies("message", signature));
    CHECK_FALSE(key.verifies("messagf", signature));
    CHECK_FALSE(key.verifies("message", QByteArray("not a signature")));
    CHECK_FALSE(KeyPair::generate()->verifies("message", signature));
}

TEST_CASE("A key file with other content is unreadable", "[crypto]")
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"desk.pem"_s);
    REQUIRE(
        writePrivateFile(path, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"));

    CHECK(KeyPair::load(path).error().code == ErrorCode::KeyUnreadable);
}
