#include "support/catch.h"

#include "chiphost.h"

#include "sim/controllines.h"
#include "sim/controlserver.h"
#include "sim/virtualreader.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTemporaryDir>

#include <future>

using namespace upgradedesk;
using namespace upgradedesk::test;
using namespace Qt::StringLiterals;

namespace
{

/// Asks from another thread while this one serves.
QString askServer(const QString &path, const QString &line)
{
    auto answer = std::async(std::launch::async, [&] {
        const auto result = sendControlLine(path, line);
        return result ? *result : u"failed"_s;
    });
    while (answer.wait_for(std::chrono::milliseconds{1}) != std::future_status::ready)
        QCoreApplication::processEvents();
    return answer.get();
}

} // namespace

TEST_CASE("Control lines are obeyed or refused with a reason", "[sim]")
{
    VirtualReader reader{{card()}};
    REQUIRE(reader.start());
    struct Row {
        const char *line;
        const char *answer;
    };
    const auto row = GENERATE(values<Row>({
        {"tap card", "ok"},
        {"  tap   card  ", "ok"},
        {"tap nobody", "error no card has this name; there are 1, see `list`"},
        {"tap", "error this word takes 1 arguments"},
        {"tap a b", "error this word takes 1 arguments"},
        {"remove", "ok"},
        {"unplug", "ok"},
        {"plug", "ok"},
        {"stall 10", "ok"},
        {"stall -1", "error a number from 0 to 600000 is needed"},
        {"stall soon", "error a number from 0 to 600000 is needed"},
        {"tear 2", "ok"},
        {"corrupt 3", "ok"},
        {"status 2 80", "ok"},
        {"status 2 zz", "error a number of answers and a byte in hex are needed"},
        {"status 2 100", "error a number of answers and a byte in hex are needed"},
        {"list", "ok card"},
        {"", "error empty line"},
    }));

    INFO(row.line);
    CHECK(obeyControlLine(reader, QString::fromLatin1(row.line)) ==
          QString::fromLatin1(row.answer));
}

TEST_CASE("A control server answers line by line and outlives bad clients", "[sim]")
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"control"_s);
    {
        ControlServer server{[](const QString &line) { return u"got "_s + line; }};
        REQUIRE(server.listen(path));
        CHECK((QFileInfo{path}.permissions() &
               (QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteOther)) == 0);

        CHECK(askServer(path, u"one"_s) == u"got one"_s);
        CHECK(askServer(path, QString{20'000, u'x'}) == u"failed"_s);
        CHECK(askServer(path, u"二"_s) == u"got 二"_s);

        ControlServer second{[](const QString &) { return u"second"_s; }};
        CHECK_FALSE(second.listen(path));
        CHECK(askServer(path, u"still there"_s) == u"got still there"_s);
    }
    CHECK_FALSE(QFileInfo::exists(path));
    const auto nobody = sendControlLine(path, u"hello"_s);
    CHECK_FALSE(nobody);
}
