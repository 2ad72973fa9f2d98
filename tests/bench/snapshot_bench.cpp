#include "figure.h"
#include "snapshotlimits.h"

#include "sync/snapshotintake.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::bench;

namespace
{

using Clock = std::chrono::steady_clock;

const std::atomic_bool neverStop = false;
const QString keyId = u"k"_s;
constexpr double mostResident = 64;
constexpr double mostBytes = 22;
constexpr double longestDelta = 10;
constexpr double slowestLook = 100;
constexpr double slowestLookDuringDelta = 1000;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double seconds(const std::function<void()> &work)
{
    const auto start = Clock::now();
    work();
    return secondsSince(start);
}

/// The hub's key is not what is measured.
QByteArray signatureOf(QByteArrayView message)
{
    return QCryptographicHash::hash(message.toByteArray(), QCryptographicHash::Sha256);
}

bool verify(QByteArrayView message, QByteArrayView signature)
{
    return signature == QByteArrayView(signatureOf(message));
}

/// The most that was ever resident, in MiB.
double peakResident()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        giveUp(u"/proc/self/status"_s);
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
    }
    giveUp(u"VmHWM"_s);
}

qint64 writeStream(const QString &path, quint64 from, quint64 to,
                   const std::function<NextCard()> &cards)
{
    quint64 count = 0;
    {
        const NextCard next = cards();
        for (CardChange card; next(card);)
            ++count;
    }
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        giveUp(u"a stream"_s);
    wire::SnapshotEncoder encoder(
        {from, to, count, QDateTime::currentDateTimeUtc(), keyId, 0},
        [](QByteArrayView message) -> Result<QByteArray> { return signatureOf(message); });
    file.write(encoder.begin());
    const NextCard next = cards();
    for (CardChange card; next(card);)
        file.write(encoder.add(card).value());
    file.write(encoder.finish().value());
    return qint64(count);
}

/// Takes a stream in as a desk does; prints how long it took.
int takeIn(const QString &folder, const QString &path)
{
    auto intake = sync::SnapshotIntake::open(folder, keyId, verify);
    QFile stream(path);
    if (!intake || !stream.open(QIODevice::ReadOnly) || !intake->begin())
        giveUp(u"the intake"_s);
    const double taken = seconds([&] {
        while (!stream.atEnd()) {
            if (!intake->feed(stream.read(64 * 1024)))
                giveUp(u"the stream"_s);
        }
    });
    std::puts("applying");
    std::fflush(stdout);
    const double applied = seconds([&] {
        if (!intake->apply(neverStop))
            giveUp(u"applying"_s);
    });
    std::puts(
        QJsonDocument(
            QJsonObject{{u"taken"_s, taken}, {u"applied"_s, applied}, {u"peak"_s, peakResident()}})
            .toJson(QJsonDocument::Compact)
            .constData());
    return 0;
}

/// Runs this program once more for one part, so that its memory is its own; `meanwhile` runs from
/// the moment on in which it begins to apply until it has ended.
QJsonObject inOwnProcess(const QStringList &arguments,
                         const std::function<void(QProcess &)> &meanwhile = {})
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationFilePath(), arguments);
    while (!process.canReadLine() && process.waitForReadyRead(-1)) {
    }
    (void)process.readLine();
    if (meanwhile)
        meanwhile(process);
    process.waitForFinished(-1);
    if (process.exitCode() != 0)
        giveUp(arguments.join(u' '));
    return QJsonDocument::fromJson(process.readAllStandardOutput()).object();
}

/// Half of them cards of the city, half not, in no order.
std::vector<CardToken> someTokens(qint64 cards, qint64 count)
{
    std::vector<CardToken> tokens;
    CardSource source(cards);
    CardChange card;
    const qint64 every = std::max<qint64>(1, cards / (count / 2));
    for (qint64 i = 0; source.next(card); ++i) {
        if (i % every == 0) {
            tokens.push_back(card.token);
            tokens.push_back(card.token + 1);
        }
    }
    std::shuffle(tokens.begin(), tokens.end(), std::mt19937_64(7));
    return tokens;
}

struct Times {
    double p50 = 0;
    double p99 = 0;
    double most = 0;
};

