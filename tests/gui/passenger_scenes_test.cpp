#include "support/catch.h"

#include "gui/passenger_walk.h"
#include "gui/widgets/passengerpicture.h"
#include "gui/widgets/passengerpreview.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;
using View = PassengerScene::View;

namespace
{

/// Everything a person or a screen reader can learn from the scene.
QString everythingSaid(const PassengerWindow &screen)
{
    const PassengerScene &scene = screen.scene();
    const PassengerText text = passengerText(scene);
    QStringList all{screen.accessibleName(), screen.accessibleDescription(),
                    screen.windowTitle(),    scene.number,
                    scene.maskedName,        scene.place};
    for (const LocalText &part : {text.above, text.headline, text.sub, text.hint})
        all << part.chinese << part.english;
    return all.join(u'\n');
}

bool hasHan(const QString &text)
{
    return std::ranges::any_of(text, [](QChar c) { return c.script() == QChar::Script_Han; });
}

/// What may take the focus or be pressed, with its name.
QStringList namesOfControls(QWidget &window)
{
    QStringList names;
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus)
            continue;
        const QAccessibleInterface *found = QAccessible::queryAccessibleInterface(widget);
        names << (found ? found->text(QAccessible::Name) : QString());
    }
    return names;
}

double worstContrast(const Theme &theme)
{
    double worst = 21;
    for (const auto &[ink, fill] :
         {std::pair{theme.ink, theme.bg}, std::pair{theme.ink2, theme.bg},
          std::pair{theme.ink, theme.surface}, std::pair{theme.onAccent, theme.accent},
          std::pair{theme.ledInk, theme.ledBg}, std::pair{theme.ok, theme.okSoft},
          std::pair{theme.warn, theme.warnSoft}, std::pair{theme.free, theme.freeSoft},
          std::pair{theme.pend, theme.pendSoft}, std::pair{theme.off, theme.offSoft}})
        worst = std::min(worst, contrast(ink, fill));
    return worst;
}

} // namespace

TEST_CASE("Every scene has its words in both languages, and none of an ID or a whole name", "[gui]")
{
    const auto language = GENERATE(Language::Chinese, Language::English);
    PassengerDesk desk;
    int seen = 0;
    walkPassenger(desk, [&](const QString &state) {
        desk.passenger.setLanguage(language);
        desk.settle();
        INFO(state.toStdString());
        const PassengerScene &scene = desk.screen.scene();
        const PassengerText text = passengerText(scene);
        CHECK_FALSE(text.headline.chinese.isEmpty());
        CHECK_FALSE(text.headline.english.isEmpty());
        const QString &headline = text.headline.in(language);
        CHECK(desk.screen.accessibleName() == headline);
        if (scene.view != View::Confirm)
            CHECK(hasHan(headline) == (language == Language::Chinese));
        const QString said = everythingSaid(desk.screen);
        for (const Person &person : {adult(), otherAdult()}) {
            CHECK_FALSE(said.contains(person.name));
            CHECK_FALSE(said.contains(person.documentNumber));
        }
        CHECK_FALSE(said.contains(u"110102201501010018"_s));
        CHECK_FALSE(said.contains(u"%1"_s));
        // R3: the whole number where it is compared, four digits elsewhere.
        const bool compared = scene.view == View::Card || scene.view == View::Confirm;
        const QRegularExpression longNumber(u"[0-9]{9,}"_s);
        CHECK(longNumber.match(said).hasMatch() == (compared && !scene.number.isEmpty()));
        ++seen;
    });
    CHECK(seen > 28);
}

