#include "support/catch.h"

#include "core/sentences.h"

#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

TEST_CASE("Every error has a key of its own that leads back to it", "[core]")
{
    QSet<QString> keys;
    for (const ErrorCode code : allErrorCodes()) {
        keys << errorKey(code);
        CHECK(errorFromKey(errorKey(code)) == code);
    }

    CHECK(keys.size() == allErrorCodes().size());
    CHECK_FALSE(errorFromKey(u"no such error").has_value());
}

TEST_CASE("Every error has a sentence in both languages with the same places to fill", "[core]")
{
    const QRegularExpression place(u"%[1-9]"_s);
    for (const ErrorCode code : allErrorCodes()) {
        const QString zh = sentence(code, Language::Chinese);
        const QString en = sentence(code, Language::English);
        INFO(errorKey(code).toStdString());
        CHECK(zh.size() > 5);
        CHECK(en.size() > 5);
        CHECK(zh.count(place) == en.count(place));
        CHECK_FALSE(zh.contains(u'!'));
        CHECK_FALSE(zh.contains(u'！'));
    }
}

TEST_CASE("A sentence shows what it was given", "[core]")
{
    const Error error{ErrorCode::PinWrong, {}, {u"3"_s}};

    CHECK(sentence(error, Language::Chinese) == u"PIN 不对，还能试 3 次。"_s);
    CHECK(sentence(error, Language::English) == u"Wrong PIN; tries left: 3."_s);
}

TEST_CASE("An argument with # is shown as the word of that key", "[core]")
{
    const Error error{ErrorCode::DocumentInvalid, {}, {u"#CHECK_DIGIT"_s}};

    CHECK(sentence(error, Language::Chinese).contains(u"最后一位对不上"_s));
    CHECK(sentence(error, Language::English).contains(u"the last character does not match"_s));
    CHECK(word(u"no such word"_s, Language::English).isEmpty());
}
