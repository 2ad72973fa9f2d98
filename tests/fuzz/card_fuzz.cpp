// A card that answers with any bytes must never lead to a number that is not whole, and any typed
// text must be explained.
#include "card/catalogue.h"
#include "card/probe.h"
#include "card/resolver.h"

#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

/// Cuts the input into answers: a length byte, then that many bytes; at the end the card is gone.
class FuzzedCard final : public Transceiver
{
public:
    explicit FuzzedCard(QByteArrayView input)
        : m_input(input)
    {
    }

    Result<QByteArray> transmit(const QByteArray &) override
    {
        if (m_input.isEmpty())
            return fail(ErrorCode::CardLost);
        const auto length = qMin(qsizetype(uchar(m_input.front())), m_input.size() - 1);
        const QByteArray answer = m_input.sliced(1, length).toByteArray();
        m_input = m_input.sliced(1 + length);
        return answer;
    }

private:
    QByteArrayView m_input;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Catalogue catalogue =
        Catalogue::load(QStringLiteral(UPGRADEDESK_SHARE "/cards/catalogue.json")).value();
    const QByteArrayView input(data, qsizetype(size));

    FuzzedCard card(input);
    Target target;
    target.sak = 0x20;
    const CardSighting sighting = probe(card, target, catalogue);
    if (sighting.outcome == CardSighting::Outcome::Number) {
        const CardProduct *product = catalogue.product(sighting.product);
        if (!product || (product->digits > 0 && sighting.number.size() != product->digits))
            std::abort();
    } else if (!sighting.number.isEmpty()) {
        std::abort();
    }

    const CardNumberExplanation typed = explain(catalogue, QString::fromUtf8(input));
    if (typed.linkable() && typed.number.size() != 19 && typed.number.size() != 16)
        std::abort();
    if (typed.explanation.chinese.isEmpty() || typed.explanation.english.isEmpty())
        std::abort();
    return 0;
}