/// Microseconds of each look, with a pause before each where a desk would have one.
Times lookEach(const std::vector<CardToken> &tokens, const std::function<int(CardToken)> &look,
               std::chrono::microseconds pause = {}, const std::function<bool()> &goOn = {})
{
    std::vector<double> times;
    int linked = 0;
    for (const CardToken token : tokens) {
        if (goOn && !goOn())
            break;
        if (pause.count() > 0)
            std::this_thread::sleep_for(pause);
        const auto start = Clock::now();
        linked += look(token);
        times.push_back(secondsSince(start) * 1e6);
    }
    if (times.size() < 2 || linked == 0)
        giveUp(u"looks"_s);
    return {quantile(times, 0.5), quantile(times, 0.99), quantile(times, 1)};
}

void forgetPages(const QString &path)
{
    const int file = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    ::fdatasync(file);
    ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    ::close(file);
}

/// Looks in a process of its own: what is resident is what a desk needs for them.
int lookOften(const QString &folder, qint64 cards)
{
    const auto tokens = someTokens(cards, 100'000);
    storage::CardSnapshot snapshot(folder);
    const auto look = [&](CardToken token) { return int(snapshot.look(token).value()->state); };
    const QString file = QFileInfo(folder).absoluteFilePath() + u"/cards-000000000001.sqlite"_s;
    forgetPages(file);
    const Times cold = lookEach({tokens.begin(), tokens.begin() + 500}, look);
    const double read = seconds([&] { storage::CardSnapshot::warm(folder, neverStop); });
    const Times warm = lookEach(tokens, look);
    const Times idle =
        lookEach({tokens.begin(), tokens.begin() + 400}, look, std::chrono::milliseconds(20));
    std::puts("");
    std::puts(QJsonDocument(QJsonObject{{u"cold"_s, cold.p99},
                                        {u"read"_s, read},
                                        {u"warm50"_s, warm.p50},
                                        {u"warm99"_s, warm.p99},
                                        {u"idle50"_s, idle.p50},
                                        {u"idle99"_s, idle.p99},
                                        {u"peak"_s, peakResident()}})
                  .toJson(QJsonDocument::Compact)
                  .constData());
    return 0;
}

void report(const QString &name, double value, const QString &unit, std::optional<double> limit,
            std::optional<double> most = {})
{
    Figure figure{u"snapshot"_s, name, value, unit, limit};
    if (most) {
        figure.aim = u"<= %1 %2"_s.arg(*most).arg(unit);
        figure.met = value <= *most;
    }
    print(figure);
}

double bytesPerCard(const QString &file, qint64 cards)
{
    return double(QFileInfo(file).size() + QFileInfo(file + u"-wal"_s).size()) / double(cards);
}

int measure(qint64 cards, qint64 changes)
{
    const QTemporaryDir folder(u"snapshot-XXXXXX"_s);
    const QString desk = folder.filePath(u"desk"_s);
    QDir().mkpath(desk);
    const QString full = folder.filePath(u"full.snap"_s);
    const QString delta = folder.filePath(u"delta.snap"_s);
    const auto allCards = [cards]() -> NextCard {
        return [source = std::make_shared<CardSource>(cards)](CardChange &card) {
            return source->next(card);
        };
    };
    const auto allChanges = [cards, changes]() -> NextCard {
        return [source = std::make_shared<ChangeSource>(cards, changes)](CardChange &change) {
            return source->next(change);
        };
    };
    const double encoding = seconds([&] { writeStream(full, 0, 1, allCards); });
    const qint64 changed = writeStream(delta, 1, 2, allChanges);
    const QString million = QString::number(double(cards) / 1e6);

    const QString barePath = folder.filePath(u"bare.sqlite"_s);
    BareTable bare(barePath);
    MappedFile mapped(folder.filePath(u"mapped"_s));
    const double bareLoad = seconds([&] { bare.load(allCards()); });
    const double mappedLoad = seconds([&] { mapped.load(allCards()); });
    const QJsonObject load = inOwnProcess({u"take"_s, desk, full});
    const QString deskFile = desk + u"/cards-000000000001.sqlite"_s;
    const double applied = load[u"applied"_s].toDouble();
    report(u"first load of %1 M cards, against a bare table"_s.arg(million), applied, u"s"_s,
           bareLoad);
    report(u"the same, against a sorted file"_s, applied, u"s"_s, mappedLoad);
    report(u"the stream into its file, checked"_s, load[u"taken"_s].toDouble(), u"s"_s, {});
    report(u"the stream at the hub: made, packed, signed"_s, encoding / 2, u"s"_s, {});
    report(u"bytes a card on the line"_s, double(QFileInfo(full).size()) / double(cards), u"B"_s,
           {});
    report(u"resident, first load"_s, load[u"peak"_s].toDouble(), u"MiB"_s, {}, mostResident);
    report(u"bytes a card on disk, loaded"_s, bytesPerCard(deskFile, cards), u"B"_s,
           bytesPerCard(barePath, cards), mostBytes);

    const auto tokens = someTokens(cards, 100'000);
    const auto inBare = [&](CardToken token) { return bare.look(token); };
    const auto inMapped = [&](CardToken token) { return mapped.look(token); };
    (void)lookEach(tokens, inMapped); // its pages, once
    const QJsonObject looks = inOwnProcess({u"look"_s, desk, QString::number(cards)});
    const Times bareWarm = lookEach(tokens, inBare);
    const Times mappedWarm = lookEach(tokens, inMapped);
    report(u"look, warm, p50, against a bare table"_s, looks[u"warm50"_s].toDouble(), u"us"_s,
           bareWarm.p50);
    report(u"look, warm, p99, against a bare table"_s, looks[u"warm99"_s].toDouble(), u"us"_s,
           bareWarm.p99, slowestLook);
    report(u"look, warm, p99, against a sorted file"_s, looks[u"warm99"_s].toDouble(), u"us"_s,
           mappedWarm.p99);
    const std::vector<CardToken> few(tokens.begin(), tokens.begin() + 400);
    report(u"look, idle desk, p99, against a bare table"_s, looks[u"idle99"_s].toDouble(), u"us"_s,
           lookEach(few, inBare, std::chrono::milliseconds(20)).p99, slowestLook);
    report(u"look, first 500 after a start, p99"_s, looks[u"cold"_s].toDouble(), u"us"_s, {});
    report(u"file read through after a start"_s, looks[u"read"_s].toDouble(), u"s"_s, {});
    report(u"resident, looks"_s, looks[u"peak"_s].toDouble(), u"MiB"_s, {}, mostResident);

    storage::CardSnapshot snapshot(desk);
    Times during;
    const QJsonObject delta1 = inOwnProcess({u"take"_s, desk, delta}, [&](QProcess &process) {
        during = lookEach(
            tokens, [&](CardToken token) { return int(snapshot.look(token).value()->state); },
            std::chrono::microseconds(200), [&] { return !process.waitForReadyRead(0); });
    });
    const double bareChange = seconds([&] { bare.change(allChanges()); });
    const double mappedChange = seconds([&] { mapped.change(allChanges()); });
    const double deltaTime = delta1[u"applied"_s].toDouble();
    report(u"%1 changes beside a reader, against a bare table"_s.arg(changed), deltaTime, u"s"_s,
           bareChange, longestDelta);
    report(u"the same, against a sorted file written anew"_s, deltaTime, u"s"_s, mappedChange);
    report(u"look meanwhile, p99"_s, during.p99, u"us"_s, {}, slowestLookDuringDelta);
    report(u"look meanwhile, longest"_s, during.most, u"us"_s, {});
    report(u"resident, changes"_s, delta1[u"peak"_s].toDouble(), u"MiB"_s, {}, mostResident);
    report(u"bytes a card on disk, changed"_s, bytesPerCard(deskFile, cards), u"B"_s,
           bytesPerCard(barePath, cards), mostBytes);
    return 0;
}

} // namespace

/// bench_snapshot CARDS CHANGES: works in the current directory, so that it measures that disk.
int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"take")
        return takeIn(arguments.value(2), arguments.value(3));
    if (arguments.value(1) == u"look")
        return lookOften(arguments.value(2), arguments.value(3).toLongLong());
    return measure(arguments.value(1, u"20000000"_s).toLongLong(),
                   arguments.value(2, u"500000"_s).toLongLong());
}
