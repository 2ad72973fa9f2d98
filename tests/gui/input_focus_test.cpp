#include "support/catch.h"

#include "gui/pages_window.h"

#include <QWindow>

#include <functional>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// Keys go to the window, as the window system sends them, and Qt decides who gets them.
class FocusDesk : public WindowUnderTest
{
public:
    FocusDesk()
    {
        QObject::connect(&controller.undo(), &UndoController::revokeRequested, &window,
                         [this](const QString &record) { asked << record; });
        logIn();
    }

    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        settle();
        QTest::keyClick(window.windowHandle(), key, modifiers);
        settle();
    }

    QStringList asked; ///< records of which a revoke was requested
};

struct Way {
    QString name;
    std::function<void(FocusDesk &)> go;
};

void fail(FocusDesk &desk)
{
    desk.window.showStoreTrouble(Error{ErrorCode::StoreFull, {}, {}});
    desk.settle();
}

void openDocument(FocusDesk &desk)
{
    desk.tap(beijingCard());
    desk.key(Qt::Key_Return);
}

/// Every way that ends where cards are tapped.
QList<Way> waysToIdle()
{
    return {
        {u"look-up, Esc"_s,
         [](FocusDesk &desk) {
             desk.key(Qt::Key_F5);
             desk.key(Qt::Key_Escape);
         }},
        {u"look-up, F2"_s,
         [](FocusDesk &desk) {
             desk.key(Qt::Key_F5);
             desk.key(Qt::Key_F2);
         }},
        {u"look-up, a digit, Esc to clear, Esc"_s,
         [](FocusDesk &desk) {
             desk.type(u"3"_s);
             desk.key(Qt::Key_Escape);
             desk.key(Qt::Key_Escape);
         }},
        {u"look-up, a number, its card ended"_s,
         [](FocusDesk &desk) {
             desk.type(u"3105170099900012349"_s);
             desk.key(Qt::Key_Return);
             REQUIRE(desk.step() == LinkStep::Card);
             desk.key(Qt::Key_Escape);
         }},
        {u"look-up, locked, logged in"_s,
         [](FocusDesk &desk) {
             desk.key(Qt::Key_F5);
             desk.key(Qt::Key_F12);
             desk.logIn();
         }},
        {u"look-up, store full, store works"_s,
         [](FocusDesk &desk) {
             desk.key(Qt::Key_F5);
             desk.key(Qt::Key_Escape);
             fail(desk);
             desk.key(Qt::Key_Return);
         }},
        {u"inbox, F2"_s,
         [](FocusDesk &desk) {
             desk.key(Qt::Key_F8);
             desk.key(Qt::Key_F2);
         }},
        {u"devices, Esc"_s,
         [](FocusDesk &desk) {
             desk.key(Qt::Key_F11);
             desk.key(Qt::Key_Escape);
         }},
        {u"queue, F2"_s,
         [](FocusDesk &desk) {
             desk.key(Qt::Key_F9);
             desk.key(Qt::Key_F2);
         }},
        {u"queue, inbox, look-up, Esc"_s,
         [](FocusDesk &desk) {
             desk.key(Qt::Key_F9);
             desk.key(Qt::Key_F8);
             desk.key(Qt::Key_F5);
             desk.key(Qt::Key_Escape);
         }},
        {u"card, Esc"_s,
         [](FocusDesk &desk) {
             desk.tap(beijingCard());
             desk.key(Qt::Key_Escape);
         }},
        {u"document, Esc, Esc"_s,
         [](FocusDesk &desk) {
             openDocument(desk);
             desk.key(Qt::Key_Escape);
             REQUIRE(desk.step() == LinkStep::Card);
             desk.key(Qt::Key_Escape);
         }},
        {u"document, a digit, Esc to clear, Esc, Esc"_s,
         [](FocusDesk &desk) {
             openDocument(desk);
             desk.type(u"1"_s);
             for (int i = 0; i < 3; ++i)
                 desk.key(Qt::Key_Escape);
         }},
        {u"consent refused, next passenger"_s,
         [](FocusDesk &desk) {
             desk.goToConfirm();
             desk.key(Qt::Key_3, Qt::AltModifier);
             desk.key(Qt::Key_N, Qt::AltModifier);
             REQUIRE(desk.step() == LinkStep::Declined);
             desk.key(Qt::Key_Return);
         }},
        {u"confirm, done, next passenger"_s,
         [](FocusDesk &desk) {
             desk.goToConfirm();
             desk.key(Qt::Key_Return);
             REQUIRE(desk.step() == LinkStep::Done);
             desk.key(Qt::Key_Return);
         }},
        {u"help opened and closed"_s,
         [](FocusDesk &desk) {
             desk.key(Qt::Key_F1);
             desk.key(Qt::Key_Escape);
         }},
        {u"locked, logged in"_s,
         [](FocusDesk &desk) {
             desk.key(Qt::Key_F12);
             desk.logIn();
         }},
    };
}

