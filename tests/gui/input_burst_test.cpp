#include "support/catch.h"

#include "gui/input_keys.h"

#include <QApplication>
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QSignalSpy>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// A window with a field, a button and a single-key action, the three a scan must not reach.
class Form
{
public:
    Form()
    {
        auto *column = new QVBoxLayout(&window);
        column->addWidget(&field);
        column->addWidget(&button);
        QObject::connect(&button, &QPushButton::clicked, &window, [this] { ++clicks; });
        QObject::connect(&enter, &QShortcut::activated, &window, [this] { ++enters; });
        QObject::connect(&verdict, &QShortcut::activated, &window, [this] { ++verdicts; });
        window.show();
        window.activateWindow();
        const bool active = QTest::qWaitForWindowActive(&window);
        Q_ASSERT(active);
        Q_UNUSED(active);
        field.setFocus();
    }

    QStringList scans() const
    {
        QStringList texts;
        for (const QList<QVariant> &one : scanned)
            texts << one.first().toString();
        return texts;
    }

    QWidget window;
    QLineEdit field{&window};
    QPushButton button{&window};
    QShortcut enter{Qt::Key_Return, &window};
    QShortcut verdict{Qt::Key_1, &window};
    int clicks = 0;
    int enters = 0;
    int verdicts = 0;
    KeyBurstFilter filter;
    QSignalSpy scanned{&filter, &KeyBurstFilter::scanned};
    Keyboard keys{handleOf(window), filter};
};

} // namespace

TEST_CASE("A burst is one scan wherever the focus is, and reaches nothing else", "[gui]")
{
    const int gap = GENERATE(5, 10, 20, 35, 50, 54);
    const bool inField = GENERATE(true, false);
    const auto [sent, text] = GENERATE(table<QString, QString>({
        {u"3105170099000000011"_s, u"3105170099000000011"_s},
        {u"111"_s, u"111"_s},
        {u" 1 1 1 "_s, u" 1 1 1 "_s},
        {u"P<UTOXX<<TEST<1>"_s, u"P<UTOXX<<TEST<1>"_s},
        {u"https://example.invalid/q?a=1"_s, u"https://example.invalid/q?a=1"_s},
    }));
    INFO(gap << " ms, focus " << (inField ? "in the field" : "on the button"));
    Form form;
    if (!inField)
        form.button.setFocus();

    form.keys.burst(sent, gap);
    form.keys.wait(gap);
    form.keys.down(Qt::Key_Return, u"\r"_s);
    form.keys.up(Qt::Key_Return, u"\r"_s);
    form.keys.settle();

    CHECK(form.scans() == QStringList{text});
    CHECK(form.field.text().isEmpty());
    CHECK(form.clicks == 0);
    CHECK(form.enters == 0);
    CHECK(form.verdicts == 0);
}

TEST_CASE("CapsLock does not change what a scanner sent", "[gui]")
{
    Form form;

    form.keys.burst(u"E12aB345x"_s, 12, true);
    form.keys.settle();

    CHECK(form.scans() == QStringList{u"E12aB345x"_s});
    CHECK(form.field.text().isEmpty());
}

TEST_CASE("What a person types arrives whole and in order", "[gui]")
{
    const int gap = GENERATE(55, 56, 80, 120, 400);
    Form form;

    form.keys.burst(u"Ab 29x"_s, gap);
    form.keys.settle();

    CHECK(form.scans().isEmpty());
    CHECK(form.field.text() == u"Ab 29x");
}

TEST_CASE("Two quick keys are typing, three are a scan", "[gui]")
{
    Form form;

    form.keys.burst(u"ab"_s, 20);
    form.keys.wait(200);
    form.keys.burst(u"cd"_s, 20);
    form.keys.settle();
    CHECK(form.field.text() == u"abcd");

    form.keys.burst(u"efg"_s, 20);
    form.keys.settle();
    CHECK(form.field.text() == u"abcd");
    CHECK(form.scans() == QStringList{u"efg"_s});
}

TEST_CASE("A person who types on after a scan is heard at once", "[gui]")
{
    Form form;

    form.keys.burst(u"123456"_s, 15);
    form.keys.type(u"7a"_s);
    form.keys.press(Qt::Key_Return);

    CHECK(form.scans() == QStringList{u"123456"_s});
    CHECK(form.field.text() == u"7a");
    CHECK(form.enters == 1);
}

TEST_CASE("The Enter of a slow scanner is still its own, a person's is not", "[gui]")
{
    const auto [later, enters] = GENERATE(table<int, int>({{60, 0}, {200, 0}, {400, 1}}));
    INFO(later << " ms after the last character");
    Form form;

    form.keys.burst(u"123456"_s, 15);
    form.keys.settle();
    form.keys.wait(later);
    form.keys.down(Qt::Key_Return, u"\r"_s);
    form.keys.up(Qt::Key_Return, u"\r"_s);

    CHECK(form.scans() == QStringList{u"123456"_s});
    CHECK(form.enters == enters);
}

