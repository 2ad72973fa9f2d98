#include "support/catch.h"

#include "gui/pages_window.h"
#include "gui/widgets/pinedit.h"
#include "gui/widgets/railbutton.h"
#include "gui/widgets/statusstrip.h"
#include "gui/widgets/touchkeypad.h"

#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// Everything any widget of the window could show or read aloud.
QString allTexts(const QWidget &window)
{
    QStringList texts{window.windowTitle()};
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        texts << widget->accessibleName() << widget->accessibleDescription() << widget->toolTip();
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            texts << label->text();
        if (const auto *edit = qobject_cast<const QLineEdit *>(widget))
            texts << edit->text() << edit->placeholderText();
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            texts << button->text();
    }
    return texts.join(u'\n');
}

} // namespace

TEST_CASE("The window begins with the login page and takes no card", "[gui]")
{
    WindowUnderTest desk;

    desk.tap(beijingCard());

    CHECK(desk.step() == LinkStep::Idle);
    CHECK(desk.visible<PinEdit>());
    CHECK_FALSE(desk.visible<TaskRail>());
}

TEST_CASE("The sixth digit asks for the login, once", "[gui]")
{
    WindowUnderTest desk;
    QSignalSpy asked(&desk.window, &MainWindow::loginRequested);

    desk.type(u"13579"_s);
    CHECK(asked.isEmpty());
    CHECK(desk.primaries().isEmpty());
    desk.type(u"0"_s);
    desk.press(Qt::Key_Return);

    REQUIRE(asked.size() == 1);
    CHECK(asked.first().value(0) == tester().id);
    CHECK(asked.first().value(1) == u"135790"_s);
}

TEST_CASE("The touch keypad types the PIN like the keyboard", "[gui]")
{
    WindowUnderTest desk;
    QSignalSpy asked(&desk.window, &MainWindow::loginRequested);
    const auto *keypad = desk.visible<TouchKeypad>();
    REQUIRE(keypad);

    for (const QChar digit : u"135790"_s) {
        for (auto *key : keypad->findChildren<QAbstractButton *>()) {
            if (key->text() == QString(digit))
                QTest::mouseClick(key, Qt::LeftButton);
        }
    }

    REQUIRE(asked.size() == 1);
    CHECK(asked.first().value(1) == u"135790"_s);
}

TEST_CASE("Up and down choose another operator while the PIN has the focus", "[gui]")
{
    WindowUnderTest desk;
    QSignalSpy asked(&desk.window, &MainWindow::loginRequested);

    desk.press(Qt::Key_Down);
    desk.type(u"111111"_s);

    REQUIRE(asked.size() == 1);
    CHECK(asked.first().value(0) == otherTester().id);
}

TEST_CASE("A login that failed empties the PIN and says what is left", "[gui]")
{
    WindowUnderTest desk;
    desk.type(u"111111"_s);

    const auto [error, hint] = GENERATE(table<Error, QString>({
        {Error{ErrorCode::PinWrong, {}, {u"4"_s}}, u"PIN 不对，还能试 4 次。"_s},
        {Error{ErrorCode::PinLocked, {}, {u"5"_s}}, u"已停用 5 分钟，请找值班站长。"_s},
    }));
    desk.window.loginFailed(error);
    desk.settle();

    CHECK(desk.visible<QLabel>(u"hint"_s)->text() == hint);
    CHECK(desk.visible<PinEdit>()->typed() == 0);
    QSignalSpy asked(&desk.window, &MainWindow::loginRequested);
    desk.type(u"135790"_s);
    CHECK(asked.size() == 1);
}

TEST_CASE("The rail shows only the tasks that exist", "[gui]")
{
    WindowUnderTest desk;
    desk.logIn();

    QStringList tasks;
    for (const RailButton *button : desk.window.findChildren<RailButton *>()) {
        if (button->isVisible())
            tasks << button->text() + u' ' + button->shortcut().toString();
    }

    CHECK(tasks == QStringList{u"升级办理 F2"_s, u"卡号查询 F5"_s, u"待处理 F8"_s,
                               u"队列 / 同步 F9"_s, u"设备 F11"_s, u"帮助 F1"_s,
                               u"锁屏 / 换班 F12"_s});
}

TEST_CASE("The status strip stands on every page and names training", "[gui]")
{
    const bool training = GENERATE(true, false);
    WindowUnderTest desk(training);
    const auto check = [&] {
        const auto *status = desk.visible<StatusStrip>();
        REQUIRE(status);
        for (const QString &id : {u"reader"_s, u"hub"_s, u"queue"_s, u"operator"_s, u"clock"_s})
            CHECK(status->chip(id));
        CHECK((status->chip(u"training"_s) != nullptr) == training);
        CHECK(status->chip(u"hub"_s)->item().value == u"离线");
    };

    check();
    desk.logIn();
    desk.window.showQueue(12);
    check();
    CHECK(desk.visible<StatusStrip>()->chip(u"queue"_s)->item().value == u"12 条待传");
    CHECK(desk.visible<StatusStrip>()->chip(u"operator"_s)->item().value == tester().name);
    CHECK(desk.visible<StatusStrip>()->chip(u"clock"_s)->item().value == u"6月2日 周四 08:31");
    desk.goToConfirm();
    check();
}

