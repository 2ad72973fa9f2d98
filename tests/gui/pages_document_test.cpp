#include "support/catch.h"

#include "gui/pages/documentverdict.h"
#include "gui/pages_window.h"
#include "gui/widgets/choicebox.h"
#include "gui/widgets/documentnumberedit.h"

#include <QElapsedTimer>
#include <QLineEdit>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

using Level = DocumentVerdict::Level;

/// Completes 17 characters by the rule of GB 11643.
QString withCheck(const QString &seventeen)
{
    int p = 0;
    for (const QChar c : seventeen)
        p = ((p + c.digitValue()) * 2) % 11;
    const int check = (12 - p) % 11;
    return seventeen + (check == 10 ? u'X' : QChar(u'0' + check));
}

/// Opens ②.
void openDocument(WindowUnderTest &desk)
{
    desk.logIn();
    desk.tap(beijingCard());
    desk.press(Qt::Key_Return);
}

} // namespace

TEST_CASE("Each state of a typed number says which place to look at", "[gui]")
{
    const Desk data;
    struct Row {
        QString kind;
        QString typed;
        Level level;
        std::optional<int> suspect;
        QString title;
        QString missing;
    };
    const QList<Row> rows{
        {u"resident"_s, {}, Level::Empty, {}, {}, u"请填证件号"_s},
        {u"resident"_s, u"110102"_s, Level::Unfinished, {}, {}, u"还差 12 位"_s},
        {u"resident"_s, u"110102900101001"_s, Level::Unfinished, {}, {}, u"还差 3 位"_s},
        {u"resident"_s, adult().documentNumber, Level::Good, {}, u"证件号核对无误"_s, {}},
        {u"resident"_s, u"110102190203040041"_s, Level::Wrong, 17, u"最后一位对不上"_s, {}},
        {u"resident"_s,
         withCheck(u"99010219020304004"_s),
         Level::Wrong,
         0,
         u"地区代码对不上"_s,
         {}},
        {u"resident"_s,
         withCheck(u"11010219021304004"_s),
         Level::Wrong,
         6,
         u"出生日期对不上"_s,
         {}},
        {u"resident"_s, u"11010219020304O04X"_s, Level::Wrong, 14, u"有一个字符不该出现"_s, {}},
        {u"resident"_s, adult().documentNumber + u'1', Level::Wrong, 18, u"多了 1 位"_s, {}},
        {u"foreign-permanent"_s, u"KAZ110090123105"_s, Level::Good, {}, u"证件号核对无误"_s, {}},
        {u"foreign-permanent"_s, u"KAZ1100901"_s, Level::Unfinished, {}, {}, u"还差 5 位"_s},
        {u"foreign-permanent"_s,
         withCheck(u"91139819901231002"_s),
         Level::Wrong,
         0,
         u"这种证件现在不能办"_s, // its form begins in December 2023
         {}},
        {u"resident"_s,
         u"810000199408230021"_s,
         Level::Wrong,
         0,
         u"证件号的样式对不上"_s, // a residence permit's number
         {}},
        {u"military"_s, u"军字"_s, Level::Unfinished, {}, {}, u"证件号还没输完"_s},
        {u"military"_s, u"军字第0/00号"_s, Level::Wrong, 4, u"有一个字符不该出现"_s, {}},
    };
    for (const Row &row : rows) {
        INFO(row.kind.toStdString() << ' ' << row.typed.toStdString());

        const DocumentVerdict verdict =
            judgeDocument(data.documents, row.kind, row.typed, QDate(2022, 6, 2));

        CHECK(int(verdict.level) == int(row.level));
        CHECK(verdict.suspect == row.suspect);
        CHECK(verdict.title == row.title);
        CHECK(verdict.missing == row.missing);
    }
}

