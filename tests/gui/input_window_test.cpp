#include "support/catch.h"

#include "gui/idleguard.h"
#include "gui/input_keys.h"
#include "gui/pages/flowpage.h"
#include "gui/pages/helppanel.h"
#include "gui/pages/shelfpanel.h"
#include "gui/pages_window.h"
#include "gui/widgets/pinedit.h"
#include "gui/widgets/railbutton.h"
#include "gui/widgets/shelftile.h"
#include "gui/widgets/statusstrip.h"

#include <QLineEdit>

#include <functional>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// A page of the main job and how to get there.
struct Stop {
    QString page;
    std::function<void(WindowUnderTest &)> go;
};

QList<Stop> stops()
{
    const auto confirm = [](WindowUnderTest &desk) { desk.goToConfirm(); };
    const auto back = [confirm](LinkStep step) {
        return [confirm, step](WindowUnderTest &desk) {
            confirm(desk);
            desk.controller.apply(GoToStep{step});
            desk.settle();
        };
    };
    return {{u"idle"_s, [](WindowUnderTest &) {}},
            {u"card"_s, [](WindowUnderTest &desk) { desk.tap(beijingCard()); }},
            {u"document"_s,
             [](WindowUnderTest &desk) {
                 desk.tap(beijingCard());
                 desk.controller.apply(StartLink{});
                 desk.settle();
             }},
            {u"consent"_s, back(LinkStep::Consent)},
            {u"health"_s, back(LinkStep::Health)},
            {u"confirm"_s, confirm},
            {u"done"_s, [confirm](WindowUnderTest &desk) {
                 confirm(desk);
                 desk.controller.apply(ConfirmLink{});
                 desk.settle();
             }}};
}

/// Everything of the passenger that could get lost.
QString fieldsOf(const WindowUnderTest &desk)
{
    const LinkState &state = desk.controller.state();
    QStringList all{QString::number(int(state.step)), state.medium};
    if (state.card)
        all << state.card->number;
    for (const auto &person : {state.holder, state.guardian})
        all << (person ? person->name + person->documentNumber : QString());
    all << QString::number(state.consent.has_value()) << QString::number(state.healthDeferred);
    for (const auto *edit : desk.window.findChildren<QLineEdit *>())
        all << edit->text();
    const QWidget *focus = QApplication::focusWidget();
    return all.join(u'|') + u'|' + (focus ? focus->objectName() : QString());
}

KeyBurstFilter &filterOf(WindowUnderTest &desk)
{
    auto *filter = desk.window.findChild<KeyBurstFilter *>();
    REQUIRE(filter);
    return *filter;
}

QList<TrainingCard> sixCards()
{
    return {{u"beijing-card"_s, u"互通卡"_s, u"physical"_s},
            {u"wristband"_s, u"手环"_s, u"wristband"_s},
            {u"phone"_s, u"手机卡"_s, u"phone"_s},
            {u"older-card"_s, u"市政一卡通（旧）"_s, u"physical"_s},
            {u"foreign-card"_s, u"外地卡"_s, u"physical"_s},
            {u"bank-card"_s, u"银行卡"_s, u"physical"_s}};
}

} // namespace

TEST_CASE("A scan changes no page, and the status strip says that it came", "[gui]")
{
    const Stop stop = GENERATE(from_range(stops()));
    const int gap = GENERATE(5, 30, 50);
    INFO(stop.page.toStdString() << ", " << gap << " ms");
    WindowUnderTest desk;
    desk.logIn();
    stop.go(desk);
    Keyboard keys(handleOf(desk.window), filterOf(desk));
    const QString before = fieldsOf(desk);

    keys.burst(u"0123451QWE"_s, gap);
    keys.wait(gap);
    keys.down(Qt::Key_Return, u"\r"_s);
    keys.up(Qt::Key_Return, u"\r"_s);
    keys.settle();

    CHECK(fieldsOf(desk) == before);
    CHECK_FALSE(QApplication::activeModalWidget());
    const StatusChip *chip = desk.visible<StatusStrip>()->chip(u"scan"_s);
    REQUIRE(chip);
    CHECK(chip->item().value == u"这里用不上，没有输入");
}

