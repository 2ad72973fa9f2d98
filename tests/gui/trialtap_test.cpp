#include "support/catch.h"

#include "gui/pages_window.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

struct LinkedDesk : WindowUnderTest {
    LinkedDesk()
    {
        logIn();
        goToConfirm();
        press(Qt::Key_Return);
        REQUIRE(step() == LinkStep::Done);
    }

    void tapAgain() { tap(beijingCard()); }
    GatePreview *gate() const { return visible<GatePreview>(u"gate"_s); }
};

} // namespace

TEST_CASE("A trial tap shows the gate's own sentence and keeps the page", "[gui]")
{
    LinkedDesk desk;
    CHECK(desk.pageNow() == u"done");

    desk.tapAgain();

    CHECK(desk.pageNow() == u"trial");
    CHECK(desk.step() == LinkStep::Done);
    CHECK(desk.gate()->gate() == GatePreview::Gate::Closed);
    CHECK(desk.gate()->led() == u"未查到健康码信息，请您尽快授权升级");
    REQUIRE(desk.primaries().size() == 1);
    desk.press(Qt::Key_Return);
    CHECK(desk.step() == LinkStep::Idle);
}

TEST_CASE("A trial tap shows what the hub says, in the words of the gate", "[gui]")
{
    using enum GateAnswer::Decision;
    const auto [answer, gate, words] = GENERATE(table<GateAnswer, GatePreview::Gate, QString>({
        {{Pass, u"ok"_s}, GatePreview::Gate::Open, u"开闸，流程与以前一样"_s},
        {{Refuse, u"days-exceeded"_s},
         GatePreview::Gate::Closed,
         u"核酸超过规定天数，闸门不开，请先做核酸"_s},
        {{Manual, u"no-result"_s},
         GatePreview::Gate::Closed,
         u"没有核酸结果，闸门不开，请走人工通道"_s},
    }));
    LinkedDesk desk;
    desk.procedure.setHubReachable(true);
    desk.tapAgain();
    const QuestionId question = desk.controller.state().trial.value().question;
    REQUIRE(question != 0);

    desk.controller.apply(GateAnswered{question, answer});
    desk.settle();

    CHECK(desk.gate()->gate() == gate);
    CHECK(desk.gate()->led().isEmpty());
    CHECK(desk.gate()->accessibleDescription().contains(words));
}

TEST_CASE("Another card after the link begins the next passenger", "[gui]")
{
    LinkedDesk desk;
    desk.tapAgain();

    desk.tap(beijingCard(u"3105170099900012341"_s));

    CHECK(desk.step() == LinkStep::Card);
    CHECK_FALSE(desk.controller.state().trial);
}

TEST_CASE("Back to idle is counted anew from the trial tap on", "[gui]")
{
    LinkedDesk desk;
    desk.window.setIdleAfter(300);
    desk.tapAgain();

    CHECK(QTest::qWaitFor([&] { return desk.step() == LinkStep::Idle; }, 5000));
}
