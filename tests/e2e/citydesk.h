#pragma once

#include "support/catch.h"

#include "core/resourcepath.h"
#include "e2e/storedesk.h"
#include "support/hubprocess.h"

#include <QFile>

namespace upgradedesk::test
{

/// The program's rules again, under the version 2022-05-28.9.
inline void publishNextRules(const HubProcess &hub)
{
    QFile shipped(resourcePath(u"rules/rules.json"));
    REQUIRE(shipped.open(QIODevice::ReadOnly));
    QFile published(hub.folder.filePath(u"rules.json"_s));
    REQUIRE(published.open(QIODevice::WriteOnly));
    published.write(shipped.readAll().replace("2022-05-28.1", "2022-05-28.9"));
    published.close();
    REQUIRE(hub.run({u"rules"_s, u"publish"_s, published.fileName()}).exit == 0);
}

/// A desk of a real practice hub; everything through deskctl.
class CityDesk
{
public:
    /// Not enrolled.
    CityDesk() = default;
    explicit CityDesk(const HubProcess &hub)
    {
        const auto invited = hub.run(
            {u"desk"_s, u"invite"_s, u"--station"_s, u"station-1"_s, u"--name"_s, u"服务台"_s});
        enrolled = run({u"enrol"_s, u"--hub"_s, u"https://127.0.0.1:%1"_s.arg(hub.port),
                        u"--code"_s, invited.json().value(u"code"_s).toString()});
    }

    [[nodiscard]] Run run(const QStringList &arguments, const QByteArray &input = {}) const
    {
        return StoreDesk::runProgram(StoreDesk::program(),
                                     QStringList{u"--practice"_s, u"--data"_s, files.data,
                                                 u"--lang"_s, u"en"_s, u"--json"_s} +
                                         arguments,
                                     input);
    }
    [[nodiscard]] Run link(int first, int count) const
    {
        return run(
            {u"link"_s, u"--from"_s, files.bulkFile(first, count), u"--operator"_s, u"9001"_s},
            "135790\n");
    }
    /// unlink, replace and the like, by operator 9001.
    [[nodiscard]] Run change(const QStringList &arguments) const
    {
        return run(arguments + QStringList{u"--operator"_s, u"9001"_s}, "135790\n");
    }
    [[nodiscard]] Run unlink(int card, int holder) const
    {
        return change({u"unlink"_s, u"--card"_s, cardNumber(card), u"--doc-kind"_s, u"resident"_s,
                       u"--doc-number"_s, residentNumber(holder)});
    }
    [[nodiscard]] Run replace(int oldCard, int card, int holder) const
    {
        return change({u"replace"_s, u"--old-card"_s, cardNumber(oldCard), u"--card"_s,
                       cardNumber(card), u"--doc-kind"_s, u"resident"_s, u"--doc-number"_s,
                       residentNumber(holder)});
    }
    [[nodiscard]] Run linkCard(int card, int holder) const
    {
        return change({u"link"_s, u"--card"_s, cardNumber(card), u"--doc-kind"_s, u"resident"_s,
                       u"--doc-number"_s, residentNumber(holder), u"--name"_s, personName(holder),
                       u"--consent"_s, u"current"_s});
    }
    [[nodiscard]] bool sync() const
    {
        const Run done = run({u"sync"_s, u"--until-empty"_s});
        INFO(done.err.toStdString());
        CHECK(done.err.isEmpty());
        return done.exit == 0;
    }
    void checkGate(int card, const QStringList &options, int exit, const QString &code,
                   const QString &basis) const
    {
        const Run run = this->run(QStringList{u"gate"_s, cardNumber(card)} + options);
        INFO("card " << card << ' ' << run.out.toStdString() << run.err.toStdString());
        CHECK(run.exit == exit);
        CHECK(run.line().value(u"code"_s) == code);
        CHECK(run.line().value(u"basis"_s) == basis);
    }

    StoreDesk files;
    Run enrolled;
};

} // namespace upgradedesk::test
