#include "support/catch.h"

#include "storage/journal.h"
#include "storage/outbox.h"
#include "storage/schema.h"
#include "storage/storefixture.h"

#include "crypto/privatefile.h"

using namespace upgradedesk;
using namespace upgradedesk::storage;
using namespace upgradedesk::test;

namespace
{

QByteArray bytesOf(const QByteArray &bytes)
{
    return "x'" + bytes.toHex() + "'";
}

/// A database as the first release wrote it, with one record of one link.
void writeFirstVersion(const StoreFixture &desk, const QString &folder, const NewRecord &record)
{
    REQUIRE(writePrivateFile(Store::fileIn(folder), {}));
    SQLite::Database database(Store::fileIn(folder).toStdString(), SQLite::OPEN_READWRITE);
    database.exec("PRAGMA application_id = " + std::to_string(applicationId));
    database.exec(migrations().front());
    database.exec("PRAGMA user_version = 1");

    JournalEntry entry;
    entry.seq = 1;
    entry.at = record.at;
    entry.kind = record.kind;
    entry.record = record.id;
    entry.slip = 1;
    entry.operatorId = record.operatorId;
    entry.medium = record.medium;
    entry.contentHash = QCryptographicHash::hash(record.sealed, QCryptographicHash::Sha256);
    entry.rowHash = Outbox::rowHash(record, 1);
    entry.previous = QByteArray(32, '\0');
    entry.hash = Journal::hashOf(entry);
    const QByteArray at = QByteArray::number(stored(record.at));
    const QByteArray id = record.id.toUtf8();
    database.exec(QByteArray("INSERT INTO outbox (record, slip, kind, queued_at, operator, medium,"
                             " slot, masked_name, masked_number, card_key, person_key, sealed)"
                             " VALUES ('" +
                             id + "', 1, 'link', " + at + ", '9001', 'physical', 'physical', '" +
                             record.maskedName.toUtf8() + "', '" + record.maskedNumber.toUtf8() +
                             "', " + bytesOf(record.cardKey) + ", " + bytesOf(record.personKey) +
                             ", " + bytesOf(record.sealed) + ")")
                      .constData());
    database.exec(QByteArray("INSERT INTO journal VALUES (1, " + at + ", 'link', '" + id +
                             "', 1, '9001', 'physical', " + bytesOf(entry.contentHash) + ", " +
                             bytesOf(entry.rowHash) + ", " + bytesOf(entry.previous) + ", " +
                             bytesOf(entry.hash) + ")")
                      .constData());
    database.exec(
        QByteArray("UPDATE head SET seq = 1, slip = 1, hash = " + bytesOf(entry.hash)).constData());
    database.exec(QByteArray("INSERT INTO counter VALUES (" +
                             QByteArray::number(dayNumber(beijingDate(record.at))) +
                             ", '9001', 'link', 1)")
                      .constData());
    Q_UNUSED(desk);
}

} // namespace

TEST_CASE("A database of the first release goes on with its records, chain and places", "[storage]")
{
    StoreFixture desk; // for its keys and clock
    QTemporaryDir folder;
    NewRecord old = desk.record(u"a"_s, u"p"_s);
    old.bootId.clear();
    old.sinceBoot = {};
    writeFirstVersion(desk, folder.path(), old);

    auto store = Store::open(folder.path(), desk.keys());

    REQUIRE(store);
    CHECK(store->verify()->ok());
    const QueueRow row = store->listQueue()->value(0);
    CHECK(row.record == old.id);
    CHECK(row.active);
    CHECK(codeOf(store->commit(desk.record(u"a"_s, u"q"_s))) == ErrorCode::CardLinkedToOther);
    // Nobody knows how long ago that was in this run of the machine.
    CHECK_FALSE(store->undoable(u"9001"_s, std::chrono::minutes(5), desk.clock).value());
    CHECK(codeOf(store->commit(desk.revoke(old.id))) == ErrorCode::UndoWindowPassed);

    const auto next = store->commit(desk.record(u"b"_s, u"q"_s));
    REQUIRE(next);
    CHECK(next->slip == 2);
    CHECK(store->commit(desk.revoke(next->record)));
    CHECK(store->verify()->ok());
}
