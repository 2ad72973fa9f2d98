#include "gui/pages/documentverdict.h"

#include "gui/pages/words.h"
#include "identity/documentcheck.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

/// Translation context of the words below.
struct DocumentWords {
    Q_DECLARE_TR_FUNCTIONS(upgradedesk::DocumentPage)
};

/// Characters a number of this kind has when it is complete; nothing where lengths vary.
std::optional<int> fullLength(const QString &kind, const QString &typed)
{
    if (kind == u"resident" || kind == u"hmt-residence")
        return 18;
    if (kind == u"foreign-permanent")
        return !typed.isEmpty() && typed.front().isLetter() ? 15 : 18;
    return std::nullopt;
}

bool isAsciiDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

/// The first character that cannot stand where it stands.
int strangePosition(const QString &kind, const QString &typed)
{
    const bool digitsOnly = kind == u"resident" || kind == u"hmt-residence";
    const bool han = kind == u"military";
    for (qsizetype i = 0; i < typed.size(); ++i) {
        const QChar c = typed.at(i);
        const bool letter = c >= u'A' && c <= u'Z';
        if (isAsciiDigit(c) || (letter && !digitsOnly) || (c == u'X' && i == 17) ||
            (han && c.script() == QChar::Script_Han))
            continue;
        return int(i);
    }
    return int(typed.size()) - 1;
}

DocumentVerdict wrong(const QString &title, const QString &text, int suspect)
{
    DocumentVerdict verdict;
    verdict.level = DocumentVerdict::Level::Wrong;
    verdict.title = title;
    verdict.text = text;
    verdict.suspect = suspect;
    return verdict;
}

DocumentVerdict wrongLength(const QString &kind, const QString &typed)
{
    const auto full = fullLength(kind, typed);
    const int count = int(typed.size());
    if (full && count > *full) {
        //: id.long
        return wrong(DocumentWords::tr("多了 %n 位", nullptr, count - *full),
                     //: id.long.sub
                     DocumentWords::tr("这种证件号是 %1 位，请看看哪一位输了两次。").arg(*full),
                     *full);
    }
    DocumentVerdict verdict;
    verdict.level = DocumentVerdict::Level::Unfinished;
    if (full) {
        //: id.short
        verdict.missing = DocumentWords::tr("还差 %n 位", nullptr, *full - count);
        //: id.count
        verdict.count = DocumentWords::tr("已输 %1 位，还差 %2 位").arg(count).arg(*full - count);
    } else {
        //: id.unfinished
        verdict.missing = DocumentWords::tr("证件号还没输完");
        //: id.count.only
        verdict.count = DocumentWords::tr("已输 %n 位", nullptr, count);
    }
    return verdict;
}

/// The most exact of several reasons: a wrong check digit alone says least about where to look.
DocumentVerdict wrongNumber(const QStringList &reasons, const QString &kind, const QString &typed)
{
    const bool foreign = kind == u"foreign-permanent";
    const bool letters = foreign && typed.size() == 15;
    if (reasons.contains(u"CHARSET"_s))
        //: id.charset
        return wrong(DocumentWords::tr("有一个字符不该出现"),
                     //: id.charset.sub
                     DocumentWords::tr("请与证件核对这一位；不要用中文输入法输入字母。"),
                     strangePosition(kind, typed));
    if (reasons.contains(u"REGION"_s))
        //: id.region
        return wrong(DocumentWords::tr("地区代码对不上"),
                     //: id.region.sub
                     DocumentWords::tr("没有这样的地区代码，请与证件核对划线的地方。"),
                     foreign ? (letters ? 3 : 1) : 0);
    if (reasons.contains(u"COUNTRY"_s))
        //: id.country
        return wrong(DocumentWords::tr("国家代码对不上"),
                     //: id.country.sub
                     DocumentWords::tr("没有这样的国家代码，请与证件核对划线的地方。"),
                     letters ? 0 : 3);
    if (reasons.contains(u"BIRTH_DATE"_s) || reasons.contains(u"BIRTH_RANGE"_s))
        //: id.birth
        return wrong(DocumentWords::tr("出生日期对不上"),
                     //: id.birth.sub
                     DocumentWords::tr("没有这一天，或者不可能是这一天，请与证件核对出生日期。"),
                     letters ? 7 : 6);
    if (reasons.contains(u"CHECK_DIGIT"_s)) {
        const QString sub =
            letters
                //: id.bad.sub15
                ? DocumentWords::tr("多半是前面某一位输错；请从头再看一遍。不是漏输，15 位齐了。")
                //: id.bad.sub
                : DocumentWords::tr("多半是前面某一位输错；请从出生日期开始再看一遍。"
                                    "不是漏输，18 位齐了。");
        //: id.bad
        return wrong(DocumentWords::tr("最后一位对不上"), sub, int(typed.size()) - 1);
    }
    //: id.format
    return wrong(DocumentWords::tr("证件号的样式对不上"),
                 //: id.format.sub
                 DocumentWords::tr("请先看证件类型选得对不对，再与证件核对号码。"), 0);
}