/// Ways that end on another page.
QList<Way> waysElsewhere()
{
    return {
        {u"login"_s, [](FocusDesk &desk) { desk.key(Qt::Key_F12); }},
        {u"look-up"_s, [](FocusDesk &desk) { desk.key(Qt::Key_F5); }},
        {u"inbox"_s, [](FocusDesk &desk) { desk.key(Qt::Key_F8); }},
        {u"queue"_s, [](FocusDesk &desk) { desk.key(Qt::Key_F9); }},
        {u"devices"_s, [](FocusDesk &desk) { desk.key(Qt::Key_F11); }},
        {u"look-up over a card, Esc"_s,
         [](FocusDesk &desk) {
             desk.tap(beijingCard());
             desk.key(Qt::Key_F5);
             desk.key(Qt::Key_Escape);
         }},
        {u"look-up over a document, Esc"_s,
         [](FocusDesk &desk) {
             openDocument(desk);
             desk.key(Qt::Key_F5);
             desk.key(Qt::Key_Escape);
         }},
        {u"look-up, a card is tapped"_s,
         [](FocusDesk &desk) {
             desk.key(Qt::Key_F5);
             desk.tap(beijingCard());
         }},
        {u"document"_s, openDocument},
        {u"confirm, Esc back to the card"_s,
         [](FocusDesk &desk) {
             desk.goToConfirm();
             for (int i = 0; i < 4; ++i)
                 desk.key(Qt::Key_Escape);
             REQUIRE(desk.step() == LinkStep::Card);
         }},
        {u"confirm, back to the document"_s,
         [](FocusDesk &desk) {
             desk.goToConfirm();
             desk.key(Qt::Key_2, Qt::AltModifier);
         }},
        {u"done"_s,
         [](FocusDesk &desk) {
             desk.goToConfirm();
             desk.key(Qt::Key_Return);
         }},
        {u"store full"_s, fail},
        {u"store full over the look-up"_s,
         [](FocusDesk &desk) {
             desk.key(Qt::Key_F5);
             fail(desk);
         }},
    };
}

void checkFocus(const FocusDesk &desk)
{
    const auto *pages = desk.window.findChild<QStackedWidget *>(u"pages"_s);
    REQUIRE(pages);
    const QWidget *page = pages->currentWidget();
    const QWidget *focus = QApplication::focusWidget();
    REQUIRE(focus);
    INFO(focus->objectName().toStdString());
    CHECK(focus->isVisible());
    CHECK((focus == page || page->isAncestorOf(focus)));
}

} // namespace

TEST_CASE("Whichever way leads back to idle, the focus is there and Ctrl+Z takes back", "[gui]")
{
    const Way way = GENERATE(from_range(waysToIdle()));
    INFO(way.name.toStdString());
    FocusDesk desk;
    desk.say(desk.done().record, false);

    way.go(desk);

    CHECK(desk.step() == LinkStep::Idle);
    checkFocus(desk);
    desk.say(desk.done().record, false);
    desk.key(Qt::Key_Z, Qt::ControlModifier);
    CHECK(desk.asked.size() == 1);
}

TEST_CASE("The focus is on the page that is shown", "[gui]")
{
    const Way way = GENERATE(from_range(waysElsewhere()));
    INFO(way.name.toStdString());
    FocusDesk desk;

    way.go(desk);

    checkFocus(desk);
}
