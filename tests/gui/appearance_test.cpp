#include "support/catch.h"

#include "gui/pages_walk.h"
#include "gui/widgets/statuschip.h"

#include <QComboBox>
#include <QImage>
#include <QLineEdit>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

constexpr QSize small(1366, 768);
constexpr QSize large(1920, 1080);

/// What the widgets that can be seen show and say.
QStringList textsOf(const QWidget &window)
{
    QStringList texts;
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        // A chip keeps the words it was announced with until its fact changes.
        if (!widget->isVisible() || qobject_cast<const StatusChip *>(widget))
            continue;
        texts << widget->accessibleName() << widget->accessibleDescription();
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            texts << label->text();
        if (const auto *edit = qobject_cast<const QLineEdit *>(widget))
            texts << edit->text() << edit->placeholderText();
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            texts << button->text();
    }
    return texts;
}

QImage imageOf(WindowUnderTest &desk)
{
    // Layouts that changed settle by events of their own.
    for (int i = 0; i < 3; ++i)
        desk.settle();
    return desk.window.grab().toImage();
}

int differentPixels(const QImage &one, const QImage &other)
{
    if (one.size() != other.size())
        return one.width() * one.height();
    int different = 0;
    for (int y = 0; y < one.height(); ++y) {
        for (int x = 0; x < one.width(); ++x)
            different += one.pixel(x, y) == other.pixel(x, y) ? 0 : 1;
    }
    return different;
}

} // namespace

TEST_CASE("Ctrl+L, Ctrl+D, Ctrl++ and Ctrl+- change the look on any page", "[gui]")
{
    WindowUnderTest desk;
    QSignalSpy changed(&desk.appearance, &Appearance::changed);
    const auto walk = [&] {
        desk.press(Qt::Key_L, Qt::ControlModifier);
        CHECK(desk.appearance.look().language == Language::English);
        desk.press(Qt::Key_D, Qt::ControlModifier);
        CHECK(currentTheme().isDark);
        desk.press(Qt::Key_Plus, Qt::ControlModifier);
        CHECK(currentTheme().px(20) == 22);
        desk.press(Qt::Key_Equal, Qt::ControlModifier);
        CHECK(currentTheme().px(20) == 25);
        desk.press(Qt::Key_Minus, Qt::ControlModifier);
        desk.press(Qt::Key_Minus, Qt::ControlModifier);
        desk.press(Qt::Key_Minus, Qt::ControlModifier);
        desk.press(Qt::Key_D, Qt::ControlModifier);
        desk.press(Qt::Key_L, Qt::ControlModifier);
        CHECK(desk.appearance.look() == Look{});
    };

    walk();
    desk.logIn();
    walk();
    desk.tap(beijingCard());
    walk();
    CHECK(desk.step() == LinkStep::Card);
    CHECK(changed.size() == 3 * 8);
}

TEST_CASE("What is typed, chosen and asked survives a change of look", "[gui]")
{
    WindowUnderTest desk;
    desk.type(u"135"_s);
    const QStringList login = textsOf(desk.window);
    desk.press(Qt::Key_L, Qt::ControlModifier);
    desk.press(Qt::Key_L, Qt::ControlModifier);
    CHECK(textsOf(desk.window) == login);
    desk.logIn();
    desk.tap(beijingCard());
    desk.press(Qt::Key_Return);
    desk.type(u"测试甲1101021902"_s);
    desk.press(Qt::Key_Down);
    QWidget *focus = QApplication::focusWidget();

    desk.press(Qt::Key_L, Qt::ControlModifier);
    desk.press(Qt::Key_D, Qt::ControlModifier);
    desk.press(Qt::Key_Plus, Qt::ControlModifier);

    CHECK(desk.visible<QLineEdit>(u"name"_s)->text() == u"测试甲");
    CHECK(desk.visible<QLineEdit>(u"number"_s)->text() == u"1101021902");
    CHECK(desk.visible<QComboBox>(u"kind"_s)->currentIndex() == 1);
    CHECK(QApplication::focusWidget() == focus);
    desk.type(u"0304"_s);
    CHECK(desk.visible<QLineEdit>(u"number"_s)->text() == u"11010219020304");
}

