#include "support/catch.h"

#include "gui/pages_window.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

using State = StateBadge::State;
using Gate = GatePreview::Gate;

/// One row of ui-spec 8.3, as far as a desk without a hub can tell.
struct Expected {
    const char *name;
    CardSighting card;
    const char *service; ///< of beijing-bmac in the changed catalogue, or empty
    DeskKnowledge knowledge;
    State badge;
    std::optional<Gate> gate;
    bool led;
    QString primary;
};

CardSighting sighting(CardSighting::Outcome outcome, const QString &product,
                      const QString &number = {})
{
    CardSighting card;
    card.outcome = outcome;
    card.product = product;
    card.number = number;
    return card;
}

DeskKnowledge linkedHere(bool uploaded)
{
    DeskKnowledge knowledge;
    knowledge.cardLinkedHere = true;
    knowledge.cardLinkUploaded = uploaded;
    return knowledge;
}

CardSighting older()
{
    return sighting(CardSighting::Outcome::Number, u"beijing-bmac"_s, u"1000751100001234"_s);
}

QList<Expected> table8_3()
{
    using enum CardSighting::Outcome;
    return {
        {"not known, hub offline",
         beijingCard(),
         "",
         {},
         State::Pending,
         Gate::Closed,
         true,
         u"开始升级"_s},
        {"older card", older(), "", {}, State::Pending, Gate::Closed, true, u"开始升级"_s},
        {"linked here", beijingCard(), "", linkedHere(false), State::Queued, Gate::Closed, true,
         u"下一位"_s},
        {"upgraded", beijingCard(), "", linkedHere(true), State::Upgraded, Gate::Open, false,
         u"下一位"_s},
        {"exempt", older(), "exempt", {}, State::Exempt, Gate::Open, false, u"下一位"_s},
        {"foreign",
         sighting(Number, u"tunion-other"_s, u"3104830099900012345"_s),
         "",
         {},
         State::Foreign,
         Gate::Closed,
         false,
         u"下一位"_s},
        {"foreign without a number",
         sighting(NotOurs, u"octopus"_s),
         "",
         {},
         State::Foreign,
         Gate::Closed,
         false,
         u"下一位"_s},
        {"app only", older(), "app-only", {}, State::AppOnly, Gate::Closed, false, u"下一位"_s},
        {"app only, no number",
         sighting(RecognisedNoNumber, u"mifare-ultralight"_s),
         "",
         {},
         State::AppOnly,
         Gate::Closed,
         false,
         u"下一位"_s},
        {"refused",
         sighting(Refused, u"bank-card"_s),
         "",
         {},
         State::Refused,
         Gate::Closed,
         false,
         u"下一位"_s},
        {"no number",
         sighting(RecognisedNoNumber, u"mifare-classic"_s),
         "",
         {},
         State::Attention,
         std::nullopt,
         false,
         u"下一位"_s},
    };
}

} // namespace

TEST_CASE("Each state of the card page has its badge, its gate and its primary button", "[gui]")
{
    for (const Expected &row : table8_3()) {
        INFO(row.name);
        const QString service = QString::fromLatin1(row.service);
        WindowUnderTest desk(false, service.isEmpty() ? std::optional<Catalogue>()
                                                      : catalogueWith(u"beijing-bmac"_s, service));
        desk.cardKnowledge = row.knowledge;
        desk.logIn();

        desk.tap(row.card);

        const auto *badge = desk.visible<StateBadge>(u"badge"_s);
        REQUIRE(badge);
        CHECK(badge->state() == row.badge);
        const auto *gate = desk.visible<GatePreview>(u"gate"_s);
        CHECK((gate != nullptr) == row.gate.has_value());
        if (gate && row.gate) {
            CHECK(gate->gate() == *row.gate);
            CHECK((gate->led() == u"未查到健康码信息，请您尽快授权升级") == row.led);
        }
        const QList<KeyButton *> primaries = desk.primaries();
        REQUIRE(primaries.size() == 1);
        CHECK(primaries.first()->text() == row.primary);
        CHECK(primaries.first()->shortcut() == QKeySequence(Qt::Key_Return));
        CHECK_FALSE(QApplication::activeModalWidget());
    }
}

TEST_CASE("What staff say about a card that is not for this desk comes from the catalogue", "[gui]")
{
    WindowUnderTest desk(false, catalogueWith(u"beijing-bmac"_s, u"app-only"_s));
    desk.logIn();

    desk.tap(older());

    CHECK(desk.visible<SayPanel>()->text() == u"测试用的理由。");
}

