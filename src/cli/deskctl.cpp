#include "cli/commands.h"

#include "cli/globaloptions.h"
#include "core/datafolder.h"
#include "core/process.h"

#include <QGuiApplication>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <optional>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

using Command = int (*)(Console &, const QStringList &);

struct Row {
    QLatin1StringView first;
    QLatin1StringView second; ///< empty for commands of one word
    Command command;
};

// One command a line, whatever their number.
// clang-format off
constexpr std::array table{
    Row{"card"_L1, "resolve"_L1, cardResolve},
    Row{"card"_L1, "read"_L1, cardRead},
    Row{"id"_L1, "check"_L1, idCheck},
    Row{"mrz"_L1, "check"_L1, mrzCheck},
    Row{"idcard"_L1, "read"_L1, idCardRead},
    Row{"scan"_L1, "listen"_L1, scanListen},
    Row{"provision"_L1, ""_L1, provision},
    Row{"enrol"_L1, ""_L1, enrol},
    Row{"link"_L1, ""_L1, link},
    Row{"queue"_L1, "status"_L1, queueStatus},
    Row{"queue"_L1, "list"_L1, queueList},
    Row{"queue"_L1, "export"_L1, queueExport},
    Row{"queue"_L1, "retry"_L1, queueRetry},
    Row{"queue"_L1, "receipts"_L1, queueReceipts},
    Row{"sync"_L1, ""_L1, synchronise},
    Row{"unlink"_L1, ""_L1, unlink},
    Row{"replace"_L1, ""_L1, replace},
    Row{"revoke"_L1, ""_L1, revoke},
    Row{"receipt"_L1, ""_L1, receipt},
    Row{"gate"_L1, ""_L1, gate},
    Row{"doctor"_L1, ""_L1, examine},
    Row{"report"_L1, ""_L1, report},
    Row{"audit"_L1, "verify"_L1, auditVerify},
    Row{"audit"_L1, "list"_L1, auditList},
};
// clang-format on

constexpr auto helpText = R"(deskctl: UpgradeDesk without a window (票务升级服务台，命令行)

deskctl [--training | --practice] [--data DIR] [--lang zh_CN|en] [--json] COMMAND

  These options may stand before or behind the command; without --lang the language is that of
  LC_ALL, LC_MESSAGES or LANG: English where it begins with en, else Chinese.

  --training                          the data of the training mode, as upgradedesk --training uses
                                      it; not needed with --data
  --practice                          the data of a practice hub's desk

  card resolve NUMBER [--near]        explain a typed card number
  card read [--reader CONNSTRING] [--timeout MS] [--follow]
                                      read a card through libnfc
  id check KIND NUMBER [--on DATE]    check a document number; KIND is resident, hmt-residence,
                                      foreign-permanent, military, hmt-permit, taiwan-permit or
                                      passport
  mrz check [--on DATE]               check a machine-readable zone, two or three lines on stdin
  idcard read --port PATH [--timeout MS] [--reveal [--operator ID]]
                                      read one identity card on a GA 450 reader; name and number are
                                      masked unless a supervisor's PIN is on stdin
  scan listen --port PATH [--baud N] [--count N] [--timeout MS]
                                      what a serial scanner sends, told apart, until N scans or a
                                      silence of MS
  provision --training                give this desk a practice identity (operator 9001, PIN 135790)
  enrol --hub URL --code CODE         give this desk its identity over the network; a desk that has
                                      one gets new certificates and keeps its records
  provision --request FILE            the same without network: write a request for the hub, then
  provision FILE [--hub URL] [--fingerprint HEX]
                                      take in what the hub made of it; the fingerprint of the hub's
                                      authority is compared by eye, or given
  link --card N [--medium M] --doc-kind K --doc-number N --name NAME --consent VERSION|current
       [--guardian-doc-kind K --guardian-doc-number N --guardian-name NAME]
       [--agent-doc-kind K --agent-doc-number N --agent-name NAME]
       [--reason self|behalf|first-topup] [--health-code TOKEN] --operator ID
                                      link a card to a passenger; the PIN is read from stdin
  link --from FILE.jsonl --operator ID
                                      the same for each line of a file
  unlink --card N --doc-kind K --doc-number N --operator ID
                                      end the link of a card, with its holder's document
  replace --old-card N --card N --doc-kind K --doc-number N [--medium M] --operator ID
                                      put a new card in the place of the holder's old one
  revoke RECORD|SLIP --operator ID    take back the operator's own last record within 5 minutes,
                                      named by its id or its slip number; revoking a revoke
                                      restores; the PIN is read from stdin
  queue status | queue list [--state queued|sending|accepted|attention]
                                      what waits for the hub
  queue export FILE                   sealed records the hub has not accepted, for the USB way
  queue retry RECORD|SLIP             send a refused record once more
  queue receipts FILE                 take in the hub's receipts for exported records
  sync [--once | --until-empty]       bring the queue to the hub now, and rules and roster here
       --once, or no option           each record is tried once; the first trouble with the hub ends it
       --until-empty                  as long as records wait, also while the hub is away; only a hub
                                      that refuses this desk ends it
  receipt RECORD|SLIP [--pdf FILE | --port PATH[,paper=58][,baud=N][,qr=image]]
                                      the passenger's receipt of a record, in the language of
                                      --lang: to stdout as well as to a new file or to a receipt
                                      printer (ESC/POS) on a serial line
  gate NUMBER [--venue metro|bus|none | --place PLACE] [--at ISO8601] [--online]
                                      what a gate would do, as far as this desk knows
  report --from DAY --to DAY [--format json|csv]
                                      how many slips of each kind, by hour and by what became of them
  audit verify | audit list           the journal
  doctor [--bundle FILE]              readers, ports and who holds them, clock, keys, disk,
                                      database, data files; FILE gets them as text for support,
                                      without personal data