TEST_CASE("A kind that Health Kit serves is sent there, with a number that is looked at", "[gui]")
{
    const Desk data;
    const QString elsewhere = u"这种证件请通过「Health Kit（健康宝）」小程序办理。"_s;
    const QString wrong = u"证件号的样式对不上"_s;
    const QString good = u"证件号核对无误"_s;
    const QString old = u"旧版证件的号码，请核对有效期。"_s;
    const auto [kind, number, title, text] =
        GENERATE_COPY(table<QString, QString, QString, QString>({
            {u"passport"_s, u""_s, elsewhere, u""_s},
            {u"passport"_s, u"E12345678"_s, elsewhere, good},
            {u"passport"_s, u"L898902C3"_s, elsewhere, good},
            {u"passport"_s, u"E1234567"_s, elsewhere, u"证件号的样式少见，请核对证件"_s},
            {u"passport"_s, u"EO0000000"_s, wrong, u""_s},
            {u"passport"_s, u"E123456789"_s, wrong, u""_s},
            {u"passport"_s, u"E1234\u06615678"_s, u"有一个字符不该出现"_s, u""_s},
            {u"hmt-permit"_s, u"H1234567"_s, elsewhere, u""_s},
            {u"hmt-permit"_s, u"H12345678"_s, elsewhere, good},
            {u"hmt-permit"_s, u"H1234567801"_s, elsewhere, old},
            {u"hmt-permit"_s, u"A1"_s, wrong, u""_s},
            {u"taiwan-permit"_s, u"1234567"_s, elsewhere, u""_s},
            {u"taiwan-permit"_s, u"12345678"_s, elsewhere, good},
            {u"taiwan-permit"_s, u"T000000000"_s, elsewhere, old},
            {u"taiwan-permit"_s, u"1234567890123"_s, wrong, u""_s},
        }));
    INFO(kind.toStdString() << ' ' << number.toStdString());

    const DocumentVerdict verdict = judgeDocument(data.documents, kind, number, QDate(2022, 6, 4));

    CHECK(verdict.title == title);
    CHECK_FALSE(verdict.usable());
    if (title == elsewhere) {
        CHECK(verdict.text == text);
        CHECK_FALSE(verdict.suspect);
    } else {
        CHECK(int(verdict.level) == int(Level::Wrong));
    }
}

TEST_CASE("A warning leaves the primary button free but does not lead on by itself", "[gui]")
{
    const auto [kind, number, title] = GENERATE(table<QString, QString, QString>({
        {u"resident"_s, u"371001198010082394"_s, u"地址码未收录，请核对证件"_s},
        {u"military"_s, u"军字第0000000号"_s, u"这种证件号没有校验位，请核对证件"_s},
        {u"military"_s, u"00000000"_s, u"证件号的样式少见，请核对证件"_s},
    }));
    WindowUnderTest desk;
    openDocument(desk);
    auto *kinds = desk.visible<ChoiceBox>(u"kind"_s);
    kinds->setCurrentIndex(kinds->findData(kind));
    desk.type(u"测试甲"_s);
    desk.press(Qt::Key_Return);

    desk.type(number);
    QTest::qWait(300);

    REQUIRE(desk.step() == LinkStep::Document);
    CHECK(desk.visible<NoticeStrip>(u"verdict"_s)->title() == title);
    CHECK(desk.primaries().size() == 1);
    desk.press(Qt::Key_Return);
    CHECK(desk.step() == LinkStep::Consent);
    CHECK(desk.controller.state().holder->documentNumber == number);
}

TEST_CASE("A division that is not listed is a doubt, not a mistake", "[gui]")
{
    const Desk data;
    // 110199 was never given out, but province 11 and prefecture 1101 exist.
    const QString number = withCheck(u"11019919900101001"_s);

    const DocumentVerdict verdict =
        judgeDocument(data.documents, u"resident"_s, number, QDate(2022, 6, 2));

    CHECK(int(verdict.level) == int(Level::Doubtful));
    CHECK(verdict.usable());
    CHECK(verdict.title == u"地址码未收录，请核对证件");
}

TEST_CASE("The primary button of the document page waits and says for what", "[gui]")
{
    WindowUnderTest desk;
    openDocument(desk);

    CHECK(desk.primaries().isEmpty());
    CHECK(desk.primary()->text() == u"请填姓名");
    desk.type(u"测试甲"_s);
    CHECK(desk.primary()->text() == u"请填证件号");
    desk.type(u"11010219"_s);
    CHECK(desk.primary()->text() == u"还差 10 位");
    desk.press(Qt::Key_Return);
    CHECK(desk.step() == LinkStep::Document);
}

TEST_CASE("A digit in the name field opens the number, and so does Enter after a name", "[gui]")
{
    WindowUnderTest desk;
    openDocument(desk);
    desk.type(u"测试甲"_s);

    SECTION("a digit")
    {
        desk.type(u"1"_s);
        CHECK(desk.visible<DocumentNumberEdit>()->number() == u"1");
    }
    SECTION("Enter")
    {
        desk.press(Qt::Key_Return);
        CHECK(desk.visible<DocumentNumberEdit>()->number().isEmpty());
    }
    CHECK(desk.visible<QLineEdit>(u"name"_s)->text() == u"测试甲");
    CHECK(QApplication::focusWidget() == desk.visible<DocumentNumberEdit>());
}

