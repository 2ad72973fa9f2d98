#include "support/catch.h"

#include "gui/pages/helppanel.h"
#include "gui/pages/shelfpanel.h"
#include "gui/pages_walk.h"
#include "gui/starttrouble.h"
#include "gui/widgets/cardnumberview.h"
#include "gui/widgets/focusring.h"
#include "gui/widgets/painting.h"
#include "gui/widgets/shelftile.h"
#include "gui/widgets/statusstrip.h"
#include "gui/widgets/stepper.h"

#include <QImage>
#include <QJsonArray>
#include <QLineEdit>

#include <functional>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

constexpr int tolerance = 2;

/// Where a widget stands in the window.
QRect placed(const WindowUnderTest &desk, const QWidget &widget)
{
    return {widget.mapTo(&desk.window, QPoint(0, 0)), widget.size()};
}

void checkRect(const QString &what, const QRect &found, const QRect &wanted)
{
    INFO(what.toStdString() << ": " << found.x() << ',' << found.y() << ' ' << found.width() << 'x'
                            << found.height());
    CHECK(std::abs(found.left() - wanted.left()) <= tolerance);
    CHECK(std::abs(found.top() - wanted.top()) <= tolerance);
    CHECK(std::abs(found.width() - wanted.width()) <= tolerance);
    CHECK(std::abs(found.height() - wanted.height()) <= tolerance);
}

void checkColour(const QImage &page, QPoint at, const QColor &wanted)
{
    INFO(at.x() << ',' << at.y());
    CHECK(page.pixelColor(at).name() == wanted.name());
}

/// What every page after the login has in common.
void checkShell(WindowUnderTest &desk)
{
    const auto *rail = desk.visible<TaskRail>();
    const auto *status = desk.visible<StatusStrip>();
    const auto *side = desk.visible<QWidget>(u"side"_s);
    REQUIRE(rail);
    REQUIRE(status);
    checkRect(u"rail"_s, placed(desk, *rail), {0, 0, 184, 728});
    checkRect(u"status"_s, placed(desk, *status), {0, 728, 1366, 40});
    if (side) {
        const QRect column = placed(desk, *side);
        CHECK(column.width() == 336);
        CHECK(std::abs(column.left() - 1006) <= tolerance);
    }

    const Theme theme = Theme::light();
    const QImage page = desk.window.grab().toImage();
    checkColour(page, {90, 400}, theme.rail);
    checkColour(page, {12, 94}, theme.railSel);
    checkColour(page, {195, 300}, theme.bg);
    checkColour(page, {750, 760}, theme.surface);
}

/// What the five steps and the end have in common.
void checkFlow(WindowUnderTest &desk, int step)
{
    checkShell(desk);
    const auto *steps = desk.visible<Stepper>();
    REQUIRE(steps);
    CHECK(steps->current() == step);
    checkRect(u"steps"_s, placed(desk, *steps), {208, 20, 1134, 56});
    const auto *work = desk.visible<QStackedWidget>(u"work"_s);
    REQUIRE(work);
    checkRect(u"work"_s, placed(desk, *work), {208, 92, 774, 548});
    const KeyButton *primary = desk.primary();
    REQUIRE(primary);
    checkRect(u"primary"_s, placed(desk, *primary), {1006, 656, 336, 56});

    const Theme theme = Theme::light();
    const QImage page = desk.window.grab().toImage();
    checkColour(page, {1026, 684}, primary->isEnabled() ? theme.accent : theme.sunken);
    checkColour(page, {225, 320}, theme.surface);
    for (const auto *button : desk.window.findChildren<KeyButton *>()) {
        if (!button->isVisible() || button->role() == KeyButton::Role::primary)
            continue;
        INFO(button->text().toStdString());
        CHECK(button->height() >= 44);
        CHECK(button->width() >= button->sizeHint().width());
    }
}

QString labelText(const WindowUnderTest &desk, const QString &name)
{
    const auto *label = desk.visible<QLabel>(name);
    return label ? label->text() : u"(no "_s + name + u")"_s;
}

QString said(const WindowUnderTest &desk)
{
    const auto *say = desk.visible<SayPanel>();
    return say ? say->text() : QString();
}

} // namespace

