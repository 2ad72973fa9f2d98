#include "support/catch.h"

#include "gui/pages_window.h"

#include "flow/gatedecision.h"
#include "gui/pages/recentlist.h"
#include "gui/pages/undopanel.h"

#include <QLineEdit>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;
using namespace std::chrono_literals;

namespace
{

/// A window with a store that only pretends to revoke, when it is told to.
class UndoDesk : public WindowUnderTest
{
public:
    UndoDesk()
    {
        QObject::connect(&controller.undo(), &UndoController::revokeRequested, &window,
                         [this](const QString &record) { asked << record; });
        logIn();
    }

    void finish()
    {
        goToConfirm();
        press(Qt::Key_Return);
        say(done().record, false);
    }

    QString notice() const
    {
        const auto *strip = visible<NoticeStrip>(u"notice"_s);
        return strip ? strip->text() : QString();
    }
    QString headline() const
    {
        const auto *label = visible<QLabel>(u"heading"_s);
        return label ? label->text() : QString();
    }

    QStringList asked; ///< records of which a revoke was requested
};

} // namespace

TEST_CASE("After the end Ctrl+Z takes back, Ctrl+Y restores, each shown only once stored", "[gui]")
{
    UndoDesk desk;
    desk.finish();
    REQUIRE(desk.step() == LinkStep::Done);
    REQUIRE(desk.visible<UndoPanel>());
    CHECK(desk.headline() == u"升级完成");

    desk.press(Qt::Key_Z, Qt::ControlModifier);

    CHECK(desk.asked == QStringList{desk.done().record});
    CHECK(desk.headline() == u"升级完成");
    CHECK(desk.notice().isEmpty());
    CHECK_FALSE(desk.visible<KeyButton>(u"undo"_s)->isEnabled());
    desk.press(Qt::Key_Z, Qt::ControlModifier);
    CHECK(desk.asked.size() == 1);

    desk.say(u"revoke-1"_s, true);
    CHECK(desk.headline() == u"已撤销");
    CHECK(desk.notice() == u"已撤销，尾号 2349");
    CHECK_FALSE(desk.visible<UndoPanel>());
    CHECK(desk.visible<GatePreview>()->led() == GatePreview::notLinkedSentence());
    CHECK(desk.primaries().size() == 1);

    desk.press(Qt::Key_Y, Qt::ControlModifier);
    CHECK(desk.asked == QStringList{desk.done().record, u"revoke-1"_s});
    CHECK(desk.headline() == u"已撤销");
    desk.say(u"revoke-2"_s, false);
    CHECK(desk.headline() == u"升级完成");
    CHECK(desk.notice().isEmpty());
    CHECK(desk.visible<UndoPanel>());
}

TEST_CASE("The button takes back like its key", "[gui]")
{
    UndoDesk desk;
    desk.finish();

    QTest::mouseClick(desk.visible<KeyButton>(u"undo"_s), Qt::LeftButton);

    CHECK(desk.asked.size() == 1);
}

TEST_CASE("What was taken back stays so on the page when the time is over", "[gui]")
{
    UndoDesk desk;
    desk.finish();
    desk.say(u"revoke-1"_s, true, 0ms);

    REQUIRE(QTest::qWaitFor([&] { return !desk.controller.undo().offer(); }, 5000));

    CHECK(desk.headline() == u"已撤销");
    desk.press(Qt::Key_Y, Qt::ControlModifier);
    CHECK(desk.asked.isEmpty());
}

TEST_CASE("While idle Ctrl+Z takes back the last passenger, who stands on the list", "[gui]")
{
    UndoDesk desk;
    desk.finish();
    desk.press(Qt::Key_Return);
    REQUIRE(desk.step() == LinkStep::Idle);
    REQUIRE(desk.visible<KeyButton>(u"undoLast"_s));

    desk.press(Qt::Key_Z, Qt::ControlModifier);
    CHECK(desk.asked == QStringList{desk.done().record});
    CHECK(desk.notice().isEmpty());

    desk.say(u"revoke-1"_s, true);
    CHECK(desk.notice() == u"已撤销，尾号 2349");
    CHECK_FALSE(desk.visible<KeyButton>(u"undoLast"_s));
    CHECK(desk.visible<RecentList>()->accessibleDescription().contains(u"已撤销"));
    desk.press(Qt::Key_Y, Qt::ControlModifier);
    CHECK(desk.asked.last() == u"revoke-1");
}

