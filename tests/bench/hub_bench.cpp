// What a hub and its PostgreSQL do in a second, both on this machine, beside pgbench on the same
// cluster in the same run. Clients share the cores with them; records are sealed and requests
// encoded before the measuring.
#include "figure.h"

#include "hub/hubfixture.h"
#include "support/hubprocess.h"
#include "wire/questions.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>

#include <algorithm>
#include <atomic>
#include <thread>

using namespace upgradedesk;
using namespace upgradedesk::bench;
using namespace upgradedesk::test;

namespace
{

constexpr int deskCount = 64;

void check(bool good, const char *what)
{
    if (!good)
        giveUp(QString::fromLatin1(what));
}

/// Desks that are enrolled with the hub of a process, past its network.
class Desks
{
public:
    explicit Desks(const HubProcess &hub)
    {
        auto config = hub::Config::load(hub.configFile);
        check(config.has_value(), "no configuration");
        m_config = *config;
        m_hub = hub::Hub::open(m_config, hub::HubKeys::load(m_config, m_clock).value(), m_clock)
                    .value();
        hub::Desks desks(*m_hub);
        for (SigningDesk &desk : all) {
            const auto invited = desks.invite(u"station-1"_s, {}, u"desk"_s).value();
            const auto request = SigningRequest::make(desk.key, u"desk"_s).value();
            desk.take(desks.enrol({invited.code, request.pem()}).value());
        }
    }

    [[nodiscard]] wire::SealedRecord record(const SigningDesk &desk, int index) const
    {
        return desk.seal(
            linkRecord(desk.enrolment.desk, u"hub-1"_s, m_rules, m_clock, index, index));
    }
    [[nodiscard]] static ClientIdentity identityOf(const SigningDesk &desk)
    {
        return {desk.enrolment.chain, desk.enrolment.certificate,
                desk.key.pem()->view().toByteArray()};
    }

    std::vector<SigningDesk> all = std::vector<SigningDesk>(deskCount);

private:
    SystemClock m_clock;
    hub::Config m_config;
    std::unique_ptr<hub::Hub> m_hub;
    Rules m_rules = Rules::load().value();
};

/// Runs `work(i, connection)` on so many connections at once, each open before the clock starts;
/// seconds they took together.
template <typename Work>
double together(const HubProcess &hub, const Desks &desks, int count, const Work &work)
{
    std::atomic<int> ready = 0;
    std::atomic<bool> go = false;
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i)
        threads.emplace_back([&, i] {
            HubConnection connection(hub.port, Desks::identityOf(desks.all[size_t(i)]));
            check(connection.get("/v1/rules").status == 200, "no connection");
            ++ready;
            while (!go)
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            work(i, connection);
        });
    while (ready < count)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    QElapsedTimer timer;
    timer.start();
    go = true;
    for (std::thread &thread : threads)
        thread.join();
    return double(timer.nsecsElapsed()) / 1e9;
}

/// Rows a second that pgbench inserts one by one, each of `size` bytes and committed.
double pgbench(const HubProcess &hub, int clients, int size, int seconds)
{
    QFile script(hub.folder.filePath(u"insert.sql"_s));
    check(script.open(QIODevice::WriteOnly | QIODevice::Truncate), "no script");
    script.write("INSERT INTO bench_row VALUES (gen_random_uuid(), '\\x" +
                 QByteArray(2 * size, 'a') + "');\n");
    script.close();
    QProcess process;
    const Cluster &cluster = Cluster::get();
    process.start(
        u"/bin/sh"_s,
        {u"-c"_s, u"PATH=$PATH:$(ls -d /usr/lib/postgresql/*/bin | tail -1) pgbench -n -M prepared"
                  " -h %1 -p %2 -U hub -c %3 -j 2 -T %4 -f %5 %6"_s.arg(cluster.folder())
                      .arg(cluster.port())
                      .arg(clients)
                      .arg(seconds)
                      .arg(script.fileName(), hub.database.name())});
    check(process.waitForFinished(120000) && process.exitCode() == 0, "pgbench");
    const QByteArray out = process.readAllStandardOutput();
    const qsizetype at = out.indexOf("tps = ");
    check(at >= 0, "pgbench says nothing");
    return out.mid(at + 6).split(' ').first().toDouble();
}

/// Sends `batches` of each desk; records a second, each with its receipt.
double drain(const HubProcess &hub, const Desks &desks,
             const std::vector<std::vector<QByteArray>> &batches, int records)
{
    const double seconds =
        together(hub, desks, int(batches.size()), [&](int i, HubConnection &connection) {
            for (const QByteArray &batch : batches[size_t(i)]) {
                const auto answer = connection.post("/v1/records", batch);
                check(answer.status == 200, "records are refused");
                check(answer.body.count("\"accepted\"") > 0, "nothing is accepted");
            }
        });
    return records / seconds;
}

