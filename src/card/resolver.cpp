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

using About = CardCheck::About;
using State = CardCheck::State;

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

/// Writes the sentences of an explanation in both languages.
class Writer
{
public:
    Writer(const Catalogue &catalogue, CardNumberExplanation &result)
        : m_catalogue(catalogue)
        , m_result(result)
    {
    }

    template <typename... Args>
    void check(About about, State state, const QString &key, const Args &...args)
    {
        checkAll({checkOf(about, state, key, args...)});
    }

    /// Puts sentences about the same thing into one line.
    void checkAll(const QList<CardCheck> &checks)
    {
        if (checks.isEmpty())
            return;
        CardCheck all = checks.first();
        for (const CardCheck &check : checks.sliced(1)) {
            all.text.chinese += u'，' + check.text.chinese;
            all.text.english += u". "_s + check.text.english;
            all.strong += check.strong;
        }
        m_result.checks << all;
        say(all.text);
    }

    template <typename... Args>
    [[nodiscard]] CardCheck checkOf(About about, State state, const QString &key,
                                    const Args &...args) const
    {
        CardCheck check{about, state, m_catalogue.text(key), {}};
        ((fill(check, args)), ...);
        return check;
    }

    void say(const LocalText &text)
    {
        LocalText &all = m_result.explanation;
        all.chinese += withEnd(text.chinese, u'。');
        if (!all.english.isEmpty())
            all.english += u' ';
        all.english += withEnd(text.english, u'.');
    }
    void say(const QString &key) { say(m_catalogue.text(key)); }

private:
    static void fill(CardCheck &check, const LocalText &arg)
    {
        check.text = {check.text.chinese.arg(arg.chinese), check.text.english.arg(arg.english)};
    }
    static void fill(CardCheck &check, const QString &arg)
    {
        fill(check, LocalText{arg, arg});
        check.strong << arg;
    }
    static void fill(CardCheck &check, qsizetype arg) { fill(check, QString::number(arg)); }

    static QString withEnd(const QString &text, QChar end)
    {
        return text.endsWith(end) ? text : text + end;
    }

