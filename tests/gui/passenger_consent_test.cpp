#include "support/catch.h"

#include "gui/hub_states.h"
#include "gui/passenger_desk.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;
using View = PassengerScene::View;

namespace
{

/// At ③ with the passenger's screen beside, nobody having answered.
struct AtConsent : PassengerDesk {
    AtConsent()
    {
        desk.logIn();
        goToConsent();
    }
};

} // namespace

TEST_CASE("Two touches give both consents, and the record says who pressed and what was shown",
          "[gui]")
{
    const auto [button, language, key] =
        GENERATE(table<QString, Language, QString>({{u"chinese"_s, Language::Chinese, u"zh_CN"_s},
                                                    {u"english"_s, Language::English, u"en"_s}}));
    AtConsent at;
    at.touch(button);

    at.agree();
    CHECK(at.desk.step() == LinkStep::Consent);
    CHECK(at.screen.scene().sheet.index == 1);
    at.agree();

    REQUIRE(at.reaches(LinkStep::Health));
    at.desk.controller.apply(HealthDeferred{});
    at.desk.controller.apply(ConfirmLink{});
    REQUIRE(at.desk.committed);
    const QList<Consent> &consents = at.desk.committed->consents;
    REQUIRE(consents.size() == 2);
    const Notice &notice = at.desk.desk.rules.currentNotice(QDate(2022, 6, 2));
    for (const Consent &consent : consents) {
        CHECK(consent.by == u"passenger");
        CHECK(consent.language == key);
        CHECK(consent.version == notice.version);
        CHECK(consent.hash == notice.hash(language));
    }
    CHECK(consents[0].purpose == u"sensitive-data");
    CHECK(consents[1].purpose == u"health-service");
    // The staff's pages stay as they are.
    CHECK(at.desk.appearance.look().language == Language::Chinese);
}

TEST_CASE("The screen shows the whole notice that its hash is of, with who receives the data",
          "[gui]")
{
    const auto language = GENERATE(Language::Chinese, Language::English);
    AtConsent at;
    at.passenger.setLanguage(language);
    at.settle();
    const NoticeText &text = at.desk.desk.rules.currentNotice(QDate(2022, 6, 2)).text(language);

    for (const int question : {0, 1}) {
        const PassengerScene &scene = at.screen.scene();
        REQUIRE(scene.sheet.index == question);
        CHECK(scene.notice == text);
        for (const QString &line : {text.collected, text.purpose, text.recipient, text.withdrawal})
            CHECK(at.screen.accessibleDescription().contains(line));
        if (question == 0)
            at.agree();
    }
}

TEST_CASE("One refusal ends it kindly, whichever question it answers, and nothing is kept", "[gui]")
{
    const bool second = GENERATE(false, true);
    AtConsent at;
    if (second)
        at.agree();

    at.decline();

    REQUIRE(at.reaches(LinkStep::Declined));
    CHECK(at.view() == View::Declined);
    CHECK(at.screen.accessibleName() == u"没关系，您的卡和以前一样");
    CHECK(at.screen.accessibleDescription().contains(u"人工通道"_s));
    CHECK_FALSE(at.desk.controller.state().holder);
    CHECK_FALSE(at.desk.committed);
    // It blocks nobody: the next card begins at once.
    at.desk.tap(beijingCard(u"3105170099900056780"_s));
    at.settle();
    CHECK(at.desk.step() == LinkStep::Card);
    CHECK(at.view() == View::Card);
}

TEST_CASE("A consent is carried out after the moment in which it is seen", "[gui]")
{
    AtConsent at;
    at.passenger.setTimes({600000, 600000, 600000, 600000});
    at.agree();
    at.agree();
    REQUIRE(at.view() == View::Thanks);
    CHECK(at.desk.step() == LinkStep::Consent);

    SECTION("staff who are quicker record it themselves")
    {
        at.desk.press(Qt::Key_Return);
        CHECK(at.desk.step() == LinkStep::Health);
        CHECK(at.desk.controller.state().consent->by == u"operator");
    }
    SECTION("staff who go back take it back")
    {
        at.desk.press(Qt::Key_Escape);
        at.settle();
        CHECK(at.desk.step() == LinkStep::Document);
        CHECK(at.view() == View::Document);
    }
    SECTION("a desk that is locked asks anew")
    {
        at.desk.window.lock();
        at.settle();
        CHECK(at.view() == View::Wait);
        at.desk.logIn();
        at.settle();
        CHECK(at.view() == View::Consent);
        CHECK(at.screen.scene().sheet.index == 0);
    }
    SECTION("what was answered then does nothing any more")
    {
        at.desk.press(Qt::Key_Escape);
        at.passenger.setTimes({1, 1, 600000, 600000});
        at.desk.controller.apply(DocumentEntered{adult()});
        at.settle();
        CHECK(at.view() == View::Consent);
        CHECK_FALSE(QTest::qWaitFor([&] { return at.desk.step() != LinkStep::Consent; }, 50));
    }
}

