#include "support/catch.h"

#include "flow/flowfixture.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

LinkForm goodForm()
{
    LinkForm form;
    form.cardNumber = u"3105170099900012349"_s;
    form.holder = adult();
    form.consentVersion = u"current"_s;
    form.operatorId = u"9001"_s;
    return form;
}

ErrorCode refusal(const LinkForm &form, const LinkContext &context)
{
    const auto request = checkLink(form, context);
    REQUIRE_FALSE(request);
    return request.error().code;
}

} // namespace

TEST_CASE("A complete form becomes a request with everything normalised", "[flow]")
{
    const Desk desk;
    LinkForm form = goodForm();
    form.cardNumber = u"０3105 1700 9990 0012 349"_s;
    form.holder.documentNumber = u" 110102-19020304-004x "_s;
    form.holder.name = u" 测试甲 "_s;

    const auto request = checkLink(form, desk.context());

    REQUIRE(request);
    CHECK(request->cardNumber == u"3105170099900012349"_s);
    CHECK(request->product == u"beijing-tunion"_s);
    CHECK(request->holder == adult());
    CHECK(request->reason == u"self"_s);
    CHECK(request->rulesVersion == desk.rules.version());
    REQUIRE(request->consents.size() == 2);
    CHECK(request->consents[0].purpose == u"sensitive-data"_s);
    CHECK(request->consents[1].purpose == u"health-service"_s);
    CHECK(request->consents[0].version == u"3"_s);
    CHECK(request->consents[0].hash ==
          desk.rules.currentNotice(QDate(2022, 6, 2)).hash(Language::Chinese));
}

TEST_CASE("Each thing that stands against a link has its own code", "[flow]")
{
    const Desk desk;
    struct Case {
        const char *what;
        void (*change)(LinkForm &);
        ErrorCode code;
    };
    const auto [what, change, code] = GENERATE(values<Case>({
        {"short number", [](LinkForm &f) { f.cardNumber.chop(1); }, ErrorCode::CardNumberInvalid},
        {"foreign card", [](LinkForm &f) { f.cardNumber = u"3104830010006412507"_s; },
         ErrorCode::ProductNotLinkable},
        {"no number", [](LinkForm &f) { f.cardNumber.clear(); }, ErrorCode::CardNumberInvalid},
        {"medium", [](LinkForm &f) { f.medium = u"paper"_s; }, ErrorCode::MediumInvalid},
        {"check digit", [](LinkForm &f) { f.holder.documentNumber = u"110102190203040041"_s; },
         ErrorCode::DocumentInvalid},
        {"15 digits", [](LinkForm &f) { f.holder.documentNumber = u"110102000101001"_s; },
         ErrorCode::DocumentInvalid},
        {"passport",
         [](LinkForm &f) { f.holder = {u"passport"_s, u"E00000000"_s, u"TEST"_s}; },
         ErrorCode::DocumentKindNotAccepted},
        {"wrong passport",
         [](LinkForm &f) { f.holder = {u"passport"_s, u"EO!"_s, u"TEST"_s}; },
         ErrorCode::DocumentInvalid},
        {"no such kind", [](LinkForm &f) { f.holder.documentKind = u"library"_s; },
         ErrorCode::DocumentKindNotAccepted},
        {"no name", [](LinkForm &f) { f.holder.name = u"  "_s; }, ErrorCode::NameInvalid},
        {"name with a control", [](LinkForm &f) { f.holder.name = u"测\n试"_s; },
         ErrorCode::NameInvalid},
        {"no consent", [](LinkForm &f) { f.consentVersion.clear(); }, ErrorCode::ConsentMissing},
        {"unknown consent", [](LinkForm &f) { f.consentVersion = u"99"_s; },
         ErrorCode::ConsentVersionUnknown},
        {"behalf without agent", [](LinkForm &f) { f.reason = u"behalf"_s; },
         ErrorCode::AgentMissing},
        {"agent is holder", [](LinkForm &f) { f.agent = adult(); }, ErrorCode::AgentIsHolder},
        {"self with agent",
         [](LinkForm &f) {
             f.reason = u"self"_s;
             f.agent = otherAdult();
         },
         ErrorCode::InputInvalid},
        {"no such reason", [](LinkForm &f) { f.reason = u"gift"_s; }, ErrorCode::InputInvalid},
        {"huge health code", [](LinkForm &f) { f.healthCode = QString(5000, u'x'); },
         ErrorCode::InputInvalid},
        {"control in the health code", [](LinkForm &f) { f.healthCode = u"a\nb"_s; },
         ErrorCode::InputInvalid},
        {"child alone", [](LinkForm &f) { f.holder = child(); }, ErrorCode::GuardianMissing},
        {"child as guardian",
         [](LinkForm &f) {
             f.holder = child();
             f.guardian = child();
         },
         ErrorCode::GuardianInvalid},
    }));
    INFO(what);
    LinkForm form = goodForm();

    change(form);

    CHECK(refusal(form, desk.context()) == code);
}

