#include "cli/commands.h"
#include "cli/jsontext.h"
#include "cli/opendesk.h"

#include "core/arguments.h"
#include "core/masking.h"
#include "device/serial/idreader.h"

#include <QCoreApplication>
#include <QTimer>

#include <chrono>
#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upgradedesk
{
namespace
{

constexpr int idCardTimeoutMs = 10'000;
constexpr int longestIdCardTimeoutMs = 86'400'000;
/// A reader that was there once comes back by itself.
constexpr auto idReaderPatience = 3s;

/// The outcome of a document that was placed and is not to be used; empty: the reader is to blame.
QString outcomeOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::IdCardUnreadable:
        return u"unreadable"_s;
    case ErrorCode::IdCardRefused:
        return u"refused"_s;
    case ErrorCode::IdCardUnknown:
        return u"unknown-card"_s;
    case ErrorCode::IdCardContradictory:
        return u"contradictory"_s;
    case ErrorCode::IdCardExpired:
        return u"expired"_s;
    default:
        return {};
    }
}

QJsonObject toJson(const QString &outcome, const IdDocument &document, bool reveal)
{
    const Person &person = document.person;
    QJsonArray warnings;
    if (document.sexDiffers)
        warnings << u"SEX"_s;
    const auto name = [reveal](const QString &text) {
        return textOrNull(reveal ? text : maskName(text));
    };
    return {
        {u"outcome"_s, outcome},
        {u"kind"_s, textOrNull(person.documentKind)},
        {u"name"_s, name(person.name)},
        {u"otherName"_s, name(document.otherName)},
        {u"number"_s,
         textOrNull(reveal ? person.documentNumber : maskDocumentNumber(person.documentNumber))},
        {u"expiry"_s, textOrNull(document.expiry ? document.expiry->toString(Qt::ISODate) : u""_s)},
        {u"warnings"_s, warnings}};
}

/// One run of `idcard read`: lives for as long as the main loop runs.
class IdCardReadRun final : public QObject
{
public:
    IdCardReadRun(Console &console, const DocumentKinds &kinds, const Clock &clock, int timeoutMs,
                  bool reveal)
        : m_console(console)
        , m_kinds(kinds)
        , m_reveal(reveal)
        , m_reader(kinds, clock)
    {
        m_timeout.setSingleShot(true);
        m_timeout.setInterval(timeoutMs);
        m_patience.setSingleShot(true);
        m_patience.setInterval(idReaderPatience);
        connect(&m_timeout, &QTimer::timeout, this, [this] {
            finish(m_loss.value_or(Error{ErrorCode::IdCardMissing, u"no document in time"_s, {}}));
        });
        connect(&m_patience, &QTimer::timeout, this, [this] { finish(*m_loss); });
        connect(&m_reader, &IdReader::ready, this, [this] {
            m_wasReady = true;
            m_loss.reset();
            m_patience.stop();
        });
        connect(&m_reader, &IdReader::lost, this, &IdCardReadRun::lost);
        connect(&m_reader, &IdReader::documentRead, this, &IdCardReadRun::read);
        connect(&m_reader, &IdReader::documentFailed, this, &IdCardReadRun::failed);
    }

    void start(const QString &port)
    {
        m_timeout.start();
        m_reader.start(port);
    }

    [[nodiscard]] int exitCode() const { return m_exitCode; }

private:
    void lost(const Error &error)
    {
        m_loss = error;
        if (m_wasReady)
            m_patience.start();
        else
            finish(error);
    }

    void read(const IdDocument &document)
    {
        m_console.result(toJson(u"read"_s, document, m_reveal), textOf(document));
        end(int(ExitCode::Done));
    }

    void failed(const Error &error)
    {
        const QString outcome = outcomeOf(error.code);
        if (m_loss || outcome.isEmpty())
            return finish(error);
        if (m_console.json())
            m_console.result(toJson(outcome, {}, false), {});
        finish(error);
    }

