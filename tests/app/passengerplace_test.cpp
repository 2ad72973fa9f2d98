#include "support/catch.h"

#include "app/passengerplace.h"
#include "gui/pages_window.h"
#include "gui/passengercontroller.h"
#include "gui/passengerwindow.h"
#include "gui/widgets/passengerbutton.h"

#include <QElapsedTimer>
#include <QScreen>
#include <QShortcut>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;
using View = PassengerScene::View;

namespace
{

class FakeScreens final : public ScreenList
{
public:
    [[nodiscard]] QList<ScreenPlace> screens() const override { return list; }

    void set(const QList<ScreenPlace> &screens)
    {
        list = screens;
        emit changed();
    }

    QList<ScreenPlace> list;
};

const QRect staffArea(0, 0, 1366, 768);
const ScreenPlace staffScreen{u"staff"_s, staffArea};
const ScreenPlace secondScreen{u"second"_s, QRect(1366, 0, 1366, 768)};

struct PlacedDesk {
    PlacedDesk()
    {
        screens.list = {staffScreen};
        desk.logIn();
        desk.window.passenger().setTimes({1, 1, 600000, 600000});
        place = std::make_unique<PassengerPlace>(screens, desk.window, desk.window.passenger());
        QObject::connect(place.get(), &PassengerPlace::placed, &desk.window,
                         [this](const QString &where) { places << where; });
    }

    void goToConsent()
    {
        desk.tap(beijingCard());
        desk.controller.apply(StartLink{});
        desk.controller.apply(DocumentEntered{adult()});
        settle();
        REQUIRE(desk.step() == LinkStep::Consent);
    }

    void settle()
    {
        for (int i = 0; i < 3; ++i)
            desk.settle();
    }

    [[nodiscard]] bool isShown() const { return place->window() && place->window()->isVisible(); }

    PassengerButton *button(const QString &name) const
    {
        return place->window()->findChild<PassengerButton *>(name);
    }

    void touch(const QString &name)
    {
        place->window()->setArmingTime(0);
        REQUIRE(QTest::qWaitFor([this] { return place->window()->isArmed(); }, 5000));
        settle();
        QTest::mouseClick(button(name), Qt::LeftButton);
        settle();
    }

    WindowUnderTest desk;
    FakeScreens screens;
    std::unique_ptr<PassengerPlace> place;
    QStringList places;
};

} // namespace

TEST_CASE("The passenger's screen is the first that shares nothing with the staff's", "[app]")
{
    const ScreenPlace third{u"third"_s, QRect(0, 768, 800, 600)};
    const auto nameOf = [](const QList<ScreenPlace> &screens) {
        const ScreenPlace *found = passengerScreen(screens, staffArea);
        return found ? found->name : QString();
    };
    CHECK(nameOf({}).isEmpty());
    CHECK(nameOf({staffScreen}).isEmpty());
    CHECK(nameOf({staffScreen, secondScreen}) == u"second");
    CHECK(nameOf({third, staffScreen, secondScreen}) == u"third");
    // One that repeats the staff's picture, whole or in part, would show the staff's pages.
    CHECK(nameOf({staffScreen, {u"clone"_s, staffArea}}).isEmpty());
    CHECK(nameOf({staffScreen, {u"clone"_s, QRect(0, 0, 1024, 768)}}).isEmpty());
    CHECK(nameOf({staffScreen, {u"off"_s, QRect()}}).isEmpty());
    // A frame over the edge makes the neighbour no screen of the staff.
    const QList<ScreenPlace> two{secondScreen, staffScreen};
    const ScreenPlace *found = passengerScreen(two, staffArea.adjusted(-2, -2, 6, 2));
    REQUIRE(found);
    CHECK(found->name == u"second");
}

TEST_CASE("A screen that comes shows the passenger's window at once, and one that goes hides it",
          "[app]")
{
    PlacedDesk at;
    CHECK_FALSE(at.place->window());
    at.goToConsent();

    at.screens.set({staffScreen, secondScreen});
    at.settle();
    REQUIRE(at.isShown());
    CHECK(at.place->window()->geometry() == secondScreen.geometry);
    CHECK(at.place->window()->windowFlags().testFlag(Qt::FramelessWindowHint));
    // The keyboard stays with the staff.
    CHECK(at.place->window()->windowFlags().testFlag(Qt::WindowDoesNotAcceptFocus));
    CHECK(at.desk.window.passenger().hasScreen());
    CHECK(at.place->window()->scene().view == View::Consent);

    at.screens.set({staffScreen});
    at.settle();
    CHECK_FALSE(at.isShown());
    CHECK_FALSE(at.desk.window.passenger().hasScreen());
    CHECK(at.places == QStringList{u"beside"_s, u"none"_s});
}