TEST_CASE("However oddly a scanner ends or what it puts in between, no Enter of it is live",
          "[gui]")
{
    Form form;
    form.keys.burst(u"123456"_s, 15);

    SECTION("two ends")
    {
        for (int i = 0; i < 2; ++i) {
            form.keys.wait(20);
            form.keys.down(Qt::Key_Return, u"\r"_s);
            form.keys.up(Qt::Key_Return, u"\r"_s);
        }
        CHECK(form.scans() == QStringList{u"123456"_s});
    }
    SECTION("a separator that comes as a key with Ctrl, and one as a function key")
    {
        const auto [key, text, modifiers, read] =
            GENERATE(table<Qt::Key, QString, Qt::KeyboardModifiers, QString>({
                {Qt::Key_BracketRight, u"\x1D"_s, Qt::ControlModifier,
                 u"123456\x1D"
                 "78"_s},
                {Qt::Key_F8, u""_s, Qt::NoModifier,
                 u"123456\x1A"
                 "78"_s},
                {Qt::Key_1, u""_s, Qt::AltModifier | Qt::KeypadModifier,
                 u"123456\x1A"
                 "78"_s},
            }));
        form.keys.wait(15);
        form.keys.down(key, text, modifiers);
        form.keys.up(key, text, modifiers);
        form.keys.wait(15);
        form.keys.burst(u"78"_s, 15);
        form.keys.wait(15);
        form.keys.down(Qt::Key_Return, u"\r"_s);
        form.keys.up(Qt::Key_Return, u"\r"_s);
        CHECK(form.scans() == QStringList{read});
        CHECK(form.field.text().isEmpty());
    }
    SECTION("a moment of silence before the last two characters")
    {
        form.keys.wait(70);
        form.keys.burst(u"78"_s, 15);
        form.keys.wait(15);
        form.keys.down(Qt::Key_Return, u"\r"_s);
        form.keys.up(Qt::Key_Return, u"\r"_s);
        CHECK(form.scans() == QStringList{u"123456"_s});
    }
    form.keys.settle();
    CHECK(form.enters == 0);
    CHECK(form.clicks == 0);
}

TEST_CASE("A single-key action still works for a person", "[gui]")
{
    Form form;
    form.button.setFocus();

    form.keys.type(u"1"_s);

    CHECK(form.verdicts == 1);
    CHECK(form.scans().isEmpty());
}

TEST_CASE("A button is pressed by Space once, after at most the gap", "[gui]")
{
    Form form;
    form.button.setFocus();

    form.keys.type(u" "_s);

    CHECK(form.clicks == 1);
}

TEST_CASE("Repeats of a held key are typing at any speed", "[gui]")
{
    Form form;
    form.keys.down(Qt::Key_A, u"a"_s);
    for (int i = 0; i < 10; ++i) {
        form.keys.wait(i == 0 ? 500 : 30);
        QKeyEvent repeat(QEvent::KeyPress, Qt::Key_A, Qt::NoModifier, u"a"_s, true);
        QCoreApplication::sendEvent(form.window.windowHandle(), &repeat);
    }
    form.keys.up(Qt::Key_A, u"a"_s);
    form.keys.settle();

    CHECK(form.field.text() == QString(11, u'a'));
    CHECK(form.scans().isEmpty());
}

TEST_CASE("What an input method commits keeps its place among the keys", "[gui]")
{
    Form form;

    form.keys.burst(u"a"_s, 100);
    QInputMethodEvent commit;
    commit.setCommitString(u"测试"_s);
    QApplication::sendEvent(&form.field, &commit);
    form.keys.burst(u"b"_s, 10);
    form.keys.settle();

    CHECK(form.field.text() == u"a测试b");
    CHECK(form.scans().isEmpty());
}

TEST_CASE("Keys with Ctrl or Alt are never part of a scan", "[gui]")
{
    Form form;
    form.field.setText(u"abc"_s);

    form.keys.burst(u"de"_s, 20);
    form.keys.wait(10);
    form.keys.down(Qt::Key_A, {}, Qt::ControlModifier);
    form.keys.up(Qt::Key_A, {}, Qt::ControlModifier);

    CHECK(form.field.text() == u"abcde");
    CHECK(form.field.selectedText() == u"abcde");
    CHECK(form.scans().isEmpty());
}

TEST_CASE("By the clock of the window system a held key goes on by itself", "[gui]")
{
    QLineEdit field;
    KeyBurstFilter filter;
    field.show();
    field.activateWindow();
    REQUIRE(QTest::qWaitForWindowActive(&field));

    QTest::keyClick(field.windowHandle(), Qt::Key_A);

    CHECK(QTest::qWaitFor([&] { return field.text() == u"a"; }, 5000));
}