/// A number that may be used after a look at the document, and why to look.
DocumentVerdict doubtful(const QStringList &warnings)
{
    DocumentVerdict verdict;
    verdict.level = DocumentVerdict::Level::Doubtful;
    if (warnings.contains(u"REGION_UNKNOWN"_s)) {
        //: id.region.unknown
        verdict.title = DocumentWords::tr("地址码未收录，请核对证件");
        //: id.region.unknown.sub
        verdict.text = DocumentWords::tr("前 6 位与证件一致就可以继续。");
        return verdict;
    }
    verdict.title = warnings.contains(u"FORMAT_UNUSUAL"_s)
                        //: id.unusual
                        ? DocumentWords::tr("证件号的样式少见，请核对证件")
                        //: id.unchecked
                        : DocumentWords::tr("这种证件号没有校验位，请核对证件");
    //: id.unchecked.sub
    verdict.text = DocumentWords::tr("每一位都与证件一致就可以继续。");
    return verdict;
}

/// What the second line says about a number that is right but is not for this desk.
QString wordsElsewhere(const DocumentCheck &check)
{
    if (!check.valid)
        return {};
    if (check.warnings.contains(u"OLD_FORM"_s))
        //: id.oldform
        return DocumentWords::tr("旧版证件的号码，请核对有效期。");
    if (check.warnings.contains(u"FORMAT_UNUSUAL"_s))
        //: id.unusual
        return DocumentWords::tr("证件号的样式少见，请核对证件");
    //: id.good
    return DocumentWords::tr("证件号核对无误");
}

/// Kinds that Health Kit serves: where to go is said from the start, and a number that is wrong is
/// still said to be wrong, so that the passenger does not type it wrong there too.
DocumentVerdict elsewhere(const DocumentKinds &kinds, const QString &kind, const QString &typed,
                          QDate on)
{
    const DocumentCheck check = checkDocument(kinds, kind, typed, on);
    if (!typed.isEmpty() && !check.valid && !check.unfinished)
        return wrongNumber(check.reasons, kind, typed);
    DocumentVerdict verdict;
    verdict.level = DocumentVerdict::Level::Elsewhere;
    verdict.title = errorText(Error{ErrorCode::DocumentKindNotAccepted, {}, {}});
    verdict.text = wordsElsewhere(check);
    return verdict;
}

bool hasForm(const DocumentKind &kind, const QString &form)
{
    return std::ranges::any_of(kind.forms,
                               [&form](const DocumentForm &row) { return row.key == form; });
}

} // namespace

NoticeStrip::Kind DocumentVerdict::stripKind() const
{
    switch (level) {
    case Level::Wrong:
        return NoticeStrip::Kind::bad;
    case Level::Doubtful:
        return NoticeStrip::Kind::warn;
    case Level::Good:
        return NoticeStrip::Kind::ok;
    case Level::Empty:
    case Level::Unfinished:
    case Level::Elsewhere:
        break;
    }
    return NoticeStrip::Kind::info;
}

DocumentVerdict judgeDocument(const DocumentKinds &kinds, const QString &kind, const QString &typed,
                              QDate on)
{
    const DocumentKind *found = kinds.kind(kind);
    DocumentVerdict verdict;
    if (found && found->service == DocumentService::HealthKit)
        return elsewhere(kinds, kind, typed, on);
    if (typed.isEmpty()) {
        //: id.number.missing
        verdict.missing = DocumentWords::tr("请填证件号");
        return verdict;
    }

    const DocumentCheck check = checkDocument(kinds, kind, typed, on);
    // A first-generation number is a number on the way to 18 digits: no such card is valid any
    // more.
    if (check.reasons.contains(u"LENGTH"_s) || check.form == u"cn15")
        return wrongLength(kind, typed);
    if (!check.valid)
        return wrongNumber(check.reasons, kind, typed);
    // A number of another kind of document: the kind is chosen wrong.
    if (!found || !hasForm(*found, check.form))
        return wrongNumber({u"FORMAT"_s}, kind, typed);
    if (!kinds.acceptedAtDesk(kind, check.form, on)) {
        //: id.notyet
        return wrong(DocumentWords::tr("这种证件现在不能办"),
                     //: id.notyet.sub
                     DocumentWords::tr("它还没有启用，或者已经停用，请乘客换一种证件。"), 0);
    }
    if (!check.warnings.isEmpty())
        return doubtful(check.warnings);
    verdict.level = DocumentVerdict::Level::Good;
    //: id.good
    verdict.title = DocumentWords::tr("证件号核对无误");
    return verdict;
}

} // namespace upgradedesk
