#include "support/catch.h"

#include "gui/pages/helppanel.h"
#include "gui/pages/shelfpanel.h"
#include "gui/pages_walk.h"
#include "gui/widgets/painting.h"

#include <QLayout>
#include <QLineEdit>
#include <QShortcut>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// Every key that a line of the help stands for: "Alt+1 … 3" are three, "← →" are two.
QStringList keysOf(const QString &line)
{
    QStringList keys;
    for (const QString &part : line.split(u" / "_s)) {
        const QStringList ends = part.split(u" … "_s);
        if (ends.size() == 2) {
            for (int i = ends.first().right(1).toInt(); i <= ends.last().toInt(); ++i)
                keys << ends.first().chopped(1) + QString::number(i);
        } else {
            keys << (part.contains(u'+') ? QStringList{part} : part.split(u' '));
        }
    }
    return keys;
}

QStringList listed(const HelpPanel &help)
{
    QStringList keys{u"F1"_s}; // at the foot of the help
    for (const KeyHelp &one : help.keys() + help.everywhere())
        keys += keysOf(one.key);
    return keys;
}

QString printed(const QKeySequence &key)
{
    QString text = keyText(key);
    for (const auto &[word, sign] : {std::pair{u"Left"_s, u"←"_s}, std::pair{u"Right"_s, u"→"_s},
                                     std::pair{u"Up"_s, u"↑"_s}, std::pair{u"Down"_s, u"↓"_s}})
        text.replace(word, sign);
    return text;
}

/// Every key that does something now, as the window would find it.
QStringList working(const QWidget &window)
{
    QStringList keys;
    for (const auto *shortcut : window.findChildren<QShortcut *>()) {
        const auto *owner = qobject_cast<const QWidget *>(shortcut->parent());
        if (owner && owner->isVisible() && owner->isEnabled() && shortcut->isEnabled() &&
            !shortcut->key().isEmpty())
            keys << printed(shortcut->key());
    }
    keys.removeDuplicates();
    return keys;
}

} // namespace

TEST_CASE("The help names every key that works, each once, and has room for all", "[gui]")
{
    const auto language = GENERATE(Language::Chinese, Language::English);
    const int textSize = GENERATE(100, 125);
    int seen = 0;
    const auto at = [&](WindowUnderTest &desk, const QString &state) {
        INFO(state.toStdString());
        if (!desk.visible<HelpPanel>())
            desk.press(Qt::Key_F1);
        const auto *help = desk.visible<HelpPanel>();
        REQUIRE(help);
        const QStringList named = listed(*help);
        for (const QString &key : working(desk.window)) {
            INFO(key.toStdString());
            CHECK(named.count(key) == 1);
        }
        if (textSize == 100)
            CHECK(help->layout()->minimumSize().height() <= help->height());
        desk.press(Qt::Key_F1);
        ++seen;
    };
    walkAllStates({false, language, textSize}, {1366, 768}, at);
    CHECK(seen > 55);
}

TEST_CASE("Esc closes the help before the page has anything of it", "[gui]")
{
    WindowUnderTest desk;
    desk.logIn();
    desk.tap(beijingCard());
    desk.press(Qt::Key_Return);
    desk.type(u"测试甲"_s);
    desk.press(Qt::Key_F1);
    REQUIRE(desk.visible<HelpPanel>());

    desk.press(Qt::Key_Escape);

    CHECK_FALSE(desk.visible<HelpPanel>());
    CHECK(desk.step() == LinkStep::Document);
    CHECK(desk.visible<QLineEdit>(u"name"_s)->text() == u"测试甲");
    desk.press(Qt::Key_Escape);
    CHECK(desk.visible<QLineEdit>(u"name"_s)->text().isEmpty());
    desk.press(Qt::Key_F1);
    desk.press(Qt::Key_Escape);
    CHECK(desk.step() == LinkStep::Document);
    desk.press(Qt::Key_Escape);
    CHECK(desk.step() == LinkStep::Card);
}

TEST_CASE("The shelf offers to fold only where there is something to fold", "[gui]")
{
    WindowUnderTest desk(true);
    desk.window.showTrainingCards({{u"a"_s, u"互通卡"_s, u"physical"_s}});
    desk.settle();
    const auto *shelf = desk.visible<ShelfPanel>();
    REQUIRE(shelf);
    CHECK_FALSE(shelf->isOpen()); // the login has no room under its keypad
    CHECK_FALSE(desk.visible<KeyButton>(u"fold"_s));

    desk.logIn();
    desk.goToConfirm();
    CHECK(shelf->isOpen());
    REQUIRE(desk.visible<KeyButton>(u"fold"_s));
    desk.press(Qt::Key_0, Qt::ControlModifier);
    CHECK_FALSE(shelf->isOpen());
    CHECK(desk.visible<KeyButton>(u"fold"_s)->text() == u"展开");
    desk.window.lock();
    desk.settle();
    CHECK_FALSE(desk.visible<KeyButton>(u"fold"_s));
}
