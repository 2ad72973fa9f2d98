#include "core/process.h"
#include "device/nfc/nfcwatcher.h"

#include <QCoreApplication>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <ctime>

#include <poll.h>
#include <sys/prctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

/// Ends the process when nobody reads any more: without its parent the child has no work.
void tell(const NfcMessage &message)
{
    const QByteArray frame = encodeNfcMessage(message);
    qsizetype done = 0;
    while (done < frame.size()) {
        const ssize_t size =
            ::write(STDOUT_FILENO, frame.constData() + done, size_t(frame.size() - done));
        if (size > 0)
            done += size;
        else if (size == 0 || errno != EINTR)
            _exit(0);
    }
}

/// Sleeps; false as soon as the parent has closed its end. Nothing it could send means anything.
bool waitForTime(std::chrono::milliseconds time)
{
    const auto end = std::chrono::steady_clock::now() + time;
    while (true) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        if (left.count() <= 0)
            return true;
        pollfd input{STDIN_FILENO, POLLIN, 0};
        if (::poll(&input, 1, int(left.count())) <= 0)
            continue;
        std::array<char, 256> ignored{};
        if (::read(STDIN_FILENO, ignored.data(), ignored.size()) <= 0)
            return false;
    }
}

QString readerArgument(const QStringList &arguments)
{
    const qsizetype at = arguments.indexOf(u"--reader"_s);
    return at > 0 && at + 1 < arguments.size() ? arguments.at(at + 1) : QString{};
}

QStringList otherArguments(const QStringList &arguments)
{
    QStringList others;
    for (qsizetype i = 1; i + 1 < arguments.size(); ++i) {
        if (arguments.at(i) == u"--not")
            others << arguments.at(i + 1);
    }
    return others;
}

} // namespace

/// upgradedesk-nfc [--reader CONNSTRING] [--not PATH]…: the only program that links libnfc. It
/// writes messages of nfcmessages.h to stdout and ends when its stdin closes.
int main(int argc, char *argv[])
{
    forbidCoreDumps();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    std::signal(SIGPIPE, SIG_IGN);
    // Read by nfc_init; at the default level libnfc writes what it receives.
    if (!qEnvironmentVariableIsSet("LIBNFC_LOG_LEVEL"))
        qputenv("LIBNFC_LOG_LEVEL", "0");
    const QCoreApplication application(argc, argv);
    if (isatty(STDIN_FILENO) || isatty(STDOUT_FILENO)) {
        std::fputs(
            "upgradedesk-nfc is started by upgradedesk and deskctl; try `deskctl card read`.\n",
            stderr);
        return int(ExitCode::Usage);
    }

    auto catalogue = Catalogue::load();
    if (!catalogue) {
        tell(NfcTrouble{catalogue.error().code, catalogue.error().args});
        return int(exitCode(catalogue.error().code));
    }
    const QStringList arguments = QCoreApplication::arguments();
    NfcWatcher watcher{readerArgument(arguments), otherArguments(arguments), std::move(*catalogue),
                       tell, waitForTime};
    watcher.run();
    return 0;
}