    const Catalogue &m_catalogue;
    CardNumberExplanation &m_result;
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

/// Which linkable kinds it cannot be, and how their numbers start. Of a number of the right length
/// only what the length does not tell already.
void ruleOut(const CardNumberExplanation &result, const Catalogue &catalogue, Writer &writer)
{
    QList<CardCheck> checks;
    for (const CardProduct &product : catalogue.products()) {
        const bool possible =
            std::ranges::any_of(result.candidates, [&product](const auto &candidate) {
                return candidate.product == product.key;
            });
        const bool told = result.verdict == Verdict::Complete && product.digits != result.digits;
        if (product.service == CardService::Linkable && !possible && !told)
            checks << writer.checkOf(About::RuledOut, State::Note, u"ruled-out"_s, product.digits,
                                     product.name, product.prefixes.join(u'/'));
    }
    writer.checkAll(checks);
}

void explainUnknown(CardNumberExplanation &result, const Catalogue &catalogue, Writer &writer)
{
    result.verdict = Verdict::UnknownPrefix;
    result.service = CardService::TapNeeded;
    writer.check(About::Prefix, State::Wrong, u"prefix-none"_s, result.number.left(shownPrefix));
    for (const CardProduct &product : catalogue.products()) {
        if (product.service == CardService::Linkable && product.olderPrints.contains(result.digits))
            writer.check(About::Length, State::Note, u"older-print-unknown"_s, product.name,
                         result.digits);
    }
    ruleOut(result, catalogue, writer);
}

/// 17、20 · 17 or 20
LocalText listed(const QList<int> &numbers)
{
    QStringList texts;
    for (const int number : numbers)
        texts << QString::number(number);
    return {texts.join(u'、'), texts.join(u" or "_s)};
}

/// The prefix is not whole yet: one kind or several may be meant.
void explainOpen(CardNumberExplanation &result, const Catalogue &catalogue, Writer &writer)
{
    result.verdict = Verdict::TooShort;
    result.service = CardService::TapNeeded;
    QStringList chinese;
    QStringList english;
    result.missing = result.candidates.first().missing;
    bool oneLength = true;
    for (const auto &candidate : std::as_const(result.candidates)) {
        oneLength = oneLength && candidate.missing == result.missing;
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
    if (chinese.size() == 1) {
        result.product = result.candidates.first().product;
        result.service = catalogue.product(result.product)->service;
    }
    writer.check(About::Prefix, State::Note, u"several"_s,
                 LocalText{chinese.join(u"或"_s), english.join(u" or "_s)});
    const bool zero = result.number.startsWith(u'0');
    if (oneLength)
        writer.check(About::Length, State::Wrong, zero ? u"short-zero"_s : u"short"_s,
                     result.digits, result.digits + result.missing, result.missing);
    ruleOut(result, catalogue, writer);
}

void explainLength(CardNumberExplanation &result, const Print &print, Writer &writer)
{
    const CardProduct &product = *print.product;
    const int digits = print.digits();
    if (result.digits == digits) {
        result.verdict = Verdict::Complete;
        writer.check(About::Length, State::Good, u"length-ok"_s, digits);
        writer.check(About::CheckDigit, State::Note, u"check-none"_s);
    } else if (!print.zero && product.olderPrints.contains(result.digits)) {
        result.verdict = Verdict::Complete;
        result.service = CardService::TapNeeded;
        writer.check(About::Length, State::Wrong, u"older-print"_s, result.digits, digits);
    } else if (result.digits < digits) {
        result.verdict = Verdict::TooShort;
        result.missing = digits - result.digits;
        writer.check(About::Length, State::Wrong, print.zero ? u"short-zero"_s : u"short"_s,
                     result.digits, digits, result.missing);
    } else {
        result.verdict = Verdict::TooLong;
        if (print.zero || product.olderPrints.isEmpty())
            writer.check(About::Length, State::Wrong, print.zero ? u"long-zero"_s : u"long"_s,
                         result.digits, digits, result.digits - digits);
        else
            writer.check(About::Length, State::Wrong, u"long-older"_s, result.digits, digits,
                         result.digits - digits, listed(product.olderPrints));
    }
}

void explainKind(CardNumberExplanation &result, Print print, const Catalogue &catalogue,
                 Writer &writer)
{
    const CardProduct &product = *print.product;
    const bool zeroFirst = print.zero && result.digits == print.digits();
    if (zeroFirst) {
        print = Print{&product, print.prefix.mid(1), false};
        result.number.remove(0, 1);
        result.digits = print.digits();
        result.candidates = candidatesOf({print}, result.digits);
    }
    result.product = product.key;
    result.expectedDigits = print.expectedDigits();
    result.service = product.service;
    writer.check(About::Prefix, State::Good, u"prefix-ok"_s, print.prefix, product.name);
    if (zeroFirst) {
        result.verdict = Verdict::Complete;
        writer.check(About::Length, State::Good, u"leading-zero"_s);
        writer.check(About::CheckDigit, State::Note, u"check-none"_s);
    } else {
        explainLength(result, print, writer);
    }
    if (!result.linkable())
        ruleOut(result, catalogue, writer);
    if (result.verdict == Verdict::Complete && product.service != CardService::Linkable)
        writer.say(product.reason);
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
    Writer writer(catalogue, result);
    const auto digits = foldCardNumber(typed);
    if (!digits) {
        const bool nothing = std::ranges::all_of(typed, isSeparator);
        writer.say(nothing ? u"nothing"_s : u"not-digits"_s);
        return result;
    }

    result.number = *digits;
    result.digits = int(digits->size());
    const QList<Print> prints = printsOf(catalogue, *digits);
    result.candidates = candidatesOf(prints, result.digits);
    if (prints.isEmpty())
        explainUnknown(result, catalogue, writer);
    else if (prints.size() == 1 && digits->startsWith(prints.first().prefix))
        explainKind(result, prints.first(), catalogue, writer);
    else
        explainOpen(result, catalogue, writer);
    return result;
}

std::optional<CardSighting> sightingOf(const Catalogue &catalogue,
                                       const CardNumberExplanation &explained)
{
    const CardProduct *product = catalogue.product(explained.product);
    if (explained.verdict != Verdict::Complete || product == nullptr ||
        product->digits != explained.digits)
        return std::nullopt;
    CardSighting sighting;
    sighting.outcome = CardSighting::Outcome::Number;
    sighting.product = explained.product;
    sighting.number = explained.number;
    sighting.issuer = catalogue.issuer(explained.number);
    sighting.typed = true;
    return sighting;
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
