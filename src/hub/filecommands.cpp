#include "hub/commands.h"

#include "core/newfile.h"
#include "crypto/seal.h"
#include "hub/desks.h"
#include "hub/health.h"
#include "hub/ledger.h"
#include "hub/recordstore.h"
#include "identity/documentcheck.h"
#include "wire/provisioningfile.h"
#include "wire/receiptfile.h"
#include "wire/recordfile.h"

#include <QFile>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

constexpr qint64 largestText = 16 * 1024 * 1024;
constexpr qsizetype recordsInOneGo = 500;

Result<QByteArray> contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > largestText)
        return fail(ErrorCode::FileUnreadable, path, {path});
    return file.readAll();
}

Result<void> writeNew(const QString &path, const QByteArray &bytes)
{
    auto file = NewFile::create(path);
    if (!file)
        return tl::unexpected(file.error());
    return file->write(bytes).and_then([&file] { return file->finish(); });
}

Result<qint64> publishRules(Hub &hub, const QString &path)
{
    const auto text = contentOf(path);
    if (!text)
        return tl::unexpected(text.error());
    const auto rules = Rules::parse(*text, path);
    if (!rules)
        return tl::unexpected(rules.error());
    Result<qint64> version = 0;
    const QDateTime now = hub.clock.now();
    const QJsonObject entry = ledgerOfRules(*text, now);
    const auto done = hub.database.transact([&](Session &session) -> Result<void> {
        version = publish(session, u"rules"_s, {}, *text, now);
        if (!version)
            return tl::unexpected(version.error());
        return noteInLedger(session, hub.config, entry);
    });
    if (!done)
        return tl::unexpected(done.error());
    return version;
}

/// The desk it is for.
Result<wire::EnrolmentAnswer> writeProvisioning(Hub &hub, const QString &desk, const QString &csr,
                                                const QString &path)
{
    const auto request = contentOf(csr);
    if (!request)
        return tl::unexpected(request.error());
    const auto answer = Desks(hub).certify(desk, *request);
    if (!answer)
        return tl::unexpected(answer.error());
    const auto certificate = Certificate::fromPem(answer->certificate);
    if (!certificate)
        return tl::unexpected(certificate.error());
    const Secret plain(wire::encodeEnrolmentAnswer(*answer));
    const auto sealed = Sealer(hub.keys.hubKey, hub.keys.hub, *certificate).seal(plain.view());
    if (!sealed)
        return tl::unexpected(sealed.error());
    wire::ProvisioningFile file{
        answer->certificate, hub.keys.hub.pem(), hub.keys.authority.pem(), *sealed, {}};
    for (const auto &[kind, scope] :
         {std::pair{u"rules"_s, QString()}, std::pair{u"roster"_s, answer->station}}) {
        const auto document = newestDocument(hub, kind, scope);
        if (!document)
            return tl::unexpected(document.error());
        file.documents << *document;
    }
    return writeNew(path, wire::encodeProvisioningFile(file)).map([&answer] { return *answer; });
}

struct Imported {
    qint64 accepted = 0;
    qint64 rejected = 0;
};

/// Takes in what the file holds and writes a receipt for each. The file was read once already.
Result<Imported> importFile(Hub &hub, QFile &file, const Caller &caller, NewFile &out)
{
    RecordStore store(hub);
    Imported imported;
    wire::ReceiptFileEncoder receipts;
    auto written = out.write(
        receipts.head({caller.signer.desk, hub.config.hub, hub.keys.hub.pem(), hub.stamp()}));
    if (!written)
        return tl::unexpected(written.error());
    QList<wire::SealedRecord> batch;
    const auto flush = [&]() -> Result<void> {
        if (batch.isEmpty())
            return {};
        const auto results =
            store.take(batch, caller.signer, hub.clock.now().toUTC(), true, caller.revoked);
        batch.clear();
        if (!results)
            return tl::unexpected(results.error());
        for (const wire::RecordResult &result : *results) {
            ++(result.outcome == wire::Outcome::Accepted ? imported.accepted : imported.rejected);
            if (auto line = out.write(receipts.result(result)); !line)
                return line;
        }
        return {};
    };
    const auto head = wire::readRecordFile(
        file, [&](const QString &id, const QByteArray &sealed) -> Result<void> {
            batch << wire::SealedRecord{id, sealed};
            return batch.size() < recordsInOneGo ? Result<void>() : flush();
        });
    if (!head)
        return tl::unexpected(head.error());
    if (const auto last = flush(); !last)
        return tl::unexpected(last.error());
    written = out.write(receipts.end()).and_then([&out] { return out.finish(); });
    if (!written)
        return tl::unexpected(written.error());
    return imported;
}

