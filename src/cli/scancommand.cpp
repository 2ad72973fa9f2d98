#include "cli/commands.h"

#include "card/catalogue.h"
#include "card/resolver.h"
#include "cli/jsontext.h"
#include "cli/mrzjson.h"
#include "core/arguments.h"
#include "core/clock.h"
#include "device/serial/scanner.h"
#include "identity/documentkinds.h"

#include <QCoreApplication>
#include <QTimer>

#include <optional>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

using Kind = ScanPayload::Kind;

constexpr int longestTimeoutMs = 86'400'000;
constexpr int mostScans = 1'000'000;
constexpr int fastestBaud = 4'000'000;

LocalText refusal(ScanPayload::Reason reason)
{
    using Reason = ScanPayload::Reason;
    switch (reason) {
    case Reason::Empty:
        return {u"空的条码"_s, u"an empty code"_s};
    case Reason::TooLong:
        return {u"内容太长，不是这里用的码"_s, u"too long for any code used here"_s};
    case Reason::NotText:
        return {u"内容读不懂，请看扫描器的速率"_s, u"no text; look at the scanner's speed"_s};
    case Reason::Document:
        return {u"只有证件号、没有姓名，请出示证件"_s,
                u"the number of a document without a name; ask for the document"_s};
    case Reason::Certificate:
        return {u"不支持的码（国际健康证明）"_s,
                u"unsupported code (an international certificate)"_s};
    case Reason::Link:
        return {u"是网址或付款码，这里用不上"_s, u"an address or a payment code, of no use here"_s};
    case Reason::None:
    case Reason::Other:
        break;
    }
    return {u"不是这里用的码"_s, u"no code that is used here"_s};
}

/// One run of `scan listen`: lives for as long as the main loop runs.
class ScanRun final : public QObject
{
public:
    ScanRun(Console &console, const Catalogue &catalogue, const DocumentKinds &kinds,
            std::optional<int> count, std::optional<int> timeoutMs)
        : m_console(console)
        , m_catalogue(catalogue)
        , m_kinds(kinds)
        , m_left(count)
    {
        if (timeoutMs) {
            m_timeout.setInterval(*timeoutMs);
            m_timeout.start();
        }
        connect(&m_timeout, &QTimer::timeout, this,
                [this] { end(int(m_any ? ExitCode::Done : ExitCode::No)); });
        connect(&m_scanner, &Scanner::opened, this, [this] { m_wasOpen = true; });
        connect(&m_scanner, &Scanner::troubled, this, [this](const Error &error) {
            // Who listens all day wants to go on after a replug, and to know meanwhile.
            const int code = m_console.report(error);
            if (!m_wasOpen)
                end(code);
        });
        connect(&m_scanner, &Scanner::scanned, this, [this](const ScanPayload &scan) {
            if (m_exitCode < 0)
                take(scan);
        });
    }

    void start(const QString &path, int baud) { m_scanner.setPort(path, baud); }

    [[nodiscard]] int exitCode() const { return m_exitCode; }

private:
    void take(const ScanPayload &scan)
    {
        if (m_timeout.isActive())
            m_timeout.start();
        m_any = true;
        tell(scan);
        if (m_left && --*m_left == 0)
            end(int(ExitCode::Done));
        else if (!m_console.resultsArrive())
            end(m_console.report(Error{ErrorCode::OutputLost, {}, {}}));
    }

