#include "hub/commands.h"
#include "hub/ledger.h"

#include "core/standardinput.h"
#include "crypto/pinhash.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

const QStringList roles{u"staff"_s, u"supervisor"_s, u"administrator"_s};

bool isOperatorId(const QString &text)
{
    static const QRegularExpression shape(u"^[A-Za-z0-9][A-Za-z0-9._-]{0,31}\\z"_s);
    return shape.match(text).hasMatch();
}

/// The window of a desk has six places for it, and its keys are digits.
bool isPin(const QString &text)
{
    static const QRegularExpression shape(u"^[0-9]{6}\\z"_s);
    return shape.match(text).hasMatch();
}

/// A PIN as a station's desks check it.
Result<QString> verifierOf(const Hub &hub, const QString &pin, const QString &station)
{
    const auto pepper = hub.keys.pepper(station);
    if (!pepper)
        return tl::unexpected(pepper.error());
    return hashPin(pin, *pepper);
}

Result<void> add(Hub &hub, const Arguments &line, const QString &pin)
{
    const QString station = line.value(u"station"_s);
    const auto verifier = verifierOf(hub, pin, station);
    if (!verifier)
        return tl::unexpected(verifier.error());
    const QDateTime now = hub.clock.now();
    return hub.database.transact([&](Session &session) -> Result<void> {
        const auto stationRow = session.run(
            "INSERT INTO station VALUES ($1::text, $1::text) ON CONFLICT (id) DO NOTHING",
            Parameters().text(station));
        if (!stationRow)
            return tl::unexpected(stationRow.error());
        const auto added =
            session.run("INSERT INTO operators (id, name, role, station, verifier, added)"
                        " VALUES ($1, $2, $3, $4, $5, $6::timestamptz) ON CONFLICT (id) DO NOTHING",
                        Parameters()
                            .text(line.words.first())
                            .text(line.value(u"name"_s))
                            .text(line.value(u"role"_s))
                            .text(station)
                            .text(*verifier)
                            .time(now));
        if (!added)
            return tl::unexpected(added.error());
        if (added->affected() == 0)
            return fail(ErrorCode::OperatorExists, u"an operator with this id"_s);
        if (const auto published = publishRoster(session, station, now); !published)
            return published;
        return noteInLedger(session, hub.config,
                            ledgerOfOperator(line.words.first(), line.value(u"name"_s),
                                             line.value(u"role"_s), station, *verifier, now));
    });
}

tl::unexpected<Error> notListed()
{
    return fail(ErrorCode::OperatorNotListed, u"no such operator"_s);
}

/// One statement about one operator, which returns the station; with its new roster and its line.
Result<void> change(Hub &hub, const char *sql, const Parameters &parameters,
                    const QJsonObject &ledgerLine, const QDateTime &now)
{
    return hub.database.transact([&](Session &session) -> Result<void> {
        const auto rows = session.run(sql, parameters);
        if (!rows)
            return tl::unexpected(rows.error());
        if (rows->isEmpty())
            return notListed();
        if (const auto published = publishRoster(session, rows->text(0, 0), now); !published)
            return published;
        return noteInLedger(session, hub.config, ledgerLine);
    });
}

Result<void> setPin(Hub &hub, const QString &id, const QString &pin)
{
    const auto station =
        hub.database.run("SELECT station FROM operators WHERE id = $1", Parameters().text(id));
    if (!station)
        return tl::unexpected(station.error());
    if (station->isEmpty())
        return notListed();
    const auto verifier = verifierOf(hub, pin, station->text(0, 0));
    if (!verifier)
        return tl::unexpected(verifier.error());
    const QDateTime now = hub.clock.now();
    return change(hub, setVerifierSql, Parameters().text(id).text(*verifier),
                  ledgerOfPin(id, *verifier, now), now);
}

/// What disables or enables somebody.
struct Switch {
    LocalText usage;
    const char *sql; ///< parameters: id, time; returns the station
    QJsonObject (*ledgerLine)(const QString &id, const QDateTime &at);
    LocalText done; ///< %1: the id
};

int switchOperator(const Console &console, const QStringList &arguments, const Switch &to)
{
    if (arguments.size() != 1 || !isOperatorId(arguments.first()))
        return console.usage(to.usage);
    Opened opened;
    if (const auto done = opened.open(console.configFile()); !done)
        return console.report(done.error());
    const QString &id = arguments.first();
    const QDateTime now = opened.hub->clock.now();
    const auto changed =
        change(*opened.hub, to.sql, Parameters().text(id).time(now), to.ledgerLine(id, now), now);
    if (!changed)
        return console.report(changed.error());
    console.result({{u"operator"_s, id}}, {to.done.chinese.arg(id), to.done.english.arg(id)});
    return int(ExitCode::Done);
}