TEST_CASE("A wrong number stays until it is right; a key stops the way to the next step", "[gui]")
{
    WindowUnderTest desk;
    openDocument(desk);
    desk.type(u"测试甲"_s);

    SECTION("a wrong check digit")
    {
        desk.type(u"110102190203040041"_s);
        QTest::qWait(300);
        CHECK(desk.step() == LinkStep::Document);
        CHECK(desk.primaries().isEmpty());
        CHECK(desk.visible<NoticeStrip>(u"verdict"_s)->title() == u"最后一位对不上");
    }
    SECTION("any key stops, Enter goes on")
    {
        desk.type(adult().documentNumber);
        desk.press(Qt::Key_Home);
        QTest::qWait(300);
        CHECK(desk.step() == LinkStep::Document);
        desk.press(Qt::Key_Return);
        CHECK(desk.step() == LinkStep::Consent);
    }
}

TEST_CASE("A number typed before the name waits for the name", "[gui]")
{
    WindowUnderTest desk;
    openDocument(desk);

    desk.type(adult().documentNumber);
    QTest::qWait(300);

    REQUIRE(desk.step() == LinkStep::Document);
    CHECK(QApplication::focusWidget() == desk.visible<QLineEdit>(u"name"_s));
    desk.type(u"测试甲"_s);
    desk.press(Qt::Key_Return);
    CHECK(desk.step() == LinkStep::Consent);
}

TEST_CASE("Esc empties the field first and then goes back", "[gui]")
{
    WindowUnderTest desk;
    openDocument(desk);
    desk.type(u"测试甲1"_s);

    desk.press(Qt::Key_Escape);
    CHECK(desk.visible<DocumentNumberEdit>()->number().isEmpty());
    CHECK(desk.step() == LinkStep::Document);
    desk.press(Qt::Key_Escape);
    CHECK(desk.step() == LinkStep::Card);
}

TEST_CASE("Up and down choose the kind without leaving the field", "[gui]")
{
    WindowUnderTest desk;
    openDocument(desk);

    desk.press(Qt::Key_Down);
    CHECK(desk.visible<ChoiceBox>(u"kind"_s)->currentData() == u"hmt-residence"_s);
    for (int i = 0; i < 10; ++i)
        desk.press(Qt::Key_Down);
    CHECK(desk.visible<ChoiceBox>(u"kind"_s)->currentData() == u"passport"_s);
    CHECK(desk.visible<NoticeStrip>(u"verdict"_s)->title() ==
          u"这种证件请通过「Health Kit（健康宝）」小程序办理。");
    CHECK(desk.primaries().isEmpty());
}

TEST_CASE("Under 14 the guardian's document is asked for on a page that says so", "[gui]")
{
    WindowUnderTest desk;
    openDocument(desk);
    desk.controller.apply(DocumentEntered{child()});
    desk.settle();

    REQUIRE(desk.step() == LinkStep::Guardian);
    CHECK(desk.visible<QLabel>(u"heading"_s)->text() == u"监护人的证件");
    CHECK(desk.visible<NoticeStrip>(u"guardianNote"_s)->text() ==
          u"未满 14 岁，需要监护人的证件。");
    CHECK(desk.visible<QLineEdit>(u"name"_s)->text().isEmpty());

    desk.type(u"测试甲"_s + adult().documentNumber);
    REQUIRE(QTest::qWaitFor([&] { return desk.step() != LinkStep::Guardian; }, 5000));
    CHECK(desk.step() == LinkStep::Consent);
    CHECK(desk.controller.state().guardian == adult());
}

TEST_CASE("On the fourteenth birthday no guardian is asked for", "[gui]")
{
    const auto [birth, step] = GENERATE(table<QString, LinkStep>(
        {{u"20080602"_s, LinkStep::Consent}, {u"20080603"_s, LinkStep::Guardian}}));
    WindowUnderTest desk; // on 2 June 2022 in Beijing
    openDocument(desk);

    desk.type(u"测试丙"_s + withCheck(u"110103"_s + birth + u"000"_s));

    REQUIRE(QTest::qWaitFor([&] { return desk.step() != LinkStep::Document; }, 5000));
    CHECK(desk.step() == step);
}

TEST_CASE("A guardian who may not be one is said on the page and does not lead on", "[gui]")
{
    WindowUnderTest desk;
    openDocument(desk);
    desk.controller.apply(DocumentEntered{child()});
    desk.settle();
    REQUIRE(desk.step() == LinkStep::Guardian);
    // The child itself, and somebody who becomes 18 tomorrow.
    const QString number = GENERATE_COPY(child().documentNumber, withCheck(u"11010320040603000"_s));

    desk.type(u"测试丁"_s + number);
    QTest::qWait(300);

    CHECK(desk.step() == LinkStep::Guardian);
    CHECK(desk.visible<NoticeStrip>(u"verdict"_s)->title() ==
          u"监护人的证件不对，请与证件核对；监护人不能是本人，并且要成年。");
    CHECK_FALSE(desk.controller.state().guardian);
}