TEST_CASE("A screen plugged and pulled in every step loses nothing of the link", "[app]")
{
    PlacedDesk at;
    const auto pull = [&] {
        for (int i = 0; i < 20; ++i) {
            const bool there = i % 2 == 0;
            const QString before = at.desk.pageNow();
            const LinkStep step = at.desk.step();
            QElapsedTimer clock;
            clock.start();
            at.screens.set(there ? QList{staffScreen, secondScreen} : QList{staffScreen});
            at.settle();
            CHECK(at.isShown() == there);
            CHECK(clock.elapsed() < 1000);
            CHECK(at.desk.step() == step);
            CHECK(at.desk.pageNow() == before);
        }
    };
    pull();
    at.desk.tap(beijingCard());
    pull();
    at.desk.controller.apply(StartLink{});
    pull();
    at.desk.controller.apply(DocumentEntered{adult()});
    pull();
    at.screens.set({staffScreen, secondScreen});
    at.settle();
    at.touch(u"agree"_s);
    // Pulled between the two questions: the staff's key is there.
    at.screens.set({staffScreen});
    at.settle();
    at.desk.press(Qt::Key_Return);
    REQUIRE(at.desk.step() == LinkStep::Health);
    pull();
    at.desk.press(Qt::Key_Return);
    pull();
    at.desk.press(Qt::Key_Return);
    CHECK(at.desk.step() == LinkStep::Done);
    REQUIRE(at.desk.committed);
    CHECK(at.desk.committed->holder == adult());
    CHECK(at.desk.committed->consents.first().by == u"operator");
}

TEST_CASE("With one screen the notice says how to turn it, with two that the passenger may touch",
          "[app]")
{
    PlacedDesk at;
    at.goToConsent();
    const auto *how = at.desk.visible<NoticeStrip>(u"how"_s);
    REQUIRE(how);
    CHECK(how->findChild<KeyButton *>()->isVisible());

    at.screens.set({staffScreen, secondScreen});
    at.settle();
    CHECK_FALSE(how->findChild<KeyButton *>()->isVisible());
    CHECK(how->text().contains(u"乘客屏"_s));
    // And there is nothing to turn.
    at.desk.press(Qt::Key_T, Qt::AltModifier);
    CHECK_FALSE(at.desk.window.passenger().isTurned());
}

TEST_CASE("One key turns the staff's screen, and two touches of the passenger turn it back",
          "[app]")
{
    PlacedDesk at;
    at.goToConsent();

    at.desk.press(Qt::Key_T, Qt::AltModifier);
    at.settle();
    REQUIRE(at.isShown());
    CHECK(at.place->window()->geometry() == at.desk.window.geometry());
    CHECK(at.place->window()->isActiveWindow());
    CHECK(at.place->window()->scene().turned);

    at.touch(u"agree"_s);
    at.touch(u"agree"_s);

    REQUIRE(QTest::qWaitFor([&] { return !at.isShown(); }, 5000));
    CHECK(at.desk.step() == LinkStep::Health);
    CHECK(at.desk.controller.state().consent->by == u"passenger");
    CHECK(QTest::qWaitFor([&] { return at.desk.window.isActiveWindow(); }, 5000));
}

TEST_CASE("Turned round the screen stays the passenger's for a moment after the answer", "[app]")
{
    const QString last = GENERATE(u"agree"_s, u"decline"_s);
    PlacedDesk at;
    at.desk.window.passenger().setTimes({1, 600000, 600000, 600000});
    at.goToConsent();
    at.desk.window.passenger().turn();
    at.settle();
    at.touch(u"agree"_s);
    at.touch(last);
    REQUIRE(QTest::qWaitFor([&] { return at.desk.step() != LinkStep::Consent; }, 5000));

    // Another touch falls on the passenger's window, not on a page of the staff.
    at.settle();
    CHECK(at.isShown());
    CHECK(at.place->window()->scene().view == (last == u"agree" ? View::Thanks : View::Declined));
    CHECK_FALSE(at.button(u"agree"_s)->isVisible());
    const LinkStep step = at.desk.step();
    QTest::mouseClick(at.place->window(), Qt::LeftButton, {}, QPoint(1180, 690));
    at.settle();
    CHECK(at.desk.step() == step);

    QTest::keyClick(at.place->window(), Qt::Key_Escape);
    at.settle();
    CHECK_FALSE(at.isShown());
    CHECK(at.desk.step() == step);
}

TEST_CASE("Staff take their screen back with Esc or Alt+T, and nothing was answered", "[app]")
{
    const auto [key, modifiers] = GENERATE(table<Qt::Key, Qt::KeyboardModifier>(
        {{Qt::Key_Escape, Qt::NoModifier}, {Qt::Key_T, Qt::AltModifier}}));
    PlacedDesk at;
    at.goToConsent();
    at.desk.window.passenger().turn();
    at.settle();
    at.touch(u"agree"_s);

    QTest::keyClick(at.place->window(), key, modifiers);
    at.settle();

    CHECK_FALSE(at.isShown());
    CHECK(at.desk.step() == LinkStep::Consent);
    CHECK_FALSE(at.desk.controller.state().consent);
    // Turned once more it begins with the first question.
    at.desk.window.passenger().turn();
    at.settle();
    CHECK(at.place->window()->scene().sheet.index == 0);
}