void cardStatus(const HubProcess &hub, const Desks &desks, int questions)
{
    std::vector<std::vector<double>> times(deskCount);
    const double seconds = together(hub, desks, deskCount, [&](int i, HubConnection &connection) {
        const SigningDesk &desk = desks.all[size_t(i)];
        const Secret key(QByteArray(desk.enrolment.secrets.tokenKey));
        for (int q = 0; q < questions; ++q) {
            const QByteArray card =
                token(key, "card", {cardNumber(i * questions + q).toUtf8()}).value();
            const QByteArray body =
                wire::encodeCardStatusRequest({desk.enrolment.secrets.tokenKeyId, {card}});
            QElapsedTimer timer;
            timer.start();
            const auto answer = connection.post("/v1/card-status", body);
            check(answer.status == 200, answer.body.constData());
            times[size_t(i)].push_back(double(timer.nsecsElapsed()) / 1e6);
        }
    });
    std::vector<double> all;
    for (const auto &some : times)
        all.insert(all.end(), some.begin(), some.end());
    const double p99 = quantile(all, 0.99);
    print({u"hub"_s,
           u"card-status, 64 connections that never pause, p99"_s,
           p99,
           u"ms"_s,
           {},
           u"<= 20"_s,
           p99 <= 20});
    print({u"hub"_s, u"card-status, the same, p50"_s, median(all), u"ms"_s});
    print({u"hub"_s, u"card-status, answers"_s, deskCount * questions / seconds, u"/s"_s});
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const int rounds = argc > 1 ? atoi(argv[1]) : 3;
    const int ofDesk = argc > 2 ? atoi(argv[2]) : 200;
    constexpr int inBatch = 100;
    qputenv("CLUSTER_LOG", "none"); // whole batches in the log would be measured, too

    HubProcess hub({{u"workers"_s, 8}, {u"cardQuestionsPerMinute"_s, 10000000}});
    check(hub.run({u"operator"_s, u"add"_s, u"9001"_s, u"--name"_s, u"n"_s, u"--role"_s, u"staff"_s,
                   u"--station"_s, u"station-1"_s},
                  "135790\n")
                  .exit == 0,
          "no operator");
    for (const auto &name : {u"fsync"_s, u"synchronous_commit"_s})
        check(psql(hub.database.name(), u"SHOW "_s + name) == "on", "not durable");
    (void)psql(hub.database.name(), u"CREATE TABLE bench_row (id uuid PRIMARY KEY, row bytea)"_s);
    (void)psql(hub.database.name(),
               u"ALTER TABLE bench_row ALTER COLUMN row SET STORAGE EXTERNAL"_s);
    check(hub.serve(), "the hub does not serve");
    Desks desks(hub);
    const int size = int(desks.record(desks.all[0], 299999).sealed.size());

    int next = 0;
    const auto batchesOf = [&](const SigningDesk &desk, int count, int each) {
        std::vector<QByteArray> batches;
        for (int done = 0; done < count; done += each) {
            QList<wire::SealedRecord> records;
            for (int i = 0; i < each; ++i)
                records << desks.record(desk, next++);
            batches.push_back(wire::encodeRecordsRequest(records));
        }
        return batches;
    };
    std::vector<double> rates;
    std::vector<double> one;
    std::vector<double> many;
    for (int round = 0; round < rounds; ++round) {
        std::vector<std::vector<QByteArray>> batches;
        for (const SigningDesk &desk : desks.all)
            batches.push_back(batchesOf(desk, ofDesk, inBatch));
        one.push_back(pgbench(hub, 1, size, 5));
        rates.push_back(drain(hub, desks, batches, deskCount * ofDesk));
        many.push_back(pgbench(hub, 64, size, 5));
    }
    check(
        psql(hub.database.name(), u"SELECT count(*) FROM records WHERE reason IS NULL"_s).toInt() ==
            rounds * deskCount * ofDesk,
        "not every record is there");
    const double rate = median(rates);
    print({u"hub"_s, u"records with receipts, 64 desks, beside pgbench with 1 client"_s, rate,
           u"/s"_s, median(one), u">= 2.0 x"_s, rate >= 2.0 * median(one)});
    print({u"hub"_s, u"the same, beside pgbench with 64 clients"_s, rate, u"/s"_s, median(many),
           u">= 0.4 x"_s, rate >= 0.4 * median(many)});
    print({u"hub"_s, u"size of a sealed record, and of pgbench's row"_s, double(size), u"B"_s});
    cardStatus(hub, desks, 200);

    // 10,000 records of one desk, in the largest batches.
    const std::vector<std::vector<QByteArray>> queue{batchesOf(desks.all[0], 10000, 1000)};
    const double seconds = 10000 / drain(hub, desks, queue, 10000);
    print({u"hub"_s,
           u"10,000 records of one desk, taken in"_s,
           seconds,
           u"s"_s,
           {},
           u"<= 15"_s,
           seconds <= 15});
    print({u"hub"_s, u"memory of the hub afterwards"_s, double(residentOf(hub.pid())) / 1024,
           u"MiB"_s});
    return 0;
}