TEST_CASE("Staff may always record the consent or the refusal themselves", "[gui]")
{
    const auto [key, modifiers, step] = GENERATE(table<Qt::Key, Qt::KeyboardModifier, LinkStep>(
        {{Qt::Key_Return, Qt::NoModifier, LinkStep::Health},
         {Qt::Key_N, Qt::AltModifier, LinkStep::Declined}}));
    AtConsent at;
    at.agree();

    at.desk.press(key, modifiers);

    CHECK(at.desk.step() == step);
    if (step == LinkStep::Health)
        CHECK(at.desk.controller.state().consent->by == u"operator");
}

TEST_CASE("A page that the passenger's consent brings is deaf to an Enter meant for the one before",
          "[gui]")
{
    AtConsent at;
    at.desk.window.setArmingTime(20000);
    at.agree();
    at.agree();
    REQUIRE(at.reaches(LinkStep::Health));

    at.desk.press(Qt::Key_Return);

    CHECK(at.desk.step() == LinkStep::Health);
}

TEST_CASE("A question is deaf until it has been painted and seen for a moment", "[gui]")
{
    AtConsent at;
    at.awaitQuestion();
    at.screen.setArmingTime(600000);
    at.touch(u"agree"_s);
    REQUIRE(at.screen.scene().sheet.index == 1);

    // The second touch of the same finger, and a key.
    at.giveKeyboard();
    at.touch(u"agree"_s);
    at.touch(u"decline"_s);
    QTest::keyClick(at.button(u"agree"_s), Qt::Key_Return);
    QTest::keyClick(at.button(u"decline"_s), Qt::Key_Space);

    CHECK(at.desk.step() == LinkStep::Consent);
    CHECK(at.screen.scene().sheet.index == 1);
}

TEST_CASE("A finger that comes down on one question and lifts on another answers neither", "[gui]")
{
    const QString name = GENERATE(u"agree"_s, u"decline"_s);
    AtConsent at;
    at.awaitQuestion();
    QTest::mousePress(at.button(name), Qt::LeftButton);

    SECTION("another language")
    {
        at.passenger.setLanguage(Language::English);
        at.awaitQuestion();
        QTest::mouseMove(at.button(name), QPoint(20, 20));
        QTest::mouseRelease(at.button(name), Qt::LeftButton);
        at.settle();
        CHECK(at.screen.scene().sheet.index == 0);
        CHECK(at.desk.step() == LinkStep::Consent);
        CHECK(at.view() == View::Consent);
    }
    SECTION("another passenger")
    {
        at.desk.controller.apply(EndPassenger{});
        at.goToConsent(otherAdult());
        at.awaitQuestion();
        QTest::mouseRelease(at.button(name), Qt::LeftButton);
        at.settle();
        CHECK(at.screen.scene().sheet.index == 0);
        CHECK(at.view() == View::Consent);
        CHECK(at.desk.controller.state().holder->name == otherAdult().name);
    }
}

TEST_CASE("A touch for the passenger before does nothing to the next", "[gui]")
{
    AtConsent at;
    at.awaitQuestion();
    const quint64 before = at.screen.scene().sheet.number;
    at.desk.controller.apply(EndPassenger{});
    at.goToConsent(otherAdult());

    const bool agrees = GENERATE(true, false);
    at.passenger.answer(before, agrees);
    at.settle();

    CHECK(at.desk.step() == LinkStep::Consent);
    CHECK(at.view() == View::Consent);
    CHECK(at.screen.scene().sheet.index == 0);
}

TEST_CASE("After the step has changed there is nothing to touch", "[gui]")
{
    AtConsent at;
    at.awaitQuestion();
    const quint64 sheet = at.screen.scene().sheet.number;
    at.desk.press(Qt::Key_Return);
    REQUIRE(at.desk.step() == LinkStep::Health);
    at.settle();

    CHECK_FALSE(at.button(u"agree"_s)->isVisible());
    CHECK_FALSE(at.button(u"decline"_s)->isVisible());
    at.passenger.answer(sheet, false);
    at.settle();
    CHECK(at.desk.step() == LinkStep::Health);
}

TEST_CASE("Back and again begins with the first question", "[gui]")
{
    AtConsent at;
    at.agree();
    REQUIRE(at.screen.scene().sheet.index == 1);

    at.desk.press(Qt::Key_Escape);
    at.settle();
    CHECK(at.view() == View::Document);
    at.desk.controller.apply(DocumentEntered{adult()});
    at.settle();

    CHECK(at.view() == View::Consent);
    CHECK(at.screen.scene().sheet.index == 0);
}

TEST_CASE("Another language begins with the first question again", "[gui]")
{
    AtConsent at;
    at.agree();
    at.touch(u"english"_s);
    CHECK(at.screen.scene().sheet.index == 0);
    CHECK(at.screen.accessibleName() == u"May we register your personal information?");

    at.agree();
    at.agree();

    REQUIRE(at.reaches(LinkStep::Health));
    CHECK(at.desk.controller.state().consent->language == u"en");
}

