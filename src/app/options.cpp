#include "app/options.h"

#include "gui/appearance.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{

const char *const optionsHelp = R"(upgradedesk: ticket upgrade desk (票务升级服务台)

upgradedesk [--training | --practice] [--data DIR] [--lang zh_CN|en] [--theme light|dark]
            [--text-size 100|112|125] [--reader CONNSTRING] [--idreader PATH] [--scanner PATH]
            [--printer PRINTER [--receipts]] [--control SOCKET] [--trace]

  --training   practice without network, reader or passengers (operator 9001, PIN 135790)
  --practice   a desk of a practice hub, with data of its own
  --data       folder of this desk's data
  --lang       language of the staff; what was chosen last unless given, zh_CN at first
  --theme      light or dark, likewise
  --text-size  size of text in per cent, likewise
  --reader     libnfc connection string such as pn532_uart:/dev/ttyUSB0
  --idreader, --scanner
               serial port of that device; the one that was chosen on the page Devices unless
               given
  --printer    receipt printer: a serial line with ESC/POS, such as /dev/ttyUSB1 or
               /dev/ttyUSB1,paper=58,baud=19200,qr=image, or system, or system:NAME
  --receipts   print a receipt of each link at once, not only when the key is pressed
  --control    with --training: local socket for desksim send
  --version    print the version
  --trace      write pages and devices to stdout, a line each, without personal data
)";

namespace
{

tl::unexpected<LocalText> wrong(const QString &chinese, const QString &english)
{
    return tl::unexpected(LocalText{chinese, english});
}

/// Only the name of an option we know may be repeated: anything else could be personal data.
tl::unexpected<LocalText> notKnown(const QString &argument)
{
    static const QStringList withValue{u"--data"_s,    u"--reader"_s,  u"--idreader"_s,
                                       u"--scanner"_s, u"--printer"_s, u"--control"_s,
                                       u"--lang"_s,    u"--theme"_s,   u"--text-size"_s};
    if (withValue.contains(argument))
        return wrong(u"%1 缺少值"_s.arg(argument), u"%1 needs a value"_s.arg(argument));
    if (argument.startsWith(u'-'))
        return wrong(u"有一个选项不认识"_s, u"an option is not known"_s);
    return wrong(u"只有选项，没有别的参数"_s, u"there are options only"_s);
}

} // namespace

QStringList withoutOptionsOfQt(const QStringList &arguments)
{
    static const QStringList withWord{u"platform"_s,        u"platformpluginpath"_s,
                                      u"platformtheme"_s,   u"plugin"_s,
                                      u"style"_s,           u"stylesheet"_s,
                                      u"session"_s,         u"display"_s,
                                      u"geometry"_s,        u"name"_s,
                                      u"title"_s,           u"icon"_s,
                                      u"qwindowgeometry"_s, u"qwindowicon"_s,
                                      u"qwindowtitle"_s};
    static const QStringList withSign{u"style"_s, u"stylesheet"_s, u"session"_s,
                                      u"qmljsdebugger"_s};
    QStringList left;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments[i];
        const qsizetype dashes = argument.startsWith("--"_L1) ? 2
                                 : argument.startsWith(u'-')  ? 1
                                                              : 0;
        const QString name = argument.mid(dashes);
        const bool alone = name == u"reverse" ||
                           (name.contains(u'=') && withSign.contains(name.section(u'=', 0, 0)));
        if (dashes > 0 && withWord.contains(name))
            ++i;
        else if (dashes == 0 || !alone)
            left << argument;
    }
    return left;
}

Language languageOf(const QStringList &arguments)
{
    const QString value = arguments.value(arguments.indexOf(u"--lang"_s) + 1);
    if (!arguments.contains(u"--lang"_s) || (value != u"zh_CN" && value != u"en"))
        return systemLanguage();
    return value == u"en" ? Language::English : Language::Chinese;
}

tl::expected<Options, LocalText> parseOptions(const QStringList &arguments)
{
    Options options;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments[i];
        const bool last = i + 1 == arguments.size();
        if (argument == u"--training") {
            options.profile = Profile::Training;
        } else if (argument == u"--practice") {
            options.profile = Profile::Practice;
        } else if (argument == u"--trace") {
            options.trace = true;
        } else if (argument == u"--help" || argument == u"-h") {
            options.help = true;
        } else if (argument == u"--version") {
            options.version = true;
        } else if (argument == u"--data" && !last) {
            options.dataFolder = arguments[++i];
        } else if (argument == u"--reader" && !last) {
            options.reader = arguments[++i];
        } else if (argument == u"--idreader" && !last) {
            options.idReader = arguments[++i];
        } else if (argument == u"--scanner" && !last) {
            options.scanner = arguments[++i];
        } else if (argument == u"--printer" && !last) {
            const auto printer = printerNamed(arguments[++i]);
            if (!printer)
                return wrong(u"--printer 是 /dev/ttyUSB0、system 这样的名称"_s,
                             u"--printer is a name such as /dev/ttyUSB0 or system"_s);
            options.printer = *printer;
        } else if (argument == u"--receipts") {
            options.receiptAtOnce = true;
        } else if (argument == u"--control" && !last) {
            options.control = arguments[++i];
        } else if (argument == u"--lang" && !last) {
            const QString &language = arguments[++i];
            if (language != u"zh_CN" && language != u"en")
                return wrong(u"--lang 是 zh_CN 或 en"_s, u"--lang is zh_CN or en"_s);
            options.language = language == u"en" ? Language::English : Language::Chinese;
        } else if (argument == u"--theme" && !last) {
            const QString &theme = arguments[++i];
            if (theme != u"light" && theme != u"dark")
                return wrong(u"--theme 是 light 或 dark"_s, u"--theme is light or dark"_s);
            options.dark = theme == u"dark";
        } else if (argument == u"--text-size" && !last) {
            options.textSize = arguments[++i].toInt();
            if (!textSizes().contains(*options.textSize))
                return wrong(u"--text-size 是 100、112 或 125"_s,
                             u"--text-size is 100, 112 or 125"_s);
        } else {
            return notKnown(argument);
        }
    }
    if (arguments.contains(u"--practice"_s) && arguments.contains(u"--training"_s))
        return wrong(u"--practice 和 --training 只能选一个"_s,
                     u"--practice and --training exclude each other"_s);
    const bool training = options.profile == Profile::Training;
    if (arguments.contains(u"--control"_s) && !training)
        return wrong(u"--control 只能与 --training 一起用"_s,
                     u"--control goes with --training only"_s);
    if (arguments.contains(u"--reader"_s) && training)
        return wrong(u"--training 用虚拟读卡器，不能再给 --reader"_s,
                     u"--training uses its virtual reader and takes no --reader"_s);
    if (arguments.contains(u"--idreader"_s) && training)
        return wrong(u"--training 用虚拟证件机，不能再给 --idreader"_s,
                     u"--training uses its virtual ID reader and takes no --idreader"_s);
    if (options.dataFolder.isEmpty())
        options.dataFolder = dataFolder(options.profile);
    return options;
}

} // namespace upgradedesk