TEST_CASE("Ctrl+Z while idle works for a record that is no longer on the list", "[gui]")
{
    UndoDesk desk;
    desk.say(desk.done().record, false);
    desk.window.showRecent({}, {});

    desk.press(Qt::Key_Z, Qt::ControlModifier);

    CHECK(desk.asked.size() == 1);
}

TEST_CASE("When the time is over nothing is offered any more", "[gui]")
{
    UndoDesk desk;
    desk.say(desk.done().record, false, 0ms);

    REQUIRE(QTest::qWaitFor([&] { return !desk.controller.undo().offer(); }, 5000));

    CHECK_FALSE(desk.visible<KeyButton>(u"undoLast"_s));
    desk.press(Qt::Key_Z, Qt::ControlModifier);
    CHECK(desk.asked.isEmpty());
}

TEST_CASE("A taking back that failed says why until the next passenger", "[gui]")
{
    const bool done = GENERATE(true, false);
    UndoDesk desk;
    desk.finish();
    if (!done)
        desk.press(Qt::Key_Return);

    desk.press(Qt::Key_Z, Qt::ControlModifier);
    desk.controller.undo().failed(Error{ErrorCode::UndoWindowPassed, {}, {u"5"_s}});
    desk.settle();

    CHECK(desk.notice() == u"办好已超过 5 分钟，或电脑重启过，不能撤销；请走解绑。");
    desk.tap(beijingCard(u"3105170099900056780"_s));
    desk.controller.apply(EndPassenger{});
    desk.settle();
    CHECK(desk.notice().isEmpty());
}

TEST_CASE("Inside a passenger Ctrl+Z is one step back and revokes nothing", "[gui]")
{
    UndoDesk desk;
    desk.say(desk.done().record, false);
    desk.goToConfirm();

    const QList<LinkStep> way{LinkStep::Health, LinkStep::Consent, LinkStep::Document,
                              LinkStep::Card, LinkStep::Card};
    for (const LinkStep step : way) {
        desk.press(Qt::Key_Z, Qt::ControlModifier);
        CHECK(desk.step() == step);
    }
    CHECK(desk.asked.isEmpty());
}

TEST_CASE("Under the lock nothing is taken back", "[gui]")
{
    UndoDesk desk;
    desk.say(desk.done().record, false);
    desk.window.lock();
    desk.settle();

    desk.press(Qt::Key_Z, Qt::ControlModifier);

    CHECK(desk.asked.isEmpty());
}

TEST_CASE("The confirm page says how long it can be undone", "[gui]")
{
    UndoDesk desk;
    desk.goToConfirm();

    CHECK(desk.visible<NoticeStrip>(u"hint"_s)->text() == u"确认后 5 分钟内可撤销");
}

TEST_CASE("Window and command line quote the gate with the same bytes", "[gui]")
{
    CHECK(gateMessage(u"not-linked"_s).chinese == GatePreview::notLinkedSentence());
    CHECK(gateMessage(u"not-linked"_s).english.startsWith(GatePreview::notLinkedSentence()));
}

TEST_CASE("The state of a passenger is not written under the button that takes him back", "[gui]")
{
    const auto language = GENERATE(Language::Chinese, Language::English);
    const int textSize = GENERATE(100, 112, 125);
    INFO(int(language) << ", " << textSize);
    WindowUnderTest desk;
    desk.appearance.setLook({false, language, textSize});
    desk.logIn();
    desk.say(desk.done().record, false);

    const auto *list = desk.visible<RecentList>();
    const auto *undo = desk.visible<KeyButton>(u"undoLast"_s);
    REQUIRE(list);
    REQUIRE(undo);

    const QRectF state = list->statePlace(0);
    constexpr int buttonPadding = 15; // the words of the button begin there
    CHECK_FALSE(state.intersects(undo->geometry().adjusted(buttonPadding, 0, 0, 0)));
    CHECK(list->rect().contains(state.toAlignedRect()));
    CHECK(state.bottom() <= undo->geometry().bottom() + 8);
    desk.appearance.setLook({});
}
