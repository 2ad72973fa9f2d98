#include "support/catch.h"

#include "flow/consentdialogue.h"
#include "flow/flowfixture.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using Outcome = ConsentDialogue::Outcome;

namespace
{

Notice notice(const QStringList &purposes = {u"sensitive-data"_s, u"health-service"_s})
{
    Notice notice;
    notice.version = u"3"_s;
    notice.purposes = purposes;
    return notice;
}

} // namespace

TEST_CASE("Each purpose is a question of its own, and only all of them are a consent", "[flow]")
{
    ConsentDialogue dialogue;
    CHECK_FALSE(dialogue.sheet());

    dialogue.begin(notice(), Language::Chinese);
    REQUIRE(dialogue.sheet());
    const ConsentSheet first = *dialogue.sheet();
    CHECK(first.purpose == u"sensitive-data");
    CHECK(first.index == 0);
    CHECK(first.count == 2);
    CHECK(first.version == u"3");

    CHECK(dialogue.answer(first.number, true) == Outcome::NextQuestion);
    const ConsentSheet second = *dialogue.sheet();
    CHECK(second.purpose == u"health-service");
    CHECK(second.index == 1);
    CHECK(second.number != first.number);
    CHECK(dialogue.answer(second.number, true) == Outcome::AllAgreed);
    CHECK_FALSE(dialogue.sheet());
}

TEST_CASE("One refusal refuses, whichever question it answers", "[flow]")
{
    const bool second = GENERATE(false, true);
    ConsentDialogue dialogue;
    dialogue.begin(notice(), Language::English);
    if (second)
        REQUIRE(dialogue.answer(dialogue.sheet()->number, true) == Outcome::NextQuestion);

    const quint64 sheet = dialogue.sheet()->number;
    CHECK(dialogue.answer(sheet, false) == Outcome::Declined);

    CHECK_FALSE(dialogue.sheet());
    CHECK(dialogue.answer(sheet, true) == Outcome::Ignored);
}

TEST_CASE("An answer to anything but the sheet shown now counts for nothing", "[flow]")
{
    ConsentDialogue dialogue;
    dialogue.begin(notice(), Language::Chinese);
    const quint64 first = dialogue.sheet()->number;

    SECTION("the second touch of one finger")
    {
        REQUIRE(dialogue.answer(first, true) == Outcome::NextQuestion);
        const auto agrees = GENERATE(true, false);
        CHECK(dialogue.answer(first, agrees) == Outcome::Ignored);
        CHECK(dialogue.sheet()->index == 1);
    }
    SECTION("one for the passenger before")
    {
        dialogue.end();
        CHECK(dialogue.answer(first, true) == Outcome::Ignored);
        dialogue.begin(notice(), Language::Chinese);
        CHECK(dialogue.answer(first, true) == Outcome::Ignored);
        CHECK(dialogue.sheet()->index == 0);
    }
    SECTION("one to a text in another language")
    {
        REQUIRE(dialogue.answer(first, true) == Outcome::NextQuestion);
        const quint64 inChinese = dialogue.sheet()->number;
        dialogue.begin(notice(), Language::English);
        CHECK(dialogue.sheet()->index == 0);
        CHECK(dialogue.answer(inChinese, true) == Outcome::Ignored);
    }
    SECTION("one that was never shown")
    {
        CHECK(dialogue.answer(0, true) == Outcome::Ignored);
        CHECK(dialogue.answer(first + 1, false) == Outcome::Ignored);
        CHECK(dialogue.sheet()->number == first);
    }
}

TEST_CASE("A notice of one purpose or of none needs one answer", "[flow]")
{
    const QStringList purposes = GENERATE(QStringList{}, QStringList{u"sensitive-data"_s});
    ConsentDialogue dialogue;
    dialogue.begin(notice(purposes), Language::Chinese);

    CHECK(dialogue.answer(dialogue.sheet()->number, true) == Outcome::AllAgreed);
}