TEST_CASE("A lost reader changes the idle page only and is told once", "[gui]")
{
    WindowUnderTest desk;
    desk.logIn();
    QSignalSpy shown(&desk.window, &MainWindow::pageShown);
    const QDateTime since(QDate(2022, 6, 2), QTime(0, 31, 22), Qt::UTC);

    SECTION("while idle")
    {
        desk.window.showReader(ReaderState::Lost, {}, since);
        REQUIRE(shown.wait(2000));
        CHECK(shown.first().first() == u"reader-lost"_s);
        CHECK(desk.visible<QLabel>(u"lostTitle"_s)->text() == u"读卡器断开了");
        CHECK(desk.visible<QLabel>(u"lostSub"_s)->text() == u"08:31:22 起没有响应，插好后自动恢复");
        desk.window.showReader(ReaderState::Ok, u"PN532"_s, {});
        REQUIRE(shown.wait(2000));
        CHECK(shown.last().first() == u"idle"_s);
    }
    SECTION("in the middle of a passenger")
    {
        desk.goToConfirm();
        desk.window.showReader(ReaderState::Lost, {}, since);
        desk.settle();
        CHECK(desk.step() == LinkStep::Confirm);
        CHECK(desk.primaries().size() == 1);
        CHECK(desk.visible<StatusStrip>()->chip(u"reader"_s)->item().mood == StatusItem::Mood::Bad);
        desk.press(Qt::Key_Return);
        CHECK(desk.step() == LinkStep::Done);
    }
}

TEST_CASE("A full store stops the work on a red page and Enter comes back to it", "[gui]")
{
    WindowUnderTest desk;
    desk.commitError = Error{ErrorCode::StoreFull, {}, {}};
    desk.logIn();
    desk.goToConfirm();
    desk.press(Qt::Key_Return);

    desk.window.showStoreTrouble(*desk.commitError);
    desk.settle();

    CHECK(desk.visible<QLabel>(u"sub"_s)->text() == u"本机存不下了，请先不要办理，找值班站长。");
    REQUIRE(desk.primaries().size() == 1);
    desk.commitError.reset();
    desk.press(Qt::Key_Return);
    CHECK(desk.step() == LinkStep::Confirm);
    desk.press(Qt::Key_Return);
    CHECK(desk.step() == LinkStep::Done);
}

TEST_CASE("The lock hides the passenger and keeps him for the same operator", "[gui]")
{
    WindowUnderTest desk;
    QSignalSpy locked(&desk.window, &MainWindow::lockRequested);
    desk.logIn();
    desk.goToConfirm();

    desk.press(Qt::Key_F12);

    CHECK(locked.size() == 1);
    REQUIRE(desk.visible<PinEdit>());
    desk.tap(beijingCard(u"3105170099900056780"_s));
    CHECK_FALSE(desk.controller.state().otherCard);
    SECTION("the same operator goes on")
    {
        desk.window.loginSucceeded(tester());
        desk.settle();
        CHECK(desk.step() == LinkStep::Confirm);
        CHECK(desk.primary()->text() == u"确认升级");
        CHECK(QApplication::focusWidget() == desk.primary());
    }
    SECTION("another operator begins anew")
    {
        desk.window.loginSucceeded(otherTester());
        desk.settle();
        CHECK(desk.step() == LinkStep::Idle);
    }
}

TEST_CASE("In training each virtual card has a key and is taken away again", "[gui]")
{
    WindowUnderTest desk(true);
    desk.window.showTrainingCards(
        {{u"a"_s, u"互通卡"_s, u"physical"_s}, {u"b"_s, u"手机卡"_s, u"phone"_s}});
    desk.logIn();
    QSignalSpy tapped(&desk.window, &MainWindow::trainingTapRequested);
    QSignalSpy removed(&desk.window, &MainWindow::trainingRemoveRequested);

    desk.press(Qt::Key_2, Qt::ControlModifier);

    REQUIRE(tapped.size() == 1);
    CHECK(tapped.first().first() == u"b"_s);
    desk.press(Qt::Key_3, Qt::ControlModifier);
    CHECK(tapped.size() == 1);
    CHECK(removed.wait(5000));
}

