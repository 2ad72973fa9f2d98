#include "support/catch.h"

#include "core/clock.h"
#include "core/recordid.h"
#include "wire/recordfile.h"

#include <QBuffer>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::wire;

namespace
{

using Rows = QList<std::pair<QString, QByteArray>>;

const RecordFileHead head{u"desk-1"_s, u"hub-1"_s,
                          QDateTime(QDate(2022, 6, 1), QTime(1, 2, 3, 4), Qt::UTC)};

Rows someRows(int count)
{
    QRandomGenerator random(4);
    Rows rows;
    for (int i = 0; i < count; ++i) {
        QByteArray sealed(700 + i, '\0');
        for (char &byte : sealed)
            byte = char(random.bounded(256));
        rows.append({newRecordId(SystemClock()), sealed});
    }
    return rows;
}

QByteArray fileOf(const Rows &rows)
{
    RecordFileEncoder lines;
    QByteArray file = lines.head(head);
    for (const auto &[id, sealed] : rows)
        file += lines.record(id, sealed);
    return file + lines.end();
}

Result<RecordFileHead> read(QByteArray text, Rows &rows)
{
    QBuffer buffer(&text);
    if (!buffer.open(QIODevice::ReadOnly))
        qFatal("no buffer");
    return readRecordFile(buffer,
                          [&rows](const QString &id, const QByteArray &sealed) -> Result<void> {
                              rows.append({id, sealed});
                              return {};
                          });
}

} // namespace

TEST_CASE("A record file comes back whole and in order", "[wire]")
{
    const int count = GENERATE(0, 1, 40);
    const Rows rows = someRows(count);
    Rows found;

    const auto readHead = read(fileOf(rows), found);

    REQUIRE(readHead);
    CHECK(*readHead == head);
    CHECK(found == rows);
    CHECK(fileOf(rows).count('\n') == count + 2);
}

TEST_CASE("A record file that was cut off or changed anywhere is refused", "[wire]")
{
    const QByteArray whole = fileOf(someRows(3));
    QRandomGenerator random(8);
    Rows found;

    for (qsizetype size = 0; size < whole.size(); size += 11)
        CHECK_FALSE(read(whole.left(size), found));
    CHECK_FALSE(read(whole + "{}\n", found));
    CHECK_FALSE(read(whole + '\n', found));
    for (int i = 0; i < 500; ++i) {
        QByteArray changed = whole;
        const int at = random.bounded(int(whole.size()));
        changed[at] = char(changed[at] ^ (1 << random.bounded(7)));
        const auto readHead = read(changed, found);
        CHECK_FALSE(readHead);
    }
    const qsizetype second = whole.indexOf('\n') + 1;
    const qsizetype third = whole.indexOf('\n', second) + 1;
    CHECK_FALSE(read(whole.left(second) + whole.mid(third), found));
}

TEST_CASE("What the visitor refuses ends the reading with its error", "[wire]")
{
    QByteArray whole = fileOf(someRows(3));
    QBuffer buffer(&whole);
    REQUIRE(buffer.open(QIODevice::ReadOnly));
    int visits = 0;

    const auto result =
        readRecordFile(buffer, [&visits](const QString &, const QByteArray &) -> Result<void> {
            ++visits;
            return fail(ErrorCode::StoreFull);
        });

    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::StoreFull);
    CHECK(visits == 1);
}
