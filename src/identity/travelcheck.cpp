#include "identity/travelcheck.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

DocumentCheck refused(const QString &form)
{
    DocumentCheck check;
    check.form = form;
    check.reasons = {u"FORMAT"_s};
    return check;
}

DocumentCheck accepted(const QString &form)
{
    DocumentCheck check;
    check.form = form;
    check.valid = true;
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

} // namespace

DocumentCheck checkHomeReturnPermit(const QString &number)
{
    const QString form = u"hm-permit"_s;
    static const QRegularExpression shape = whole(u"[HM][0-9]{8}([0-9]{2})?"_s);
    const auto match = shape.match(number);
    if (!match.hasMatch())
        return refused(form);
    DocumentCheck check = accepted(form);
    check.region = number.startsWith(u'H') ? u"HK"_s : u"MO"_s;
    check.issueCount = match.captured(1);
    return check;
}

DocumentCheck checkTaiwanPermit(const QString &number)
{
    const QString form = u"tw-permit"_s;
    // Eight digits on the card; the older single-entry booklets have 10 to 12 letters and digits.
    static const QRegularExpression shape = whole(u"[0-9]{8}|[0-9A-Z]{10,12}"_s);
    return shape.match(number).hasMatch() ? accepted(form) : refused(form);
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
    // One character too few, too many or a letter that is never printed: a Chinese number typed
    // wrong.
    static const QRegularExpression almostChinese = whole(u"E[A-Z]?[0-9]+|G[0-9]+"_s);
    static const QRegularExpression foreign = whole(u"[0-9A-Z]{1,9}"_s);

    for (const PassportSeries &row : series) {
        if (row.shape.match(number).hasMatch()) {
            DocumentCheck check = accepted(form);
            check.subtype = row.subtype;
            return check;
        }
    }
    if (almostChinese.match(number).hasMatch() || !foreign.match(number).hasMatch())
        return refused(form);
    DocumentCheck check = accepted(form);
    check.subtype = u"foreign"_s;
    return check;
}

} // namespace upgradedesk
