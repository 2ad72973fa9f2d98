#include "core/arguments.h"

#include "core/sentences.h"
#include "sim/controllines.h"
#include "sim/controlserver.h"
#include "sim/idreaderlines.h"
#include "sim/virtualidreader.h"
#include "sim/printerline.h"
#include "sim/virtualreader.h"
#include "sim/virtualscanner.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <cstdio>
#include <optional>

#include <sys/signalfd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

constexpr auto helpText =
    R"(desksim: devices that do not exist, at wire level, for training and tests

desksim pn532 --cards FILE --link PATH [--control SOCKET] [--tap NAME] [--air-time]
    A PN532 card reader on a pseudo terminal. Prints `ready PATH` when it can be opened and runs
    until SIGINT or SIGTERM; then the link and the socket are removed. A link that leads to a
    running reader is not taken over.
    --cards FILE      the cards there are, as in tests/data/card-vectors.json
    --link PATH       symbolic link to make for the terminal; give it to
                      `deskctl card read --reader pn532_uart:PATH`
    --control SOCKET  local socket that takes the lines below, one answer a line
    --tap NAME        put this card on the reader at the start
    --air-time        answer as slowly as 115200 baud and 106 kbit/s would; see also the line air-time

desksim idreader --persons FILE --link PATH [--control SOCKET] [--place NAME]
    A GA 450 ID reader on a pseudo terminal, likewise.
    --persons FILE    the persons there are, as in resources/training/persons.json
    --link PATH       symbolic link to make for the terminal; give it to
                      `deskctl idcard read --port PATH`
    --place NAME      put the document of this person on the reader at the start

desksim printer --link PATH [--control SOCKET]
    A receipt printer (ESC/POS) on a pseudo terminal, likewise; give PATH to
    `upgradedesk --printer PATH` or `deskctl receipt RECORD --port PATH`.

desksim scanner --link PATH [--control SOCKET]
    A barcode scanner on a serial line; its lines are at the end.

desksim send --control SOCKET LINE…
    Sends one line to a running desksim and prints the answer. Exit code 0 on `ok`, 1 on `error`.

Lines of the card reader:
)";

void print(FILE *stream, const QString &text)
{
    std::fputs(qPrintable(text + u'\n'), stream);
    std::fflush(stream);
}

int report(const Error &error)
{
    // The file is the caller's own: what is wrong in it and where helps more than our usual
    // sentence.
    if (error.code == ErrorCode::ResourceInvalid && error.args.size() == 3) {
        print(stderr, u"desksim: %1 line %2: %3"_s.arg(error.args.at(0), error.args.at(1),
                                                       error.args.at(2)));
        return int(ExitCode::Usage);
    }
    print(stderr, sentence(error, Language::English));
    if (!error.detail.isEmpty())
        print(stderr, u"desksim: "_s + error.detail);
    return int(exitCode(error.code));
}

int usage(const QString &why)
{
    print(stderr, u"desksim: "_s + why + u"; see desksim --help"_s);
    return int(ExitCode::Usage);
}

/// SIGINT and SIGTERM as a descriptor, so that they end the event loop and every destructor runs.
/// Call it before any thread starts.
int endingSignals()
{
    sigset_t ending;
    sigemptyset(&ending);
    for (const int number : {SIGINT, SIGTERM, SIGHUP})
        sigaddset(&ending, number);
    sigprocmask(SIG_BLOCK, &ending, nullptr);
    return signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK);
}

/// The socket for control lines, when one is asked for.
class Control
{
public:
    [[nodiscard]] Result<void> listen(const Arguments &arguments, ControlServer::Handler handler)
    {
        if (!arguments.has(u"control"_s))
            return {};
        m_server.emplace(std::move(handler));
        return m_server->listen(arguments.value(u"control"_s));
    }
    [[nodiscard]] bool isThere() const { return m_server.has_value(); }

private:
    std::optional<ControlServer> m_server;
};

/// Says that the device can be opened, and lets it work until somebody ends it.
int runUntilSignal(int ending, const QString &path)
{
    QSocketNotifier ended{ending, QSocketNotifier::Read};
    QObject::connect(&ended, &QSocketNotifier::activated, &ended, [] { QCoreApplication::quit(); });
    print(stdout, u"ready "_s + path);
    const int code = QCoreApplication::exec();
    ::close(ending);
    return code;
}

