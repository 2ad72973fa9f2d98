#include "figure.h"

#include "card/resolver.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::bench;

namespace
{

constexpr double mostMicroseconds = 50;

/// Nineteen digits behind a prefix of the catalogue, of nobody.
QString number(QRandomGenerator &random, const QString &prefix)
{
    QString digits = prefix;
    while (digits.size() < 19)
        digits += QChar(u'0' + char16_t(random.bounded(10)));
    return digits;
}

template <typename Work>
double microseconds(Work &&work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start)
        .count();
}

void report(const QString &name, const std::vector<double> &times)
{
    for (const auto &[share, word] : {std::pair{0.5, u"median"_s}, {0.99, u"99 of 100"_s}}) {
        const double time = quantile(times, share);
        print({u"resolver"_s, name + u", "_s + word, time, u"us"_s, mostMicroseconds,
               u"<= 50 us a keystroke"_s, time <= mostMicroseconds});
    }
}

} // namespace

/// resolver_bench NUMBERS: types so many numbers digit by digit.
int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const auto catalogue = Catalogue::load();
    if (!catalogue)
        giveUp(u"the card catalogue does not load"_s);
    const int count = QCoreApplication::arguments().value(1, u"2000"_s).toInt();

    QRandomGenerator random(20220601);
    const QStringList prefixes{u"31051700"_s, u"31048300"_s, u"31059999"_s, u"1000"_s, u""_s};
    std::vector<double> explaining;
    std::vector<double> everything;
    qsizetype used = 0; // keeps what is measured from being left out
    for (int i = 0; i < count; ++i) {
        const QString whole = number(random, prefixes.at(i % prefixes.size()));
        for (qsizetype digits = 1; digits <= whole.size(); ++digits) {
            const QString typed = whole.first(digits);
            explaining.push_back(microseconds([&] { used += explain(*catalogue, typed).digits; }));
            everything.push_back(microseconds([&] {
                used += explain(*catalogue, typed).digits;
                used += groupedNumber(*catalogue, typed).size();
            }));
        }
    }
    if (used == 0)
        giveUp(u"the resolver said nothing"_s);
    report(u"explain()"_s, explaining);
    report(u"explain() and groups"_s, everything);
    return 0;
}
