#include "core/arguments.h"
#include "cli/commands.h"

#include "card/catalogue.h"
#include "device/nfc/nfcclient.h"

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

using Outcome = CardSighting::Outcome;

constexpr int defaultTimeoutMs = 10'000;
constexpr int longestTimeoutMs = 86'400'000;
// A reader that was there once comes back by itself: a dead child within a second, a loose plug
// within a few.
constexpr auto patience = 3s;

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonObject toJson(const CardSighting &sighting)
{
    const bool known = sighting.outcome == Outcome::Number;
    return {{u"outcome"_s, outcomeKey(sighting.outcome)},
            {u"product"_s, orNull(sighting.product)},
            {u"number"_s, orNull(sighting.number)},
            {u"digits"_s, known ? QJsonValue(sighting.number.size()) : QJsonValue()},
            {u"issuer"_s, orNull(sighting.issuer)},
            {u"issuerPrefix"_s, orNull(sighting.issuerPrefix)},
            // No card proves whether it is plastic, a phone or a wristband.
            {u"medium"_s, u"unknown"_s},
            {u"warning"_s, orNull(sighting.warning)},
            {u"reason"_s, orNull(sighting.reason)},
            {u"elapsedMs"_s, sighting.elapsedMs}};
}

/// Issuers have Chinese names only; in English the kind of card stands in their place.
QString issuerOf(const Console &console, const Catalogue &catalogue, const CardSighting &sighting)
{
    const CardProduct *product = catalogue.product(sighting.product);
    if (console.language() == Language::English && product)
        return product->name.english;
    return sighting.issuer.isEmpty() ? console.say(u"发卡方不详"_s, u"issuer not known"_s)
                                     : sighting.issuer;
}

QString toText(const Console &console, const Catalogue &catalogue, const CardSighting &sighting)
{
    switch (sighting.outcome) {
    case Outcome::Number: {
        const QString issuer = issuerOf(console, catalogue, sighting);
        const QString line =
            console
                .say(u"卡号 %1（%2，%3 位，%4 毫秒）"_s, u"Card number %1 (%2, %3 digits, %4 ms)"_s)
                .arg(sighting.number, issuer)
                .arg(sighting.number.size())
                .arg(sighting.elapsedMs);
        if (sighting.warning.isEmpty())
            return line;
        return line + console.say(u"。这张卡已被停用，请找值班站长。"_s,
                                  u". This card is blocked; call the supervisor."_s);
    }
    case Outcome::RecognisedNoNumber:
        return console.say(
            u"认出了这种卡，但芯片里读不出卡号，请照卡面输入。"_s,
            u"This kind of card is known, but its chip holds no number; type the printed one."_s);
    case Outcome::NotOurs:
        return console.say(u"这不是北京的卡，不能在这里升级。"_s,
                           u"This card is not from Beijing and cannot be upgraded here."_s);
    case Outcome::Refused:
        return console.say(
            u"这是银行卡或证件，没有读取任何内容，请换交通卡。"_s,
            u"This is a bank card or a document; nothing was read. Use a transit card."_s);
    case Outcome::UnknownCard:
        return console.say(
            u"不认识这张卡，请换一张，或照卡面输入卡号。"_s,
            u"This card is not known; use another one or type the printed number."_s);
    case Outcome::ReadError:
        break;
    }
    if (sighting.reason == u"card-lost")
        return console.say(
            u"拿开得太早，没有读完，请再放一次，停一秒再拿开。"_s,
            u"The card was lifted too soon and not fully read; place it again and hold it one "
            u"second."_s);
    if (sighting.reason == u"several-cards")
        return console.say(u"读卡区有两张卡，请只放一张。"_s,
                           u"Two cards on the reader; leave only one."_s);
    if (sighting.reason == u"kinds-disagree")
        return console.say(u"手机里有多张卡，请乘客在手机上选好再放。"_s,
                           u"Several cards in the phone; choose one on the phone first."_s);
    return console.say(
        u"这张卡的卡号读不出来，请再放一次；仍不行请照卡面输入。"_s,
        u"The number of this card cannot be read; try again or type the printed number."_s);
}

