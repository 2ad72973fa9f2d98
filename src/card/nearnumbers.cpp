#include "card/nearnumbers.h"

#include <QSet>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

using Difference = NearMatch::Difference;

constexpr std::array differences{"missing"_L1, "extra"_L1, "wrong"_L1, "swapped"_L1};
static_assert(differences.size() == size_t(Difference::Swapped) + 1);

bool isWhole(const Catalogue &catalogue, const QString &number)
{
    const CardProduct *product = catalogue.productOfNumber(number);
    return product != nullptr && product->service == CardService::Linkable &&
           product->digits == number.size();
}

/// Whether one edit can lead to the length of a linkable kind at all.
bool hasNearLength(const Catalogue &catalogue, const QString &number)
{
    return std::ranges::any_of(catalogue.products(), [&number](const CardProduct &product) {
        return product.service == CardService::Linkable && product.digits > 0 &&
               std::abs(product.digits - number.size()) <= 1;
    });
}

/// Makes the numbers one edit away, each once.
class Editor
{
public:
    Editor(const Catalogue &catalogue, QSet<QString> known)
        : m_catalogue(catalogue)
        , m_known(std::move(known))
    {
    }

    /// `skipped` digits stood before `number` in what was typed.
    void edit(const QString &number, int skipped)
    {
        for (int at = 0; at < number.size(); ++at) {
            take(QString(number).remove(at, 1), Difference::Extra, at + skipped);
            for (char16_t digit = u'0'; digit <= u'9'; ++digit)
                take(QString(number).replace(at, 1, QChar(digit)), Difference::Wrong, at);
            if (at + 1 < number.size()) {
                QString swapped = number;
                std::swap(swapped[at], swapped[at + 1]);
                take(swapped, Difference::Swapped, at);
            }
        }
        for (int at = 0; at <= number.size(); ++at) {
            for (char16_t digit = u'0'; digit <= u'9'; ++digit)
                take(QString(number).insert(at, QChar(digit)), Difference::Missing, at);
        }
    }

    [[nodiscard]] const QList<NearMatch> &found() const { return m_found; }

private:
    void take(const QString &number, Difference difference, int position)
    {
        if (m_known.contains(number) || !isWhole(m_catalogue, number))
            return;
        m_known.insert(number);
        m_found << NearMatch{number, difference, position};
    }

    const Catalogue &m_catalogue;
    QSet<QString> m_known;
    QList<NearMatch> m_found;
};

} // namespace

QString differenceKey(NearMatch::Difference difference)
{
    return differences[size_t(difference)];
}

QList<NearMatch> neighbours(const Catalogue &catalogue, const QString &number)
{
    const QString rest = number.startsWith(u'0') ? number.mid(1) : QString();
    QSet<QString> known{number};
    const CardProduct *product = catalogue.productOfNumber(rest);
    if (product != nullptr && product->leadingZero)
        known << rest;

    Editor editor(catalogue, std::move(known));
    if (hasNearLength(catalogue, number))
        editor.edit(number, 0);
    if (!rest.isEmpty() && hasNearLength(catalogue, rest))
        editor.edit(rest, 1);
    return editor.found();
}

} // namespace upgradedesk