TEST_CASE("No page shows a whole name or document number, and nothing stays behind", "[gui]")
{
    WindowUnderTest desk;
    const Person holder = adult();
    QApplication::clipboard()->clear();
    desk.logIn();
    desk.tap(beijingCard());
    desk.press(Qt::Key_Return);
    desk.type(holder.name + holder.documentNumber);
    REQUIRE(QTest::qWaitFor([&] { return desk.step() == LinkStep::Consent; }, 5000));

    const auto checkMasked = [&] {
        desk.settle();
        const QString texts = allTexts(desk.window);
        CHECK_FALSE(texts.contains(holder.name));
        CHECK_FALSE(texts.contains(holder.documentNumber));
    };
    for (int page = 0; page < 4; ++page) {
        INFO(page);
        checkMasked();
        CHECK_FALSE(desk.window.windowTitle().contains(u"2349"_s));
        desk.press(Qt::Key_Return);
    }

    REQUIRE(desk.step() == LinkStep::Idle);
    checkMasked();
    const QString texts = allTexts(desk.window);
    CHECK_FALSE(texts.contains(beijingCard().number));
    CHECK_FALSE(texts.contains(u"3 1 0 5"_s));
    CHECK_FALSE(texts.contains(u"2349"_s));
    CHECK_FALSE(texts.contains(u"测*甲"_s));
    CHECK(QApplication::clipboard()->text().isEmpty());
}

TEST_CASE("Ctrl+Z brings nothing back into the fields of the next passenger", "[gui]")
{
    WindowUnderTest desk;
    desk.logIn();
    for (int passenger = 0; passenger < 2; ++passenger) {
        desk.tap(beijingCard());
        desk.press(Qt::Key_Return);
        REQUIRE(desk.step() == LinkStep::Document);
        // With nothing typed it is one step back.
        desk.press(Qt::Key_Z, Qt::ControlModifier);
        CHECK(desk.step() == LinkStep::Card);
        desk.press(Qt::Key_Return);
        auto *name = desk.visible<QLineEdit>(u"name"_s);
        REQUIRE(name);
        CHECK(name->text().isEmpty());
        desk.type(u"测试甲1101"_s);
        desk.controller.apply(EndPassenger{});
        desk.settle();
    }
}

TEST_CASE("Every visible button has a key of its own or stands in a group that shows one", "[gui]")
{
    WindowUnderTest desk(true);
    desk.window.showTrainingCards({{u"a"_s, u"互通卡"_s, u"physical"_s}});
    const auto check = [&] {
        desk.settle();
        for (const auto *button : desk.window.findChildren<QAbstractButton *>()) {
            if (!button->isVisible())
                continue;
            INFO(button->metaObject()->className() << ' ' << button->text().toStdString());
            const QWidget *parent = button->parentWidget();
            const bool group =
                qobject_cast<const Segment *>(parent) || qobject_cast<const TouchKeypad *>(parent);
            const auto *chip = qobject_cast<const StatusChip *>(button);
            // What a chip opens has its key, which the rail prints.
            const bool fact = chip && (chip->item().hint.isEmpty() || !chip->item().key.isEmpty());
            CHECK((group || fact || !button->property("shortcut").value<QKeySequence>().isEmpty()));
        }
        CHECK(desk.primaries().size() <= 1);
        CHECK_FALSE(QApplication::activeModalWidget());
    };

    check();
    desk.logIn();
    check();
    desk.goToConfirm();
    for (int page = 0; page < 5; ++page) {
        check();
        desk.press(Qt::Key_Escape);
    }
}

TEST_CASE("Each page is announced after it was painted", "[gui]")
{
    WindowUnderTest desk;
    const QStringList &pages = desk.pages;
    const auto expect = [&](const QString &page) {
        INFO(page.toStdString());
        CHECK(QTest::qWaitFor([&] { return !pages.isEmpty() && pages.last() == page; }, 2000));
    };

    expect(u"login"_s);
    desk.logIn();
    expect(u"idle"_s);
    desk.tap(beijingCard());
    expect(u"card"_s);
    desk.press(Qt::Key_Return);
    expect(u"document"_s);
    desk.type(u"测试甲"_s + adult().documentNumber);
    expect(u"consent"_s);
    desk.press(Qt::Key_Return);
    expect(u"health"_s);
    desk.press(Qt::Key_Return);
    expect(u"confirm"_s);
    desk.press(Qt::Key_Return);
    expect(u"done"_s);
    desk.press(Qt::Key_Return);
    expect(u"idle"_s);
    CHECK(pages == QStringList{u"login"_s, u"idle"_s, u"card"_s, u"document"_s, u"consent"_s,
                               u"health"_s, u"confirm"_s, u"done"_s, u"idle"_s});
}

TEST_CASE("The focus walks each page from top to bottom", "[gui]")
{
    WindowUnderTest desk;
    desk.logIn();
    desk.tap(beijingCard());
    CHECK(QApplication::focusWidget() == desk.primary());
    desk.press(Qt::Key_Return);

    QStringList walk;
    for (int i = 0; i < 4; ++i) {
        walk << QApplication::focusWidget()->objectName();
        desk.press(Qt::Key_Tab);
    }

    CHECK(walk == QStringList{u"name"_s, u"kind"_s, u"number"_s, u"first"_s});
}

TEST_CASE("The login names operators by number and name", "[gui]")
{
    WindowUnderTest desk;

    const auto *operators = desk.visible<QComboBox>(u"operators"_s);

    REQUIRE(operators);
    CHECK(operators->currentText() == u"9001 测试员01");
    CHECK(operators->currentData() == u"9001"_s);
}
