#include "card/resolver.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

using Verdict = CardNumberExplanation::Verdict;

constexpr std::array verdicts{"complete"_L1, "too-short"_L1, "too-long"_L1, "unknown-prefix"_L1,
                              "not-a-number"_L1};
static_assert(verdicts.size() == size_t(Verdict::NotANumber) + 1);

constexpr std::array differences{"missing"_L1, "extra"_L1, "wrong"_L1, "swapped"_L1};
static_assert(differences.size() == size_t(NearMatch::Difference::Swapped) + 1);

constexpr qsizetype mostNearMatches = 3;
constexpr qsizetype shownPrefix = 4;

/// A way in which the number of a product can stand on a card.
struct Print {
    const CardProduct *product = nullptr;
    QString prefix;
    bool zero = false; ///< with the 0 that does not count

    [[nodiscard]] int digits() const { return product->digits + (zero ? 1 : 0); }
    [[nodiscard]] QList<int> expectedDigits() const
    {
        return zero ? QList<int>{digits()} : product->expectedDigits();
    }
};

/// Collects the sentences of an explanation in both languages.
class Sentences
{
public:
    explicit Sentences(const Catalogue &catalogue)
        : m_catalogue(catalogue)
    {
    }

    void add(const QString &key) { add(m_catalogue.text(key)); }

    template <typename... Args>
    void add(const QString &key, const Args &...args)
    {
        LocalText text = m_catalogue.text(key);
        ((text = fill(text, args)), ...);
        add(text);
    }

    void add(const LocalText &text)
    {
        m_chinese << withEnd(text.chinese, u'。');
        m_english << withEnd(text.english, u'.');
    }

    [[nodiscard]] LocalText joined() const
    {
        return {m_chinese.join(QString()), m_english.join(u' ')};
    }

private:
    static LocalText fill(const LocalText &text, const LocalText &arg)
    {
        return {text.chinese.arg(arg.chinese), text.english.arg(arg.english)};
    }
    static LocalText fill(const LocalText &text, const QString &arg)
    {
        return fill(text, LocalText{arg, arg});
    }
    static LocalText fill(const LocalText &text, qsizetype arg)
    {
        return fill(text, QString::number(arg));
    }
    static QString withEnd(const QString &text, QChar end)
    {
        return text.endsWith(end) ? text : text + end;
    }

    const Catalogue &m_catalogue;
    QStringList m_chinese;
    QStringList m_english;
};

/// The kinds a number may belong to: the one whose prefix it has, and those whose longer prefix it
/// may become.
QList<Print> printsOf(const Catalogue &catalogue, const QString &number)
{
    std::optional<Print> decided;
    QList<Print> possible;
    for (const CardProduct &product : catalogue.products()) {
        for (const QString &prefix : product.prefixes) {
            QList<Print> prints{{&product, prefix, false}};
            if (product.leadingZero)
                prints << Print{&product, u'0' + prefix, true};
            for (const Print &print : std::as_const(prints)) {
                if (number.startsWith(print.prefix)) {
                    if (!decided || decided->prefix.size() < print.prefix.size())
                        decided = print;
                } else if (print.prefix.startsWith(number)) {
                    possible << print;
                }
            }
        }
    }
    if (decided)
        possible.prepend(*decided);
    return possible;
}

QList<CardNumberExplanation::Candidate> candidatesOf(const QList<Print> &prints, int digits)
{
    QList<CardNumberExplanation::Candidate> candidates;
    for (const Print &print : prints) {
        const CardNumberExplanation::Candidate candidate{print.product->key, digits,
                                                         print.expectedDigits(),
                                                         std::max(0, print.digits() - digits)};
        if (!candidates.contains(candidate))
            candidates << candidate;
    }
    return candidates;
}

void explainUnknown(CardNumberExplanation &result, const Catalogue &catalogue, Sentences &sentences)
{
    result.verdict = Verdict::UnknownPrefix;
    result.service = CardService::TapNeeded;
    sentences.add(u"prefix-none"_s, result.number.left(shownPrefix));
    for (const CardProduct &product : catalogue.products()) {
        if (product.service != CardService::Linkable)
            continue;
        if (product.digits == result.digits)
            sentences.add(u"ruled-out"_s, result.digits, product.name, product.prefixes.join(u'/'));
        if (product.olderPrints.contains(result.digits))
            sentences.add(u"older-print-unknown"_s, product.name, result.digits);
    }
}

void explainSeveral(CardNumberExplanation &result, const Catalogue &catalogue, Sentences &sentences)
{
    result.verdict = Verdict::TooShort;
    result.service = CardService::TapNeeded;
    result.missing = result.candidates.first().missing;
    QStringList chinese;
    QStringList english;
    for (const auto &candidate : std::as_const(result.candidates)) {
        result.missing = std::min(result.missing, candidate.missing);
        for (const int digits : candidate.expectedDigits) {
            if (!result.expectedDigits.contains(digits))
                result.expectedDigits << digits;
        }
        const LocalText name = catalogue.product(candidate.product)->name;
        if (!chinese.contains(name.chinese)) {
            chinese << name.chinese;
            english << name.english;
        }
    }
    std::ranges::sort(result.expectedDigits);
    sentences.add(u"several"_s, LocalText{chinese.join(u"或"_s), english.join(u" or "_s)});
}

