#include "support/catch.h"

#include "flow/changecheck.h"
#include "flow/flowfixture.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

ChangeForm unlinkForm()
{
    ChangeForm form;
    form.cardNumber = u"3105 1700 9990 0012 349"_s;
    form.documentKind = adult().documentKind;
    form.documentNumber = adult().documentNumber.toLower();
    form.operatorId = u"9001"_s;
    return form;
}

ChangeForm replaceForm()
{
    ChangeForm form = unlinkForm();
    form.replaces = true;
    form.oldCard = u"3105170099900012356"_s;
    return form;
}

} // namespace

TEST_CASE("An unlink and a replace are normalised and name nobody", "[flow]")
{
    const Desk desk;

    const auto unlink = checkChange(unlinkForm(), desk.context());
    REQUIRE(unlink);
    CHECK(unlink->kind == u"unlink"_s);
    CHECK(unlink->cardNumber == u"3105170099900012349"_s);
    CHECK(unlink->endedCard() == unlink->cardNumber);
    CHECK(unlink->product == u"beijing-tunion"_s);
    CHECK(unlink->holder.documentNumber == adult().documentNumber);
    CHECK(unlink->holder.name.isEmpty());
    CHECK(unlink->rulesVersion == desk.rules.version());

    const auto replace = checkChange(replaceForm(), desk.context());
    REQUIRE(replace);
    CHECK(replace->kind == u"replace"_s);
    CHECK(replace->endedCard() == u"3105170099900012356"_s);
}

TEST_CASE("What stands against an unlink or a replace", "[flow]")
{
    const Desk desk;
    struct Case {
        ErrorCode code;
        std::function<void(ChangeForm &)> change;
    };
    const std::vector<Case> cases{
        {ErrorCode::CardNumberInvalid, [](ChangeForm &form) { form.cardNumber = u"12"_s; }},
        {ErrorCode::CardNumberInvalid, [](ChangeForm &form) { form.oldCard = u"12"_s; }},
        {ErrorCode::InputInvalid, [](ChangeForm &form) { form.oldCard = form.cardNumber; }},
        {ErrorCode::MediumInvalid, [](ChangeForm &form) { form.medium = u"paper"_s; }},
        {ErrorCode::DocumentKindNotAccepted,
         [](ChangeForm &form) { form.documentKind = u"badge"_s; }},
        {ErrorCode::DocumentInvalid,
         [](ChangeForm &form) { form.documentNumber = u"110102190001010012"_s; }},
        {ErrorCode::DocumentInvalid, // fifteen digits, as `link` refuses them
         [](ChangeForm &form) { form.documentNumber = u"110102190203040"_s; }},
    };
    for (const Case &one : cases) {
        ChangeForm form = replaceForm();
        one.change(form);
        const auto checked = checkChange(form, desk.context());
        REQUIRE_FALSE(checked);
        CHECK(errorKey(checked.error().code).toStdString() == errorKey(one.code).toStdString());
    }
}

TEST_CASE("Of what the desk uploaded and of the city's snapshot the younger one holds", "[flow]")
{
    const QDateTime noon(QDate(2022, 6, 2), QTime(4, 0), Qt::UTC);
    using State = CityCardState;
    struct Case {
        const char *what;
        bool uploaded;
        UploadTimes uploads;
        CityCard snapshot;
        bool linkedHere;
        State city;
    };
    const std::vector<Case> cases{
        {"a younger link", true, {noon, {}}, {State::None, noon.addSecs(-5)}, true, State::None},
        {"hardly older", true, {noon, {}}, {State::None, noon.addSecs(30)}, true, State::None},
        {"ended elsewhere", true, {noon, {}}, {State::None, noon.addSecs(600)}, false, State::None},
        {"still linked", true, {noon, {}}, {State::Linked, noon.addSecs(600)}, true, State::Linked},
        {"a younger end", false, {{}, noon}, {State::Linked, noon.addSecs(-5)}, false, State::None},
        {"linked again",
         false,
         {{}, noon},
         {State::Linked, noon.addSecs(600)},
         false,
         State::Linked},
    };
    for (const Case &one : cases) {
        INFO(one.what);
        DeskKnowledge knowledge;
        knowledge.cardLinkedHere = one.uploaded;
        knowledge.cardLinkUploaded = one.uploaded;
        heedSnapshot(knowledge, one.snapshot, one.uploads);
        CHECK(knowledge.cardLinkedHere == one.linkedHere);
        REQUIRE(knowledge.city);
        CHECK(knowledge.city->state == one.city);
    }
}