TEST_CASE("No key of a turned screen reaches the staff's pages", "[app]")
{
    PlacedDesk at;
    at.goToConsent();
    at.desk.window.passenger().turn();
    at.settle();
    PassengerWindow &screen = *at.place->window();

    for (const Qt::Key key :
         {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Space, Qt::Key_F1, Qt::Key_F2, Qt::Key_F5,
          Qt::Key_F8, Qt::Key_F9, Qt::Key_F12, Qt::Key_1, Qt::Key_A})
        QTest::keyClick(&screen, key);
    for (const auto &[key, modifier] : {std::pair{Qt::Key_N, Qt::AltModifier},
                                        {Qt::Key_R, Qt::AltModifier},
                                        {Qt::Key_L, Qt::AltModifier},
                                        {Qt::Key_1, Qt::AltModifier},
                                        {Qt::Key_Z, Qt::ControlModifier},
                                        {Qt::Key_L, Qt::ControlModifier},
                                        {Qt::Key_D, Qt::ControlModifier}})
        QTest::keyClick(&screen, key, modifier);
    at.settle();

    CHECK(at.isShown());
    CHECK(at.desk.step() == LinkStep::Consent);
    CHECK(at.desk.pageNow() == u"consent");
    CHECK(at.desk.window.passenger().language() == Language::Chinese);
    CHECK_FALSE(at.desk.appearance.look().dark);
    // All it has of its own are the two ways back, no button of the staff and no menu.
    CHECK(screen.findChildren<QShortcut *>().size() == 2);
    CHECK(screen.findChildren<KeyButton *>().isEmpty());
    CHECK(screen.contextMenuPolicy() == Qt::DefaultContextMenu);
    CHECK(screen.actions().isEmpty());
}

TEST_CASE("With Tab and Enter a turned screen can be answered without a finger", "[app]")
{
    PlacedDesk at;
    at.goToConsent();
    at.desk.window.passenger().turn();
    at.settle();
    PassengerWindow &screen = *at.place->window();
    screen.setArmingTime(0);
    for (const int question : {0, 1}) {
        REQUIRE(screen.scene().sheet.index == question);
        REQUIRE(QTest::qWaitFor([&] { return screen.isArmed(); }, 5000));
        at.settle();
        for (int i = 0; i < 4 && !at.button(u"agree"_s)->hasFocus(); ++i)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        REQUIRE(at.button(u"agree"_s)->hasFocus());
        QTest::keyClick(at.button(u"agree"_s), Qt::Key_Return);
        at.settle();
    }
    CHECK(QTest::qWaitFor([&] { return at.desk.step() == LinkStep::Health; }, 5000));
}

TEST_CASE("A turned screen ends when the desk is locked or the passenger ends", "[app]")
{
    const bool locked = GENERATE(true, false);
    PlacedDesk at;
    at.goToConsent();
    at.desk.window.passenger().turn();
    at.settle();
    REQUIRE(at.isShown());

    if (locked)
        at.desk.window.lock();
    else
        at.desk.controller.apply(EndPassenger{});
    at.settle();

    CHECK_FALSE(at.isShown());
    CHECK_FALSE(at.desk.window.passenger().isTurned());
    CHECK(at.desk.pageNow() == (locked ? u"login"_s : u"idle"_s));
}

TEST_CASE("A second screen plugged while the staff's is turned takes over after it", "[app]")
{
    PlacedDesk at;
    at.goToConsent();
    at.desk.window.passenger().turn();
    at.settle();

    at.screens.set({staffScreen, secondScreen});
    at.settle();
    CHECK(at.place->window()->geometry() == at.desk.window.geometry());
    QTest::keyClick(at.place->window(), Qt::Key_Escape);
    at.settle();

    CHECK(at.place->window()->geometry() == secondScreen.geometry);
    CHECK(at.place->window()->windowFlags().testFlag(Qt::WindowDoesNotAcceptFocus));
}

TEST_CASE("Only consent is asked with the screen turned", "[app]")
{
    PlacedDesk at;
    at.desk.window.passenger().turn();
    CHECK_FALSE(at.desk.window.passenger().isTurned());
    at.desk.tap(beijingCard());
    at.desk.press(Qt::Key_T, Qt::AltModifier);
    CHECK_FALSE(at.desk.window.passenger().isTurned());
    CHECK_FALSE(at.isShown());
}

TEST_CASE("The list of the machine's screens tells each change of the window system", "[app]")
{
    SystemScreens screens;
    QSignalSpy changed(&screens, &ScreenList::changed);
    QScreen *screen = QGuiApplication::primaryScreen();
    REQUIRE(screen);
    REQUIRE(screens.screens().size() == QGuiApplication::screens().size());
    CHECK(screens.screens().first().geometry == screen->geometry());

    emit qGuiApp->screenRemoved(screen);
    CHECK(changed.size() == 1);
    emit qGuiApp->screenAdded(screen);
    CHECK(changed.size() == 2);
    emit qGuiApp->primaryScreenChanged(screen);
    CHECK(changed.size() == 3);
    emit screen->geometryChanged(screen->geometry());
    CHECK(changed.size() > 3);
}
