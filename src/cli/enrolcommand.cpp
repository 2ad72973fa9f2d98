#include "cli/commands.h"

#include "core/arguments.h"
#include "cli/syncrun.h"
#include "core/newfile.h"
#include "core/sentences.h"
#include "storage/hubstore.h"
#include "sync/deskupkeep.h"
#include "sync/enrolment.h"
#include "sync/firstcontact.h"
#include "sync/publishedrules.h"
#include "sync/trainingprovision.h"
#include "wire/provisioningfile.h"

#include <QCoreApplication>
#include <QFile>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

/// An identity is for real work unless somebody says otherwise.
Profile profileAsked(const Console &console)
{
    return console.profile().value_or(Profile::Production);
}

std::optional<QUrl> hubUrl(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.scheme() != u"https" || url.host().isEmpty() || text.size() > 256 ||
        !url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment() ||
        (!url.path().isEmpty() && url.path() != u"/"))
        return std::nullopt;
    return url;
}

/// At first contact no desk is there yet that could work on, and nothing is tried again by itself.
Error atFirstContact(Error error)
{
    if (error.code == ErrorCode::HubNoNetwork || error.code == ErrorCode::HubNoAnswer)
        error.code = ErrorCode::EnrolmentNoHub;
    else if (error.code == ErrorCode::HubFailed)
        error.code = ErrorCode::EnrolmentHubFailed;
    return error;
}

int tellIdentity(const Console &console, const Clock &clock)
{
    const auto identity = sync::DeskIdentity::load(console.dataFolder(), clock);
    if (!identity)
        return console.report(identity.error());
    const QString until = toBeijing(identity->validUntil()).toString(Qt::ISODate);
    console.result(
        QJsonObject{{u"desk"_s, identity->desk()},
                    {u"station"_s, identity->stationName()},
                    {u"validUntil"_s, until}},
        console
            .say(u"已登记：%1（%2），%3，有效期至 %4。"_s,
                 u"Enrolled: %1 (%2), %3, valid until %4."_s)
            .arg(identity->deskName(), identity->desk(), identity->stationName(), until));
    return int(ExitCode::Done);
}

int requestProvisioning(Console &console, const QString &path)
{
    const auto pending = sync::pendingDesk(console.dataFolder());
    if (!pending)
        return console.report(pending.error());
    auto file = NewFile::create(path);
    if (!file)
        return console.report(file.error());
    if (const auto written = file->write(pending->request.pem()); !written)
        return console.report(written.error());
    if (const auto finished = file->finish(); !finished)
        return console.report(finished.error());
    console.result(
        QJsonObject{{u"file"_s, path}},
        console.say(u"登记请求已写好，请带给中心；带回的文件用 deskctl provision 装入。"_s,
                    u"The request is written; take it to the hub, and what comes back "
                    u"into deskctl provision."_s));
    return int(ExitCode::Done);
}

int takeProvisioning(Console &console, const Arguments &line)
{
    const QString path = line.words.first();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return console.report(Error{ErrorCode::FileUnreadable, {}, {path}});
    const QByteArray bytes = file.read(wire::largestProvisioningFile + 1);
    const auto pending = sync::pendingDesk(console.dataFolder());
    if (!pending)
        return console.report(pending.error());
    const auto opened = sync::openProvisioning(bytes, *pending, profileAsked(console));
    if (!opened)
        return console.report(opened.error());

    const QString fingerprint = QString::fromLatin1(opened->authority.fingerprint().toHex(':'));
    if (line.has(u"fingerprint"_s)) {
        const QString given = line.value(u"fingerprint"_s).toLower().remove(u':').remove(u' ');
        if (given != QString(fingerprint).remove(u':'))
            return console.report(Error{ErrorCode::ProvisioningOtherHub, {}, {}});
    } else {
        console.note(console
                         .say(u"中心的指纹是 %1\n与中心核对无误后输入 是："_s,
                              u"The hub's fingerprint is %1\nCompare it with the hub's, then "
                              u"type yes:"_s)
                         .arg(fingerprint));
        if (!console.confirmed())
            return console.report(Error{ErrorCode::ProvisioningUnconfirmed, {}, {}});
    }

    const SystemClock clock;
    if (const auto installed =
            sync::installEnrolled(console.dataFolder(), profileAsked(console), line.value(u"hub"_s),
                                  opened->authority, *pending, opened->answer, clock);
        !installed)
        return console.report(installed.error());
    auto desk = OpenDesk::open(console, clock);
    if (!desk)
        return console.report(desk.error());
    for (const wire::SignedDocument &document : opened->documents) {
        const auto taken =
            sync::takeDocument(document, desk->identity, desk->store.hub(), checkRules, clock);
        if (!taken && taken.error().code != ErrorCode::DocumentOlder)
            return console.report(taken.error());
        // As what comes over the network: the window starts with them.
        if (taken && document.kind == u"rules") {
            if (const auto kept = sync::savePublishedRules(console.dataFolder(), document); !kept)
                return console.report(kept.error());
        }
    }
    return tellIdentity(console, clock);
}

