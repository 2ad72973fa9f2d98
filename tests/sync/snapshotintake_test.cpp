#include "support/catch.h"

#include "sync/snapshotintake.h"
#include "wire/samplestream.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <thread>

#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::sync;
using namespace upgradedesk::test;

namespace
{

const std::atomic_bool neverStop = false;

Result<SnapshotIntake> openIntake(const QTemporaryDir &folder, const QString &key = u"k-2022"_s)
{
    return SnapshotIntake::open(folder.path(), key, verifySnapshot);
}

/// One answer of the hub, cut off after so many bytes.
Result<void> answer(SnapshotIntake &intake, const QByteArray &stream, qsizetype bytes = -1)
{
    if (const auto begun = intake.begin(); !begun)
        return begun;
    const QByteArray body = bytes < 0 ? stream : stream.left(bytes);
    for (qsizetype at = 0; at < body.size(); at += 10'000) {
        if (const auto fed = intake.feed(QByteArrayView(body).sliced(at).first(
                std::min<qsizetype>(10'000, body.size() - at)));
            !fed)
            return fed;
    }
    return {};
}

/// The hub's answer to that request out of these rows.
QByteArray hubAnswer(const SnapshotRequest &request, wire::SnapshotHeader header,
                     const std::vector<CardChange> &rows)
{
    header.firstBlock = request.to == header.to ? request.block : 0;
    return snapshotStream(header, rows);
}

void takeWhole(const QTemporaryDir &folder, const wire::SnapshotHeader &header,
               const std::vector<CardChange> &rows)
{
    auto intake = openIntake(folder).value();
    REQUIRE(answer(intake, snapshotStream(header, rows)));
    REQUIRE(intake.isComplete());
    REQUIRE(intake.apply(neverStop).value());
}

std::optional<storage::SnapshotStand> standIn(const QTemporaryDir &folder)
{
    return storage::CardSnapshot(folder.path()).stand().value();
}

void checkStates(const QTemporaryDir &folder, const std::vector<CardChange> &rows)
{
    storage::CardSnapshot snapshot(folder.path());
    for (const CardChange &row : rows)
        REQUIRE(snapshot.look(row.token).value().value().state == row.state);
}

} // namespace

TEST_CASE("A desk without states asks for everything, later for the changes", "[sync]")
{
    const QTemporaryDir folder;
    auto intake = openIntake(folder).value();
    CHECK(intake.request().query() == u"since=0");
    const auto cards = someCards(10'000, 1);
    const auto changes = someCards(5000, 0, 2);

    REQUIRE(answer(intake, snapshotStream(snapshotHeader(0, 3, cards.size()), cards)));
    REQUIRE(intake.isComplete());
    CHECK(standIn(folder) == std::nullopt); // whole, but not applied
    const auto stand = intake.apply(neverStop).value();
    CHECK(stand->version == 3);
    CHECK_FALSE(intake.isComplete());
    CHECK(intake.request() == SnapshotRequest{3, 0, 0});
    checkStates(folder, cards);

    REQUIRE(answer(intake, snapshotStream(snapshotHeader(3, 9, changes.size()), changes)));
    REQUIRE(intake.apply(neverStop).value());
    CHECK(standIn(folder)->version == 9);
    checkStates(folder, changes);
    checkStates(folder, cards);
    CHECK(QFile(folder.filePath(u"snapshot.part"_s)).size() == 0);

    // Nothing new: only the time moves on.
    wire::SnapshotHeader nothing = snapshotHeader(9, 9, 0);
    nothing.asOf = nothing.asOf.addSecs(3600);
    REQUIRE(answer(intake, snapshotStream(nothing, {})));
    REQUIRE(intake.apply(neverStop).value());
    CHECK(standIn(folder)->asOf == nothing.asOf);

    // The hub may send everything again, whatever was asked for.
    REQUIRE(answer(intake, snapshotStream(snapshotHeader(0, 10, 5000), someCards(5000, 1, 7))));
    REQUIRE(intake.apply(neverStop).value());
    checkStates(folder, someCards(5000, 1, 7));
}

TEST_CASE("A download that breaks off goes on where it was, also in another program", "[sync]")
{
    const QTemporaryDir folder;
    const auto cards = someCards(30'000, 1);
    const wire::SnapshotHeader header = snapshotHeader(0, 3, cards.size());
    const bool restarts = GENERATE(false, true);
    std::mt19937 random(3);
    auto intake = std::make_unique<SnapshotIntake>(openIntake(folder).value());
    quint32 block = 0;
    int answers = 0;
    while (!intake->isComplete()) {
        const SnapshotRequest request = intake->request();
        CHECK(request.block >= block);
        block = request.block;
        const QByteArray stream = hubAnswer(request, header, cards);
        REQUIRE(answer(*intake, stream, std::min<qsizetype>(60'000, qsizetype(random() % 60'000))));
        REQUIRE(++answers < 200);
        if (restarts) {
            intake.reset();
            intake = std::make_unique<SnapshotIntake>(openIntake(folder).value());
        }
    }

    CHECK(answers > 3);
    REQUIRE(intake->apply(neverStop).value());
    checkStates(folder, cards);
}

TEST_CASE("A hub that cannot go on with the old version sends the new one whole", "[sync]")
{
    const QTemporaryDir folder;
    const auto cards = someCards(30'000, 1);
    auto intake = openIntake(folder).value();
    REQUIRE(answer(intake, snapshotStream(snapshotHeader(0, 3, cards.size()), cards), 80'000));
    REQUIRE(intake.request().block > 0);
    const auto other = someCards(20'000, 1, 5);

    REQUIRE(answer(intake, snapshotStream(snapshotHeader(0, 4, other.size()), other)));

    REQUIRE(intake.isComplete());
    REQUIRE(intake.apply(neverStop).value());
    CHECK(standIn(folder)->version == 4);
    checkStates(folder, other);
}

TEST_CASE("A stream that lies changes nothing", "[sync]")
{
    const QTemporaryDir folder;
    const auto cards = someCards(10'000, 1);
    takeWhole(folder, snapshotHeader(0, 5, cards.size()), cards);
    const auto changes = someCards(9000, 0, 2);
    const QByteArray good = snapshotStream(snapshotHeader(5, 6, changes.size()), changes);
    QByteArray turned = good;
    turned[turned.size() / 2] = char(turned[turned.size() / 2] ^ 1);
    QByteArray forged = good;
    forged.back() = char(forged.back() ^ 1);
    wire::SnapshotHeader otherKey = snapshotHeader(5, 6, changes.size());
    otherKey.tokenKeyId = u"k-2021"_s;
    wire::SnapshotHeader middle = snapshotHeader(5, 6, changes.size());
    middle.firstBlock = 1;
    struct Row {
        const char *name;
        QByteArray stream;
        ErrorCode code;
    };
    const Row row = GENERATE_COPY(values<Row>({
        {"a bit turned", turned, ErrorCode::SnapshotInvalid},
        {"forged signature", forged, ErrorCode::SnapshotInvalid},
        {"error page", "<html>", ErrorCode::SnapshotInvalid},
        {"tokens of another key", snapshotStream(otherKey, changes), ErrorCode::SnapshotInvalid},
        {"from a version that is not here",
         snapshotStream(snapshotHeader(4, 6, changes.size()), changes), ErrorCode::SnapshotInvalid},
        {"lower version, whole", snapshotStream(snapshotHeader(0, 4, cards.size()), cards),
         ErrorCode::SnapshotOld},
        {"lower version, changes", snapshotStream(snapshotHeader(3, 4, 0), {}),
         ErrorCode::SnapshotOld},
        {"more cards than there can be", snapshotHeader(5, 6, 200'000'000).bytes(),
         ErrorCode::SnapshotInvalid},
        {"goes on with what never began", snapshotStream(middle, changes),
         ErrorCode::SnapshotInvalid},
        {"something after the end", good + "x", ErrorCode::SnapshotInvalid},
    }));
    INFO(row.name);
    auto intake = openIntake(folder).value();

    const auto fed = answer(intake, row.stream);

    REQUIRE_FALSE(fed);
    CHECK(fed.error().code == row.code);
    CHECK_FALSE(intake.isComplete());
    CHECK(intake.request() == SnapshotRequest{5, 0, 0});
    CHECK(standIn(folder)->version == 5);
    checkStates(folder, cards);
    // And the next honest one is taken.
    REQUIRE(answer(intake, good));
    REQUIRE(intake.apply(neverStop).value());
    checkStates(folder, changes);
}

TEST_CASE("A file of the download that was changed meanwhile is not believed", "[sync]")
{
    const QTemporaryDir folder;
    const auto cards = someCards(10'000, 1);
    const QByteArray stream = snapshotStream(snapshotHeader(0, 5, cards.size()), cards);
    const bool whole = GENERATE(false, true);
    {
        auto intake = openIntake(folder).value();
        REQUIRE(answer(intake, stream, whole ? -1 : 40'000));
    }
    {
        QFile file(folder.filePath(u"snapshot.part"_s));
        REQUIRE(file.open(QIODevice::ReadWrite));
        file.seek(10'000);
        file.write("changed");
    }

    auto intake = openIntake(folder).value();

    CHECK(intake.request() == SnapshotRequest{0, 0, 0});
    CHECK_FALSE(intake.isComplete());
    REQUIRE(answer(intake, stream));
    REQUIRE(intake.apply(neverStop).value());
    checkStates(folder, cards);
}

TEST_CASE("What was applied before a run was killed is not applied again", "[sync]")
{
    const QTemporaryDir folder;
    const auto cards = someCards(10'000, 1);
    const QByteArray stream = snapshotStream(snapshotHeader(0, 5, cards.size()), cards);
    takeWhole(folder, snapshotHeader(0, 5, cards.size()), cards);
    {
        QFile file(folder.filePath(u"snapshot.part"_s));
        REQUIRE(file.open(QIODevice::WriteOnly));
        file.write(stream);
    }

    const auto intake = openIntake(folder).value();

    CHECK_FALSE(intake.isComplete());
    CHECK(intake.request() == SnapshotRequest{5, 0, 0});
}

TEST_CASE("Two programs do not take in at once", "[sync]")
{
    const QTemporaryDir folder;
    auto first = std::make_unique<SnapshotIntake>(openIntake(folder).value());

    CHECK(openIntake(folder).error().code == ErrorCode::SnapshotBusy);

    first.reset();
    CHECK(openIntake(folder));
}

TEST_CASE("Taking in stops when told to and goes on afterwards", "[sync]")
{
    const QTemporaryDir folder;
    const auto cards = someCards(10'000, 1);
    takeWhole(folder, snapshotHeader(0, 5, cards.size()), cards);
    const auto changes = someCards(9000, 0, 2);
    auto intake = openIntake(folder).value();
    REQUIRE(answer(intake, snapshotStream(snapshotHeader(5, 6, changes.size()), changes)));
    const std::atomic_bool stop = true;

    CHECK(intake.apply(stop).value() == std::nullopt);
    CHECK(standIn(folder)->version == 5);
    REQUIRE(intake.isComplete());
    REQUIRE(intake.apply(neverStop).value());

    CHECK(standIn(folder)->version == 6);
    checkStates(folder, changes);
}

TEST_CASE("States that cannot be read are taken away, and everything is asked for", "[sync]")
{
    const QTemporaryDir folder;
    const auto cards = someCards(10'000, 1);
    takeWhole(folder, snapshotHeader(0, 5, cards.size()), cards);
    {
        QFile file(QDir(folder.path()).filePath(u"cards-000000000001.sqlite"_s));
        REQUIRE(file.open(QIODevice::ReadWrite));
        file.write(QByteArray(4096, 'x'));
    }

    auto intake = openIntake(folder).value();

    CHECK(intake.request() == SnapshotRequest{0, 0, 0});
    REQUIRE(answer(intake, snapshotStream(snapshotHeader(0, 6, cards.size()), cards)));
    REQUIRE(intake.apply(neverStop).value());
    checkStates(folder, cards);
}

TEST_CASE("A desk with a new token key asks for everything and takes no old version", "[sync]")
{
    const QTemporaryDir folder;
    const auto cards = someCards(100, 1);
    takeWhole(folder, snapshotHeader(0, 5, cards.size()), cards);
    auto intake = openIntake(folder, u"k-2023"_s).value();
    wire::SnapshotHeader header = snapshotHeader(0, 4, cards.size());
    header.tokenKeyId = u"k-2023"_s;

    CHECK(intake.request() == SnapshotRequest{0, 0, 0});
    CHECK(answer(intake, snapshotStream(header, cards)).error().code == ErrorCode::SnapshotOld);
    header.to = 6;
    REQUIRE(answer(intake, snapshotStream(header, cards)));
    REQUIRE(intake.apply(neverStop).value());
    CHECK(standIn(folder)->tokenKeyId == u"k-2023");
}

TEST_CASE("A program killed -9 while it takes in leaves the old states or the new ones",
          "[sync][kill]")
{
    const QTemporaryDir folder;
    auto cards = someCards(20'000, 1);
    // However quick the machine is, it is killed at some moment of the work.
    const auto began = std::chrono::steady_clock::now();
    takeWhole(folder, snapshotHeader(0, 1, cards.size()), cards);
    const std::chrono::duration<double> work = std::chrono::steady_clock::now() - began;
    std::mt19937 random(4);
    std::uniform_real_distribution<double> share(0, 1);
    quint64 version = 1;
    int killed = 0;
    for (int round = 0; round < 30; ++round) {
        const bool whole = round % 3 == 0;
        const auto rows = someCards(20'000, whole ? 1 : 0, unsigned(round) + 10);
        const QByteArray stream =
            snapshotStream(snapshotHeader(whole ? 0 : version, version + 1, rows.size()), rows);
        const pid_t child = ::fork();
        if (child == 0) {
            auto intake = openIntake(folder);
            if (intake && (intake->isComplete() || answer(*intake, stream)))
                (void)intake->apply(neverStop);
            ::_exit(0);
        }
        std::this_thread::sleep_for(work * share(random));
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        killed += WIFSIGNALED(status) ? 1 : 0;

        const auto stand = standIn(folder);
        REQUIRE(stand);
        REQUIRE((stand->version == version || stand->version == version + 1));
        if (stand->version == version) {
            // Whatever was left: the next run ends it, a second later when the lock was half made.
            auto intake = openIntake(folder);
            for (int tries = 0; !intake && tries < 200; ++tries) {
                REQUIRE(intake.error().code == ErrorCode::SnapshotBusy);
                std::this_thread::sleep_for(std::chrono::milliseconds(50));
                intake = openIntake(folder);
            }
            REQUIRE(intake);
            if (!intake->isComplete())
                REQUIRE(answer(*intake, stream));
            REQUIRE(intake->apply(neverStop).value());
        }
        ++version;
        REQUIRE(standIn(folder)->version == version);
        checkStates(folder, rows);
    }
    CHECK(killed > 5);
}
