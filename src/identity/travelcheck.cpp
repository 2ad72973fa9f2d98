#include "identity/travelcheck.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

DocumentCheck accepted(const QString &form)
{
    DocumentCheck check;
    check.form = form;
    check.valid = true;
    return check;
}

DocumentCheck refused(const QString &form, const QString &reason = u"FORMAT"_s)
{
    DocumentCheck check;
    check.form = form;
    check.reasons = {reason};
    return check;
}

/// Refused, but more characters could still make it fit.
DocumentCheck refused(const QString &form, const QString &number, const QRegularExpression &shape)
{
    DocumentCheck check = refused(form);
    check.unfinished =
        shape.match(number, 0, QRegularExpression::PartialPreferCompleteMatch).hasPartialMatch();
    return check;
}

struct PassportSeries {
    QRegularExpression shape;
    QString subtype;
};

QRegularExpression whole(const QString &pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern));
}

bool isHan(char32_t character)
{
    return QChar::script(character) == QChar::Script_Han;
}

bool isMilitaryCharacter(char32_t c)
{
    return (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z') || isHan(c);
}

} // namespace

DocumentCheck checkHomeReturnPermit(const QString &number)
{
    static const QRegularExpression shape = whole(u"[HM][0-9]{8}([0-9]{2})?"_s);
    const auto match = shape.match(number);
    if (!match.hasMatch())
        return refused(u"hm-permit"_s, number, shape);
    // The card of 1999 counts its issues after the number.
    const bool older = match.hasCaptured(1);
    DocumentCheck check = accepted(older ? u"hm-permit-1999"_s : u"hm-permit"_s);
    check.region = number.startsWith(u'H') ? u"HK"_s : u"MO"_s;
    check.issueCount = match.captured(1);
    if (older)
        check.warnings = {u"OLD_FORM"_s};
    return check;
}

DocumentCheck checkTaiwanPermit(const QString &number)
{
    static const QRegularExpression card = whole(u"[0-9]{8}"_s);
    static const QRegularExpression booklet = whole(u"[0-9A-Z]{10,12}"_s);
    if (card.match(number).hasMatch())
        return accepted(u"tw-permit"_s);
    if (!booklet.match(number).hasMatch())
        return refused(u"tw-permit"_s, number, booklet);
    DocumentCheck check = accepted(u"tw-permit-booklet"_s);
    check.warnings = {u"OLD_FORM"_s};
    return check;
}

DocumentCheck checkMilitary(const QString &number)
{
    constexpr qsizetype fewest = 4;
    constexpr qsizetype most = 20;
    const QString form = u"military"_s;
    const auto points = number.toStdU32String();
    if (!std::ranges::all_of(points, isMilitaryCharacter))
        return refused(form, u"CHARSET"_s);
    if (qsizetype(points.size()) < fewest || qsizetype(points.size()) > most)
        return refused(form, u"LENGTH"_s);

    // No published rule: the shape known from specimens is only expected, never demanded.
    static const QRegularExpression shape =
        whole(u"(?<number>\\p{Han}{1,3}字第[0-9A-Z]{4,8})号?"_s);
    DocumentCheck check = accepted(form);
    check.warnings = {u"UNCHECKED"_s};
    const auto match = shape.match(number);
    if (match.hasMatch())
        check.normalized = match.captured(u"number"_s) + u'号';
    else
        check.warnings << u"FORMAT_UNUSUAL"_s;
    return check;
}

DocumentCheck checkPassport(const QString &number)
{
    const QString form = u"passport"_s;
    static const QList<PassportSeries> series{
        {whole(u"E[0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|G[0-9]{8}|1[45][0-9]{7}"_s), u"ordinary"_s},
        {whole(u"PE[0-9]{7}|P[0-9]{7}"_s), u"public-affairs"_s},
        {whole(u"SE[0-9]{7}|S[0-9]{7,8}"_s), u"service"_s},
        {whole(u"DE[0-9]{7}|D[0-9]{7,8}"_s), u"diplomatic"_s},
        {whole(u"[KH][0-9]{8}|KJ[0-9]{7}"_s), u"hk-sar"_s},
        {whole(u"MA[0-9]{7}"_s), u"macao-sar"_s},
    };
    // The second letter of a Chinese number is never I or O, which were taken for 1 and 0.
    static const QRegularExpression neverPrinted = whole(u"E[IO][0-9]{7}"_s);
    // A Chinese number with a digit too few, unless some other state numbers like this.
    static const QRegularExpression almostChinese = whole(u"(E[A-Z]?|G)[0-9]{6,7}"_s);
    static const QRegularExpression foreign = whole(u"[0-9A-Z]{1,9}"_s);

    for (const PassportSeries &row : series) {
        if (row.shape.match(number).hasMatch()) {
            DocumentCheck check = accepted(form);
            check.subtype = row.subtype;
            return check;
        }
    }
    if (neverPrinted.match(number).hasMatch() || !foreign.match(number).hasMatch())
        return refused(form);
    DocumentCheck check = accepted(form);
    check.subtype = u"foreign"_s;
    if (almostChinese.match(number).hasMatch())
        check.warnings = {u"FORMAT_UNUSUAL"_s};
    return check;
}

} // namespace upgradedesk