int provisionTrainingDesk(Console &console)
{
    const SystemClock clock;
    if (const auto done = sync::provisionTraining(console.dataFolder(), clock); !done)
        return console.report(done.error());
    const auto identity = sync::DeskIdentity::load(console.dataFolder(), clock);
    if (!identity)
        return console.report(identity.error());
    const QString until = toBeijing(identity->validUntil()).toString(Qt::ISODate);
    console.result(QJsonObject{{u"desk"_s, identity->desk()},
                               {u"station"_s, identity->stationName()},
                               {u"validUntil"_s, until}},
                   console
                       .say(u"已登记为培训台 %1，%2，有效期至 %3。工号 9001，PIN 135790。"_s,
                            u"Training desk %1, %2, valid until %3. Operator 9001, PIN 135790."_s)
                       .arg(identity->desk(), identity->stationName(), until));
    return int(ExitCode::Done);
}

} // namespace

int enrol(Console &console, const QStringList &arguments)
{
    const Arguments line = Arguments::parse(arguments, {u"hub"_s, u"code"_s});
    if (line.wrong)
        return console.usage(*line.wrong);
    for (const QString &needed : {u"hub"_s, u"code"_s}) {
        if (line.value(needed).isEmpty())
            return console.usage(neededOption(needed));
    }
    const auto hub = hubUrl(line.value(u"hub"_s));
    if (!hub || !line.words.isEmpty() || console.profile() == Profile::Training)
        return console.usage({u"--hub 是 https://主机:端口；培训台不联网"_s,
                              u"--hub is https://HOST:PORT; a training desk has no network"_s});
    const auto code = EnrolmentCode::fromText(line.value(u"code"_s));
    if (!code)
        return console.report(Error{ErrorCode::EnrolmentCodeWrong, {}, {}});
    const auto pending = sync::pendingDesk(console.dataFolder());
    if (!pending)
        return console.report(pending.error());

    sync::FirstContact contact;
    std::optional<sync::HubResult<sync::FirstContact::Enrolled>> met;
    contact.enrol(*hub, profileAsked(console), *code, pending->request.pem(),
                  pending->before ? pending->before->desk : QString(), [&met](const auto &result) {
                      met = result;
                      QCoreApplication::quit();
                  });
    QCoreApplication::exec();
    if (!*met)
        return console.report(atFirstContact(met->error().error));
    const SystemClock clock;
    const sync::FirstContact::Enrolled &enrolled = **met;
    if (const auto installed = sync::installEnrolled(
            console.dataFolder(), profileAsked(console), hub->toString(QUrl::FullyEncoded),
            enrolled.authority, *pending, enrolled.answer, clock);
        !installed)
        return console.report(installed.error());

    // Rules and roster follow; when they do not, the next sync brings them.
    auto desk = OpenDesk::open(console, clock);
    if (!desk)
        return console.report(desk.error());
    const auto nobody = [](const Error &) {};
    if (const auto fetched = runSync(*desk, console.dataFolder(), SyncUntil::Documents, nobody);
        !fetched)
        console.note(sentence(fetched.error(), console.language()));
    return tellIdentity(console, clock);
}

int provision(Console &console, const QStringList &arguments)
{
    const Arguments line =
        Arguments::parse(arguments, {u"request"_s, u"hub"_s, u"fingerprint"_s}, {u"training"_s});
    if (line.wrong)
        return console.usage(*line.wrong);
    const LocalText ways{u"provision 要 --training、--request 文件名，或一个文件"_s,
                         u"provision takes --training, --request FILE, or a file"_s};
    if (line.has(u"training"_s))
        return line.options.size() == 1 && line.words.isEmpty() ? provisionTrainingDesk(console)
                                                                : console.usage(ways);
    if (line.has(u"request"_s))
        return line.options.size() == 1 && line.words.isEmpty()
                   ? requestProvisioning(console, line.value(u"request"_s))
                   : console.usage(ways);
    if (line.words.size() != 1)
        return console.usage(ways);
    if (line.has(u"hub"_s) && !hubUrl(line.value(u"hub"_s)))
        return console.usage({u"--hub 是 https://主机:端口"_s, u"--hub is https://HOST:PORT"_s});
    return takeProvisioning(console, line);
}

} // namespace upgradedesk