TEST_CASE("The two answers have one size, fill, weight and frame, and no default", "[gui]")
{
    const auto [size, wanted] = GENERATE(table<QSize, QSize>(
        {{QSize(1366, 768), QSize(569, 112)}, {QSize(1920, 1080), QSize(817, 140)}}));
    const bool dark = GENERATE(false, true);
    const auto language = GENERATE(Language::Chinese, Language::English);
    PassengerDesk desk(size);
    desk.desk.appearance.setLook({dark, Language::Chinese, 125});
    desk.desk.logIn();
    desk.goToConsent();
    desk.passenger.setLanguage(language);
    desk.awaitQuestion();
    desk.giveKeyboard();

    for (const int question : {0, 1}) {
        INFO(question);
        PassengerButton *decline = desk.button(u"decline"_s);
        PassengerButton *agree = desk.button(u"agree"_s);
        REQUIRE(decline->isVisible());
        REQUIRE(agree->isVisible());
        CHECK(decline->size() == wanted);
        CHECK(agree->size() == wanted);
        CHECK(agree->x() - decline->geometry().right() > 8);
        CHECK(decline->y() == agree->y());
        for (const char *property : {"fill", "ink", "wordFont"})
            CHECK(decline->property(property) == agree->property(property));
        CHECK(contrast(agree->ink(), agree->fill()) >= 7);
        CHECK_FALSE(agree->hasFocus());
        CHECK_FALSE(decline->hasFocus());
        // Apart from their words they are one picture.
        const QImage left = decline->grab().toImage();
        const QImage right = agree->grab().toImage();
        int different = 0;
        for (int y = 0; y < left.height(); ++y) {
            for (int x = 0; x < left.width() / 4; ++x)
                different += left.pixel(x, y) == right.pixel(x, y) ? 0 : 1;
        }
        CHECK(different == 0);
        QTest::keyClick(&desk.screen, Qt::Key_Return);
        desk.settle();
        CHECK(desk.screen.scene().sheet.index == question);
        if (question == 0)
            desk.agree();
        desk.awaitQuestion();
    }
}

TEST_CASE("All text pairs of the passenger's screen are at least 7 to 1", "[gui]")
{
    CHECK(worstContrast(Theme::light()) >= 7);
    CHECK(worstContrast(Theme::dark()) >= 7);
}

TEST_CASE("Every control of the passenger's screen has a name", "[gui]")
{
    PassengerDesk desk;
    desk.desk.logIn();
    desk.settle();
    CHECK(namesOfControls(desk.screen) == QStringList{u"中文"_s, u"English"_s});
    desk.goToConsent();
    CHECK(namesOfControls(desk.screen) ==
          QStringList{u"不同意 Decline"_s, u"同意 Agree"_s, u"中文"_s, u"English"_s});
    CHECK(desk.screen.accessibleDescription().contains(u"第 1 项，共 2 项"_s));
}

TEST_CASE("A number is drawn at 92 px where it fits, and never wraps", "[gui]")
{
    PassengerDesk desk;
    desk.desk.logIn();
    desk.desk.tap(beijingCard());
    desk.settle();
    CHECK(desk.screen.accessibleDescription().contains(u"3 1 0 5 1 7 0 0"_s));
    const QImage picture = desk.screen.grab().toImage();
    // The ink of the number: the rows of the picture that are dark at both ends of it.
    const Theme theme = Theme::light();
    int first = 0;
    int last = 0;
    int left = picture.width();
    int right = 0;
    for (int y = 300; y < 420; ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            if (picture.pixelColor(x, y) != theme.ink)
                continue;
            first = first == 0 ? y : first;
            last = y;
            left = std::min(left, x);
            right = std::max(right, x);
        }
    }
    // A digit of the family is 0.73 of its pixel size high.
    CHECK(last - first >= 62);
    CHECK(last - first <= 74);
    CHECK(left >= 64);
    CHECK(right <= 1366 - 64);
}

TEST_CASE("A notice too long for the screen is not asked for there", "[gui]")
{
    PassengerScene scene;
    scene.view = View::Consent;
    scene.sheet.number = 7;
    scene.sheet.count = 2;
    scene.notice = {QString(90, u'字'), u"二"_s, u"三"_s, u"四"_s};
    PassengerWindow screen;
    screen.setArmingTime(0);
    screen.setScene(scene);
    screen.showBeside(QRect(0, 0, 1366, 768));
    QApplication::processEvents();
    CHECK(screen.findChild<QWidget *>(u"agree"_s)->isVisible());

    scene.notice.purpose = QString(4000, u'字');
    scene.sheet.number = 8;
    screen.setScene(scene);
    QApplication::processEvents();

    CHECK_FALSE(PassengerPicture(scene, screen.size()).showsWholeNotice());
    CHECK_FALSE(screen.findChild<QWidget *>(u"agree"_s)->isVisible());
    CHECK_FALSE(screen.findChild<QWidget *>(u"decline"_s)->isVisible());
}

