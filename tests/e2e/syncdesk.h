#pragma once

#include "e2e/storedesk.h"
#include "support/catch.h"
#include "support/hubprocess.h"

#include <QHash>
#include <QTest>

namespace upgradedesk::test
{

/// A desk with a folder of its own.
class SyncDesk : public StoreDesk
{
public:
    /// Without an identity yet.
    SyncDesk() = default;
    /// Enrolled through deskctl.
    SyncDesk(const HubProcess &hub, int port)
    {
        const auto invited = hub.run(
            {u"desk"_s, u"invite"_s, u"--station"_s, u"station-1"_s, u"--name"_s, u"1 号服务台"_s});
        REQUIRE(invited.exit == 0);
        const Run enrolled = work({u"enrol"_s, u"--hub"_s, u"https://127.0.0.1:%1"_s.arg(port),
                                   u"--code"_s, invited.json().value(u"code"_s).toString()});
        INFO(enrolled.err.toStdString());
        REQUIRE(enrolled.exit == 0);
        id = enrolled.line().value(u"desk"_s).toString();
        REQUIRE_FALSE(id.isEmpty());
    }

    /// deskctl while the event loop of this thread goes on: proxies live in it.
    [[nodiscard]] Run work(const QStringList &arguments, const QByteArray &input = {}) const
    {
        QProcess process;
        start(process, arguments, input);
        REQUIRE(finish(process));
        return {process.exitCode(), process.readAllStandardOutput(),
                process.readAllStandardError()};
    }
    void start(QProcess &process, const QStringList &arguments, const QByteArray &input = {}) const
    {
        tieToThisProgram(process);
        process.start(program(), QStringList{u"--practice"_s} + command(arguments));
        process.write(input);
        process.closeWriteChannel();
    }
    [[nodiscard]] static bool finish(QProcess &process)
    {
        return QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; },
                               240'000);
    }
    void link(int first, int count) const { linkFrom(bulkFile(first, count)); }
    /// The same cards, each with the person of the next one: beside link() at another desk, of each
    /// card and of each person only one can be linked.
    void linkCrossed(int first, int count) const
    {
        QFile file(folder.filePath(u"crossed-%1.jsonl"_s.arg(first)));
        REQUIRE(file.open(QIODevice::WriteOnly));
        for (int i = 0; i < count; ++i) {
            QJsonObject entry = StoreDesk::entry(first + i);
            entry.insert(u"docNumber"_s, residentNumber(first + (i + 1) % count));
            file.write(jsonLine(entry));
        }
        file.close();
        linkFrom(file.fileName());
    }
    void linkFrom(const QString &file) const
    {
        const Run run = bulk(file);
        INFO(run.err.toStdString());
        REQUIRE(run.exit == 0);
    }
    void drain() const
    {
        const Run run = work({u"sync"_s, u"--until-empty"_s});
        INFO(run.err.toStdString());
        REQUIRE(run.exit == 0);
        CHECK(run.line().value(u"left"_s).toInt(-1) == 0);
    }
    [[nodiscard]] int inState(const QString &state) const
    {
        return run({u"queue"_s, u"status"_s}).line().value(state).toInt(-1);
    }
    /// What became of each record, as this desk knows it: `accepted` or the reason.
    [[nodiscard]] QHash<QString, QString> told() const
    {
        QHash<QString, QString> all;
        for (const QJsonObject &row : run({u"queue"_s, u"list"_s}).lines()) {
            const QString state = row.value(u"state"_s).toString();
            all.insert(row.value(u"record"_s).toString(),
                       state == u"attention" ? row.value(u"reason"_s).toString() : state);
        }
        return all;
    }
    void checkSound() const
    {
        const Run audit = run({u"audit"_s, u"verify"_s});
        CHECK(audit.exit == 0);
    }

    QString id;
};

inline int countOf(const HubProcess &hub, const QString &sql)
{
    return psql(hub.database.name(), sql).toInt();
}

/// Each record once, each card linked to one person, each person with one card.
inline void checkHub(const HubProcess &hub, int links)
{
    CHECK(countOf(hub, u"SELECT count(*) FROM records WHERE reason IS NULL"_s) == links);
    CHECK(countOf(hub, u"SELECT count(*) FROM envelope"_s) == links);
    CHECK(countOf(hub, u"SELECT count(DISTINCT sha256) FROM envelope"_s) == links);
    CHECK(countOf(hub, u"SELECT count(*) FROM card WHERE state = 'linked'"_s) == links);
    CHECK(countOf(hub, u"SELECT count(DISTINCT person) FROM card"_s) == links);
    CHECK(countOf(hub, u"SELECT count(*) FROM holding"_s) == links);
}

} // namespace upgradedesk::test