TEST_CASE("A quota reached is said on the document page", "[gui]")
{
    WindowUnderTest desk;
    desk.personKnowledge.physicalOfPerson = 1;
    openDocument(desk);
    desk.type(u"测试甲"_s + adult().documentNumber);
    QTest::qWait(300);

    CHECK(desk.step() == LinkStep::Document);
    CHECK(desk.visible<NoticeStrip>(u"verdict"_s)->title() ==
          u"这位乘客已有 1 张实体卡，请先解绑旧卡。");
}

TEST_CASE("While the store is asked the document page waits", "[gui]")
{
    WindowUnderTest desk;
    desk.answersPersons = false;
    openDocument(desk);
    desk.controller.apply(DocumentEntered{adult()});
    desk.settle();

    CHECK(desk.primaries().isEmpty());
    CHECK(desk.primary()->text() == u"正在核对名下卡片");
}

TEST_CASE("A document entered before is masked when its page comes back, and Enter keeps it",
          "[gui]")
{
    WindowUnderTest desk;
    desk.logIn();
    desk.goToConfirm();

    desk.press(Qt::Key_2, Qt::AltModifier);

    REQUIRE(desk.step() == LinkStep::Document);
    CHECK(desk.visible<QLineEdit>(u"name"_s)->text().isEmpty());
    CHECK(desk.visible<QLineEdit>(u"name"_s)->placeholderText() == u"测*甲");
    CHECK(desk.visible<DocumentNumberEdit>()->placeholderText() == u"110***********004X");
    desk.press(Qt::Key_Return);
    CHECK(desk.step() == LinkStep::Consent);
    CHECK(desk.controller.state().holder == adult());
}

TEST_CASE("Consent that came by itself takes no Enter that was meant for the document", "[gui]")
{
    WindowUnderTest desk;
    desk.window.setArmingTime(1000);
    openDocument(desk);
    desk.controller.apply(StartLink{}); // the button of ① was deaf
    desk.settle();
    desk.type(u"测试甲"_s + adult().documentNumber);
    REQUIRE(QTest::qWaitFor([&] { return desk.step() == LinkStep::Consent; }, 5000));
    QElapsedTimer since;
    since.start();

    desk.press(Qt::Key_Return);
    CHECK(desk.step() == LinkStep::Consent);
    REQUIRE(QTest::qWaitFor([&] { return desk.primary()->isArmed(); }, 10000));
    CHECK(since.elapsed() >= 1500);
    desk.press(Qt::Key_Return);
    CHECK(desk.step() == LinkStep::Health);

    // What somebody asked for is ready as soon as anywhere else.
    desk.controller.apply(GoToStep{LinkStep::Document});
    desk.settle();
    REQUIRE(QTest::qWaitFor([&] { return desk.primary()->isArmed(); }, 10000));
    desk.window.setArmingTime(0);
    desk.press(Qt::Key_Return);
    REQUIRE(desk.step() == LinkStep::Consent);
    desk.settle();
    desk.press(Qt::Key_Return);
    CHECK(desk.step() == LinkStep::Health);
}

TEST_CASE("With the focus on the kind a digit goes to the number and Enter leads on", "[gui]")
{
    WindowUnderTest desk;
    desk.window.setAdvanceTime(600000);
    openDocument(desk);
    desk.type(u"测试甲"_s);
    auto *kind = desk.visible<ChoiceBox>(u"kind"_s);
    auto *number = desk.visible<DocumentNumberEdit>();
    REQUIRE(kind);
    REQUIRE(number);
    kind->setFocus();

    SECTION("digits")
    {
        desk.type(u"110102"_s);
        CHECK(number->number() == u"110102");
        CHECK(QApplication::focusWidget() == number);
    }
    SECTION("Enter, with the number missing")
    {
        desk.press(Qt::Key_Return);
        CHECK(desk.step() == LinkStep::Document);
        CHECK(QApplication::focusWidget() == number);
    }
    SECTION("Enter, with the name missing")
    {
        number->setText(adult().documentNumber);
        desk.visible<QLineEdit>(u"name"_s)->setText({});
        kind->setFocus();
        desk.press(Qt::Key_Enter);
        CHECK(desk.step() == LinkStep::Document);
        CHECK(QApplication::focusWidget() == desk.visible<QLineEdit>(u"name"_s));
    }
    SECTION("Enter, with everything there")
    {
        number->setText(adult().documentNumber);
        kind->setFocus();
        desk.press(Qt::Key_Return);
        CHECK(desk.step() == LinkStep::Consent);
    }
}