TEST_CASE("The login page stands as drawn", "[geometry]")
{
    WindowUnderTest desk;
    desk.settle();

    checkRect(u"brand"_s, placed(desk, *desk.visible<QWidget>(u"brand"_s)), {0, 0, 486, 728});
    checkRect(u"status"_s, placed(desk, *desk.visible<StatusStrip>()), {0, 728, 1366, 40});
    checkRect(u"keypad"_s, placed(desk, *desk.visible<QWidget>(u"keypad"_s)), {998, 234, 336, 324});
    const auto *go = desk.visible<KeyButton>(u"go"_s);
    REQUIRE(go);
    CHECK(placed(desk, *go).width() == 424);
    CHECK(placed(desk, *go).height() == 56);
    CHECK(std::abs(placed(desk, *go).left() - 518) <= tolerance);
    checkColour(desk.window.grab().toImage(), {240, 400}, Theme::light().rail);
    CHECK(labelText(desk, u"product"_s) == u"票务升级服务台");
    CHECK(labelText(desk, u"place"_s) == u"演示站·B 口·2 号台");
    CHECK(labelText(desk, u"hint"_s) == u"还差 6 位；满 6 位自动登录。忘记 PIN 请找值班站长。");
    CHECK(go->text() == u"登录");
}

TEST_CASE("The idle page stands as drawn", "[geometry]")
{
    WindowUnderTest desk;
    desk.logIn();

    checkShell(desk);
    checkRect(u"panel"_s, placed(desk, *desk.visible<QWidget>(u"panel"_s)), {208, 80, 774, 536});
    checkRect(u"help"_s, placed(desk, *desk.visible<QFrame>(u"help"_s)), {208, 632, 774, 72});
    CHECK(labelText(desk, u"title"_s) == u"请刷卡");
    CHECK(labelText(desk, u"sub"_s) == u"放在读卡区，自动识别卡种和卡号");
    CHECK(labelText(desk, u"place"_s) == u"演示站·B 口");
    CHECK(desk.primaries().isEmpty());
}

TEST_CASE("The page of a lost reader stands as drawn", "[geometry]")
{
    WindowUnderTest desk;
    desk.logIn();
    desk.window.showReader(ReaderState::Lost, {},
                           QDateTime(QDate(2022, 6, 2), QTime(0, 31, 22), Qt::UTC));
    desk.settle();

    checkShell(desk);
    checkRect(u"panel"_s, placed(desk, *desk.visible<QWidget>(u"panel"_s)), {208, 80, 774, 536});
    CHECK(labelText(desk, u"lostTitle"_s) == u"读卡器断开了");
    CHECK(labelText(desk, u"lostSub"_s) == u"08:31:22 起没有响应，插好后自动恢复");
    checkColour(desk.window.grab().toImage(), {208, 300}, Theme::light().badLine);
    CHECK(desk.primaries().isEmpty());
}

