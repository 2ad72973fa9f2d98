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

Result<void> add(Hub &hub, const Arguments &line, const QString &pin)
{
    const QString station = line.value(u"station"_s);
    const auto pepper = hub.keys.pepper(station);
    if (!pepper)
        return tl::unexpected(pepper.error());
    const auto verifier = hashPin(pin, *pepper);
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
        return console.usage({u"PIN 要六位数字"_s, u"a PIN has six digits"_s});
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
    if (arguments.size() != 1 || !isOperatorId(arguments.first()))
        return console.usage(
            {u"operator disable 要一个工号"_s, u"operator disable takes one id"_s});
    Opened opened;
    if (const auto done = opened.open(console.configFile()); !done)
        return console.report(done.error());
    Hub &hub = *opened.hub;
    const QDateTime now = hub.clock.now();
    const auto disabled = hub.database.transact([&](Session &session) -> Result<void> {
        const auto rows =
            session.run("UPDATE operators SET disabled = coalesce(disabled, $2::timestamptz)"
                        " WHERE id = $1 RETURNING station",
                        Parameters().text(arguments.first()).time(now));
        if (!rows)
            return tl::unexpected(rows.error());
        if (rows->isEmpty())
            return fail(ErrorCode::OperatorUnknown, u"no such operator"_s);
        if (const auto published = publishRoster(session, rows->text(0, 0), now); !published)
            return published;
        return noteInLedger(session, hub.config, ledgerOfDisabled(arguments.first(), now));
    });
    if (!disabled)
        return console.report(disabled.error());
    console.result({{u"operator"_s, arguments.first()}},
                   {u"工号 %1 已停用"_s.arg(arguments.first()),
                    u"Operator %1 is disabled"_s.arg(arguments.first())});
    return int(ExitCode::Done);
}

} // namespace upgradedesk::hub