Result<Imported> importRecords(Hub &hub, const QString &path, const QString &receipts)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileUnreadable, path, {path});
    // Once through first: a file that was cut off is taken in not at all.
    const auto head = wire::readRecordFile(
        file, [](const QString &, const QByteArray &) { return Result<void>(); });
    if (!head)
        return tl::unexpected(head.error());
    const auto caller = Desks(hub).byId(head->desk);
    if (!caller)
        return tl::unexpected(caller.error());
    if (!*caller || head->hub != hub.config.hub)
        return fail(ErrorCode::DeskUnknown, u"the file is of another hub or desk"_s);
    auto out = NewFile::create(receipts);
    if (!out)
        return tl::unexpected(out.error());
    file.seek(0);
    return importFile(hub, file, **caller, *out);
}

/// One line `docKind,docNumber,level,testDay,asOf`; testDay is a Beijing date, or empty where no
/// gate goes by it. A normal result without its day would be none at every gate.
Result<void> importHealthLine(Hub &hub, Session &session, const QString &line)
{
    const auto wrong = [] { return fail(ErrorCode::InputInvalid); };
    const QStringList fields = line.split(u',');
    if (fields.size() != 5)
        return wrong();
    const DocumentCheck check =
        checkDocument(hub.documents, fields[0].trimmed(), fields[1], beijingDate(hub.clock.now()));
    const QString level = fields[2].trimmed();
    const QDate testDay = QDate::fromString(fields[3].trimmed(), Qt::ISODate);
    const QDateTime asOf = QDateTime::fromString(fields[4].trimmed(), Qt::ISODate);
    const bool hasResult = level == u"normal" || level == u"abnormal";
    if (!check.valid || (!hasResult && level != u"no-result") || !asOf.isValid() ||
        asOf.timeSpec() == Qt::LocalTime || testDay.isValid() == fields[3].trimmed().isEmpty() ||
        (!hasResult && testDay.isValid()) || (level == u"normal" && !testDay.isValid()))
        return wrong();
    const HealthReport report{level, testDay, asOf.toUTC(), u"file"_s};
    if (isOfFuture(report, hub.clock.now()))
        return wrong();
    const auto token = hub.keys.personToken(fields[0].trimmed(), check.normalized);
    if (!token)
        return tl::unexpected(token.error());
    return keepReport(session, *token, report, hub.clock.now());
}

/// All lines or none.
Result<qint64> importHealth(Hub &hub, const QString &path)
{
    const auto text = contentOf(path);
    if (!text)
        return tl::unexpected(text.error());
    const QStringList lines = QString::fromUtf8(*text).split(u'\n');
    qint64 count = 0;
    const auto done = hub.database.transact([&](Session &session) -> Result<void> {
        count = 0;
        for (qsizetype i = 0; i < lines.size(); ++i) {
            const QString line = lines[i].trimmed();
            if (line.isEmpty() || (i == 0 && line.startsWith(u"docKind")))
                continue;
            if (const auto kept = importHealthLine(hub, session, line); !kept) {
                if (kept.error().code != ErrorCode::InputInvalid)
                    return kept;
                return fail(ErrorCode::InputInvalid, {}, {u"line %1"_s.arg(i + 1)});
            }
            ++count;
        }
        return {};
    });
    if (!done)
        return tl::unexpected(done.error());
    return count;
}

} // namespace

int rulesPublish(const Console &console, const QStringList &arguments)
{
    if (arguments.size() != 1)
        return console.usage({u"rules publish 要一个文件"_s, u"rules publish takes one file"_s});
    Opened opened;
    if (const auto done = opened.open(console.configFile()); !done)
        return console.report(done.error());
    const auto version = publishRules(*opened.hub, arguments.first());
    if (!version)
        return console.report(version.error());
    console.result({{u"version"_s, *version}},
                   {u"规则已发布，第 %1 版"_s.arg(*version),
                    u"The rules are published as version %1"_s.arg(*version)});
    return int(ExitCode::Done);
}