TEST_CASE("What the status strip says of a scan changes with the language", "[gui]")
{
    WindowUnderTest desk;
    desk.logIn();
    Keyboard keys(handleOf(desk.window), filterOf(desk));
    keys.burst(u"0123451QWE"_s, 5);
    keys.settle();

    desk.appearance.setLook({false, Language::English, 100});
    desk.settle();

    CHECK(desk.visible<StatusStrip>()->chip(u"scan"_s)->item().value ==
          u"not used here, nothing typed");
    desk.appearance.setLook({});
}

TEST_CASE("A scan is no PIN", "[gui]")
{
    WindowUnderTest desk;
    QSignalSpy asked(&desk.window, &MainWindow::loginRequested);
    Keyboard keys(handleOf(desk.window), filterOf(desk));

    keys.burst(u"135790"_s, 20);
    keys.settle();
    CHECK(asked.isEmpty());
    CHECK(desk.visible<PinEdit>()->typed() == 0);

    keys.type(u"135790"_s);
    CHECK(asked.size() == 1);
}

TEST_CASE("Enter held for 5 s passes one page and no more", "[gui]")
{
    const Stop stop = GENERATE(from_range(stops()));
    INFO(stop.page.toStdString());
    WindowUnderTest desk;
    desk.window.setArmingTime(300);
    desk.logIn();
    stop.go(desk);
    const LinkStep before = desk.step();
    if (auto *primary = desk.primary())
        primary->arm();
    Keyboard keys(handleOf(desk.window), filterOf(desk));
    int changes = 0;
    QObject::connect(&desk.controller, &LinkController::stateChanged, &desk.window,
                     [&, last = before]() mutable {
                         changes += desk.step() != last;
                         last = desk.step();
                     });

    keys.down(Qt::Key_Return, u"\r"_s);
    for (int i = 0; i < 150; ++i) {
        keys.wait(33);
        QTest::simulateEvent(desk.window.windowHandle(), true, Qt::Key_Return, Qt::NoModifier,
                             u"\r"_s, true);
    }
    keys.up(Qt::Key_Return, u"\r"_s);

    // Saving and saved are two states of one press.
    CHECK(changes <= (before == LinkStep::Confirm ? 2 : 1));
    CHECK_FALSE((before == LinkStep::Card && desk.step() != LinkStep::Document));
}

TEST_CASE("Enter just after a page has appeared does nothing, later it does", "[gui]")
{
    const auto [page, next] = GENERATE(table<QString, LinkStep>({
        {u"card"_s, LinkStep::Document},
        {u"consent"_s, LinkStep::Health},
        {u"health"_s, LinkStep::Confirm},
        {u"confirm"_s, LinkStep::Done},
        {u"done"_s, LinkStep::Idle},
    }));
    INFO(page.toStdString());
    WindowUnderTest desk;
    desk.window.setArmingTime(60000);
    desk.logIn();
    for (const Stop &stop : stops()) {
        if (stop.page == page)
            stop.go(desk);
    }
    const LinkStep before = desk.step();
    Keyboard keys(handleOf(desk.window), filterOf(desk));

    keys.press(Qt::Key_Return);
    CHECK(desk.step() == before);

    desk.primary()->arm();
    keys.press(Qt::Key_Return);
    CHECK(desk.step() == next);
}

TEST_CASE("Unplugging and plugging the reader in any step loses nothing and asks nothing", "[gui]")
{
    const Stop stop = GENERATE(from_range(stops()));
    const bool typing = stop.page == u"document";
    INFO(stop.page.toStdString());
    WindowUnderTest desk;
    desk.logIn();
    stop.go(desk);
    if (typing)
        desk.type(u"测试甲1101021902"_s);
    const QString before = fieldsOf(desk);

    for (int time = 0; time < 3; ++time) {
        desk.window.showReader(ReaderState::Lost, {}, desk.desk.clock.now());
        desk.settle();
        CHECK(fieldsOf(desk) == before);
        CHECK(desk.visible<StatusStrip>()->chip(u"reader"_s)->item().mood == StatusItem::Mood::Bad);
        CHECK_FALSE(QApplication::activeModalWidget());
        desk.window.showReader(ReaderState::Ok, u"PN532"_s, {});
        desk.settle();
        CHECK(fieldsOf(desk) == before);
        CHECK(desk.visible<StatusStrip>()->chip(u"reader"_s)->item().mood ==
              StatusItem::Mood::Calm);
    }

    if (typing) {
        desk.type(u"0304004X"_s);
        CHECK(QTest::qWaitFor([&] { return desk.step() == LinkStep::Consent; }, 5000));
        CHECK(desk.controller.state().holder == adult());
    }
}

