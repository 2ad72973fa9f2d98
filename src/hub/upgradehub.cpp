#include "hub/commands.h"

#include "core/process.h"
#include "core/sentences.h"

#include <QCoreApplication>

#include <array>
#include <cstdio>

#ifdef UPGRADEDESK_TCMALLOC
#include <gperftools/malloc_extension.h>
#endif

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using upgradedesk::hub::Console;

namespace
{

using Command = int (*)(const Console &, const QStringList &);

struct Row {
    QLatin1StringView first;
    QLatin1StringView second; ///< empty for commands of one word
    Command command;
};

// One command a line, whatever their number.
// clang-format off
constexpr std::array table{
    Row{"init"_L1, ""_L1, hub::init},
    Row{"serve"_L1, ""_L1, hub::serve},
    Row{"desk"_L1, "invite"_L1, hub::deskInvite},
    Row{"desk"_L1, "list"_L1, hub::deskList},
    Row{"desk"_L1, "revoke"_L1, hub::deskRevoke},
    Row{"operator"_L1, "add"_L1, hub::operatorAdd},
    Row{"operator"_L1, "list"_L1, hub::operatorList},
    Row{"operator"_L1, "pin"_L1, hub::operatorPin},
    Row{"operator"_L1, "disable"_L1, hub::operatorDisable},
    Row{"operator"_L1, "enable"_L1, hub::operatorEnable},
    Row{"health"_L1, "import"_L1, hub::healthImport},
    Row{"cards"_L1, "import"_L1, hub::cardsImport},
    Row{"rules"_L1, "list"_L1, hub::rulesList},
    Row{"rules"_L1, "publish"_L1, hub::rulesPublish},
    Row{"provision"_L1, ""_L1, hub::provision},
    Row{"records"_L1, "import"_L1, hub::recordsImport},
    Row{"subject"_L1, "export"_L1, hub::subjectExport},
    Row{"subject"_L1, "erase"_L1, hub::subjectErase},
    Row{"audit"_L1, "verify"_L1, hub::auditVerify},
    Row{"backup"_L1, ""_L1, hub::backup},
    Row{"restore"_L1, ""_L1, hub::restore},
};
// clang-format on

constexpr auto helpText = R"(upgradehub: the central service of UpgradeDesk (票务升级，中心)

upgradehub [--config FILE] [--lang zh_CN|en] [--json] COMMAND

  --config FILE     the configuration, /etc/upgradehub/config.json unless given (docs/hub.md)

  init [--practice]                     schema, authority and keys; brings an older schema up to date
  serve                                 the service, until SIGTERM
  desk invite --station ID --name NAME [--station-name NAME]
                                        a new desk and the code it enrols with
  desk invite --desk DESK               a code with which a desk whose certificate ended enrols again
  desk list                             all desks
  desk revoke DESK                      refuses a desk from now on and gives all others a new key for
                                        card tokens
  operator add ID --name NAME --role staff|supervisor|administrator --station ID
                                        the PIN is read from stdin
  operator list                         all operators, and which of them are disabled
  operator pin ID                       a new PIN, read from stdin
  operator disable ID | operator enable ID
                                        out of the roster of the station's desks, and back into it
  health import FILE.csv                docKind,docNumber,level,testDay,asOf; all lines or none
  cards import FILE.csv                 card,state: new is sold without a first top-up, none is one
                                        no longer; all lines or none
  rules publish FILE                    rules.json for all desks, as the newest version
  rules list                            all versions, the one in force first, and since when what
                                        each says of today is so
  provision DESK CSR FILE               the identity of a desk without network
  records import FILE --receipts OUT    records that came by hand
  subject export --doc-kind K --doc-number N
  subject erase --doc-kind K --doc-number N
                                        what is kept of a person, on that person's own request
  audit verify                          evidence, decisions and journals of desks against each other
  backup FILE | restore FILE            the database, without the keys; nothing may serve during
                                        a restore

Exit codes: 0 done, 1 the answer is no, 2 usage, 4 database or port, 5 configuration, keys or schema,
6 not permitted.
)";

/// The allocator would keep what the largest requests of an attack have taken.
void giveMemoryBack()
{
#ifdef UPGRADEDESK_TCMALLOC
    MallocExtension::instance()->SetNumericProperty("tcmalloc.aggressive_memory_decommit", 1);
#endif
}

} // namespace

int main(int argc, char *argv[])
{
    forbidCoreDumps();
    giveMemoryBack();
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"upgradehub"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(UPGRADEDESK_VERSION));

    QStringList words = QCoreApplication::arguments().mid(1);
    QString config = u"/etc/upgradehub/config.json"_s;
    Language language = systemLanguage();
    bool json = false;
    bool wrong = false;
    while (!words.isEmpty() && words.first().startsWith(u'-') && !wrong) {
        const QString option = words.takeFirst();
        if (option == u"--json") {
            json = true;
        } else if (option == u"--config" && !words.isEmpty()) {
            config = words.takeFirst();
        } else if (option == u"--lang" && !words.isEmpty()) {
            const QString value = words.takeFirst();
            wrong = value != u"zh_CN" && value != u"en";
            language = value == u"en" ? Language::English : Language::Chinese;
        } else if (option == u"--help" || option == u"-h") {
            std::fputs(helpText, stdout);
            return int(ExitCode::Done);
        } else if (option == u"--version") {
            std::puts("upgradehub " UPGRADEDESK_VERSION);
            return int(ExitCode::Done);
        } else {
            wrong = true;
        }
    }
    const Console console(config, language, json);
    if (wrong)
        return console.usage({u"命令之前有一个选项不认识或缺少值"_s,
                              u"an option before the command is not known or lacks its value"_s});
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
        return row.command(console, arguments);
    }
    return console.usage({u"没有这个命令"_s, u"there is no such command"_s});
}
