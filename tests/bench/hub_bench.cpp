#include "figure.h"
#include "tlsclient.h"

#include "core/clock.h"
#include "crypto/csr.h"
#include "crypto/digest.h"
#include "crypto/hmac.h"
#include "flow/rules.h"
#include "hub/hubfixture.h"
#include "support/hubprocess.h"
#include "support/testfolder.h"
#include "wire/enrolment.h"
#include "wire/questions.h"
#include "wire/records.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QProcess>
#include <QRegularExpression>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

using namespace upgradedesk;
using namespace upgradedesk::test;
using namespace upgradedesk::bench;
using namespace Qt::StringLiterals;

namespace
{

constexpr int desks = 64;
constexpr int batch = 100; ///< the first of a desk; it doubles them from there, to 1,000
constexpr int largeBatch = 500;
constexpr double leastAgainstOne = 2.0;
constexpr double leastAgainstMany = 0.4;
constexpr double slowestStatus = 20; // ms
constexpr double longestDrain = 15;  // s

double secondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// A desk with its own connection and the requests it is going to send.
struct Desk {
    SigningDesk signing;
    std::unique_ptr<TlsClient> client;
    std::vector<QByteArray> requests;
    std::vector<QByteArray> answers;
    std::vector<double> milliseconds;
};

void enrol(HubProcess &hub, Desk &desk)
{
    const auto invited = hub.run(
        {u"desk"_s, u"invite"_s, u"--station"_s, u"station-1"_s, u"--name"_s, u"1 号服务台"_s});
    HubConnection connection(hub.port, {hub.authority(), {}, {}});
    const auto answer = wire::decodeEnrolmentAnswer(
        connection
            .post("/v1/enrolments", wire::encodeEnrolmentRequest(
                                        {invited.json().value(u"code"_s).toString(),
                                         SigningRequest::make(desk.signing.key, u"desk"_s)->pem()}))
            .body);
    if (!answer)
        giveUp(u"a desk does not enrol"_s);
    desk.signing.take(*answer);
    desk.client = std::make_unique<TlsClient>(hub.port, hub.authority(), answer->certificate,
                                              desk.signing.key.pem()->view().toByteArray());
}

/// Each record another card and another person: every rule is looked at and none refuses.
qsizetype sealRequests(Desk &desk, const Rules &rules, const Clock &clock, int first, int count,
                       int size)
{
    qsizetype sealed = 0;
    desk.requests.clear();
    for (int done = 0; done < count; done += size) {
        QList<wire::SealedRecord> records;
        for (int i = 0; i < size; ++i) {
            const int index = first + done + i;
            records << desk.signing.seal(
                linkRecord(desk.signing.enrolment.desk, u"hub-1"_s, rules, clock, index, index));
            sealed += records.last().sealed.size();
        }
        desk.requests.push_back(wire::encodeRecordsRequest(records));
    }
    return sealed;
}

/// The same for all desks, on two processors; bytes of a sealed record.
qsizetype sealAll(std::vector<Desk> &all, const Rules &rules, const Clock &clock, int first,
                  int count, int size)
{
    std::vector<qsizetype> sealed(all.size());
    std::vector<std::thread> threads;
    for (size_t lane = 0; lane < 2; ++lane)
        threads.emplace_back([&, lane] {
            for (size_t i = lane; i < all.size(); i += 2)
                sealed[i] = sealRequests(all[i], rules, clock, first + int(i) * count, count, size);
        });
    for (std::thread &thread : threads)
        thread.join();
    return sealed.front() / count;
}

template <typename Work>
void eachInItsThread(HubProcess &hub, std::vector<Desk> &all, const Work &work)
{
    std::atomic_size_t left = all.size();
    std::vector<std::thread> threads;
    for (Desk &desk : all)
        threads.emplace_back([&work, &left, &desk] {
            work(desk);
            --left;
        });
    // Takes the hub's log from its pipe, which would be full soon.
    while (left > 0 && hub.isServing())
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    for (std::thread &thread : threads)
        thread.join();
}

/// Whatever was measured before leaves pages that are yet to be written: not in the time of what
/// comes next.
void writeOut(const ClusterDatabase &database)
{
    (void)psql(database.name(), u"CHECKPOINT"_s);
}

/// Transactions a second of pgbench: one row of `bytes` each, in the hub's own cluster.
double pgbench(const ClusterDatabase &database, qsizetype bytes, int clients, int seconds)
{
    (void)psql(database.name(),
               u"CREATE TABLE IF NOT EXISTS bare (id uuid PRIMARY KEY, sealed bytea)"_s);
    writeOut(database);
    const QTemporaryDir folder;
    QFile script(folder.filePath(u"insert.sql"_s));
    if (!script.open(QIODevice::WriteOnly))
        giveUp(u"a temporary file"_s);
    // Random bytes: neither PostgreSQL nor the disk can make them smaller.
    script.write(QByteArray("INSERT INTO bare SELECT gen_random_uuid(), string_agg("
                            "sha256(random()::text::bytea), '') FROM generate_series(1, ") +
                 QByteArray::number((bytes + 31) / 32) + ");\n");
    script.close();
    QProcess process;
    process.start(QStringLiteral(UPGRADEDESK_PGBENCH),
                  {u"-n"_s, u"-M"_s, u"prepared"_s, u"-f"_s, script.fileName(), u"-c"_s,
                   QString::number(clients), u"-j"_s, u"2"_s, u"-T"_s, QString::number(seconds),
                   database.connection()});
    if (!process.waitForFinished(120000) || process.exitCode() != 0)
        giveUp(u"pgbench: "_s + QString::fromUtf8(process.readAllStandardError()));
    static const QRegularExpression line(u"tps = ([0-9.]+)"_s);
    return line.match(QString::fromUtf8(process.readAllStandardOutput())).captured(1).toDouble();
}

/// Whether each record of a request was accepted, with a receipt that is right.
bool isAccepted(const QByteArray &request, const QByteArray &answer, const Certificate &hub)
{
    const auto records = wire::decodeRecordsRequest(request);
    const auto decoded = wire::decodeRecordsAnswer(answer);
    if (!records || !decoded || decoded->results.size() != records->size())
        return false;
    for (qsizetype i = 0; i < records->size(); ++i) {
        const wire::RecordResult &result = decoded->results[i];
        const QByteArray hash = sha256(records->at(i).sealed);
        if (result.id != records->at(i).id || result.outcome != wire::Outcome::Accepted ||
            !hub.verifies(wire::receiptBytes(u"hub-1"_s, hash, result), result.receipt))
            return false;
    }
    return true;
}

/// Records a second, until the last receipt has come. What desks do with the answers is their own
/// time and comes after it.
double rateOf(HubProcess &hub, std::vector<Desk> &all, int records)
{
    const qint64 before = psql(hub.database.name(), u"SELECT count(*) FROM records"_s).toLongLong();
    writeOut(hub.database);
    const auto start = std::chrono::steady_clock::now();
    eachInItsThread(hub, all, [](Desk &desk) {
        desk.answers.clear();
        for (const QByteArray &request : desk.requests)
            desk.answers.push_back(desk.client->post("/v1/records", request));
    });
    const double rate = records / secondsSince(start);
    QFile file(hub.folder.filePath(u"keys/hub.crt"_s));
    if (!file.open(QIODevice::ReadOnly))
        giveUp(u"no certificate of the hub"_s);
    const auto certificate = Certificate::fromPem(file.readAll());
    for (const Desk &desk : all) {
        for (size_t i = 0; i < desk.requests.size(); ++i) {
            if (!certificate || !isAccepted(desk.requests[i], desk.answers[i], *certificate))
                giveUp(u"a record is not accepted"_s);
        }
    }
    if (psql(hub.database.name(), u"SELECT count(*) FROM records"_s).toLongLong() !=
        before + records)
        giveUp(u"the hub has another number of records"_s);
    return rate;
}

void measureRecords(HubProcess &hub, std::vector<Desk> &all, qsizetype bytes, int records,
                    int seconds)
{
    const double one = pgbench(hub.database, bytes, 1, seconds);
    const double many = pgbench(hub.database, bytes, desks, seconds);
    const double rate = rateOf(hub, all, records);
    // Between the two runs of pgbench around it the machine is the same.
    const double oneAgain = (one + pgbench(hub.database, bytes, 1, seconds)) / 2;
    const double manyAgain = (many + pgbench(hub.database, bytes, desks, seconds)) / 2;
    print({u"hub"_s, u"records a second, %1 desks, against pgbench with 1 client"_s.arg(desks),
           rate, u"/s"_s, oneAgain, u">= %1 x pgbench"_s.arg(leastAgainstOne),
           rate >= leastAgainstOne * oneAgain});
    print({u"hub"_s, u"the same, against pgbench with %1 clients"_s.arg(desks), rate, u"/s"_s,
           manyAgain, u">= %1 x pgbench"_s.arg(leastAgainstMany),
           rate >= leastAgainstMany * manyAgain});
    print({u"hub"_s, u"bytes of a sealed record, and of pgbench's rows"_s, double(bytes), u"B"_s});
}

void measureStatus(HubProcess &hub, std::vector<Desk> &all, int asks)
{
    eachInItsThread(hub, all, [asks](Desk &desk) {
        const auto &secrets = desk.signing.enrolment.secrets;
        const auto token = upgradedesk::token(Secret(QByteArray(secrets.tokenKey)), "card",
                                              {cardNumber(1).toUtf8()});
        const QByteArray request = wire::encodeCardStatusRequest({secrets.tokenKeyId, {*token}});
        for (int i = 0; i < asks; ++i) {
            const auto start = std::chrono::steady_clock::now();
            const auto answer =
                wire::decodeCardStatusAnswer(desk.client->post("/v1/card-status", request));
            desk.milliseconds.push_back(secondsSince(start) * 1000);
            if (!answer || answer->cards.value(0).state != u"linked")
                giveUp(u"the card is not linked"_s);
        }
    });
    std::vector<double> times;
    for (const Desk &desk : all)
        times.insert(times.end(), desk.milliseconds.begin(), desk.milliseconds.end());
    const double slow = quantile(times, 0.99);
    print({u"hub"_s, u"card-status, %1 connections, 99 of 100"_s.arg(desks), slow, u"ms"_s,
           slowestStatus, u"<= %1 ms"_s.arg(slowestStatus), slow <= slowestStatus});
    print({u"hub"_s, u"card-status, median"_s, median(times), u"ms"_s});
}

QByteArray deskctl(const QString &folder, const QStringList &arguments,
                   const QByteArray &input = {})
{
    QProcess process;
    process.start(
        QCoreApplication::applicationDirPath() + u"/deskctl"_s,
        QStringList{u"--practice"_s, u"--data"_s, folder, u"--lang"_s, u"en"_s, u"--json"_s} +
            arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(600000) || process.exitCode() != 0)
        giveUp(u"deskctl "_s + arguments.first() + u": "_s +
               QString::fromUtf8(process.readAllStandardError().left(300)));
    return process.readAllStandardOutput();
}

/// What a desk gathered in days without network, sent by the real program.
void measureDrain(HubProcess &hub, int first, int records)
{
    const QTemporaryDir folder;
    const QString desk = folder.filePath(u"desk"_s);
    const auto invited = hub.run(
        {u"desk"_s, u"invite"_s, u"--station"_s, u"station-1"_s, u"--name"_s, u"2 号服务台"_s});
    (void)deskctl(desk, {u"enrol"_s, u"--hub"_s, u"https://localhost:%1"_s.arg(hub.port),
                         u"--code"_s, invited.json().value(u"code"_s).toString()});
    QFile forms(folder.filePath(u"forms.jsonl"_s));
    if (!forms.open(QIODevice::WriteOnly))
        giveUp(u"a temporary file"_s);
    for (int i = first; i < first + records; ++i)
        forms.write(QJsonDocument(QJsonObject{{u"card"_s, cardNumber(i)},
                                              {u"docKind"_s, u"resident"_s},
                                              {u"docNumber"_s, residentNumber(i)},
                                              {u"name"_s, u"测试乘客"_s},
                                              {u"consent"_s, u"current"_s}})
                        .toJson(QJsonDocument::Compact) +
                    '\n');
    forms.close();
    (void)deskctl(desk, {u"link"_s, u"--from"_s, forms.fileName(), u"--operator"_s, u"9001"_s},
                  "135790\n");
    const auto start = std::chrono::steady_clock::now();
    const QByteArray told = deskctl(desk, {u"sync"_s, u"--until-empty"_s});
    const double seconds = secondsSince(start);
    const QJsonObject result = QJsonDocument::fromJson(told).object();
    if (result.value(u"accepted"_s).toInt() != records || result.value(u"left"_s).toInt() != 0)
        giveUp(u"not all records were drained: "_s + QString::fromUtf8(told.left(200)));
    print({u"hub"_s, u"%1 queued records of one desk drained"_s.arg(records), seconds, u"s"_s,
           longestDrain, u"<= %1 s for 10,000"_s.arg(longestDrain),
           seconds <= longestDrain * std::max(1.0, records / 10000.0)});
}

} // namespace