TEST_CASE("The main job through the window takes exactly 4 Enters and 18 characters", "[gui]")
{
    WindowUnderTest desk;
    // People read a page before they press; the arming time is over then.
    desk.window.setArmingTime(0);
    desk.logIn();
    desk.tap(beijingCard());
    Keyboard keys(handleOf(desk.window), filterOf(desk));
    /// Counts presses where they enter, before anything of the desk sees them. Qt offers each to
    /// the shortcuts first, and only what no shortcut takes comes again as a key press.
    class Counter final : public QObject
    {
    public:
        int presses = 0;
        bool eventFilter(QObject *watched, QEvent *event) override
        {
            const bool entered =
                watched->isWindowType() && event->type() == QEvent::ShortcutOverride;
            if (entered && event->spontaneous())
                ++presses;
            return false;
        }
    } counter;
    qApp->installEventFilter(&counter);

    keys.press(Qt::Key_Return);
    REQUIRE(desk.step() == LinkStep::Document);
    QInputMethodEvent name;
    name.setCommitString(adult().name);
    QApplication::sendEvent(QApplication::focusWidget(), &name);
    keys.type(adult().documentNumber.toLower());
    REQUIRE(QTest::qWaitFor([&] { return desk.step() == LinkStep::Consent; }, 5000));
    keys.press(Qt::Key_Return);
    REQUIRE(desk.step() == LinkStep::Health);
    keys.press(Qt::Key_Return);
    REQUIRE(desk.step() == LinkStep::Confirm);
    keys.press(Qt::Key_Return);

    CHECK(desk.step() == LinkStep::Done);
    CHECK(counter.presses == 4 + 18);
    REQUIRE(desk.committed);
    CHECK(desk.committed->holder == adult());
}

TEST_CASE("The desk locks itself after 3 minutes, with a warning of 15 s", "[gui]")
{
    const bool halfDone = GENERATE(true, false);
    WindowUnderTest desk;
    auto *guard = desk.window.findChild<IdleGuard *>();
    REQUIRE(guard);
    std::chrono::milliseconds now{1000};
    guard->setNow([&now] { return now; });
    desk.logIn();
    if (halfDone)
        desk.goToConfirm();
    const auto at = [&](int seconds) {
        now = std::chrono::milliseconds(1000) + std::chrono::seconds(seconds);
        guard->check();
        desk.settle();
    };
    const auto warning = [&] { return desk.visible<StatusStrip>()->chip(u"idle"_s); };

    at(164);
    CHECK_FALSE(warning());
    at(165);
    REQUIRE(warning());
    CHECK(warning()->item().value == u"15 秒后锁屏，按任意键继续");
    at(179);
    REQUIRE(warning());
    CHECK(warning()->item().value == u"1 秒后锁屏，按任意键继续");
    REQUIRE(desk.visible<PinEdit>() == nullptr);

    SECTION("a key calls it off and starts the time anew")
    {
        Keyboard keys(handleOf(desk.window), filterOf(desk));
        keys.press(Qt::Key_Shift);
        CHECK_FALSE(warning());
        at(180 + 160);
        CHECK_FALSE(desk.visible<PinEdit>());
    }
    SECTION("a card does too")
    {
        desk.tap(beijingCard());
        CHECK_FALSE(warning());
    }
    SECTION("nobody comes")
    {
        at(180);
        REQUIRE(desk.visible<PinEdit>());
        CHECK_FALSE(warning());
        CHECK(desk.visible<QLabel>(u"heading"_s)->text() == u"已锁屏");
        CHECK(desk.visible<QLabel>(u"offline"_s)->text() ==
              (halfDone ? u"测试员01，3 分钟没有操作。办到一半的内容已保留。"_s
                        : u"测试员01，3 分钟没有操作。"_s));
        at(1000);
        CHECK_FALSE(warning());
        desk.window.loginSucceeded(tester());
        desk.settle();
        CHECK(desk.step() == (halfDone ? LinkStep::Confirm : LinkStep::Idle));
        CHECK_FALSE(desk.visible<PinEdit>());
    }
}

