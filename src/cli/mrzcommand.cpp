#include "cli/commands.h"
#include "cli/jsontext.h"

#include "core/arguments.h"
#include "cli/dayoption.h"
#include "cli/mrzjson.h"
#include "identity/mrz.h"

#include <QFile>
#include <QJsonArray>

#include <array>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

/// Whatever is longer than this is no zone, and is not read to its end.
constexpr qint64 enoughInput = 4096;

Result<QByteArray> readInput()
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly | QIODevice::Unbuffered))
        return fail(ErrorCode::InputUnreadable, input.errorString());
    QByteArray text;
    std::array<char, 1024> piece;
    while (text.size() <= enoughInput) {
        const qint64 got = input.read(piece.data(), piece.size());
        if (got < 0)
            return fail(ErrorCode::InputUnreadable, input.errorString());
        if (got == 0)
            break;
        text.append(piece.data(), got);
    }
    return text;
}

LocalText zoneWord(const QString &reason)
{
    static const QHash<QString, LocalText> texts{
        {u"LENGTH"_s,
         {u"要 2 行 44 位、2 行 36 位或 3 行 30 位"_s,
          u"two lines of 44, two of 36 or three of 30 characters are needed"_s}},
        {u"CHARSET"_s,
         {u"只能有大写字母、数字和 <"_s, u"only capital letters, digits and < can be in it"_s}},
        {u"VISA"_s, {u"这是签证，不是身份证件"_s, u"this is a visa, not an identity document"_s}},
        {u"FORMAT"_s, {u"不是 ICAO 9303 证件的排法"_s, u"it is not laid out as ICAO 9303 wants"_s}},
        {u"NAME"_s, {u"姓名一栏不对"_s, u"the name is not right"_s}},
        {u"CHECK_DIGIT"_s,
         {u"校验位对不上，请再扫一次"_s, u"a check digit does not match, please scan again"_s}},
        {u"BIRTH_DATE"_s, {u"出生日期不存在"_s, u"the birth date does not exist"_s}},
        {u"EXPIRY_DATE"_s, {u"有效期不存在"_s, u"the expiry date does not exist"_s}},
        {u"EXPIRED"_s, {u"证件已过期"_s, u"the document has expired"_s}},
        {u"SPECIMEN"_s, {u"这是样证"_s, u"this is a specimen"_s}},
        {u"COUNTRY_UNKNOWN"_s,
         {u"国家代码未收录，请核对证件"_s,
          u"country code not listed, please check the document"_s}},
        {u"NAME_TRUNCATED"_s, {u"姓名可能没有印全"_s, u"the name may be cut off"_s}},
        {u"BIRTH_UNKNOWN"_s, {u"出生日期不全"_s, u"the birth date is not complete"_s}},
        {u"EXPIRY_UNKNOWN"_s, {u"没有有效期"_s, u"no expiry date"_s}},
    };
    return texts.value(reason, {reason, reason});
}

QString summary(const Console &console, const Mrz &mrz)
{
    QStringList sentences;
    for (const QString &key : mrz.reasons + mrz.warnings)
        sentences << zoneWord(key).in(console.language());
    QString text = mrz.valid
                       ? console.say(u"机读码有效"_s, u"The machine-readable zone is valid"_s)
                       : console.say(u"机读码无效"_s, u"The machine-readable zone is not valid"_s);
    if (mrz.valid) {
        const QString name = QStringList{mrz.surname, mrz.given}.join(u' ').trimmed();
        sentences.prepend(u"%1 %2 %3"_s.arg(mrzFormatKey(mrz.format), mrz.documentNumber, name));
        sentences << console.say(u"姓名、性别、国籍和签发国没有校验位，请与证件核对"_s,
                                 u"no check digit covers name, sex, nationality and issuer: "
                                 "compare them with the document"_s);
    }
    return text + console.say(u"："_s, u": "_s) + sentences.join(console.say(u"；"_s, u"; "_s)) +
           console.say(u"。"_s, u"."_s);
}

} // namespace

int mrzCheck(Console &console, const QStringList &arguments)
{
    const Arguments parsed = Arguments::parse(arguments, {u"on"_s});
    if (parsed.wrong)
        return console.usage(*parsed.wrong);
    if (!parsed.words.isEmpty())
        return console.usage(
            {u"mrz check 从标准输入读取各行"_s, u"mrz check reads the lines from stdin"_s});
    const auto on = dayOption(parsed);
    if (!on)
        return console.usage(dayOptionUsage());

    const auto kinds = DocumentKinds::load();
    if (!kinds)
        return console.report(kinds.error());
    const auto text = readInput();
    if (!text)
        return console.report(text.error());

    const Mrz mrz = readMrz(*kinds, *text, *on);
    console.result(mrzJson(mrz), summary(console, mrz));
    return int(mrz.valid ? ExitCode::Done : ExitCode::No);
}

} // namespace upgradedesk