TEST_CASE("A result leaves the screen after its time, and at once when the passenger ends", "[gui]")
{
    PassengerDesk desk;
    desk.desk.logIn();
    desk.desk.goToConfirm();

    SECTION("by itself, though staff look at something else")
    {
        desk.passenger.setTimes({1, 1, 50, 600000});
        desk.desk.controller.apply(ConfirmLink{});
        desk.settle();
        CHECK(desk.view() == View::DoneQueued);
        REQUIRE(QTest::qWaitFor([&] { return desk.view() == View::Idle; }, 5000));
        CHECK(desk.desk.step() == LinkStep::Done);
        // The trial tap brings its own result.
        desk.desk.tap(beijingCard());
        desk.settle();
        CHECK(desk.view() == View::Trial);
        REQUIRE(QTest::qWaitFor([&] { return desk.view() == View::Idle; }, 5000));
    }
    SECTION("with the passenger")
    {
        desk.desk.controller.apply(ConfirmLink{});
        desk.desk.controller.apply(EndPassenger{});
        desk.settle();
        CHECK(desk.view() == View::Idle);
        CHECK(desk.screen.scene().number.isEmpty());
    }
}

TEST_CASE("A locked desk, a full store and a lost reader show that one waits, and nothing else",
          "[gui]")
{
    PassengerDesk desk;
    CHECK(desk.view() == View::Wait);
    desk.desk.logIn();
    desk.settle();
    CHECK(desk.view() == View::Idle);

    SECTION("locked in the middle of a passenger")
    {
        desk.goToConsent();
        desk.desk.window.lock();
        desk.settle();
        CHECK(desk.screen.accessibleName() == u"请稍候");
        CHECK(desk.screen.scene().number.isEmpty());
        CHECK_FALSE(desk.button(u"agree"_s)->isVisible());
    }
    SECTION("no room to store")
    {
        desk.desk.tap(beijingCard());
        desk.desk.window.showStoreTrouble(Error{ErrorCode::StoreFull, {}, {}});
        desk.settle();
        CHECK(desk.view() == View::Wait);
        desk.desk.window.clearStoreTrouble();
        desk.settle();
        CHECK(desk.view() == View::Card);
    }
    SECTION("no reader, and nobody there")
    {
        desk.desk.window.showReader(ReaderState::Lost, {}, desk.desk.desk.clock.now());
        desk.settle();
        CHECK(desk.view() == View::Wait);
        desk.desk.window.showReader(ReaderState::Ok, {}, {});
        desk.settle();
        CHECK(desk.view() == View::Idle);
    }
    SECTION("no reader, but a passenger whose card was read")
    {
        desk.desk.tap(beijingCard());
        desk.desk.window.showReader(ReaderState::Lost, {}, desk.desk.desk.clock.now());
        desk.settle();
        CHECK(desk.view() == View::Card);
    }
}

TEST_CASE("The copy beside the staff's page shows what the passenger sees, in their language",
          "[gui]")
{
    PassengerDesk desk;
    desk.desk.logIn();
    desk.goToConsent();
    desk.passenger.setLanguage(Language::English);
    desk.settle();

    const auto *copy = desk.desk.visible<PassengerPreview>();
    REQUIRE(copy);
    CHECK(copy->scene() == desk.screen.scene());
    CHECK(copy->words().contains(u"Agree"_s));

    desk.passenger.setHasScreen(false);
    desk.settle();
    CHECK_FALSE(desk.desk.visible<PassengerPreview>());
}

TEST_CASE("The copy gives way where room is short", "[gui]")
{
    PassengerDesk desk;
    desk.desk.logIn();
    desk.goToConsent();
    REQUIRE(desk.desk.visible<PassengerPreview>());

    desk.desk.appearance.setLook({false, Language::Chinese, 125});
    desk.settle();
    CHECK_FALSE(desk.desk.visible<PassengerPreview>());
    desk.desk.appearance.setLook({false, Language::Chinese, 100});
    desk.settle();
    CHECK(desk.desk.visible<PassengerPreview>());
    desk.desk.window.resize(1280, 720);
    desk.settle();
    CHECK_FALSE(desk.desk.visible<PassengerPreview>());
}