TEST_CASE("F1 lists the keys of each page beside it and takes no focus", "[gui]")
{
    const Stop stop = GENERATE(from_range(stops()));
    INFO(stop.page.toStdString());
    WindowUnderTest desk;
    desk.logIn();
    stop.go(desk);
    const QString before = fieldsOf(desk);

    desk.press(Qt::Key_F1);

    const auto *help = desk.visible<HelpPanel>();
    REQUIRE(help);
    CHECK(fieldsOf(desk) == before);
    CHECK_FALSE(QApplication::activeModalWidget());
    const QWidget *side = desk.visible<QWidget>(u"side"_s);
    REQUIRE(side);
    CHECK(help->mapTo(&desk.window, QPoint(0, 0)) == side->mapTo(&desk.window, QPoint(0, 0)));
    CHECK(help->size() == side->size());
    if (KeyButton *primary = desk.primary()) {
        CHECK(help->keys().contains(KeyHelp{u"Enter"_s, primary->text()}));
        CHECK(primary->visibleRegion().contains(primary->rect().center()));
    }
    desk.press(Qt::Key_F1);
    CHECK_FALSE(desk.visible<HelpPanel>());
}

TEST_CASE("The help goes along to the next page", "[gui]")
{
    WindowUnderTest desk;
    desk.press(Qt::Key_F1);
    REQUIRE(desk.visible<HelpPanel>());
    CHECK(desk.visible<HelpPanel>()->keys().contains(KeyHelp{u"↑ ↓"_s, u"选工号"_s}));

    desk.logIn();
    desk.tap(beijingCard());

    REQUIRE(desk.visible<HelpPanel>());
    CHECK(desk.visible<HelpPanel>()->keys().contains(KeyHelp{u"← →"_s, u"选卡的样式"_s}));
    CHECK(desk.visible<HelpPanel>()->keys().contains(KeyHelp{u"Enter"_s, u"开始升级"_s}));
}

TEST_CASE("The help says what a key does now, also within a page", "[gui]")
{
    WindowUnderTest desk;
    desk.logIn();
    desk.goToConfirm();
    desk.controller.apply(GoToStep{LinkStep::Consent});
    desk.settle();
    desk.press(Qt::Key_F1);
    const QList<KeyHelp> before = desk.visible<HelpPanel>()->keys();

    desk.press(Qt::Key_R, Qt::AltModifier); // the notice in large text

    CHECK(desk.visible<HelpPanel>()->keys() == HelpPanel::keysOf(*desk.visible<FlowPage>()));
    CHECK_FALSE(desk.visible<HelpPanel>()->keys() == before);

    desk.tap(beijingCard(u"3105170099900056780"_s));
    CHECK(desk.visible<HelpPanel>()->keys().contains(KeyHelp{u"Alt+Y"_s, u"换成这张"_s}));
}