/// bench_hub RECORDS ASKS SECONDS QUEUED: records and questions of each of 64 desks, seconds of
/// each run of pgbench, records in the queue of one desk. The cluster lies on the disk of /tmp,
/// with fsync and synchronous_commit on.
int main(int argc, char *argv[])
{
    const TestFolder folder;
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int records = arguments.value(1, u"300"_s).toInt() / batch * batch;
    const int asks = arguments.value(2, u"300"_s).toInt();
    const int seconds = arguments.value(3, u"5"_s).toInt();
    const int queued = arguments.value(4, u"10000"_s).toInt();
    HubProcess hub;
    // The tests' cluster logs each statement.
    (void)psql(hub.database.name(),
               u"ALTER DATABASE %1 SET log_statement = 'none'"_s.arg(hub.database.name()));
    for (const QString &setting : {u"fsync"_s, u"synchronous_commit"_s})
        if (psql(hub.database.name(), u"SHOW "_s + setting).trimmed() != "on")
            giveUp(u"%1 is off"_s.arg(setting));
    if (hub.run({u"operator"_s, u"add"_s, u"9001"_s, u"--name"_s, u"测试员甲"_s, u"--role"_s,
                 u"staff"_s, u"--station"_s, u"station-1"_s},
                "135790\n")
                .exit != 0 ||
        !hub.serve())
        giveUp(u"the hub does not start"_s);
    const auto rules = Rules::load();
    if (!rules)
        giveUp(u"no rules"_s);
    const SystemClock clock;
    std::vector<Desk> all(desks);
    for (Desk &desk : all)
        enrol(hub, desk);
    const qsizetype bytes = sealAll(all, *rules, clock, 0, records, batch);
    measureRecords(hub, all, bytes, desks * records, seconds);
    // A desk with a long queue doubles its batches, to 1,000.
    (void)sealAll(all, *rules, clock, desks * records, largeBatch, largeBatch);
    const double large = rateOf(hub, all, desks * largeBatch);
    print({u"hub"_s, u"records a second in batches of %1"_s.arg(largeBatch), large, u"/s"_s});
    measureStatus(hub, all, asks);
    measureDrain(hub, desks * (records + largeBatch), queued);
    return hub.stop() == 0 ? 0 : 1;
}