int runReader(const QStringList &words)
{
    const Arguments arguments =
        Arguments::parse(words, {u"cards"_s, u"link"_s, u"control"_s, u"tap"_s}, {u"air-time"_s});
    if (arguments.wrong)
        return usage(arguments.wrong->english);
    if (!arguments.words.isEmpty())
        return usage(u"pn532 takes options only"_s);
    if (arguments.value(u"cards"_s).isEmpty() || arguments.value(u"link"_s).isEmpty())
        return usage(u"--cards and --link are needed"_s);

    if (arguments.value(u"link"_s).contains(u':'))
        return usage(u"libnfc takes no path with a colon in it"_s);

    auto cards = loadVirtualCards(arguments.value(u"cards"_s));
    if (!cards)
        return report(cards.error());
    const int ending = endingSignals();
    VirtualReader reader{std::move(*cards),
                         {arguments.value(u"link"_s), arguments.has(u"air-time"_s)}};
    const Result<void> started = reader.start();
    if (!started)
        return report(started.error());

    Control control;
    const auto listening = control.listen(
        arguments, [&reader](const QString &line) { return obeyControlLine(reader, line); });
    if (!listening)
        return report(listening.error());
    if (arguments.has(u"tap"_s) && !reader.tap(arguments.value(u"tap"_s)))
        return usage(u"no card has this name; the file has %1"_s.arg(reader.cardNames().size()));
    if (!control.isThere() && !arguments.has(u"tap"_s))
        print(stderr,
              u"desksim: the field stays empty; give --control to tap cards, or --tap NAME"_s);

    QObject::connect(&reader, &VirtualReader::trapSprung, &reader, [](const QString &name) {
        print(stderr,
              u"desksim: trap: the card %1 was sent a command it must never see"_s.arg(name));
    });
    return runUntilSignal(ending, reader.path());
}

int runIdReader(const QStringList &words)
{
    const Arguments arguments =
        Arguments::parse(words, {u"persons"_s, u"link"_s, u"control"_s, u"place"_s});
    if (arguments.wrong)
        return usage(arguments.wrong->english);
    if (!arguments.words.isEmpty())
        return usage(u"idreader takes options only"_s);
    if (arguments.value(u"persons"_s).isEmpty() || arguments.value(u"link"_s).isEmpty())
        return usage(u"--persons and --link are needed"_s);

    auto persons = loadVirtualPersons(arguments.value(u"persons"_s));
    if (!persons)
        return report(persons.error());
    const int ending = endingSignals();
    VirtualIdReader reader{std::move(*persons), arguments.value(u"link"_s)};
    const Result<void> started = reader.plug();
    if (!started)
        return report(started.error());
    Control control;
    const auto listening = control.listen(
        arguments, [&reader](const QString &line) { return obeyIdReaderLine(reader, line); });
    if (!listening)
        return report(listening.error());
    if (arguments.has(u"place"_s) && !reader.place(arguments.value(u"place"_s)))
        return usage(
            u"no person has this name; the file has %1"_s.arg(reader.personNames().size()));
    return runUntilSignal(ending, reader.path());
}

/// A device that has only its line: its name on our command line, and what obeys the lines of the
/// control socket.
template <typename Device>
int runOnLine(const QString &name, const QStringList &words,
              QString (*obey)(Device &, const QString &))
{
    const Arguments arguments = Arguments::parse(words, {u"link"_s, u"control"_s});
    if (arguments.wrong)
        return usage(arguments.wrong->english);
    if (!arguments.words.isEmpty())
        return usage(name + u" takes options only"_s);
    const QString link = arguments.value(u"link"_s);
    if (link.isEmpty())
        return usage(u"--link is needed"_s);
    const int ending = endingSignals();
    Device device{link};
    const Result<void> plugged = device.plug();
    if (!plugged)
        return report(plugged.error());
    Control control;
    const auto listening = control.listen(
        arguments, [&device, obey](const QString &line) { return obey(device, line); });
    if (!listening)
        return report(listening.error());
    return runUntilSignal(ending, link);
}

int send(const QStringList &words)
{
    const Arguments arguments = Arguments::parse(words, {u"control"_s});
    if (arguments.wrong)
        return usage(arguments.wrong->english);
    if (arguments.value(u"control"_s).isEmpty() || arguments.words.isEmpty())
        return usage(u"--control and a line are needed"_s);
    const auto answer = sendControlLine(arguments.value(u"control"_s), arguments.words.join(u' '));
    if (!answer)
        return report(answer.error());
    print(stdout, *answer);
    return int(*answer == u"ok" || answer->startsWith(u"ok ") ? ExitCode::Done : ExitCode::No);
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"desksim"_s);
    QStringList words = QCoreApplication::arguments().mid(1);
    if (words.contains(u"--help"_s) || words.contains(u"-h"_s)) {
        print(stdout, QString::fromUtf8(helpText) + controlLineHelp() +
                          u"\nLines of the ID reader:\n"_s + idReaderLineHelp() +
                          u"\nLines of the receipt printer:\n"_s + printerLineHelp() +
                          u"\nLines of a scanner:\n"_s + scannerLineHelp());
        return 0;
    }
    if (words.contains(u"--version"_s)) {
        print(stdout, u"desksim " UPGRADEDESK_VERSION ""_s);
        return 0;
    }
    const QString command = words.isEmpty() ? QString{} : words.takeFirst();
    if (command == u"pn532")
        return runReader(words);
    if (command == u"idreader")
        return runIdReader(words);
    if (command == u"printer")
        return runOnLine(command, words, obeyPrinterLine);
    if (command == u"scanner")
        return runOnLine(command, words, obeyScannerLine);
    if (command == u"send")
        return send(words);
    return usage(command.isEmpty() ? u"a command is needed"_s
                                   : u"there are the commands pn532, idreader, printer, scanner "
                                     u"and send"_s);
}