TEST_CASE("The buttons for language, theme and text size stand on login and idle page", "[gui]")
{
    WindowUnderTest desk;
    const auto click = [&](const QString &text) {
        for (auto *button : desk.window.findChildren<KeyButton *>()) {
            if (button->isVisible() && button->text() == text)
                QTest::mouseClick(button, Qt::LeftButton);
        }
        desk.settle();
    };

    click(u"English"_s);
    CHECK(desk.appearance.look().language == Language::English);
    desk.logIn();
    click(u"中文"_s);
    CHECK(desk.appearance.look().language == Language::Chinese);
    click(u"深色"_s);
    CHECK(currentTheme().isDark);
    click(u"浅色"_s);
    click(u"字号 100%"_s);
    click(u"字号 112%"_s);
    CHECK(desk.appearance.look().textSize == 125);
    click(u"字号 125%"_s);
    CHECK(desk.appearance.look() == Look{});
}

TEST_CASE("A window of full HD size gets larger controls, live", "[gui]")
{
    WindowUnderTest desk;
    desk.logIn();
    desk.tap(beijingCard());
    const auto check = [&](QSize size, int rail, int side, int status, int primary, int number) {
        desk.window.resize(size);
        desk.settle();
        desk.settle();
        INFO(size.width() << " x " << size.height());
        CHECK(desk.visible<TaskRail>()->width() == rail);
        CHECK(desk.visible<QWidget>(u"side"_s)->width() == side);
        CHECK(desk.visible<QWidget>(u"status"_s)->height() == status);
        CHECK(desk.primary()->size() == QSize(side, primary));
        CHECK(currentTheme().px(56) == number);
    };

    check(small, 184, 336, 40, 56, 56);
    check(large, 216, 420, 48, 70, 70);
    check({1600, 900}, 184, 336, 40, 56, 56);
    check({1920, 1200}, 216, 420, 48, 70, 70);
    check({1919, 1080}, 184, 336, 40, 56, 56);
}

// Nothing may remember a colour, a word or a length: switching must look like having started so.
// Takes a minute or two, so it runs with UPGRADEDESK_PICTURES=all only.
TEST_CASE("A look that is switched on looks like one the desk was started with", "[gui]")
{
    if (qEnvironmentVariable("UPGRADEDESK_PICTURES") != u"all")
        return;
    const int direction = GENERATE(0, 1, 2);
    const Look plain;
    const Look second{true, Language::English, 112};
    const Look from = direction == 0 ? plain : second;
    const Look to = direction == 0 ? second : plain;
    const QSize fromSize = direction == 1 ? large : small;
    const QSize toSize = direction == 1 ? small : large;
    QApplication::setCursorFlashTime(0);
    QHash<QString, QImage> started;
    QHash<QString, QStringList> texts;
    walkAllStates(to, toSize, [&](WindowUnderTest &desk, const QString &state) {
        started.insert(state, imageOf(desk));
        texts.insert(state, textsOf(desk.window));
    });
    REQUIRE(started.size() > 35);

    walkAllStates(from, fromSize, [&](WindowUnderTest &desk, const QString &state) {
        desk.appearance.setLook(to);
        desk.window.resize(toSize);
        const QImage image = imageOf(desk);
        INFO(state.toStdString());
        QStringList stale = textsOf(desk.window);
        for (const QString &text : texts.value(state))
            stale.removeAll(text);
        const std::string other = stale.join(u'|').toStdString();
        CHECK(other == std::string());
        // A button that came to stand under the mouse may be lit, and a line may shift by a pixel;
        // a panel or a page in the old colours is far more.
        CHECK(differentPixels(image, started.value(state)) < image.width() * image.height() / 40);
        desk.appearance.setLook(from);
        desk.window.resize(fromSize);
    });
}
