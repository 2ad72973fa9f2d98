#include "e2e/syncdesk.h"
#include "support/writtenforms.h"

#include <QDirIterator>

using namespace upgradedesk;
using namespace upgradedesk::test;

// Whatever is known of passengers goes through desk, wire, hub and PostgreSQL, the good and the
// refused; then everything that was written anywhere is read.

namespace
{

QByteArray contentOf(const QString &path, qint64 from = 0)
{
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    REQUIRE(file.seek(from));
    return file.readAll();
}

QByteArray outputOf(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    REQUIRE(process.waitForFinished(60'000));
    REQUIRE(process.exitCode() == 0);
    return process.readAllStandardOutput();
}

/// Passengers with all that may be said of one, and what they told.
class Passengers
{
public:
    QJsonObject entry(int index)
    {
        QJsonObject made = StoreDesk::entry(index);
        texts << cardNumber(index) << residentNumber(index) << personName(index);
        return made;
    }
    QJsonObject withAgent(int index)
    {
        return add(entry(index), u"agent"_s, index + 100, {{u"reason"_s, u"behalf"_s}});
    }
    QJsonObject child(int index)
    {
        const QString number = residentNumber(index, u"1101022015"_s);
        texts << number;
        return add(entry(index), u"guardian"_s, index + 200, {{u"docNumber"_s, number}});
    }
    QJsonObject withHealthCode(int index)
    {
        const QString code = u"health-code-of-%1-QZWX"_s.arg(index);
        texts << code;
        QJsonObject made = entry(index);
        made.insert(u"healthCode"_s, code);
        return made;
    }

    QStringList texts;

private:
    QJsonObject add(QJsonObject to, const QString &who, int index, const QJsonObject &more)
    {
        texts << residentNumber(index) << personName(index);
        to.insert(who + u"DocKind"_s, u"resident"_s);
        to.insert(who + u"DocNumber"_s, residentNumber(index));
        to.insert(who + u"Name"_s, personName(index));
        for (auto field = more.begin(); field != more.end(); ++field)
            to.insert(field.key(), field.value());
        return to;
    }
};

QString written(const StoreDesk &desk, const QString &name, const QList<QJsonObject> &entries)
{
    QFile file(desk.folder.filePath(name));
    REQUIRE(file.open(QIODevice::WriteOnly));
    for (const QJsonObject &entry : entries)
        file.write(StoreDesk::jsonLine(entry));
    return file.fileName();
}

} // namespace

TEST_CASE("Nothing that is kept or logged holds a name or a number in any form", "[e2e][sync]")
{
    const QString serverLog = Cluster::get().log();
    const qint64 logStart = QFileInfo(serverLog).size();
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const SyncDesk one(hub, hub.port);
    const SyncDesk two(hub, hub.port);
    Passengers passengers;
    QByteArray said; // on stderr, by whichever program

    QJsonObject firstTopUp = passengers.entry(4);
    firstTopUp.insert(u"reason"_s, u"first-topup"_s);
    QJsonObject wrong = passengers.entry(5);
    wrong.insert(u"docNumber"_s, residentNumber(5).chopped(1) + u'Y');
    const QString input = written(one, u"paper.jsonl"_s,
                                  {passengers.withHealthCode(1), passengers.withAgent(2),
                                   passengers.child(3), firstTopUp, wrong});
    const Run linked = one.bulk(input);
    INFO(linked.err.toStdString());
    CHECK(linked.exit == 1);
    CHECK(linked.lines().size() == 5);
    // The other desk gives the first card to somebody else, which the hub refuses.
    QJsonObject taken = passengers.entry(6);
    taken.insert(u"card"_s, cardNumber(1));
    const Run second = two.bulk(written(two, u"paper.jsonl"_s, {taken, passengers.entry(7)}));
    CHECK(second.exit == 0);
    said += linked.err + second.err;
    one.drain();
    two.drain();
    CHECK(two.inState(u"attention"_s) == 1);
    // By USB, too.
    one.link(8, 1);
    passengers.entry(8);
    const QString records = one.folder.filePath(u"records"_s);
    const QString receipts = one.folder.filePath(u"receipts"_s);
    REQUIRE(one.run({u"queue"_s, u"export"_s, records}).exit == 0);
    REQUIRE(hub.run({u"records"_s, u"import"_s, records, u"--receipts"_s, receipts}).exit == 0);
    REQUIRE(one.run({u"queue"_s, u"receipts"_s, receipts}).exit == 0);
    // What staff of the hub do with it, and what strangers send.
    const QString results = hub.folder.filePath(u"results.csv"_s);
    {
        QFile file(results);
        REQUIRE(file.open(QIODevice::WriteOnly));
        for (const QString &line :
             {u"resident,%1,normal,2022-06-01,2022-06-02T09:00:00Z\n"_s.arg(residentNumber(1)),
              u"resident,%1,fine,2022-06-01,2022-06-02T09:00:00Z\n"_s.arg(residentNumber(2))})
            file.write(line.toLatin1());
    }
    said += hub.run({u"health"_s, u"import"_s, results}).err;
    for (const QString &what : {u"export"_s, u"erase"_s}) {
        const auto run = hub.run({u"subject"_s, what, u"--doc-kind"_s, u"resident"_s,
                                  u"--doc-number"_s, residentNumber(7)});
        CHECK(run.exit == 0);
        said += run.err;
    }
    HubConnection stranger(hub.port, {hub.authority(), {}, {}});
    const QByteArray plain = StoreDesk::jsonLine(passengers.withHealthCode(9));
    CHECK(stranger.post("/v1/enrolments", plain).status == 400);
    CHECK(stranger.post("/v1/records", plain).status == 401);
    HubConnection another(hub.port, {hub.authority(), {}, {}});
    CHECK(another.get("/v1/" + cardNumber(9).toLatin1() + '?' + residentNumber(9).toLatin1())
              .status == 401);
    said += one.run({u"gate"_s, cardNumber(1), u"--online"_s}).err;
    const QString backup = hub.folder.filePath(u"backup"_s);
    REQUIRE(hub.run({u"backup"_s, backup}).exit == 0);
    REQUIRE(hub.stop() == 0);

    const QStringList &texts = passengers.texts;
    REQUIRE(texts.size() > 25);
    // First that what is looked for would be found.
    REQUIRE(foundIn(contentOf(input), {texts.first()}) == texts.first());
    REQUIRE(foundIn("x" + personName(1).toUtf8().toHex(), texts) == personName(1));
    QFile::remove(input);
    QFile::remove(two.folder.filePath(u"paper.jsonl"_s));
    QFile::remove(one.folder.filePath(u"bulk-8.jsonl"_s));
    QFile::remove(results);

    const QByteArray dump =
        outputOf(u"pg_dump"_s, {u"--create"_s, u"-d"_s, hub.database.connection()});
    CHECK(dump.contains("COPY public.envelope"));
    CHECK(foundIn(dump, texts).toStdString().empty());
    const QByteArray inserts =
        outputOf(u"pg_dump"_s, {u"--inserts"_s, u"-d"_s, hub.database.connection()});
    CHECK(foundIn(inserts, texts).toStdString().empty());
    const QByteArray unpacked = outputOf(u"pg_restore"_s, {u"--file"_s, u"-"_s, backup});
    CHECK(unpacked.contains("COPY public.envelope"));
    CHECK(foundIn(unpacked, texts).toStdString().empty());
    const QByteArray logged = contentOf(serverLog, logStart);
    CHECK(logged.contains("FROM decide("));
    CHECK(logged.contains("parameters: $1 = '" + one.id.toLatin1()));
    CHECK(foundIn(logged, texts).toStdString().empty());
    CHECK(foundIn(said, texts).toStdString().empty());
    int files = 0;
    for (const QString &folder : {hub.folder.path(), one.folder.path(), two.folder.path()}) {
        QDirIterator walk(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            const QString path = walk.next();
            INFO(path.toStdString());
            CHECK(foundIn(contentOf(path), texts).toStdString().empty());
            ++files;
        }
    }
    CHECK(hub.logged().contains("\"route\":\"/v1/records\""));
    CHECK(files > 20);
}