Exit codes: 0 done, 1 the answer is no, 2 usage, 3 device, 4 hub, 5 local store, 6 not permitted.
)";

/// Names what there is behind the first word, when that is one we know.
LocalText noSuchCommand(const QString &first)
{
    QStringList seconds;
    for (const Row &row : table) {
        if (first == row.first)
            seconds << row.second;
    }
    if (seconds.isEmpty())
        return {u"没有这个命令"_s, u"there is no such command"_s};
    return {u"%1 后面要写 %2"_s.arg(first, seconds.join(u"、"_s)),
            u"after %1 comes one of: %2"_s.arg(first, seconds.join(u", "_s))};
}

/// Receipts are drawn, which needs fonts and no screen.
std::unique_ptr<QCoreApplication> makeApplication(int &argc, char *argv[])
{
    if (std::none_of(argv, argv + argc,
                     [](const char *word) { return qstrcmp(word, "receipt") == 0; }))
        return std::make_unique<QCoreApplication>(argc, argv);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    // Qt's own remarks about the screen that is not there are no sentences for people.
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &) {});
    return std::make_unique<QGuiApplication>(argc, argv);
}

} // namespace

int main(int argc, char *argv[])
{
    forbidCoreDumps();
    const std::unique_ptr<QCoreApplication> application = makeApplication(argc, argv);
    QCoreApplication::setApplicationName(u"deskctl"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(UPGRADEDESK_VERSION));

    QStringList words = withGlobalOptionsFirst(QCoreApplication::arguments().mid(1));
    QString folder;
    Language language = systemLanguage();
    std::optional<Profile> profile;
    bool json = false;
    std::optional<LocalText> wrong;
    while (!words.isEmpty() && words.first().startsWith(u'-') && !wrong) {
        const QString option = words.takeFirst();
        if (option == u"--json") {
            json = true;
        } else if (option == u"--training") {
            profile = Profile::Training;
        } else if (option == u"--practice") {
            profile = Profile::Practice;
        } else if (option == u"--data" && !words.isEmpty()) {
            folder = words.takeFirst();
        } else if (option == u"--lang" && !words.isEmpty()) {
            const QString value = words.takeFirst();
            if (value == u"zh_CN" || value == u"en")
                language = value == u"en" ? Language::English : Language::Chinese;
            else
                wrong = LocalText{u"--lang 是 zh_CN 或 en"_s, u"--lang is zh_CN or en"_s};
        } else if (option == u"--help" || option == u"-h") {
            std::fputs(helpText, stdout);
            return int(ExitCode::Done);
        } else if (option == u"--version") {
            std::puts("deskctl " UPGRADEDESK_VERSION);
            return int(ExitCode::Done);
        } else {
            // Only the name of an option we know may be repeated.
            const bool known = option == u"--data" || option == u"--lang";
            wrong = known ? LocalText{option + u" 缺少值"_s, option + u" needs a value"_s}
                          : LocalText{u"命令之前有一个选项不认识"_s,
                                      u"an option before the command is not known"_s};
        }
    }

    // The profiles never mix: a practice identity goes into the folder of the training mode.
    const bool makesTraining = words.value(0) == u"provision" && words.contains(u"--training"_s);
    if (folder.isEmpty())
        folder =
            dataFolder(makesTraining ? Profile::Training : profile.value_or(Profile::Production));
    Console console(folder, profile, language, json);
    if (wrong)
        return console.usage(*wrong);
    if (words.isEmpty())
        return console.usage({u"缺少命令"_s, u"a command is missing"_s});

    for (const Row &row : table) {
        const bool oneWord = row.second.isEmpty();
        if (words[0] != row.first || (!oneWord && words.value(1) != row.second))
            continue;
        const QStringList arguments = words.mid(oneWord ? 1 : 2);
        if (arguments.contains(u"--help"_s)) {
            std::fputs(helpText, stdout);
            return int(ExitCode::Done);
        }
        const int code = row.command(console, arguments);
        if (code == int(ExitCode::Done) && !console.resultsArrive())
            return console.report(Error{ErrorCode::OutputLost, {}, {}});
        return code;
    }
    return console.usage(noSuchCommand(words[0]));
}
