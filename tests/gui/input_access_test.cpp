#include "support/catch.h"

#include "gui/hub_states.h"
#include "gui/pages/shelfpanel.h"
#include "gui/pages_window.h"
#include "gui/widgets/cardnumberview.h"
#include "gui/widgets/railbutton.h"
#include "gui/widgets/statusstrip.h"
#include "gui/widgets/stepper.h"

#include <QAccessible>
#include <QAccessibleWidget>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// Where Tab leads, beginning with what has the focus, until it comes round.
QStringList walk()
{
    QStringList names;
    const QWidget *first = nullptr;
    for (int i = 0; i < 40; ++i) {
        QWidget *focus = QApplication::focusWidget();
        if (!focus || focus == first)
            break;
        if (!first)
            first = focus;
        names << focus->objectName();
        QTest::keyClick(focus, Qt::Key_Tab);
    }
    return names;
}

QString nameOf(QWidget *widget)
{
    QAccessibleInterface *found = QAccessible::queryAccessibleInterface(widget);
    return found ? found->text(QAccessible::Name) + u'|' + found->text(QAccessible::Description)
                 : QString();
}

} // namespace

TEST_CASE("Tab walks each page: work column, action bar, rail, status", "[gui]")
{
    // Of a row of choices Tab reaches the chosen one, arrows the others; so with the rail.
    const QStringList rail{u"upgrade"_s, u"reader"_s, u"id"_s, u"hub"_s, u"queue"_s};
    WindowUnderTest desk;
    const auto check = [&](const QString &page, const QStringList &wanted) {
        INFO(page.toStdString() << ": " << walk().join(u' ').toStdString());
        CHECK(walk() == wanted);
    };

    check(u"login"_s, {u"pin"_s, u"operators"_s});
    desk.logIn();
    desk.tap(beijingCard());
    check(u"card"_s, QStringList{u"primary"_s} + rail + QStringList{QString(), u"first"_s});
    desk.press(Qt::Key_Return);
    check(u"document"_s, QStringList{u"name"_s, u"kind"_s, u"number"_s, u"first"_s} + rail);
    desk.controller.apply(DocumentEntered{adult()});
    desk.settle();
    check(u"consent"_s, QStringList{u"primary"_s} + rail +
                            // The languages of the notice, the key that turns the screen round.
                            QStringList{QString(), QString(), u"first"_s, u"second"_s, u"third"_s});
    desk.press(Qt::Key_Return);
    check(u"health"_s, QStringList{u"primary"_s} + rail + QStringList{u"first"_s});
    desk.press(Qt::Key_Return);
    check(u"confirm"_s,
          QStringList{u"primary"_s} + rail + QStringList{u"first"_s, u"second"_s, u"third"_s});
    desk.press(Qt::Key_Return);
    check(u"done"_s, QStringList{u"primary"_s} + rail);
    desk.tasks.setHub(unreachable(ErrorCode::HubNoAnswer));
    desk.press(Qt::Key_F9);
    check(u"queue"_s, QStringList{u"primary"_s, u"queue"_s, u"reader"_s, u"id"_s, u"hub"_s,
                                  u"queue"_s, u"back"_s});
    desk.tasks.setInbox({refusedEntry(u"document-invalid"_s, u"8329"_s, desk.desk.clock.now())});
    desk.press(Qt::Key_F8);
    check(u"inbox"_s, QStringList{u"list"_s, u"back"_s, u"drop"_s, u"primary"_s, u"inbox"_s,
                                  u"reader"_s, u"id"_s, u"hub"_s, u"queue"_s});
}

TEST_CASE("In training the shelf comes between action bar and rail", "[gui]")
{
    WindowUnderTest desk(true);
    desk.window.showTrainingCards({{u"a"_s, u"互通卡"_s, u"physical"_s}});
    desk.logIn();
    desk.goToConfirm();

    const QStringList names = walk();

    INFO(names.join(u' ').toStdString());
    CHECK(names.value(0) == u"primary");
    CHECK(names.value(1) == u"fold");
    CHECK(names.indexOf(u"upgrade"_s) == 5);
}

TEST_CASE("A screen reader finds number, state, gate and primary button in that order", "[gui]")
{
    WindowUnderTest desk;
    desk.logIn();
    desk.tap(beijingCard());
    auto *number = desk.visible<CardNumberView>();
    auto *badge = desk.visible<StateBadge>();
    auto *gate = desk.visible<GatePreview>();
    auto *steps = desk.visible<Stepper>();
    REQUIRE(number);
    REQUIRE(badge);
    REQUIRE(gate);
    REQUIRE(steps);

    CHECK(nameOf(number).startsWith(u"卡号|3 1 0 5"_s));
    CHECK(nameOf(number).contains(u"19"_s));
    CHECK(nameOf(badge) == u"状态|待补查");
    CHECK(nameOf(gate).startsWith(u"闸机|"_s));
    CHECK(nameOf(gate).contains(GatePreview::notLinkedSentence()));
    CHECK(nameOf(steps).startsWith(u"步骤|第 1 步，共 5 步，卡片"_s));
    CHECK(nameOf(desk.primary()) == u"开始升级|Enter");
    CHECK(nameOf(desk.visible<TaskRail>()->button(u"lock"_s)) == u"锁屏 / 换班|F12");
    CHECK(nameOf(desk.visible<StatusStrip>()->chip(u"reader"_s)).startsWith(u"读卡器 正常"_s));
}

TEST_CASE("Every control has a name for a screen reader", "[gui]")
{
    WindowUnderTest desk(true);
    desk.window.showTrainingCards({{u"a"_s, u"互通卡"_s, u"physical"_s}});
    const auto check = [&] {
        for (QWidget *widget : desk.window.findChildren<QWidget *>()) {
            if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus)
                continue;
            const QAccessibleInterface *found = QAccessible::queryAccessibleInterface(widget);
            INFO(widget->metaObject()->className() << ' ' << widget->objectName().toStdString());
            REQUIRE(found);
            CHECK_FALSE(found->text(QAccessible::Name).isEmpty());
        }
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