int wrongPin(const Console &console)
{
    return console.usage({u"PIN 要六位数字"_s, u"a PIN has six digits"_s});
}

} // namespace

int operatorAdd(const Console &console, const QStringList &arguments)
{
    const Arguments line = Arguments::parse(arguments, {u"name"_s, u"role"_s, u"station"_s});
    if (line.wrong || line.words.size() != 1 || !isOperatorId(line.words.first()) ||
        line.value(u"name"_s).isEmpty() || line.value(u"name"_s).size() > 64 ||
        !roles.contains(line.value(u"role"_s)) || !isOperatorId(line.value(u"station"_s)))
        return console.usage(
            {u"需要 工号 --name 姓名 --role staff|supervisor|administrator --station 代码"_s,
             u"ID --name NAME --role staff|supervisor|administrator --station ID are needed"_s});
    const auto pin = readPin();
    if (!pin)
        return console.report(pin.error());
    if (!isPin(*pin))
        return wrongPin(console);
    Opened opened;
    if (const auto done = opened.open(console.configFile()); !done)
        return console.report(done.error());
    if (const auto added = add(*opened.hub, line, *pin); !added)
        return console.report(added.error());
    console.result({{u"operator"_s, line.words.first()}, {u"station"_s, line.value(u"station"_s)}},
                   {u"工号 %1 已加入"_s.arg(line.words.first()),
                    u"Operator %1 is added"_s.arg(line.words.first())});
    return int(ExitCode::Done);
}

int operatorDisable(const Console &console, const QStringList &arguments)
{
    return switchOperator(console, arguments,
                          {{u"operator disable 要一个工号"_s, u"operator disable takes one id"_s},
                           disableOperatorSql,
                           ledgerOfDisabled,
                           {u"工号 %1 已停用"_s, u"Operator %1 is disabled"_s}});
}

int operatorEnable(const Console &console, const QStringList &arguments)
{
    return switchOperator(
        console, arguments,
        {{u"operator enable 要一个工号"_s, u"operator enable takes one id"_s},
         enableOperatorSql,
         ledgerOfEnabled,
         {u"工号 %1 已启用，PIN 不变"_s, u"Operator %1 is enabled, with the PIN as before"_s}});
}

int operatorPin(const Console &console, const QStringList &arguments)
{
    if (arguments.size() != 1 || !isOperatorId(arguments.first()))
        return console.usage({u"operator pin 要一个工号"_s, u"operator pin takes one id"_s});
    const auto pin = readPin();
    if (!pin)
        return console.report(pin.error());
    if (!isPin(*pin))
        return wrongPin(console);
    Opened opened;
    if (const auto done = opened.open(console.configFile()); !done)
        return console.report(done.error());
    if (const auto set = setPin(*opened.hub, arguments.first(), *pin); !set)
        return console.report(set.error());
    console.result({{u"operator"_s, arguments.first()}},
                   {u"工号 %1 的 PIN 已换"_s.arg(arguments.first()),
                    u"Operator %1 has a new PIN"_s.arg(arguments.first())});
    return int(ExitCode::Done);
}

int operatorList(const Console &console, const QStringList &arguments)
{
    if (!arguments.isEmpty())
        return console.usage({u"operator list 没有参数"_s, u"operator list takes no arguments"_s});
    Opened opened;
    if (const auto done = opened.open(console.configFile()); !done)
        return console.report(done.error());
    const auto rows = opened.hub->database.run("SELECT id, name, role, station, ms(added),"
                                               " ms(disabled) FROM operators ORDER BY station, id");
    if (!rows)
        return console.report(rows.error());
    for (int row = 0; row < rows->size(); ++row) {
        const QString state = rows->isNull(row, 5) ? u"enabled"_s : u"disabled"_s;
        const QString text = rows->text(row, 0) + u"  "_s + state + u"  "_s + rows->text(row, 3) +
                             u"  "_s + rows->text(row, 2) + u"  "_s + rows->text(row, 1);
        console.result({{u"operator"_s, rows->text(row, 0)},
                        {u"name"_s, rows->text(row, 1)},
                        {u"role"_s, rows->text(row, 2)},
                        {u"station"_s, rows->text(row, 3)},
                        {u"state"_s, state},
                        {u"added"_s, timeOrEmpty(rows->time(row, 4))},
                        {u"disabled"_s, timeOrEmpty(rows->time(row, 5))}},
                       {text, text});
    }
    return int(ExitCode::Done);
}

} // namespace upgradedesk::hub
