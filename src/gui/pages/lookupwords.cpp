#include "gui/pages/lookupwords.h"

#include "gui/pages/words.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

/// Translation context of the words below.
struct LookupSide {
    Q_DECLARE_TR_FUNCTIONS(upgradedesk::LookupPage)
};

} // namespace

QList<LengthBars::Row> lengthRows(const Catalogue &catalogue, const CardNumberExplanation &typed)
{
    QList<LengthBars::Row> rows;
    for (const CardProduct &kind : catalogue.products()) {
        if (kind.digits == 0)
            continue;
        LengthBars::Row row;
        row.name = kind.name.in(pageLanguage());
        row.digits = kind.digits;
        row.current = std::ranges::any_of(typed.candidates, [&kind](const auto &candidate) {
            return candidate.product == kind.key;
        });
        if (kind.leadingZero)
            //: lk.lengths: under a kind whose number may be printed with a 0 that does not count
            row.note = LookupSide::tr("前面多印一个 0 的，0 不算");
        else if (!kind.olderPrints.isEmpty()) {
            QStringList older;
            for (const int digits : kind.olderPrints)
                older << QString::number(digits);
            //: lk.lengths: under a kind with other numbers printed on early cards
            row.note = LookupSide::tr("早期卡面印 %1 位的，请刷卡").arg(older.join(u" / "_s));
        }
        rows << row;
    }
    return rows;
}

QString lookupWords(const CardNumberExplanation &typed, const CardProduct *kind)
{
    using Verdict = CardNumberExplanation::Verdict;
    const bool several = typed.product.isEmpty();
    const int digits = typed.digits + typed.missing;
    switch (typed.verdict) {
    case Verdict::TooShort:
        if (several)
            break;
        if (typed.missing == 1)
            //: say.lookup, one digit missing
            return LookupSide::tr("卡的种类不同，位数也不同。您这种卡是 %1 位，刚才少输了一位。")
                .arg(digits);
        //: say.lookup.more, still being read out
        return LookupSide::tr("卡的种类不同，位数也不同。您这种卡是 %1 位，请接着往下念。")
            .arg(digits);
    case Verdict::TooLong:
        //: say.lookup.long
        return LookupSide::tr("您这种卡没有这么多位，请从头再念一遍，我来核对。");
    case Verdict::UnknownPrefix:
        //: say.lookup.tap
        return LookupSide::tr("这个号码我查不到，请把卡放在读卡区上。");
    case Verdict::Complete:
        if (typed.service == CardService::TapNeeded)
            //: say.lookup.older
            return LookupSide::tr("卡面上这个号码不够用，请把卡放在读卡区上。");
        if (typed.service != CardService::Linkable && kind)
            return kind->reason.in(pageLanguage());
        //: say.lookup.whole
        return LookupSide::tr("卡号齐了。我念一遍，请您对着卡面核对。");
    case Verdict::NotANumber:
        break;
    }
    //: say.lookup.start
    return LookupSide::tr("请把卡面上的号码念给我听，四位一组，从左边开始。");
}

} // namespace upgradedesk