    void tell(const ScanPayload &scan)
    {
        QJsonObject object{{u"kind"_s, scanKindKey(scan.kind)}};
        const auto say = [this](const LocalText &text) { return text.in(m_console.language()); };
        switch (scan.kind) {
        case Kind::CardNumber: {
            const CardNumberExplanation explained = explain(m_catalogue, scan.text);
            object[u"number"_s] = explained.number.isEmpty() ? scan.text : explained.number;
            object[u"verdict"_s] = verdictKey(explained.verdict);
            object[u"product"_s] = textOrNull(explained.product);
            object[u"service"_s] = serviceKey(explained.service);
            m_console.result(object, say({u"卡号 %1：%2"_s, u"Card number %1: %2"_s})
                                         .arg(scan.text, say(explained.explanation)));
            return;
        }
        case Kind::HealthCode:
            object[u"token"_s] = scan.text;
            m_console.result(object, say({u"健康码（%1 个字符，内容不解读）"_s,
                                          u"A health code (%1 characters, not looked into)"_s})
                                         .arg(scan.text.size()));
            return;
        case Kind::Mrz: {
            const SystemClock clock;
            const Mrz mrz = readMrz(m_kinds, scan.text.toLatin1(), beijingDate(clock.now()));
            const QJsonObject zone = mrzJson(mrz);
            for (auto field = zone.begin(); field != zone.end(); ++field)
                object[field.key()] = field.value();
            m_console.result(
                object, mrz.valid
                            ? say({u"机读码有效：%1"_s, u"A machine-readable zone, valid: %1"_s})
                                  .arg(mrz.documentNumber)
                            : say({u"机读码看不清，请再扫一次"_s,
                                   u"A machine-readable zone that is not right; scan "
                                   u"it again"_s}));
            return;
        }
        case Kind::Unknown:
            object[u"reason"_s] = scanReasonKey(scan.reason);
            m_console.result(
                object, say({u"用不上：%1"_s, u"Not used: %1"_s}).arg(say(refusal(scan.reason))));
            return;
        }
    }

    void end(int code)
    {
        m_exitCode = code;
        QCoreApplication::quit();
    }

    Console &m_console;
    const Catalogue &m_catalogue;
    const DocumentKinds &m_kinds;
    std::optional<int> m_left;
    Scanner m_scanner;
    QTimer m_timeout;
    bool m_wasOpen = false;
    bool m_any = false;
    int m_exitCode = -1;
};

} // namespace

int scanListen(Console &console, const QStringList &arguments)
{
    const Arguments parsed =
        Arguments::parse(arguments, {u"port"_s, u"baud"_s, u"count"_s, u"timeout"_s});
    if (parsed.wrong)
        return console.usage(*parsed.wrong);
    if (!parsed.words.isEmpty())
        return console.usage({u"scan listen 只有选项"_s, u"scan listen takes options only"_s});
    if (parsed.value(u"port"_s).isEmpty())
        return console.usage(neededOption(u"port"_s));
    const auto number = [&parsed](const QString &name, int most) -> std::optional<int> {
        bool good = false;
        const int value = parsed.value(name).toInt(&good);
        return good && value >= 1 && value <= most ? std::optional(value) : std::nullopt;
    };
    const auto baud = number(u"baud"_s, fastestBaud);
    const auto count = number(u"count"_s, mostScans);
    const auto timeout = number(u"timeout"_s, longestTimeoutMs);
    for (const auto &[name, value] : {std::pair{u"baud"_s, baud}, std::pair{u"count"_s, count},
                                      std::pair{u"timeout"_s, timeout}}) {
        if (parsed.has(name) && !value)
            return console.usage({u"--%1 要一个正整数"_s.arg(name),
                                  u"--%1 takes a whole number from 1"_s.arg(name)});
    }

    const auto catalogue = Catalogue::load();
    if (!catalogue)
        return console.report(catalogue.error());
    const auto kinds = DocumentKinds::load();
    if (!kinds)
        return console.report(kinds.error());
    ScanRun run(console, *catalogue, *kinds, count, timeout);
    // Started by the main loop, so that quit() is heard even when the first step ends it.
    QTimer::singleShot(
        0, &run, [&] { run.start(parsed.value(u"port"_s), baud.value_or(Scanner::usualBaud)); });
    QCoreApplication::exec();
    return run.exitCode();
}

} // namespace upgradedesk