TEST_CASE("Staff choose the passenger's language with Alt+L, and the notice on both is the same",
          "[gui]")
{
    AtConsent at;

    at.desk.press(Qt::Key_L, Qt::AltModifier);
    at.settle();

    CHECK(at.screen.scene().language == Language::English);
    CHECK(at.desk.visible<Segment>(u"language"_s)->current() == 1);
    CHECK(at.desk.appearance.look().language == Language::Chinese);
    CHECK(at.desk.primary()->text() == u"乘客已同意登记和查验");
    at.desk.press(Qt::Key_Return);
    CHECK(at.desk.controller.state().consent->language == u"en");
    // On the other steps the same key serves the screen.
    at.desk.press(Qt::Key_L, Qt::AltModifier);
    at.settle();
    CHECK(at.screen.scene().language == Language::Chinese);
}

TEST_CASE("The staff's language changes nothing on the passenger's screen", "[gui]")
{
    AtConsent at;
    const QString before = at.screen.accessibleName();

    at.desk.appearance.setLook({false, Language::English, 100});
    at.settle();

    CHECK(at.screen.accessibleName() == before);
    CHECK(at.button(u"agree"_s)->accessibleName() == u"同意 Agree");
}

TEST_CASE("A language belongs to one passenger", "[gui]")
{
    PassengerDesk desk;
    desk.desk.logIn();
    desk.settle();

    SECTION("chosen before the card is tapped it is theirs")
    {
        desk.touch(u"english"_s);
        desk.desk.tap(beijingCard());
        desk.settle();
        CHECK(desk.screen.scene().language == Language::English);
        desk.desk.controller.apply(EndPassenger{});
        desk.settle();
        CHECK(desk.screen.scene().language == Language::Chinese);
    }
    SECTION("the next one, who taps at once, begins in Chinese")
    {
        desk.desk.goToConfirm();
        desk.passenger.setLanguage(Language::English);
        desk.desk.controller.apply(ConfirmLink{});
        desk.settle();
        REQUIRE(desk.view() == View::DoneQueued);
        CHECK(desk.screen.scene().language == Language::English);
        desk.desk.tap(beijingCard(u"3105170099900056780"_s));
        desk.settle();
        CHECK(desk.screen.scene().language == Language::Chinese);
    }
    SECTION("where no card follows it goes back by itself")
    {
        desk.passenger.setTimes({1, 1, 600000, 1});
        desk.touch(u"english"_s);
        CHECK(QTest::qWaitFor([&] { return desk.screen.scene().language == Language::Chinese; },
                              5000));
    }
}

TEST_CASE("A notice that came into use meanwhile is asked for from the beginning", "[gui]")
{
    QFile file(resourcePath(u"rules/rules.json"));
    REQUIRE(file.open(QIODevice::ReadOnly));
    QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    QJsonArray notices = root.value(u"notices"_s).toArray();
    QJsonObject next = notices.first().toObject();
    next.insert(u"version"_s, u"4"_s);
    next.insert(u"from"_s, u"2022-06-03"_s);
    notices.append(next);
    root.insert(u"notices"_s, notices);
    const Rules rules = Rules::parse(QJsonDocument(root).toJson(), u"test"_s).value();
    test::Desk data;
    LinkProcedure procedure(data.catalogue, data.documents, rules, data.clock);
    LinkController controller(procedure);
    PassengerController passenger(controller, data.catalogue, rules, data.clock);
    passenger.setWaiting(false);
    passenger.setTimes({1, 1, 600000, 600000});
    QObject::connect(&controller, &LinkController::personLookUpRequested, &controller,
                     [&](const QString &number, const Person &person) {
                         controller.apply(PersonLookedUp{number, person, {}});
                     });
    controller.apply(CardPresented{beijingCard()});
    controller.apply(StartLink{});
    controller.apply(DocumentEntered{adult()});
    REQUIRE(passenger.scene().view == View::Consent);
    CHECK(passenger.scene().sheet.version == u"3");
    passenger.answer(passenger.scene().sheet.number, true);

    data.clock.time = data.clock.time.addDays(1);
    passenger.answer(passenger.scene().sheet.number, true);

    REQUIRE(QTest::qWaitFor([&] { return passenger.scene().view == View::Consent; }, 5000));
    CHECK(controller.state().step == LinkStep::Consent);
    CHECK(passenger.scene().sheet.version == u"4");
    CHECK(passenger.scene().sheet.index == 0);
    passenger.answer(passenger.scene().sheet.number, true);
    passenger.answer(passenger.scene().sheet.number, true);
    REQUIRE(QTest::qWaitFor([&] { return controller.state().step == LinkStep::Health; }, 5000));
    CHECK(controller.state().consent->version == u"4");
}