TEST_CASE("The shelf of training mode works by key on every page, and training is named", "[gui]")
{
    const Stop stop = GENERATE(from_range(stops()));
    const bool folded = GENERATE(false, true);
    INFO(stop.page.toStdString() << (folded ? ", folded" : ""));
    WindowUnderTest desk(true);
    desk.window.showTrainingCards(sixCards());
    desk.logIn();
    stop.go(desk);
    if (folded)
        desk.press(Qt::Key_0, Qt::ControlModifier);
    const auto *shelf = desk.visible<ShelfPanel>();
    REQUIRE(shelf);
    CHECK(shelf->isOpen() == !folded);
    CHECK(desk.visible<StatusStrip>()->chip(u"training"_s)->item().label == u"培训");
    QSignalSpy tapped(&desk.window, &MainWindow::trainingTapRequested);
    QSignalSpy torn(&desk.window, &MainWindow::trainingTearRequested);
    QSignalSpy pulled(&desk.window, &MainWindow::trainingUnplugRequested);
    QSignalSpy plugged(&desk.window, &MainWindow::trainingPlugRequested);

    for (int i = 0; i < 6; ++i)
        desk.press(Qt::Key(Qt::Key_1 + i), Qt::ControlModifier);
    desk.press(Qt::Key_7, Qt::ControlModifier);
    desk.press(Qt::Key_8, Qt::ControlModifier);
    desk.press(Qt::Key_8, Qt::ControlModifier);

    REQUIRE(tapped.size() == 6);
    for (int i = 0; i < 6; ++i)
        CHECK(tapped.at(i).first() == sixCards().at(i).name);
    CHECK(torn.size() == 1);
    CHECK(pulled.size() == 1);
    CHECK(plugged.size() == 1);
}

TEST_CASE("A tile of the shelf works by mouse, and the card is taken away after a while", "[gui]")
{
    WindowUnderTest desk(true);
    desk.window.showTrainingCards(sixCards());
    desk.logIn();
    desk.goToConfirm();
    auto *shelf = desk.visible<ShelfPanel>();
    REQUIRE(shelf);
    shelf->setTapTime(100);
    QSignalSpy tapped(&desk.window, &MainWindow::trainingTapRequested);
    QSignalSpy removed(&desk.window, &MainWindow::trainingRemoveRequested);
    ShelfTile *phone = nullptr;
    for (ShelfTile *tile : shelf->findChildren<ShelfTile *>()) {
        if (tile->text() == u"手机卡")
            phone = tile;
    }
    REQUIRE(phone);

    QTest::mouseClick(phone, Qt::LeftButton);

    REQUIRE(tapped.size() == 1);
    CHECK(tapped.first().first() == u"phone"_s);
    CHECK(phone->isLit());
    CHECK((removed.size() == 1 || removed.wait(5000)));
    CHECK_FALSE(phone->isLit());
}

TEST_CASE("The shelf leaves side column and primary button where they are", "[gui]")
{
    const Stop stop = GENERATE(from_range(stops()));
    INFO(stop.page.toStdString());
    WindowUnderTest plain;
    plain.logIn();
    stop.go(plain);
    WindowUnderTest desk(true);
    desk.window.showTrainingCards(sixCards());
    desk.logIn();
    stop.go(desk);
    const auto place = [](WindowUnderTest &one, const QString &name) {
        const auto *widget = one.visible<QWidget>(name);
        return widget ? QRect(widget->mapTo(&one.window, QPoint(0, 0)), widget->size()) : QRect();
    };

    CHECK(place(desk, u"side"_s) == place(plain, u"side"_s));
    CHECK(place(desk, u"primary"_s) == place(plain, u"primary"_s));
    CHECK(place(desk, u"work"_s) == place(plain, u"work"_s));
    CHECK(place(desk, u"panel"_s) == place(plain, u"panel"_s));
}

TEST_CASE("Without training there is no shelf", "[gui]")
{
    WindowUnderTest desk;
    desk.window.showTrainingCards(sixCards());
    desk.logIn();

    CHECK_FALSE(desk.window.findChild<ShelfPanel *>());
}

TEST_CASE("The login of training mode has the shelf too, and says what it is", "[gui]")
{
    WindowUnderTest desk(true);
    desk.window.showTrainingCards(sixCards());
    desk.settle();
    QSignalSpy tapped(&desk.window, &MainWindow::trainingTapRequested);

    desk.press(Qt::Key_2, Qt::ControlModifier);

    REQUIRE(desk.visible<ShelfPanel>());
    CHECK(desk.visible<StatusStrip>()->chip(u"training"_s)->item().label == u"培训");
    CHECK(tapped.size() == 1);
    CHECK(desk.step() == LinkStep::Idle);
}