int rulesList(const Console &console, const QStringList &arguments)
{
    if (!arguments.isEmpty())
        return console.usage({u"rules list 没有参数"_s, u"rules list takes no arguments"_s});
    Opened opened;
    if (const auto done = opened.open(console.configFile()); !done)
        return console.report(done.error());
    const auto book = opened.hub->rules(true);
    if (!book)
        return console.report(book.error());
    const QDate today = beijingDate(opened.hub->clock.now());
    const auto &editions = (*book)->editions;
    for (auto at = editions.rbegin(); at != editions.rend(); ++at) {
        const bool isNewest = at == editions.rbegin();
        const auto since = at->rules.inForceSince(today);
        const QString date = since.value_or(at->rules.from()).toString(Qt::ISODate);
        const QString published = timeOrEmpty(at->from);
        LocalText text{isNewest ? u"现行"_s : u"已换下"_s,
                       isNewest ? u"in force"_s : u"replaced"_s};
        text.chinese += u"  %1  %2 发布  "_s.arg(at->rules.version(), published) +
                        (since ? u"今天适用的自 %1 起"_s : u"%1 起才适用"_s).arg(date);
        text.english += u"  %1  published %2  "_s.arg(at->rules.version(), published) +
                        (since ? u"as today since %1"_s : u"not before %1"_s).arg(date);
        console.result({{u"version"_s, at->version},
                        {u"rules"_s, at->rules.version()},
                        {u"published"_s, published},
                        {u"inForce"_s, isNewest && since.has_value()},
                        {u"since"_s, date}},
                       text);
    }
    return int(ExitCode::Done);
}

int provision(const Console &console, const QStringList &arguments)
{
    if (arguments.size() != 3)
        return console.usage(
            {u"provision 要 服务台 CSR 输出文件"_s, u"provision takes DESK CSR FILE"_s});
    Opened opened;
    if (const auto done = opened.open(console.configFile()); !done)
        return console.report(done.error());
    const auto speaksUntil = Desks(*opened.hub).speaksUntil(arguments[0]);
    if (!speaksUntil)
        return console.report(speaksUntil.error());
    const auto written = writeProvisioning(*opened.hub, arguments[0], arguments[1], arguments[2]);
    if (!written)
        return console.report(written.error());
    if (*speaksUntil)
        console.note(aboutSecondMachine(arguments[0], **speaksUntil));
    const QString fingerprint =
        QString::fromLatin1(opened.hub->keys.authority.fingerprint().toHex(':'));
    console.result({{u"desk"_s, arguments[0]}, {u"authority"_s, fingerprint}},
                   {u"已为 %1（%2，车站 %3）写好；请核对 CA 指纹 %4"_s.arg(
                        written->deskName, written->desk, written->station, fingerprint),
                    u"Written for %1 (%2, station %3); compare the fingerprint of the authority:"
                    " %4"_s.arg(written->deskName, written->desk, written->station, fingerprint)});
    return int(ExitCode::Done);
}

int recordsImport(const Console &console, const QStringList &arguments)
{
    const Arguments line = Arguments::parse(arguments, {u"receipts"_s});
    if (line.wrong || line.words.size() != 1 || !line.has(u"receipts"_s))
        return console.usage(
            {u"需要 文件 --receipts 输出文件"_s, u"FILE --receipts OUT are needed"_s});
    Opened opened;
    if (const auto done = opened.open(console.configFile()); !done)
        return console.report(done.error());
    const auto imported = importRecords(*opened.hub, line.words.first(), line.value(u"receipts"_s));
    if (!imported)
        return console.report(imported.error());
    console.result({{u"accepted"_s, imported->accepted}, {u"rejected"_s, imported->rejected}},
                   {u"收下 %1 条，退回 %2 条"_s.arg(imported->accepted).arg(imported->rejected),
                    u"%1 accepted, %2 not"_s.arg(imported->accepted).arg(imported->rejected)});
    return int(ExitCode::Done);
}

int healthImport(const Console &console, const QStringList &arguments)
{
    if (arguments.size() != 1)
        return console.usage({u"health import 要一个文件"_s, u"health import takes one file"_s});
    Opened opened;
    if (const auto done = opened.open(console.configFile()); !done)
        return console.report(done.error());
    const auto count = importHealth(*opened.hub, arguments.first());
    if (!count)
        return console.report(count.error());
    console.result({{u"imported"_s, *count}},
                   {u"导入 %1 条"_s.arg(*count), u"%1 imported"_s.arg(*count)});
    return int(ExitCode::Done);
}

} // namespace upgradedesk::hub