TEST_CASE("A torn reading asks for the card again and shows no state", "[gui]")
{
    WindowUnderTest desk;
    desk.logIn();
    CardSighting torn = sighting(CardSighting::Outcome::ReadError, u"tunion"_s);
    torn.reason = u"card-lost"_s;

    desk.tap(torn);

    CHECK(desk.visible<QLabel>(u"title"_s)->text() == u"没读完，请再放一次");
    CHECK_FALSE(desk.visible<StateBadge>());
    CHECK(desk.primaries().isEmpty());
    desk.press(Qt::Key_Escape);
    CHECK(desk.visible<QLabel>(u"title"_s)->text() == u"请刷卡");
}

TEST_CASE("Two cards on the reader and a phone with several are named", "[gui]")
{
    const auto [reason, sub] = GENERATE(table<QString, QString>({
        {u"several-cards"_s, u"读卡区有两张卡，请只放一张"_s},
        {u"kinds-disagree"_s, u"手机里有多张卡，请乘客在手机上选好再放"_s},
    }));
    WindowUnderTest desk;
    desk.logIn();
    CardSighting conflict;
    conflict.outcome = CardSighting::Outcome::ReadError;
    conflict.reason = reason;

    desk.tap(conflict);

    CHECK(desk.visible<QLabel>(u"sub"_s)->text() == sub);
    CHECK_FALSE(desk.visible<StateBadge>());
}

TEST_CASE("A card that needs nothing makes room for the next passenger by itself", "[gui]")
{
    WindowUnderTest desk;
    desk.window.setIdleAfter(300);
    desk.cardKnowledge = linkedHere(true);
    desk.logIn();

    desk.tap(beijingCard());

    REQUIRE(desk.step() == LinkStep::Card);
    CHECK(QTest::qWaitFor([&] { return desk.step() == LinkStep::Idle; }, 5000));
}

TEST_CASE("A card waiting for its upgrade stays on the screen", "[gui]")
{
    WindowUnderTest desk;
    desk.window.setIdleAfter(100);
    desk.logIn();

    desk.tap(beijingCard());
    QTest::qWait(400);

    CHECK(desk.step() == LinkStep::Card);
}

TEST_CASE("A second card of one sort: the page says what to do, and no button pretends to work",
          "[gui]")
{
    struct Row {
        QString medium;
        QString blocked;
        QString named;
        QString other;
    };
    const auto row =
        GENERATE(values<Row>({{u"physical"_s, u"已有实体卡"_s, u"“实体卡”"_s, u"phone"_s},
                              {u"wristband"_s, u"已有实体卡"_s, u"“手环”"_s, u"phone"_s},
                              {u"phone"_s, u"已有手机卡"_s, u"“手机”"_s, u"physical"_s}}));
    INFO(row.medium.toStdString());
    WindowUnderTest desk;
    desk.logIn();
    (row.medium == u"phone" ? desk.personKnowledge.phoneOfPerson
                            : desk.personKnowledge.physicalOfPerson) = 1;
    desk.tap(beijingCard());
    desk.controller.apply(MediumChosen{row.medium});
    desk.press(Qt::Key_Return);
    desk.type(u"测试甲"_s);
    desk.press(Qt::Key_Return);
    desk.type(adult().documentNumber);
    desk.press(Qt::Key_Return);

    REQUIRE(desk.step() == LinkStep::Document);
    REQUIRE(desk.primary());
    CHECK_FALSE(desk.primary()->isEnabled());
    CHECK(desk.primary()->text() == row.blocked);
    const auto *strip = desk.visible<NoticeStrip>(u"verdict"_s);
    REQUIRE(strip);
    CHECK(strip->text().contains(row.named));
    CHECK(strip->text().contains(u"Alt+M"));

    desk.press(Qt::Key_M, Qt::AltModifier);
    REQUIRE(desk.step() == LinkStep::Card);
    desk.controller.apply(MediumChosen{row.other});
    desk.press(Qt::Key_Return);
    CHECK(desk.step() == LinkStep::Consent);
}

TEST_CASE("After a limit of cards another number may be tried", "[gui]")
{
    WindowUnderTest desk;
    desk.logIn();
    desk.personKnowledge.physicalOfPerson = 1;
    desk.tap(beijingCard());
    desk.press(Qt::Key_Return);
    desk.controller.apply(DocumentEntered{adult()});
    desk.settle();
    REQUIRE_FALSE(desk.primary()->isEnabled());

    desk.personKnowledge = {};
    desk.type(u"测试乙"_s);
    desk.press(Qt::Key_Return);
    desk.type(adult().documentNumber);
    CHECK(desk.primary()->isEnabled());
    desk.press(Qt::Key_Return);

    CHECK(desk.step() == LinkStep::Consent);
}
