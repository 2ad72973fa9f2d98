#include "app/options.h"

#include "gui/appearance.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{

const char *const optionsHelp = R"(upgradedesk: ticket upgrade desk (票务升级服务台)

upgradedesk [--training] [--data DIR] [--lang zh_CN|en] [--theme light|dark]
            [--text-size 100|112|125] [--reader CONNSTRING] [--control SOCKET] [--trace]

  --training   practice without network, reader or passengers (operator 9001, PIN 135790)
  --data       folder of this desk's data
  --lang       language of the staff; what was chosen last unless given, zh_CN at first
  --theme      light or dark, likewise
  --text-size  size of text in per cent, likewise
  --reader     libnfc connection string such as pn532_uart:/dev/ttyUSB0
  --control    with --training: local socket for desksim send
  --trace      write pages and devices to stdout, a line each, without personal data
)";

Result<Options> parseOptions(const QStringList &arguments)
{
    Options options;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments[i];
        const bool last = i + 1 == arguments.size();
        if (argument == u"--training") {
            options.profile = Profile::Training;
        } else if (argument == u"--trace") {
            options.trace = true;
        } else if (argument == u"--help" || argument == u"-h") {
            options.help = true;
        } else if (argument == u"--data" && !last) {
            options.dataFolder = arguments[++i];
        } else if (argument == u"--reader" && !last) {
            options.reader = arguments[++i];
        } else if (argument == u"--control" && !last) {
            options.control = arguments[++i];
        } else if (argument == u"--lang" && !last) {
            const QString &language = arguments[++i];
            if (language != u"zh_CN" && language != u"en")
                return fail(ErrorCode::Usage, {}, {u"--lang"_s});
            options.language = language == u"en" ? Language::English : Language::Chinese;
        } else if (argument == u"--theme" && !last) {
            const QString &theme = arguments[++i];
            if (theme != u"light" && theme != u"dark")
                return fail(ErrorCode::Usage, {}, {u"--theme"_s});
            options.dark = theme == u"dark";
        } else if (argument == u"--text-size" && !last) {
            options.textSize = arguments[++i].toInt();
            if (!textSizes().contains(*options.textSize))
                return fail(ErrorCode::Usage, {}, {u"--text-size"_s});
        } else {
            return fail(ErrorCode::Usage, {}, {argument});
        }
    }
    if (!options.control.isEmpty() && options.profile != Profile::Training)
        return fail(ErrorCode::Usage, {}, {u"--control"_s});
    if (options.dataFolder.isEmpty())
        options.dataFolder = dataFolder(options.profile);
    return options;
}

} // namespace upgradedesk
