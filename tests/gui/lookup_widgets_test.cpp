#include "support/catch.h"

#include "gui/lookup_window.h"

#include <QClipboard>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

TEST_CASE("The card number field folds what is typed or pasted and refuses the rest", "[gui]")
{
    const auto [pasted, number, refusals] = GENERATE(table<QString, QString, int>({
        {u"3105 1700-1017"_s, u"310517001017"_s, 0},
        {u"３１０５　１７００"_s, u"31051700"_s, 0},
        {u" "_s, u""_s, 0},
        {u"31051700O"_s, u""_s, 1},
        {u"\u0663\u0661"_s, u""_s, 1},
        {QString(25, u'1'), u""_s, 1},
    }));
    CardNumberEdit field;
    QSignalSpy refused(&field, &CardNumberEdit::refused);

    field.insert(pasted);

    CHECK(field.number() == number);
    CHECK(refused.size() == refusals);
}

TEST_CASE("A refused key leaves number and cursor where they were", "[gui]")
{
    CardNumberEdit field;
    field.setText(u"31051700"_s);
    field.setCursorPosition(4);

    field.insert(u"x"_s);

    CHECK(field.number() == u"31051700");
    CHECK(field.cursorPosition() == 4);
    field.insert(u"９"_s);
    CHECK(field.number() == u"310591700");
    CHECK(field.cursorPosition() == 5);
}

TEST_CASE("The longest number and its slots fit the field", "[gui]")
{
    applyTheme(*qApp, Theme::light(GENERATE(1.0, 1.25)));
    CardNumberEdit field;
    field.resize(708, 88);
    field.setGroups({4, 4, 4, 4, 3});

    field.setText(QString(18, u'8'));
    field.setMissing(1);
    const int common = field.digitSize();
    field.setText(QString(24, u'8'));
    field.setMissing(0);

    CHECK(common >= 48);
    CHECK(field.digitSize() >= 40);
    CHECK(field.digitSize() <= common);
    applyTheme(*qApp, Theme::light());
}

TEST_CASE("A typed number cannot be copied", "[gui]")
{
    CardNumberEdit field;
    field.show();
    field.setText(u"3105170099900012349"_s);
    field.selectAll();
    QApplication::clipboard()->setText(u"before"_s);

    QTest::keyClick(&field, Qt::Key_C, Qt::ControlModifier);
    QTest::keyClick(&field, Qt::Key_X, Qt::ControlModifier);

    CHECK(QApplication::clipboard()->text() == u"before");
    CHECK(field.number() == u"3105170099900012349");
}

TEST_CASE("A check line wraps instead of cutting its text", "[gui]")
{
    CheckLine line;
    line.setLabel(u"位数"_s);
    line.setText(u"19 位"_s, {u"19"_s});
    const int one = line.heightForWidth(500);

    line.setText(QString(200, u'字'));

    CHECK(line.heightForWidth(500) > one * 2);
    CHECK(line.accessibleName() == u"位数");
    CHECK(line.accessibleDescription() == line.text());
}

TEST_CASE("A button that borrows a key prints it and does not answer to it", "[gui]")
{
    QWidget window;
    KeyButton owner(u"owner"_s, Qt::Key_F5, &window);
    KeyButton borrower(u"borrower"_s, {}, &window);
    borrower.setBorrowedKey(Qt::Key_F5);
    QSignalSpy owned(&owner, &QPushButton::clicked);
    QSignalSpy borrowed(&borrower, &QPushButton::clicked);
    window.show();
    window.activateWindow();
    REQUIRE(QTest::qWaitForWindowActive(&window));

    QTest::keyClick(&window, Qt::Key_F5);

    CHECK(owned.size() == 1);
    CHECK(borrowed.isEmpty());
    CHECK(borrower.shortcut() == QKeySequence(Qt::Key_F5));

    owner.setShortcut({});
    borrower.setShortcut(Qt::Key_F5);
    QTest::keyClick(&window, Qt::Key_F5);
    CHECK(borrowed.size() == 1);
}