TEST_CASE("A child links with a guardian, and from its fourteenth birthday without", "[flow]")
{
    Desk desk;
    LinkForm form = goodForm();
    form.holder = child();
    form.guardian = otherAdult();

    CHECK(checkLink(form, desk.context()));

    form.guardian.reset();
    desk.clock.time = QDateTime(QDate(2029, 5, 31), QTime(12, 0), Qt::OffsetFromUTC, 8 * 3600);
    CHECK(refusal(form, desk.context()) == ErrorCode::GuardianMissing);
    desk.clock.time = QDateTime(QDate(2029, 6, 1), QTime(0, 0), Qt::OffsetFromUTC, 8 * 3600);
    CHECK(checkLink(form, desk.context()));
}

TEST_CASE("A birthday begins at midnight in Beijing, whatever the clock's own zone", "[flow]")
{
    Desk desk;
    LinkForm form = goodForm();
    const auto at = [&desk](QDate day, QTime time) {
        desk.clock.time = QDateTime(day, time, Qt::UTC);
        return desk.context();
    };

    // The holder, born on 1 June 2015, becomes 14.
    form.holder = child();
    CHECK(refusal(form, at(QDate(2029, 5, 31), QTime(15, 59, 59))) == ErrorCode::GuardianMissing);
    CHECK(checkLink(form, at(QDate(2029, 5, 31), QTime(16, 0))));

    // The guardian, born on 2 June 2004, becomes 18.
    form.guardian = Person{u"resident"_s, u"110103200406020009"_s, u"测试丁"_s};
    CHECK(refusal(form, at(QDate(2022, 6, 1), QTime(15, 59, 59))) == ErrorCode::GuardianInvalid);
    CHECK(checkLink(form, at(QDate(2022, 6, 1), QTime(16, 0))));
}

TEST_CASE("A guardian is somebody else, on a document the desk takes", "[flow]")
{
    const Desk desk;
    const auto [kind, number, code] = GENERATE(table<QString, QString, ErrorCode>({
        // The child itself, typed otherwise.
        {u"resident"_s, u"110103-20150601-0005 "_s, ErrorCode::GuardianInvalid},
        {u"resident"_s, u"110102190203040041"_s, ErrorCode::DocumentInvalid},
        {u"passport"_s, u"EA0000000"_s, ErrorCode::DocumentKindNotAccepted},
        {u"hmt-permit"_s, u"H00000000"_s, ErrorCode::DocumentKindNotAccepted},
    }));
    LinkForm form = goodForm();
    form.holder = child();

    form.guardian = Person{kind, number, u"测试丁"_s};

    CHECK(refusal(form, desk.context()) == code);
}

TEST_CASE("A warning of the document check stands against nothing", "[flow]")
{
    const Desk desk;
    const auto [kind, number, normalized] = GENERATE(table<QString, QString, QString>({
        // A division that is not listed, under a province that is.
        {u"resident"_s, u"371001198010082394"_s, u"371001198010082394"_s},
        {u"military"_s, u"军字第 0000000"_s, u"军字第0000000号"_s},
        {u"military"_s, u"00000000"_s, u"00000000"_s},
    }));
    LinkForm form = goodForm();
    form.holder = {kind, number, u"测试戊"_s};

    const auto request = checkLink(form, desk.context());

    REQUIRE(request);
    CHECK(request->holder.documentNumber == normalized);
}

TEST_CASE("Dates of the rules refuse only when the time can be trusted", "[flow]")
{
    Desk desk;
    desk.clock.time = QDateTime(QDate(2022, 5, 1), QTime(12, 0), Qt::OffsetFromUTC, 8 * 3600);

    CHECK(refusal(goodForm(), desk.context(true)) == ErrorCode::RulesNotInForce);
    CHECK(checkLink(goodForm(), desk.context(false)));
}

TEST_CASE("The first top-up is a reason from its day on", "[flow]")
{
    Desk desk;
    LinkForm form = goodForm();
    form.reason = u"first-topup"_s;

    CHECK(checkLink(form, desk.context()));
    desk.clock.time = QDateTime(QDate(2022, 5, 31), QTime(23, 59), Qt::OffsetFromUTC, 8 * 3600);
    CHECK(refusal(form, desk.context()) == ErrorCode::RulesNotInForce);
}
