#include "figure.h"
#include "timedreader.h"

#include "device/nfc/nfcclient.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <QTimer>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace upgradedesk;
using namespace upgradedesk::bench;

namespace
{

using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr double mostOwnMs = 15;
constexpr double mostOfModel = 1.10;
constexpr auto longestTap = 10s;

/// Where the time of one tap went.
struct Tap {
    double whole = 0;    ///< card in the field to cardArrived
    double phase = 0;    ///< of it: until the search began that found the card
    double modelled = 0; ///< of it: what line, chip and air take by the model, searches included
    double reading = 0;  ///< of that: from the search that found the card on
    int apdus = 0;

    /// What no model explains, and is neither waiting for the next search.
    [[nodiscard]] double own() const { return whole - phase - reading; }
};

/// What was under way counts as far as it lies after `from`.
double overlap(const Exchange &exchange, TimePoint from)
{
    const TimePoint start = std::max(exchange.received, from);
    return std::max(0.0, Milliseconds(exchange.received + exchange.modelled - start).count());
}

std::optional<Tap> account(const std::vector<Exchange> &exchanges, TimePoint placed,
                           TimePoint arrived)
{
    const auto found = std::ranges::find_if(exchanges, &Exchange::found);
    if (found == exchanges.end())
        return std::nullopt;
    Tap tap;
    tap.whole = Milliseconds(arrived - placed).count();
    tap.phase = std::max(0.0, Milliseconds(found->received - placed).count());
    for (auto at = exchanges.begin(); at != exchanges.end(); ++at) {
        // After the number is told the reader goes on to ask whether the card still lies there.
        if (at->answered == TimePoint{} || at->answered > arrived)
            continue;
        tap.modelled += overlap(*at, placed);
        if (at < found)
            continue;
        tap.reading += overlap(*at, placed);
        tap.apdus += at->toTheCard ? 1 : 0;
    }
    return tap;
}

class TapBench final
{
public:
    TapBench(QList<VirtualCard> cards, int rounds, const QString &program);

    void start() { m_client.start(m_reader.connstring()); }

private:
    void nextTap();
    void cardArrived(const CardSighting &sighting);
    void finish();
    void report(const QString &name, const std::vector<Tap> &taps);