void explainKind(CardNumberExplanation &result, Print print, Sentences &sentences)
{
    const CardProduct &product = *print.product;
    if (print.zero && result.digits == print.digits()) {
        print = Print{&product, print.prefix.mid(1), false};
        result.number.remove(0, 1);
        result.digits = print.digits();
        result.candidates = candidatesOf({print}, result.digits);
        sentences.add(u"leading-zero"_s);
    }
    const int digits = print.digits();
    result.product = product.key;
    result.expectedDigits = print.expectedDigits();
    result.service = product.service;
    sentences.add(u"prefix-ok"_s, result.number.left(print.prefix.size()), product.name);

    if (result.digits == digits) {
        result.verdict = Verdict::Complete;
        sentences.add(u"check-none"_s);
        if (product.service != CardService::Linkable)
            sentences.add(product.reason);
    } else if (!print.zero && product.olderPrints.contains(result.digits)) {
        result.verdict = Verdict::Complete;
        result.service = CardService::TapNeeded;
        sentences.add(u"older-print"_s, result.digits, product.digits);
    } else if (result.digits < digits) {
        result.verdict = Verdict::TooShort;
        result.missing = digits - result.digits;
        sentences.add(u"short"_s, result.digits, digits, result.missing);
    } else {
        result.verdict = Verdict::TooLong;
        sentences.add(u"long"_s, result.digits, digits, result.digits - digits);
    }
}

std::optional<NearMatch> compare(const QString &typed, const QString &real)
{
    using Difference = NearMatch::Difference;
    const auto split = std::ranges::mismatch(typed, real);
    const QStringView typedRest(split.in1, typed.cend());
    const QStringView realRest(split.in2, real.cend());
    const int at = int(split.in1 - typed.cbegin());

    if (typed.size() + 1 == real.size() && typedRest == realRest.sliced(1))
        return NearMatch{real, Difference::Missing, at};
    if (typed.size() == real.size() + 1 && typedRest.sliced(1) == realRest)
        return NearMatch{real, Difference::Extra, at};
    if (typed.size() != real.size() || typedRest.isEmpty())
        return std::nullopt;
    if (typedRest.sliced(1) == realRest.sliced(1))
        return NearMatch{real, Difference::Wrong, at};
    if (typedRest.size() > 1 && typedRest[0] == realRest[1] && typedRest[1] == realRest[0] &&
        typedRest.sliced(2) == realRest.sliced(2))
        return NearMatch{real, Difference::Swapped, at};
    return std::nullopt;
}

bool isSeparator(QChar c)
{
    return c.isSpace() || c == u'-' || (c >= u'\u2010' && c <= u'\u2015') || c == u'\u2212' ||
           c == u'\uFF0D';
}

} // namespace

QString verdictKey(CardNumberExplanation::Verdict verdict)
{
    return verdicts[size_t(verdict)];
}

QString differenceKey(NearMatch::Difference difference)
{
    return differences[size_t(difference)];
}

std::optional<QString> foldCardNumber(const QString &typed)
{
    QString digits;
    for (const QChar c : typed) {
        if (c >= u'0' && c <= u'9')
            digits += c;
        else if (c >= u'\uFF10' && c <= u'\uFF19')
            digits += QChar(u'0' + (c.unicode() - u'\uFF10'));
        else if (!isSeparator(c))
            return std::nullopt;
    }
    if (digits.isEmpty())
        return std::nullopt;
    return digits;
}

CardNumberExplanation explain(const Catalogue &catalogue, const QString &typed)
{
    CardNumberExplanation result;
    result.input = typed;
    Sentences sentences(catalogue);
    const auto digits = foldCardNumber(typed);
    if (!digits) {
        sentences.add(u"not-digits"_s);
        result.explanation = sentences.joined();
        return result;
    }

    result.number = *digits;
    result.digits = int(digits->size());
    const QList<Print> prints = printsOf(catalogue, *digits);
    result.candidates = candidatesOf(prints, result.digits);
    if (prints.isEmpty())
        explainUnknown(result, catalogue, sentences);
    else if (prints.size() == 1)
        explainKind(result, prints.first(), sentences);
    else
        explainSeveral(result, catalogue, sentences);
    result.explanation = sentences.joined();
    return result;
}

QList<NearMatch> nearMatches(const QString &number, const QStringList &readToday)
{
    QList<NearMatch> matches;
    for (const QString &real : readToday) {
        const auto match = compare(number, real);
        if (!match || matches.contains(*match))
            continue;
        matches << *match;
        if (matches.size() == mostNearMatches)
            break;
    }
    return matches;
}

QString groupedNumber(const Catalogue &catalogue, const QString &number)
{
    const CardProduct *product = catalogue.productOfNumber(number);
    QStringList parts;
    qsizetype at = 0;
    const QList<int> groups = product == nullptr ? QList<int>() : product->groups;
    for (const int group : groups) {
        if (at < number.size())
            parts << number.mid(at, group);
        at += group;
    }
    if (at < number.size()) {
        if (parts.isEmpty())
            parts << QString();
        parts.last() += number.mid(at);
    }
    return parts.join(u' ');
}

} // namespace upgradedesk
