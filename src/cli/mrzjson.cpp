#include "cli/mrzjson.h"

#include "cli/jsontext.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

QString isoDate(const std::optional<QDate> &date)
{
    return date ? date->toString(Qt::ISODate) : QString();
}

QJsonObject toJson(const MrzChecks &checks)
{
    QJsonObject object;
    const std::initializer_list<std::pair<QString, std::optional<bool>>> all{
        {u"doc"_s, checks.number},
        {u"birth"_s, checks.birth},
        {u"expiry"_s, checks.expiry},
        {u"optional"_s, checks.optional},
        {u"composite"_s, checks.composite}};
    for (const auto &[key, value] : all) {
        if (value)
            object[key] = *value;
    }
    return object;
}

} // namespace

QJsonObject mrzJson(const Mrz &mrz)
{
    return {
        {u"valid"_s, mrz.valid},
        {u"reasons"_s, QJsonArray::fromStringList(mrz.reasons)},
        {u"warnings"_s, QJsonArray::fromStringList(mrz.warnings)},
        {u"format"_s, textOrNull(mrzFormatKey(mrz.format))},
        {u"documentCode"_s, textOrNull(mrz.documentCode)},
        {u"issuer"_s, textOrNull(mrz.issuer)},
        {u"documentNumber"_s, textOrNull(mrz.documentNumber)},
        {u"surname"_s, textOrNull(mrz.surname)},
        {u"given"_s, textOrNull(mrz.given)},
        {u"birth"_s, textOrNull(mrz.birthShort)},
        {u"birthDate"_s, textOrNull(isoDate(mrz.birth))},
        {u"sex"_s, textOrNull(mrz.sex)},
        {u"expiry"_s, textOrNull(mrz.expiryShort)},
        {u"expiryDate"_s, textOrNull(isoDate(mrz.expiry))},
        {u"expired"_s, mrz.warnings.contains(u"EXPIRED"_s)},
        {u"nationality"_s, textOrNull(mrz.nationality)},
        {u"checks"_s, toJson(mrz.checks)},
        {u"uncovered"_s, QJsonArray::fromStringList(mrz.valid ? mrzUncovered() : QStringList())}};
}

} // namespace upgradedesk