    [[nodiscard]] QString textOf(const IdDocument &document) const
    {
        const Person &person = document.person;
        const Language language = m_console.language();
        const QString kind = m_kinds.kind(person.documentKind)->name.in(language);
        const QString expiry = document.expiry ? m_console.say(u"至 "_s, u"until "_s) +
                                                     document.expiry->toString(Qt::ISODate)
                                               : m_console.say(u"：长期"_s, u"for life"_s);
        QString text =
            m_console.say(u"%1：%2，%3，有效期%4"_s, u"%1: %2, %3, valid %4"_s)
                .arg(kind, m_reveal ? person.name : maskName(person.name),
                     m_reveal ? person.documentNumber : maskDocumentNumber(person.documentNumber),
                     expiry);
        if (document.sexDiffers)
            text += m_console.say(u"。证件里的性别与号码不一致，请核对证件"_s,
                                  u". The sex in it is not that of the number; compare by eye"_s);
        return text;
    }

    void finish(const Error &error)
    {
        if (m_exitCode < 0)
            end(m_console.report(error));
    }

    void end(int code)
    {
        m_exitCode = code;
        m_reader.stop();
        QCoreApplication::quit();
    }

    Console &m_console;
    const DocumentKinds &m_kinds;
    const bool m_reveal;
    IdReader m_reader;
    QTimer m_timeout;
    QTimer m_patience;
    std::optional<Error> m_loss;
    bool m_wasReady = false;
    int m_exitCode = -1;
};

/// On a desk that has operators only a supervisor sees what is not masked.
Result<void> mayReveal(const Console &console, const Clock &clock, const QString &operatorId)
{
    auto desk = OpenDesk::open(console, clock);
    if (!desk && (desk.error().code == ErrorCode::NotProvisioned ||
                  desk.error().code == ErrorCode::TrainingFolder))
        return {};
    if (!desk)
        return tl::unexpected(desk.error());
    const auto person = loginFromStdin(*desk, operatorId, clock);
    if (!person)
        return tl::unexpected(person.error());
    if (person->role == u"staff")
        return fail(ErrorCode::RoleMissing, u"the number is shown to supervisors only"_s);
    return {};
}

} // namespace

int idCardRead(Console &console, const QStringList &arguments)
{
    const Arguments parsed =
        Arguments::parse(arguments, {u"port"_s, u"timeout"_s, u"operator"_s}, {u"reveal"_s});
    if (parsed.wrong)
        return console.usage(*parsed.wrong);
    if (!parsed.words.isEmpty())
        return console.usage({u"idcard read 只有选项"_s, u"idcard read takes options only"_s});
    if (parsed.value(u"port"_s).isEmpty())
        return console.usage(neededOption(u"port"_s));
    bool good = true;
    const int timeout =
        parsed.has(u"timeout"_s) ? parsed.value(u"timeout"_s).toInt(&good) : idCardTimeoutMs;
    if (!good || timeout < 1 || timeout > longestIdCardTimeoutMs)
        return console.usage({u"--timeout 是 1 到 86400000 毫秒"_s,
                              u"--timeout takes milliseconds from 1 to 86400000"_s});

    const auto kinds = DocumentKinds::load();
    if (!kinds)
        return console.report(kinds.error());
    const SystemClock clock;
    const bool reveal = parsed.has(u"reveal"_s);
    if (reveal) {
        const auto may = mayReveal(console, clock, parsed.value(u"operator"_s));
        if (!may)
            return console.report(may.error());
    }
    IdCardReadRun run(console, *kinds, clock, timeout, reveal);
    // Started by the main loop, so that quit() is heard even when the first step ends it.
    QTimer::singleShot(0, &run, [&run, &parsed] { run.start(parsed.value(u"port"_s)); });
    QCoreApplication::exec();
    return run.exitCode();
}

} // namespace upgradedesk