TEST_CASE("The five steps and the end stand as drawn", "[geometry]")
{
    WindowUnderTest desk;
    desk.logIn();

    desk.tap(beijingCard());
    checkFlow(desk, 0);
    CHECK(labelText(desk, u"numberLabel"_s) == u"卡号，请与卡面核对");
    const auto *number = desk.visible<CardNumberView>();
    REQUIRE(number);
    checkRect(u"number"_s, placed(desk, *number), {241, placed(desk, *number).y(), 708, 62});
    CHECK(number->sizeForWidth(number->width()) == 56);
    CHECK(desk.visible<StateBadge>()->word() == u"待补查");
    CHECK(desk.visible<GatePreview>()->led() == u"未查到健康码信息，请您尽快授权升级");
    CHECK(desk.primary()->text() == u"开始升级");

    desk.press(Qt::Key_Return);
    checkFlow(desk, 1);
    checkRect(u"number"_s, placed(desk, *desk.visible<QLineEdit>(u"number"_s)),
              {241, placed(desk, *desk.visible<QLineEdit>(u"number"_s)).y(), 708, 72});
    CHECK(labelText(desk, u"nameLabel"_s) == u"姓名");
    CHECK(labelText(desk, u"kindLabel"_s) == u"证件类型");
    CHECK(labelText(desk, u"numberLabel"_s) == u"证件号");
    desk.type(u"测试甲110102190203040041"_s);
    CHECK(desk.visible<NoticeStrip>(u"verdict"_s)->title() == u"最后一位对不上");
    CHECK(desk.visible<NoticeStrip>(u"verdict"_s)->text() ==
          u"多半是前面某一位输错；请从出生日期开始再看一遍。不是漏输，18 位齐了。");
    CHECK(placed(desk, *desk.visible<NoticeStrip>(u"verdict"_s)).height() < 80);
    CHECK(desk.primary()->text() == u"下一步");
    checkFlow(desk, 1);

    desk.controller.apply(DocumentEntered{adult()});
    desk.settle();
    checkFlow(desk, 2);
    CHECK(labelText(desk, u"heading"_s) == u"请乘客确认告知书");
    CHECK(labelText(desk, u"version"_s) == u"告知书 第 3 版，2022-05-28 起用");
    CHECK(desk.primary()->text().startsWith(u"乘客已同意"_s));
    CHECK(said(desk) == u"请看一下屏幕上的告知书。\n同意关联健康信息吗？");

    desk.press(Qt::Key_Return);
    checkFlow(desk, 3);
    CHECK(labelText(desk, u"sub"_s) == u"中心离线，现在查不到");
    CHECK(labelText(desk, u"heading"_s) == u"先办升级，稍后补查");
    CHECK(desk.visible<StateBadge>()->word() == u"待补查");
    CHECK(desk.visible<GatePreview>()->gate() == GatePreview::Gate::Closed);
    CHECK(desk.primary()->text() == u"下一步，稍后补查");

    desk.press(Qt::Key_Return);
    checkFlow(desk, 4);
    CHECK(labelText(desk, u"card"_s) == u"北京互通卡，实体卡，19 位");
    CHECK(desk.primary()->text() == u"确认升级");

    desk.press(Qt::Key_Return);
    checkFlow(desk, 5);
    CHECK(labelText(desk, u"heading"_s) == u"升级完成");
    CHECK(labelText(desk, u"sub"_s) == u"已保存，联网后自动上传");
    CHECK(desk.visible<StateBadge>()->word() == u"待上传");
    CHECK(desk.visible<GatePreview>()->gate() == GatePreview::Gate::Closed);
    CHECK(desk.visible<GatePreview>()->led() == u"未查到健康码信息，请您尽快授权升级");
    CHECK(desk.visible<GatePreview>()->accessibleDescription().contains(u"上传之前请走人工通道"_s));
    CHECK(desk.primary()->text() == u"下一位");
}

TEST_CASE("A refusal and a full store keep the primary button in its place", "[geometry]")
{
    WindowUnderTest desk;
    desk.logIn();
    desk.goToConfirm();
    desk.controller.apply(GoToStep{LinkStep::Consent});
    desk.controller.apply(ConsentDeclined{});
    desk.settle();

    checkFlow(desk, 2);
    CHECK(labelText(desk, u"sub"_s) == u"不关联，卡片保持未升级。可以走人工通道。");
    desk.window.showStoreTrouble(Error{ErrorCode::StoreFull, {}, {}});
    desk.settle();
    const auto *again = desk.visible<KeyButton>(u"again"_s);
    REQUIRE(again);
    checkRect(u"primary"_s, placed(desk, *again), {1006, 656, 336, 56});
}

TEST_CASE("The widest number steps down and never leaves its column", "[geometry]")
{
    const auto [digits, size] = GENERATE(
        table<QString, int>({{u"1000751100001234"_s, 60}, {u"3105170099900012349"_s, 56}}));
    WindowUnderTest desk;
    desk.logIn();
    CardSighting card = beijingCard(digits);
    card.product = digits.size() == 16 ? u"beijing-bmac"_s : u"beijing-tunion"_s;

    desk.tap(card);

    const auto *number = desk.visible<CardNumberView>();
    REQUIRE(number);
    CHECK(number->sizeForWidth(number->width()) == size);
}