/// One run of `card read`: lives for as long as the main loop runs.
class CardReadRun final : public QObject
{
public:
    CardReadRun(Console &console, const Catalogue &catalogue, bool follow,
                std::optional<int> timeoutMs)
        : m_console(console)
        , m_catalogue(catalogue)
        , m_follow(follow)
    {
        m_timeout.setSingleShot(true);
        m_timeout.setInterval(timeoutMs.value_or(defaultTimeoutMs));
        m_timed = timeoutMs || !follow;
        m_patience.setSingleShot(true);
        m_patience.setInterval(patience);
        connect(&m_timeout, &QTimer::timeout, this, [this] { timeIsUp(); });
        connect(&m_patience, &QTimer::timeout, this, [this] { finish(m_loss); });
        connect(&m_client, &NfcClient::readerReady, this, [this] { ready(); });
        connect(&m_client, &NfcClient::readerLost, this,
                [this](const Error &error) { lost(error); });
        connect(&m_client, &NfcClient::cardArrived, this,
                [this](const CardSighting &sighting) { arrived(sighting); });
    }

    void start(const QString &connstring)
    {
        if (m_timed)
            m_timeout.start();
        m_client.start(connstring);
    }

    [[nodiscard]] int exitCode() const { return m_exitCode; }

private:
    void timeIsUp()
    {
        if (m_anyTap)
            end(int(m_anyNumber ? ExitCode::Done : ExitCode::No));
        else if (m_patience.isActive())
            finish(m_loss);
        else
            finish(Error{ErrorCode::NoCard, u"no card in time"_s, {}});
    }

    void ready()
    {
        m_wasReady = true;
        m_patience.stop();
    }

    void lost(const Error &error)
    {
        m_loss = error;
        // Someone who follows taps all day wants to go on after a replug, and to know meanwhile.
        if (m_follow && m_wasReady)
            static_cast<void>(m_console.report(error));
        else if (m_wasReady || error.code == ErrorCode::ReaderLost)
            m_patience.start();
        else
            finish(error);
    }

    void arrived(const CardSighting &sighting)
    {
        if (m_exitCode >= 0)
            return;
        m_console.result(toJson(sighting), toText(m_console, m_catalogue, sighting));
        m_anyTap = true;
        m_anyNumber = m_anyNumber || sighting.outcome == Outcome::Number;
        if (!m_follow)
            timeIsUp();
        else if (m_timed)
            m_timeout.start();
    }

    void finish(const Error &error)
    {
        if (m_exitCode < 0)
            end(m_console.report(error));
    }

    void end(int code)
    {
        m_exitCode = code;
        QCoreApplication::quit();
    }

    Console &m_console;
    const Catalogue &m_catalogue;
    const bool m_follow;
    NfcClient m_client;
    QTimer m_timeout;
    QTimer m_patience;
    Error m_loss;
    bool m_timed = true;
    bool m_wasReady = false;
    bool m_anyTap = false;
    bool m_anyNumber = false;
    int m_exitCode = -1;
};

} // namespace

int cardRead(Console &console, const QStringList &arguments)
{
    const Arguments parsed =
        Arguments::parse(arguments, {u"reader"_s, u"timeout"_s}, {u"follow"_s});
    if (parsed.wrong)
        return console.usage(*parsed.wrong);
    if (!parsed.words.isEmpty())
        return console.usage({u"card read 只有选项"_s, u"card read takes options only"_s});
    std::optional<int> timeout;
    if (parsed.has(u"timeout"_s)) {
        bool good = false;
        timeout = parsed.value(u"timeout"_s).toInt(&good);
        if (!good || *timeout < 1 || *timeout > longestTimeoutMs)
            return console.usage({u"--timeout 是 1 到 86400000 毫秒"_s,
                                  u"--timeout takes milliseconds from 1 to 86400000"_s});
    }

    const auto catalogue = Catalogue::load();
    if (!catalogue)
        return console.report(catalogue.error());
    CardReadRun run(console, *catalogue, parsed.has(u"follow"_s), timeout);
    // Started by the main loop, so that quit() is heard even when the first step ends it.
    QTimer::singleShot(0, &run, [&run, &parsed] { run.start(parsed.value(u"reader"_s)); });
    QCoreApplication::exec();
    return run.exitCode();
}

} // namespace upgradedesk
