#include "hub/commands.h"
#include "hub/desks.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

bool isName(const QString &text)
{
    static const QRegularExpression shape(u"^[^\\x00-\\x1f\\x7f]{1,64}\\z"_s);
    return shape.match(text).hasMatch();
}

bool isId(const QString &text)
{
    static const QRegularExpression shape(u"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\\z"_s);
    return shape.match(text).hasMatch();
}

QString stateOf(const DeskEntry &desk)
{
    if (desk.revoked.isValid())
        return u"revoked"_s;
    return desk.enrolled.isValid() ? u"enrolled"_s : u"invited"_s;
}

} // namespace

LocalText aboutSecondMachine(const QString &desk, const QDateTime &until)
{
    const QString day = beijingDate(until).toString(Qt::ISODate);
    return {u"注意：%1 已有证书，用到 %2。若不是同一台机器重新登记，就会有两台机器用同一个身份；"
            u"旧机器丢失的，请停用它（desk revoke）再新建服务台"_s.arg(desk, day),
            u"Note: %1 has a certificate until %2. Unless this is the same machine again, two"
            u" machines will be one desk; where the old one is lost, revoke it (desk revoke) and"
            u" invite a new desk"_s.arg(desk, day)};
}

int deskInvite(const Console &console, const QStringList &arguments)
{
    const Arguments line =
        Arguments::parse(arguments, {u"station"_s, u"station-name"_s, u"name"_s, u"desk"_s});
    const bool isNew = isId(line.value(u"station"_s)) && isName(line.value(u"name"_s)) &&
                       (!line.has(u"station-name"_s) || isName(line.value(u"station-name"_s)));
    const bool isThere = isId(line.value(u"desk"_s)) && line.options.size() == 1;
    if (line.wrong || !line.words.isEmpty() || (line.has(u"desk"_s) ? !isThere : !isNew))
        return console.usage({u"需要 --station 代码 --name 名称，或 --desk 服务台"_s,
                              u"--station ID and --name NAME are needed, or --desk DESK"_s});
    Opened opened;
    if (const auto done = opened.open(console.configFile()); !done)
        return console.report(done.error());
    Desks desks(*opened.hub);
    const auto made = isThere ? desks.inviteAgain(line.value(u"desk"_s))
                              : desks.invite(line.value(u"station"_s),
                                             line.value(u"station-name"_s), line.value(u"name"_s));
    if (!made)
        return console.report(made.error());
    const auto speaksUntil = desks.speaksUntil(made->desk);
    if (!speaksUntil)
        return console.report(speaksUntil.error());
    if (*speaksUntil)
        console.note(aboutSecondMachine(made->desk, **speaksUntil));
    const QString expires = timeOrEmpty(made->expires);
    console.result(
        {{u"desk"_s, made->desk}, {u"code"_s, made->code.text()}, {u"expires"_s, expires}},
        {u"%1\n%2 的登记码（24 小时内用一次，到 %3）"_s.arg(made->code.text(), made->desk, expires),
         u"%1\nCode for one enrolment of %2 within 24 hours, until %3"_s.arg(made->code.text(),
                                                                             made->desk, expires)});
    return int(ExitCode::Done);
}

int deskList(const Console &console, const QStringList &arguments)
{
    if (!arguments.isEmpty())
        return console.usage({u"desk list 没有参数"_s, u"desk list takes no arguments"_s});
    Opened opened;
    if (const auto done = opened.open(console.configFile()); !done)
        return console.report(done.error());
    const auto desks = Desks(*opened.hub).list();
    if (!desks)
        return console.report(desks.error());
    for (const DeskEntry &desk : *desks) {
        const QString text =
            desk.id + u"  "_s + stateOf(desk) + u"  "_s + desk.station + u"  "_s + desk.name;
        console.result({{u"desk"_s, desk.id},
                        {u"name"_s, desk.name},
                        {u"station"_s, desk.station},
                        {u"stationName"_s, desk.stationName},
                        {u"state"_s, stateOf(desk)},
                        {u"invited"_s, timeOrEmpty(desk.invited)},
                        {u"enrolled"_s, timeOrEmpty(desk.enrolled)},
                        {u"revoked"_s, timeOrEmpty(desk.revoked)},
                        {u"lastRecord"_s, timeOrEmpty(desk.lastRecord)}},
                       {text, text});
    }
    return int(ExitCode::Done);
}

int deskRevoke(const Console &console, const QStringList &arguments)
{
    if (arguments.size() != 1 || !isId(arguments.first()))
        return console.usage(
            {u"desk revoke 要一个服务台的代码"_s, u"desk revoke takes the id of one desk"_s});
    Opened opened;
    if (const auto done = opened.open(console.configFile()); !done)
        return console.report(done.error());
    const auto revoked = Desks(*opened.hub).revoke(arguments.first());
    if (!revoked)
        return console.report(revoked.error());
    QJsonObject result{{u"desk"_s, arguments.first()},
                       {u"tokenKeyId"_s, QString::number(revoked->tokenKey)}};
    if (revoked->here) {
        result.insert(u"retokened"_s, revoked->cards);
        result.insert(u"unreadable"_s, revoked->unreadable);
    }
    console.result(result, {u"服务台 %1 已停用"_s.arg(arguments.first()),
                            u"Desk %1 is revoked"_s.arg(arguments.first())});
    return int(ExitCode::Done);
}

} // namespace upgradedesk::hub