TEST_CASE("The look-up stands as drawn", "[geometry]")
{
    WindowUnderTest desk;
    desk.logIn();
    desk.type(u"310517009990001234"_s);

    const auto *rail = desk.visible<TaskRail>();
    REQUIRE(rail);
    checkRect(u"rail"_s, placed(desk, *rail), {0, 0, 184, 728});
    CHECK(rail->current() == u"lookup");
    checkRect(u"panel"_s, placed(desk, *desk.visible<QWidget>(u"panel"_s)), {208, 80, 774, 560});
    checkRect(u"side"_s, placed(desk, *desk.visible<QWidget>(u"side"_s)), {1006, 80, 336, 560});
    const auto *number = desk.visible<QLineEdit>(u"number"_s);
    REQUIRE(number);
    checkRect(u"number"_s, placed(desk, *number), {241, 136, 708, 88});
    const KeyButton *primary = desk.primary();
    REQUIRE(primary);
    checkRect(u"primary"_s, placed(desk, *primary), {1006, 656, 336, 56});
    CHECK(labelText(desk, u"heading"_s) == u"卡号查询");
    CHECK(labelText(desk, u"inputLabel"_s) == u"输入的卡号");
    CHECK(labelText(desk, u"lengthLabel"_s) == u"各种卡有几位");
    CHECK(desk.visible<StateBadge>()->word() == u"少一位");
    const Theme theme = Theme::light();
    const QImage page = desk.window.grab().toImage();
    checkColour(page, {242, 180}, theme.warn);
    checkColour(page, {12, 94}, theme.rail);
    checkColour(page, {1026, 684}, theme.sunken);
}

TEST_CASE("At 1920 x 1080 rail, side column, status and primary button have their places",
          "[geometry]")
{
    walkAllStates({}, {1920, 1080}, [](WindowUnderTest &desk, const QString &state) {
        INFO(state.toStdString());
        checkRect(u"status"_s, placed(desk, *desk.visible<StatusStrip>()), {0, 1032, 1920, 48});
        const auto *rail = desk.visible<TaskRail>();
        CHECK((rail != nullptr) != state.startsWith(u"01"_s));
        if (!rail)
            return;
        checkRect(u"rail"_s, placed(desk, *rail), {0, 0, 216, 1032});
        if (const auto *side = desk.visible<QWidget>(u"side"_s)) {
            CHECK(side->width() == 420);
            CHECK(std::abs(placed(desk, *side).left() - 1476) <= tolerance);
        }
        if (const KeyButton *primary = desk.primary())
            checkRect(u"primary"_s, placed(desk, *primary), {1476, 942, 420, 70});
        // On the look-up the number is a field, and the views are small ones of near matches.
        const auto *number = desk.visible<CardNumberView>();
        // In the inbox it is masked, and nobody compares it with a card.
        if (number && !state.startsWith(u"06-lookup") && !state.startsWith(u"15-inbox"))
            CHECK(number->sizeForWidth(number->width()) >= 70);
    });
}

TEST_CASE("Every page has one primary action at most, a status strip, and no dialog", "[geometry]")
{
    walkAllStates({true, Language::English, 112}, {1366, 768},
                  [](WindowUnderTest &desk, const QString &state) {
                      INFO(state.toStdString());
                      CHECK(desk.primaries().size() <= 1);
                      CHECK(desk.visible<StatusStrip>());
                      CHECK_FALSE(QApplication::activeModalWidget());
                      for (const auto *button : desk.window.findChildren<KeyButton *>())
                          CHECK((!button->isVisible() || !button->shortcut().isEmpty()));
                  });
}

