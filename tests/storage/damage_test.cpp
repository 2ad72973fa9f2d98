#include "support/catch.h"

#include "storage/storefixture.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>

using namespace upgradedesk;
using namespace upgradedesk::storage;
using namespace upgradedesk::test;

namespace
{

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    return file.readAll();
}

void overwrite(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly));
    REQUIRE(file.write(bytes) == bytes.size());
}

} // namespace

TEST_CASE("A missing, empty, foreign or cut database is damaged and stays as it is", "[storage]")
{
    StoreFixture desk;
    desk.fill(20);
    desk.store.reset();
    const QString path = Store::fileIn(desk.folder.path());
    const QByteArray sound = bytesOf(path);

    QByteArray left;
    SECTION("empty") {}
    SECTION("garbage")
    {
        left = QByteArray(20000, 'g');
    }
    SECTION("another program's database")
    {
        left = sound;
        left.replace(68, 4, "ABCD");
    }
    SECTION("cut short")
    {
        left = sound.left(3000);
    }
    SECTION("cut at a page")
    {
        left = sound.left(8192);
    }
    SECTION("header overwritten")
    {
        left = QByteArray(100, '\0') + sound.mid(100);
    }
    SECTION("all pages but the first overwritten")
    {
        left = sound.left(4096) + QByteArray(sound.size() - 4096, '\x5a');
    }
    overwrite(path, left);

    CHECK(codeOf(desk.open()) == ErrorCode::StoreDamaged);
    const bool untouched = bytesOf(path) == left;
    CHECK(untouched);
}

TEST_CASE("No new database is made in the place of a lost one", "[storage]")
{
    StoreFixture desk;
    desk.store.reset();
    QFile::remove(Store::fileIn(desk.folder.path()));

    CHECK(codeOf(desk.open()) == ErrorCode::StoreDamaged);
    CHECK_FALSE(QFile::exists(Store::fileIn(desk.folder.path())));
}

TEST_CASE("A database of a newer program is left alone", "[storage]")
{
    StoreFixture desk;
    desk.store.reset();
    {
        SQLite::Database database(Store::fileIn(desk.folder.path()).toStdString(),
                                  SQLite::OPEN_READWRITE);
        database.exec("PRAGMA user_version = 999");
    }

    CHECK(codeOf(desk.open()) == ErrorCode::StoreTooNew);
}

TEST_CASE("Flipped bytes are found at start or by verify, and never crash", "[storage]")
{
    StoreFixture desk;
    desk.fill(60);
    desk.store.reset();
    const QString path = Store::fileIn(desk.folder.path());
    const QByteArray sound = bytesOf(path);
    QRandomGenerator random(4);

    int found = 0;
    constexpr int rounds = 60;
    for (int round = 0; round < rounds; ++round) {
        QByteArray damaged = sound;
        for (int i = 0; i < 40; ++i)
            damaged[random.bounded(int(damaged.size()))] = char(random.bounded(256));
        overwrite(path, damaged);
        QFile::remove(path + u"-wal"_s);
        QFile::remove(path + u"-shm"_s);

        auto opened = desk.open();
        if (!opened) {
            ++found;
            continue;
        }
        // Each call may fail, none may crash or hang.
        const auto committed = opened->commit(desk.record(u"new"_s, u"n"_s));
        const auto listed = opened->listQueue();
        const auto verified = opened->verify();
        found += !committed || !listed || !verified || !verified->ok();
    }
    // Only bytes of free space inside pages can change unnoticed, and forty at once hit more than
    // that.
    CHECK(found == rounds);
}

TEST_CASE("A folder that cannot be written is read-only", "[storage]")
{
    StoreFixture desk;
    desk.fill(1);
    desk.store.reset();
    const auto ownerMayRead = QFile::ReadOwner | QFile::ExeOwner;
    QFile::setPermissions(desk.folder.path(), ownerMayRead);
    if (QFileInfo(desk.folder.path()).isWritable()) {
        QFile::setPermissions(desk.folder.path(), ownerMayRead | QFile::WriteOwner);
        WARN("the superuser may write everywhere; tests/e2e mounts a read-only folder instead");
        return;
    }

    const auto opened = desk.open();
    QFile::setPermissions(desk.folder.path(), ownerMayRead | QFile::WriteOwner);

    CHECK(codeOf(opened) == ErrorCode::StoreReadOnly);
    CHECK(opened.error().args == QStringList{desk.folder.path()});
}

TEST_CASE("A program that holds the database too long makes the others give up", "[storage]")
{
    StoreFixture desk;
    SQLite::Database other(Store::fileIn(desk.folder.path()).toStdString(), SQLite::OPEN_READWRITE);
    other.exec("BEGIN IMMEDIATE");

    const auto committed = desk.store->commit(desk.record(u"a"_s, u"p"_s));
    other.exec("ROLLBACK");

    CHECK(codeOf(committed) == ErrorCode::StoreLocked);
    CHECK(desk.store->commit(desk.record(u"a"_s, u"p"_s))->slip == 1);
}
