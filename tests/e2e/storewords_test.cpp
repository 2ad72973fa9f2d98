#include "support/catch.h"

#include "e2e/storedesk.h"

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// As people type it: with the folder and the language only, and those behind the command.
Run typed(const StoreDesk &desk, const QStringList &words, const QByteArray &input = {})
{
    return StoreDesk::runProgram(StoreDesk::program(),
                                 words + QStringList{u"--data"_s, desk.data, u"--lang"_s, u"en"_s},
                                 input);
}

} // namespace

TEST_CASE("Options of every command work behind it too", "[e2e]")
{
    const StoreDesk desk;
    REQUIRE(typed(desk, {u"provision"_s, u"--training"_s}).exit == 0);

    const Run status = typed(desk, {u"queue"_s, u"status"_s, u"--json"_s});

    CHECK(status.exit == 0);
    CHECK(status.line().value(u"queued"_s) == 0);
    const Run noValue = StoreDesk::runProgram(
        StoreDesk::program(), {u"--lang"_s, u"en"_s, u"queue"_s, u"list"_s, u"--data"_s});
    CHECK(noValue.exit == 2);
    CHECK(noValue.err.contains("--data needs a value"));
}

TEST_CASE("The first word of a command alone is told what comes behind it", "[e2e]")
{
    const StoreDesk desk;
    for (const QStringList &words : {QStringList{u"card"_s}, {u"card"_s, u"reed"_s}}) {
        const Run run = typed(desk, words);
        CHECK(run.exit == 2);
        CHECK(run.err.contains("after card comes one of: resolve, read"));
    }
    const Run other = typed(desk, {u"cart"_s});
    CHECK(other.err.contains("there is no such command"));
    CHECK_FALSE(other.err.contains("cart"));
}

TEST_CASE("A desk without identity says which line to type, with the folder in use", "[e2e]")
{
    const StoreDesk desk;

    const Run run = typed(desk, {u"queue"_s, u"list"_s});

    CHECK(run.exit == 6);
    CHECK(run.err.contains("deskctl --data " + desk.data.toUtf8() + " provision --training"));
    CHECK(run.err.contains("upgradedesk --training --data " + desk.data.toUtf8()));
}

TEST_CASE("Lists say when they are empty, and a restore is told from a revoke", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    const Run empty = typed(desk, {u"queue"_s, u"list"_s});
    CHECK(empty.exit == 0);
    CHECK(empty.out.isEmpty());
    CHECK(empty.err == "Nothing is in the list.\n");
    CHECK(desk.run({u"queue"_s, u"list"_s}).err.isEmpty());

    REQUIRE(desk.link(1).exit == 0);
    for (const QString &slip : {u"1"_s, u"2"_s})
        REQUIRE(desk.revoke(slip).exit == 0);

    const QByteArray list = typed(desk, {u"queue"_s, u"list"_s}).out;
    const QList<QByteArray> rows = list.split('\n');
    CHECK(rows.value(0).contains("  link  "));
    CHECK(rows.value(1).contains("  revoke (taken back)  "));
    CHECK(rows.value(2).contains("  restore  "));
    const QByteArray journal = typed(desk, {u"audit"_s, u"list"_s}).out;
    CHECK(journal.count("  revoke  ") == 1);
    CHECK(journal.count("  restore  ") == 1);

    REQUIRE(desk.revoke(u"3"_s).exit == 0);
    const QList<QJsonObject> lines = desk.run({u"queue"_s, u"list"_s}).lines();
    REQUIRE(lines.size() == 4);
    for (const auto &[line, restores, active] :
         {std::tuple{0, false, false}, {1, false, true}, {2, true, false}, {3, false, true}}) {
        INFO(line);
        CHECK(lines.at(line).value(u"kind"_s) == (line == 0 ? u"link"_s : u"revoke"_s));
        CHECK(lines.at(line).value(u"restores"_s) == restores);
        CHECK(lines.at(line).value(u"active"_s) == active);
    }
}

TEST_CASE("What is wrong with a line of a file is said in words", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    const Run run = typed(desk, {u"link"_s, u"--from"_s, u"-"_s, u"--operator"_s, u"9001"_s},
                          "135790\nnonsense\n{\"cart\":\"1\"}\n");

    CHECK(run.exit == 1);
    CHECK(run.err.contains("Line 1: This line is not right: it is not a JSON object."));
    CHECK(run.err.contains("Line 2: This line is not right: it has a key that is not known."));
    CHECK(run.err.contains("Saved: 0; wrong and skipped: 2."));
}