namespace
{

/// The shelf as it is shipped.
QList<TrainingCard> shippedShelf(Language language)
{
    QFile file(resourcePath(u"training/shelf.json"));
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    Q_UNUSED(opened);
    QList<TrainingCard> cards;
    for (const QJsonValue &row :
         QJsonDocument::fromJson(file.readAll()).object().value(u"cards"_s).toArray()) {
        const QString title =
            row[u"title"_s][language == Language::English ? u"en"_s : u"zh_CN"_s].toString();
        cards << TrainingCard{row[u"name"_s].toString(), title, row[u"medium"_s].toString()};
    }
    return cards;
}

/// Open with every name whole, or one line that names the keys; and over nothing.
void checkShelf(WindowUnderTest &desk, const QString &state)
{
    const auto *help = desk.visible<HelpPanel>();
    const auto *shelf = desk.visible<ShelfPanel>();
    if (help || (!shelf && state.startsWith(u"01"_s)))
        return; // the help stands in front, and under the keypad there may be no room for a line
    REQUIRE(shelf);
    const QRect place = placed(desk, *shelf);
    INFO("shelf " << place.x() << ',' << place.y() << ' ' << place.width() << 'x'
                  << place.height());
    CHECK(std::abs(place.height() -
                   (shelf->isOpen() ? shelf->openHeight() : shelf->foldedHeight())) <= 1);
    if (!shelf->isOpen()) {
        const auto *keys = desk.visible<QLabel>(u"keyLine"_s);
        REQUIRE(keys);
        CHECK(keys->text() == u"Ctrl+1 … 8");
        CHECK(keys->width() >= keys->sizeHint().width());
    }
    for (const auto *tile : shelf->findChildren<ShelfTile *>()) {
        if (!tile->isVisible())
            continue;
        INFO(tile->text().toStdString());
        constexpr int symbolAndEdges = 42;
        CHECK(textWidth(currentTheme(), 13, false, tile->text()) <= tile->width() - symbolAndEdges);
    }
    for (const auto *other : desk.window.findChildren<QWidget *>()) {
        const bool related =
            other == shelf || shelf->isAncestorOf(other) || other->isAncestorOf(shelf);
        // What only holds others may reach under it, a panel with its edge may not.
        const bool holder = other->metaObject() == &QWidget::staticMetaObject &&
                            !other->property("panel").isValid();
        if (related || holder || !other->isVisible() || qobject_cast<const FocusRing *>(other))
            continue;
        INFO(other->metaObject()->className()
             << ' ' << other->objectName().toStdString() << ' ' << placed(desk, *other).x() << ','
             << placed(desk, *other).y() << ' ' << other->width() << 'x' << other->height());
        CHECK_FALSE(place.intersects(placed(desk, *other)));
    }
}

} // namespace

TEST_CASE("The shelf of training is open or a line, and lies over nothing", "[geometry]")
{
    const auto language = GENERATE(Language::Chinese, Language::English);
    const auto textSize = GENERATE(100, 125);
    const auto size = GENERATE(QSize(1280, 720), QSize(1366, 768));
    for (const auto walk : {&walkMainJob, &walkOtherStates}) {
        WindowUnderTest desk(true, {}, size);
        desk.appearance.setLook({false, language, textSize});
        desk.window.showTrainingCards(shippedShelf(language));
        const auto here = [&](const QString &state) {
            for (int i = 0; i < 3; ++i)
                desk.settle();
            INFO(state.toStdString() << " at " << size.width() << ", " << textSize);
            checkShelf(desk, state);
        };
        walk(desk, here);
        desk.controller.apply(EndPassenger{});
        desk.press(Qt::Key_F5);
        here(u"06-lookup"_s);
        desk.type(u"310517009990001234"_s);
        here(u"06-lookup-missing"_s);
    }
}

TEST_CASE("A desk that cannot start says so on a page like the others", "[geometry]")
{
    Appearance appearance{Look{false, Language::English, 125}};
    StartTrouble page(Error{ErrorCode::NotProvisioned, {}, {u" --data /tmp/desk"_s}});
    appearance.follow(page);
    page.resize(1280, 720);
    page.show();
    page.activateWindow();
    REQUIRE(QTest::qWaitForWindowActive(&page));
    QSignalSpy ended(&page, &StartTrouble::ended);

    const auto *sentence = page.findChild<QLabel *>(u"sub"_s);
    REQUIRE(sentence);
    CHECK(sentence->text().contains(u"deskctl --data /tmp/desk provision --training"));
    CHECK(sentence->height() >= sentence->heightForWidth(sentence->width()));
    const auto *end = page.findChild<KeyButton *>();
    REQUIRE(end);
    CHECK(end->role() == KeyButton::Role::primary);
    CHECK(end->text() == u"End");
    CHECK(page.rect().contains(QRect(end->mapTo(&page, QPoint(0, 0)), end->size())));
    checkColour(page.grab().toImage(), {4, 4}, Theme::light().badSoft);

    appearance.setLook(Look{});
    QApplication::processEvents();
    CHECK(end->text() == u"结束");
    QTest::qWait(350); // the button is deaf for a moment, like each that has just come
    QTest::keyClick(page.windowHandle(), Qt::Key_Escape);
    CHECK(ended.size() == 1);
}
