#include "cli/commands.h"
#include "cli/jsontext.h"

#include "core/arguments.h"
#include "cli/dayoption.h"
#include "identity/documentcheck.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

QJsonObject toJson(const DocumentCheck &check)
{
    QJsonObject object{
        {u"valid"_s, check.valid},
        {u"reasons"_s, QJsonArray::fromStringList(check.reasons)},
        {u"warnings"_s, QJsonArray::fromStringList(check.warnings)},
        {u"normalized"_s, check.normalized},
        {u"birth"_s, textOrNull(check.birth ? check.birth->toString(Qt::ISODate) : QString())},
        {u"sex"_s, textOrNull(check.sex)},
        {u"region"_s, textOrNull(check.region)}};
    // What only some kinds have.
    const std::initializer_list<std::pair<QString, QString>> more{
        {u"kind"_s, check.form},
        {u"upgraded"_s, check.upgraded},
        {u"birthYymmdd"_s, check.birthShort},
        {check.form == u"fpr18" ? u"countryNumeric"_s : u"country"_s, check.country},
        {u"subtype"_s, check.subtype},
        {u"issueCount"_s, check.issueCount}};
    for (const auto &[key, value] : more) {
        if (!value.isEmpty())
            object[key] = value;
    }
    return object;
}

LocalText reasonText(const QString &reason)
{
    static const QHash<QString, LocalText> texts{
        {u"LENGTH"_s, {u"位数不对"_s, u"the number of characters is wrong"_s}},
        {u"CHARSET"_s, {u"有不该出现的字符"_s, u"it holds a character that cannot be in it"_s}},
        {u"CHECK_DIGIT"_s, {u"最后一位对不上"_s, u"the check character does not match"_s}},
        {u"BIRTH_DATE"_s, {u"出生日期不存在"_s, u"the birth date does not exist"_s}},
        {u"BIRTH_RANGE"_s,
         {u"出生日期晚于今天或早于 130 年前"_s,
          u"the birth date is in the future or more than 130 years ago"_s}},
        {u"REGION"_s, {u"地址码不存在"_s, u"there is no such division"_s}},
        {u"REGION_UNKNOWN"_s,
         {u"地址码未收录，请核对证件"_s, u"division code not listed, please check the document"_s}},
        {u"OLD_FORM"_s,
         {u"这是旧版证件的号码，请核对有效期"_s,
          u"an older document has such a number, please check that it has not expired"_s}},
        {u"UNCHECKED"_s,
         {u"这种号码没有校验位，请与证件核对"_s,
          u"such a number has no check character, compare it with the document"_s}},
        {u"FORMAT_UNUSUAL"_s,
         {u"样式少见，请核对证件"_s, u"an unusual number, please check the document"_s}},
        {u"FORMAT"_s, {u"不是这种证件的号码"_s, u"this kind of document has no such number"_s}},
        {u"COUNTRY"_s, {u"国家代码不存在"_s, u"there is no such country code"_s}},
    };
    return texts.value(reason, {reason, reason});
}

QString summary(const Console &console, const DocumentKind &kind, const DocumentCheck &check)
{
    QStringList sentences;
    for (const QString &key : check.reasons + check.warnings)
        sentences << reasonText(key).in(console.language());
    const QString details = sentences.join(console.say(u"；"_s, u"; "_s));
    QString text = check.valid ? console.say(u"号码有效"_s, u"The number is valid"_s)
                               : console.say(u"号码无效"_s, u"The number is not valid"_s);
    if (!details.isEmpty())
        text += console.say(u"："_s, u": "_s) + details;
    text += console.say(u"。"_s, u"."_s);
    if (kind.service == DocumentService::HealthKit)
        text +=
            console.say(u"这种证件请通过「Health Kit（健康宝）」小程序办理。"_s,
                        u" For this kind of document please use the Health Kit mini-program."_s);
    return text;
}

} // namespace

int idCheck(Console &console, const QStringList &arguments)
{
    const Arguments parsed = Arguments::parse(arguments, {u"on"_s});
    if (parsed.wrong)
        return console.usage(*parsed.wrong);
    if (parsed.words.size() != 2)
        return console.usage(
            {u"id check 要证件种类和号码"_s, u"id check takes a kind and a number"_s});
    const auto on = dayOption(parsed);
    if (!on)
        return console.usage(dayOptionUsage());

    const auto kinds = DocumentKinds::load();
    if (!kinds)
        return console.report(kinds.error());
    const DocumentKind *kind = kinds->kind(parsed.words[0]);
    if (kind == nullptr)
        return console.usage({u"KIND 是 resident、hmt-residence、foreign-permanent、military、"
                              "hmt-permit、taiwan-permit 或 passport"_s,
                              u"KIND is resident, hmt-residence, foreign-permanent, military, "
                              "hmt-permit, taiwan-permit or passport"_s});

    const DocumentCheck check = checkDocument(*kinds, kind->key, parsed.words[1], *on);
    console.result(toJson(check), summary(console, *kind, check));
    return int(check.valid ? ExitCode::Done : ExitCode::No);
}

} // namespace upgradedesk
