#include "identity/documentcheck.h"

#include "identity/personnumber.h"
#include "identity/travelcheck.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

bool isDropped(QChar c)
{
    return c == u' ' || c == u'\u3000' || c == u'\t' || c == u'-' || c == u'\r' || c == u'\n';
}

QChar folded(QChar c)
{
    if (c >= u'\uFF10' && c <= u'\uFF19')
        return QChar(u'0' + (c.unicode() - u'\uFF10'));
    if (c == u'\uFF38' || c == u'\uFF58') // full-width X and x
        return u'X';
    if (c >= u'a' && c <= u'z')
        return QChar(u'A' + (c.unicode() - u'a'));
    return c;
}

bool isAscii(const QString &text)
{
    return std::ranges::all_of(text, [](QChar c) { return c > u' ' && c < u'\u007F'; });
}

DocumentCheck checkNormalised(const DocumentKinds &kinds, QStringView kind, const QString &number,
                              QDate on)
{
    if (kind == u"resident")
        return checkResident(kinds, number, on);
    if (kind == u"hmt-residence")
        return checkResidencePermit(kinds, number, on);
    if (kind == u"foreign-permanent")
        return checkForeignPermanent(kinds, number, on);
    if (kind == u"military")
        return checkMilitary(number);
    if (kind == u"hmt-permit")
        return checkHomeReturnPermit(number);
    if (kind == u"taiwan-permit")
        return checkTaiwanPermit(number);
    if (kind == u"passport")
        return checkPassport(number);
    DocumentCheck check;
    check.reasons = {u"FORMAT"_s};
    return check;
}

} // namespace

QString normaliseDocumentNumber(const QString &typed)
{
    QString result;
    const QString trimmed = typed.trimmed();
    for (const QChar c : trimmed) {
        if (!isDropped(c))
            result += folded(c);
    }
    return result;
}

DocumentCheck checkDocument(const DocumentKinds &kinds, QStringView kind, const QString &typed,
                            QDate on)
{
    const QString number = normaliseDocumentNumber(typed);
    DocumentCheck check;
    if (kinds.kind(kind) == nullptr)
        check.reasons = {u"FORMAT"_s};
    else if (kind != u"military" && !isAscii(number))
        check.reasons = {u"CHARSET"_s};
    else
        check = checkNormalised(kinds, kind, number, on);
    if (check.normalized.isEmpty())
        check.normalized = number;
    return check;
}

int ageOn(QDate birth, QDate on)
{
    const int years = on.year() - birth.year();
    const bool beforeBirthday =
        on.month() != birth.month() ? on.month() < birth.month() : on.day() < birth.day();
    return beforeBirthday ? years - 1 : years;
}

} // namespace upgradedesk