    const QList<VirtualCard> m_cards;
    const qsizetype m_all;
    TimedReader m_reader;
    NfcClient m_client;
    QTimer m_pause;
    QTimer m_tooLong;
    qsizetype m_done = 0;
    TimePoint m_placed;
    std::map<QString, std::vector<Tap>> m_taps;
    std::map<QString, QString> m_outcomes;
};

TapBench::TapBench(QList<VirtualCard> cards, int rounds, const QString &program)
    : m_cards(std::move(cards))
    , m_all(m_cards.size() * rounds)
    , m_client(program)
{
    m_pause.setSingleShot(true);
    QObject::connect(&m_pause, &QTimer::timeout, &m_client, [this] { nextTap(); });
    m_tooLong.setSingleShot(true);
    m_tooLong.setInterval(longestTap);
    QObject::connect(&m_tooLong, &QTimer::timeout, &m_client,
                     [] { giveUp(u"a card was not announced within 10 s"_s); });
    QObject::connect(&m_client, &NfcClient::readerReady, &m_pause,
                     [this] { m_pause.start(500ms); });
    QObject::connect(&m_client, &NfcClient::cardArrived, &m_pause,
                     [this](const CardSighting &sighting) { cardArrived(sighting); });
    QObject::connect(&m_client, &NfcClient::cardLeft, &m_pause, [this] {
        if (m_done == m_all)
            return finish();
        // Any moment of the reader's search may be the one in which a passenger taps.
        m_pause.start(std::chrono::milliseconds(QRandomGenerator::global()->bounded(100, 300)));
    });
    m_tooLong.start();
}

void TapBench::nextTap()
{
    m_tooLong.start();
    m_placed = m_reader.place(m_cards.at(m_done % m_cards.size()));
}

void TapBench::cardArrived(const CardSighting &sighting)
{
    const TimePoint now = std::chrono::steady_clock::now();
    const VirtualCard &card = m_cards.at(m_done % m_cards.size());
    const auto tap = account(m_reader.exchanges(), m_placed, now);
    if (!tap)
        giveUp(u"no search found the card "_s + card.name);
    m_taps[card.name].push_back(*tap);
    m_outcomes[card.name] = outcomeKey(sighting.outcome);
    ++m_done;
    m_reader.remove();
    m_tooLong.start();
}

void TapBench::report(const QString &name, const std::vector<Tap> &taps)
{
    const auto each = [&taps](auto &&of) {
        std::vector<double> values;
        std::ranges::transform(taps, std::back_inserter(values), of);
        return values;
    };
    const auto own = each(&Tap::own);
    const auto whole = each(&Tap::whole);
    const auto phase = each(&Tap::phase);
    const auto modelled = each(&Tap::modelled);
    const auto ratios = each([](const Tap &tap) { return tap.whole / tap.modelled; });
    const QString of = name + u": "_s;
    print({u"tap"_s, of + u"own share, median"_s, median(own), u"ms"_s, mostOwnMs, u"<= 15 ms"_s,
           median(own) <= mostOwnMs});
    print({u"tap"_s, of + u"own share, 95 of 100"_s, quantile(own, 0.95), u"ms"_s, mostOwnMs,
           u"<= 15 ms"_s, quantile(own, 0.95) <= mostOwnMs});
    print({u"tap"_s, of + u"tap to number, median"_s, median(whole), u"ms"_s, median(modelled),
           u"<= 1.10 x air and line"_s, median(ratios) <= mostOfModel, median(ratios)});
    print({u"tap"_s, of + u"wait for the next search, median"_s, median(phase), u"ms"_s});
    print({u"tap"_s, of + u"wait for the next search, longest"_s, quantile(phase, 1), u"ms"_s});
}

void TapBench::finish()
{
    std::vector<Tap> all;
    for (const VirtualCard &card : m_cards) {
        const std::vector<Tap> &taps = m_taps[card.name];
        report(card.name + u" ("_s + m_outcomes[card.name] + u')', taps);
        print({u"tap"_s, card.name + u": APDUs"_s, double(taps.front().apdus), {}});
        all.insert(all.end(), taps.begin(), taps.end());
    }
    report(u"every card"_s, all);
    QCoreApplication::quit();
}

QList<VirtualCard> cardsToTap(const QString &vectors, const QString &shelf)
{
    // One for each way a card can be told apart.
    const QStringList names{u"beijing-card"_s,
                            u"wristband"_s,
                            u"phone"_s,
                            u"older-card"_s,
                            u"foreign-card"_s,
                            u"bank-card"_s,
                            u"shenzhentong-legacy-1"_s,
                            u"cityunion-chongqing"_s,
                            u"octopus-felica"_s,
                            u"mifare-classic-1k"_s,
                            u"iso4-card-all-6A82"_s};
    QList<VirtualCard> cards;
    for (const QString &file : {shelf, vectors}) {
        const auto loaded = loadVirtualCards(file);
        if (!loaded)
            giveUp(file);
        std::ranges::copy_if(*loaded, std::back_inserter(cards), [&names](const VirtualCard &card) {
            return names.contains(card.name);
        });
    }
    if (cards.size() != names.size())
        giveUp(u"the virtual cards have other names now"_s);
    return cards;
}

} // namespace

/// tap_bench NFC_CHILD CARD_VECTORS TRAINING_CARDS ROUNDS
int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 5)
        giveUp(u"tap_bench NFC_CHILD CARD_VECTORS TRAINING_CARDS ROUNDS"_s);
    TapBench bench(cardsToTap(arguments.at(2), arguments.at(3)), arguments.at(4).toInt(),
                   arguments.at(1));
    bench.start();
    return QCoreApplication::exec();
}
