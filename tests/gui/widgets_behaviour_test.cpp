#include "support/catch.h"

#include "gui/theme/theme.h"
#include "gui/widgets/cardnumberview.h"
#include "gui/widgets/dayscale.h"
#include "gui/widgets/documentnumberedit.h"
#include "gui/widgets/focusring.h"
#include "gui/widgets/gatepreview.h"
#include "gui/widgets/keybutton.h"
#include "gui/widgets/noticestrip.h"
#include "gui/widgets/passengerpreview.h"
#include "gui/widgets/pinedit.h"
#include "gui/widgets/railbutton.h"
#include "gui/widgets/saypanel.h"
#include "gui/widgets/segment.h"
#include "gui/widgets/statebadge.h"
#include "gui/widgets/statusstrip.h"
#include "gui/widgets/stepper.h"
#include "gui/widgets/taskrail.h"
#include "gui/widgets/touchkeypad.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTranslator>
#include <QVBoxLayout>

using namespace upgradedesk;
using namespace Qt::StringLiterals;

namespace
{

QApplication &application()
{
    return *qobject_cast<QApplication *>(qApp);
}

/// A window that is active, as keys need it.
class Window final : public QWidget
{
public:
    explicit Window(std::initializer_list<QWidget *> children)
    {
        applyTheme(application(), Theme::light());
        auto *column = new QVBoxLayout(this);
        for (QWidget *child : children)
            column->addWidget(child);
        show();
        activateWindow();
        REQUIRE(QTest::qWaitForWindowActive(this));
    }
};

KeyButton *primary(const QString &text)
{
    auto *button = new KeyButton(text, Qt::Key_Return);
    button->setRole(KeyButton::Role::primary);
    return button;
}

/// Every source text comes back with a mark in front.
class MarkingTranslator final : public QTranslator
{
public:
    QString translate(const char *, const char *source, const char *, int) const override
    {
        return u"EN "_s + QString::fromUtf8(source);
    }
    bool isEmpty() const override { return false; }
};

} // namespace

TEST_CASE("A primary button is deaf until it is armed", "[gui]")
{
    auto *button = primary(u"开始升级"_s);
    button->setArmingTime(60'000);
    Window window({button});
    QSignalSpy clicked(button, &KeyButton::clicked);

    QTest::keyClick(&window, Qt::Key_Return);
    QTest::mouseClick(button, Qt::LeftButton);
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    CHECK(clicked.isEmpty());

    button->arm();
    QTest::keyClick(&window, Qt::Key_Return);
    CHECK(clicked.size() == 1);

    button->rearm();
    QTest::keyClick(&window, Qt::Key_Return);
    CHECK(clicked.size() == 1);
}

TEST_CASE("A primary button is deaf again each time it appears", "[gui]")
{
    auto *button = primary(u"下一步"_s);
    button->setArmingTime(60'000);
    Window window({button});
    button->arm();

    button->hide();
    button->show();

    CHECK_FALSE(button->isArmed());
}

TEST_CASE("A key that is held down acts at most once", "[gui]")
{
    auto *button = primary(u"确认升级"_s);
    auto *back = new KeyButton(u"上一步"_s, Qt::Key_Escape);
    Window window({button, back});
    button->arm();
    QSignalSpy forward(button, &KeyButton::clicked);
    QSignalSpy backward(back, &KeyButton::clicked);

    for (int i = 0; i < 20; ++i) {
        QTest::simulateEvent(&window, true, Qt::Key_Return, Qt::NoModifier, u"\r"_s, true);
        QTest::simulateEvent(&window, true, Qt::Key_Escape, Qt::NoModifier, {}, true);
    }

    CHECK(forward.isEmpty());
    CHECK(backward.isEmpty());
}

TEST_CASE("Enter means both Enter keys, wherever the focus is", "[gui]")
{
    auto *button = primary(u"下一位"_s);
    auto *field = new QLineEdit;
    Window window({field, button});
    button->arm();
    field->setFocus();
    QSignalSpy clicked(button, &KeyButton::clicked);

    QTest::keyClick(field, Qt::Key_Return);
    QTest::keyClick(field, Qt::Key_Enter, Qt::KeypadModifier);

    CHECK(clicked.size() == 2);
}

TEST_CASE("A button that cannot be seen or used does not hear its key", "[gui]")
{
    auto *button = new KeyButton(u"走人工通道"_s, Qt::Key_F6);
    Window window({button});
    QSignalSpy clicked(button, &KeyButton::clicked);

    button->setEnabled(false);
    QTest::keyClick(&window, Qt::Key_F6);
    button->setEnabled(true);
    button->hide();
    QTest::keyClick(&window, Qt::Key_F6);
    CHECK(clicked.isEmpty());

    button->show();
    QTest::keyClick(&window, Qt::Key_F6);
    CHECK(clicked.size() == 1);
}

TEST_CASE("The primary button keeps its place at every text size and never cuts its text", "[gui]")
{
    const double factor = GENERATE(1.0, 1.12, 1.25);
    applyTheme(application(), Theme::light(factor));
    const QString text = GENERATE(u"下一步，稍后补查"_s, u"Passenger agreed"_s, u"确认升级"_s);
    KeyButton button(text, Qt::Key_Return);
    button.setRole(KeyButton::Role::primary);

    CHECK(button.sizeHint() == QSize(336, 56));
    CHECK(button.property("shortcut").value<QKeySequence>() == QKeySequence(Qt::Key_Return));
    applyTheme(application(), Theme::light());
}

TEST_CASE("Only a done step can be clicked", "[gui]")
{
    auto *stepper = new Stepper;
    stepper->setFixedWidth(1134);
    Window window({stepper});
    stepper->setCurrent(2);
    stepper->setPending(1, true);
    QSignalSpy clicked(stepper, &Stepper::stepClicked);

    for (int step = 0; step < Stepper::count; ++step)
        QTest::mouseClick(stepper, Qt::LeftButton, {}, QPoint(113 + step * 228, 28));

    REQUIRE(clicked.size() == 2);
    CHECK(clicked.at(0).at(0).toInt() == 0);
    CHECK(clicked.at(1).at(0).toInt() == 1);
    CHECK(stepper->state(1) == Stepper::State::Pending);
    CHECK(stepper->state(2) == Stepper::State::Current);
    CHECK(stepper->state(3) == Stepper::State::Todo);
    CHECK(stepper->accessibleDescription() ==
          u"第 3 步，共 5 步，告知与授权；卡片 已完成；证件 待补查"_s);
}

TEST_CASE("A card number steps down until it fits, and no further", "[gui]")
{
    applyTheme(application(), Theme::light());
    struct Case {
        int digits;
        QList<int> groups;
        int width;
        int expected;
    };
    const auto c = GENERATE(Case{19, {4, 4, 4, 4, 3}, 708, 56}, Case{20, {4, 4, 4, 4, 4}, 708, 52},
                            Case{16, {4, 4, 4, 4}, 708, 60}, Case{17, {4, 4, 4, 5}, 708, 56},
                            Case{20, {4, 4, 4, 4, 4}, 650, 48});
    CardNumberView view;

    view.setNumber(QString(c.digits, u'8'), c.groups);

    CAPTURE(c.digits, c.width);
    CHECK(view.sizeForWidth(c.width) == c.expected);
}

TEST_CASE("A card number is never wider than its place", "[gui]")
{
    const double factor = GENERATE(1.0, 1.25);
    applyTheme(application(), Theme::light(factor));
    CardNumberView view;
    view.setNumber(QString(20, u'0'), {4, 4, 4, 4, 4});
    int before = 0;

    for (int width = 200; width <= 1200; width += 10) {
        const int px = view.sizeForWidth(width);
        // 20 digits of at most 0.6 em and four gaps.
        CHECK(px * (20 * 0.6 + 4 * 0.34) <= width + px);
        CHECK(px >= before);
        before = px;
    }
    applyTheme(application(), Theme::light());
}

TEST_CASE("A card number is read out digit by digit with its length", "[gui]")
{
    CardNumberView view;
    view.setNumber(u"3104870000001234560"_s, {4, 4, 4, 4, 3});
    CHECK(view.accessibleDescription() == u"3 1 0 4, 8 7 0 0, 0 0 0 0, 1 2 3 4, 5 6 0；共 19 位"_s);

    view.setNumber(u"310487000000123456"_s, {4, 4, 4, 4, 3});
    view.setMissing(1);
    CHECK(view.accessibleDescription() ==
          u"3 1 0 4, 8 7 0 0, 0 0 0 0, 1 2 3 4, 5 6；共 18 位，少 1 位"_s);

    view.clear();
    CHECK(view.accessibleDescription().isEmpty());
}

TEST_CASE("No two states look alike without colour", "[gui]")
{
    QList<Icon> icons;
    QStringList words;
    for (int i = 0; i <= int(StateBadge::State::MayNotEnter); ++i) {
        const auto state = StateBadge::State(i);
        CHECK_FALSE(icons.contains(StateBadge::icon(state)));
        CHECK_FALSE(words.contains(StateBadge::wordOf(state)));
        icons << StateBadge::icon(state);
        words << StateBadge::wordOf(state);
        CHECK(StateBadge::isDashed(state) == (StateBadge::tone(state) == Tone::Pend));
    }
}

TEST_CASE("A badge says its own word unless it is given a better one", "[gui]")
{
    StateBadge badge;
    badge.setState(StateBadge::State::Pending);
    CHECK(badge.accessibleDescription() == u"待补查"_s);

    badge.setWord(u"少一位"_s);
    CHECK(badge.accessibleDescription() == u"少一位"_s);

    badge.setWord({});
    CHECK(badge.word() == u"待补查"_s);
}

TEST_CASE("The gate is described in one sentence and grows with its text", "[gui]")
{
    applyTheme(application(), Theme::light());
    GatePreview gate;
    gate.setLed(GatePreview::notLinkedSentence());
    gate.setNote(u"请走人工通道"_s);

    CHECK(gate.accessibleName() == u"闸机"_s);
    CHECK(gate.accessibleDescription() ==
          u"闸门不开，提示 未查到健康码信息，请您尽快授权升级；请走人工通道"_s);

    const int wide = gate.heightForWidth(708);
    gate.setNote(
        u"Meaning: no health code information found, please authorise the upgrade soon."_s.repeated(
            3));
    CHECK(gate.heightForWidth(708) > wide);
    CHECK(gate.heightForWidth(400) > gate.heightForWidth(708));
}

TEST_CASE("0, 1 and 2 days pass and nothing else does", "[gui]")
{
    CHECK(DayScale::passes(DayScale::Cell::Day0));
    CHECK(DayScale::passes(DayScale::Cell::Day1));
    CHECK(DayScale::passes(DayScale::Cell::Day2));
    CHECK_FALSE(DayScale::passes(DayScale::Cell::Day3OrMore));
    CHECK_FALSE(DayScale::passes(DayScale::Cell::NoResult));

    DayScale scale;
    CHECK(scale.accessibleDescription().isEmpty());
    scale.setCurrent(DayScale::Cell::Day3OrMore);
    CHECK(scale.accessibleDescription() == u"3 天及以上，劝返"_s);
}

TEST_CASE("Arrow keys move a segment past what is not available", "[gui]")
{
    auto *segment = new Segment;
    segment->addChoice(u"身份证"_s, Qt::ALT | Qt::Key_1);
    segment->addChoice(u"扫描"_s, Qt::ALT | Qt::Key_2);
    segment->addChoice(u"手工输入"_s, Qt::ALT | Qt::Key_3);
    segment->setChoiceEnabled(1, false);
    Window window({segment});
    QSignalSpy changed(segment, &Segment::currentChanged);
    CHECK(segment->current() == 0);

    QTest::keyClick(segment, Qt::Key_Right);
    CHECK(segment->current() == 2);
    QTest::keyClick(segment, Qt::Key_Right);
    CHECK(segment->current() == 2);
    QTest::keyClick(segment, Qt::Key_Left);
    CHECK(segment->current() == 0);
    QTest::keyClick(&window, Qt::Key_3, Qt::AltModifier);
    CHECK(segment->current() == 2);
    QTest::keyClick(&window, Qt::Key_2, Qt::AltModifier);
    CHECK(segment->current() == 2);

    CHECK(changed.size() == 3);
}

TEST_CASE("A PIN takes six digits and nothing else", "[gui]")
{
    auto *pin = new PinEdit;
    Window window({pin});
    pin->setFocus();
    QSignalSpy completed(pin, &PinEdit::completed);

    QTest::keyClicks(pin, u"1a 3-5"_s);
    CHECK(pin->pin() == u"135"_s);
    CHECK(pin->accessibleName() == u"PIN，已输 3 位"_s);
    QTest::keyClick(pin, Qt::Key_Backspace);
    CHECK(pin->typed() == 2);
    CHECK(completed.isEmpty());

    QTest::keyClicks(pin, u"579012"_s);
    CHECK(pin->pin() == u"135790"_s);
    CHECK(completed.size() == 1);

    QGuiApplication::clipboard()->setText(u"111111"_s);
    pin->clear();
    QTest::keyClick(pin, Qt::Key_V, Qt::ControlModifier);
    CHECK(pin->typed() == 0);
}

TEST_CASE("A wrong PIN stays marked until the next key", "[gui]")
{
    applyTheme(application(), Theme::light());
    PinEdit pin;
    pin.resize(424, 72);
    const QImage plain = pin.grab().toImage();

    pin.setWrong(true);
    CHECK(pin.grab().toImage() != plain);

    pin.clear();
    CHECK(pin.grab().toImage() == plain);
}

TEST_CASE("The keypad types into a field without taking its focus", "[gui]")
{
    auto *pin = new PinEdit;
    auto *keypad = new TouchKeypad;
    Window window({pin, keypad});
    QObject::connect(keypad, &TouchKeypad::digit, pin, &PinEdit::type);
    QObject::connect(keypad, &TouchKeypad::backspace, pin, &PinEdit::backspace);
    QObject::connect(keypad, &TouchKeypad::cleared, pin, &PinEdit::clear);
    pin->setFocus();
    const auto press = [keypad](const QString &hint) {
        for (KeypadKey *key : keypad->findChildren<KeypadKey *>()) {
            if (key->property("keyHint").toString() == hint)
                QTest::mouseClick(key, Qt::LeftButton);
        }
    };

    for (const QChar digit : u"90210"_s)
        press(digit);
    CHECK(pin->pin() == u"90210"_s);
    press(u"Backspace"_s);
    CHECK(pin->pin() == u"9021"_s);
    CHECK(pin->hasFocus());
    press(u"Esc"_s);
    CHECK(pin->typed() == 0);
}

TEST_CASE("A document number is read as a person meant it", "[gui]")
{
    const auto [typed, meant] =
        GENERATE(table<QString, QString>({{u"11010119900101001x"_s, u"11010119900101001X"_s},
                                          {u"110101 19900101 0011"_s, u"110101199001010011"_s},
                                          {u"１１０１０１"_s, u"110101"_s},
                                          {u"ｘ－1"_s, u"X1"_s},
                                          {u" e1234-5678 "_s, u"E12345678"_s},
                                          {u""_s, u""_s}}));

    CHECK(DocumentNumberEdit::normalised(typed) == meant);
    CHECK(DocumentNumberEdit::normalised(meant) == meant);

    DocumentNumberEdit field;
    field.setText(typed);
    CHECK(field.number() == meant);
    CHECK(field.text() == meant);
}

TEST_CASE("The cursor stays where the person typed", "[gui]")
{
    auto *field = new DocumentNumberEdit;
    Window window({field});
    field->setFocus();
    QTest::keyClicks(field, u"110101x"_s);
    QTest::keyClick(field, Qt::Key_Home);
    QTest::keyClicks(field, u"a "_s);

    CHECK(field->text() == u"A110101X"_s);
    CHECK(field->cursorPosition() == 1);
}

TEST_CASE("A document number does not reach the clipboard", "[gui]")
{
    auto *field = new DocumentNumberEdit;
    Window window({field});
    field->setText(u"110101199001010011"_s);
    field->setFocus();
    QGuiApplication::clipboard()->setText(u"before"_s);

    field->selectAll();
    QTest::keyClick(field, Qt::Key_C, Qt::ControlModifier);
    QTest::keyClick(field, Qt::Key_X, Qt::ControlModifier);
    QTest::keyClick(field, Qt::Key_Insert, Qt::ControlModifier);

    CHECK(QGuiApplication::clipboard()->text() == u"before"_s);
    CHECK(field->text() == u"110101199001010011"_s);
}

TEST_CASE("A click into a document number puts the cursor between the characters there", "[gui]")
{
    auto *field = new DocumentNumberEdit;
    field->setFixedWidth(708);
    Window window({field});
    field->setText(u"110101199001010011"_s);

    QTest::mouseClick(field, Qt::LeftButton, {}, QPoint(2, 36));
    CHECK(field->cursorPosition() == 0);
    QTest::mouseClick(field, Qt::LeftButton, {}, QPoint(700, 36));
    CHECK(field->cursorPosition() == 18);
}

TEST_CASE("The status strip shows what it is given and renews it in place", "[gui]")
{
    auto *strip = new StatusStrip;
    Window window({strip});
    StatusItem reader{.id = u"reader"_s, .label = u"读卡器"_s, .value = u"正常"_s};
    strip->setItem(reader);
    strip->setItem({.id = u"queue"_s, .label = u"队列"_s, .value = u"0"_s});
    CHECK(strip->findChildren<StatusChip *>().size() == 2);
    CHECK(strip->chip(u"hub"_s) == nullptr);

    StatusChip *chip = strip->chip(u"reader"_s);
    reader.value = u"未连接"_s;
    reader.mood = StatusItem::Mood::Bad;
    strip->setItem(reader);
    CHECK(strip->chip(u"reader"_s) == chip);
    CHECK(chip->accessibleName() == u"读卡器 未连接"_s);

    strip->removeItem(u"queue"_s);
    CHECK(strip->chip(u"queue"_s) == nullptr);
}

TEST_CASE("Only a chip that opens something can be chosen", "[gui]")
{
    auto *strip = new StatusStrip;
    auto *next = primary(u"下一位"_s);
    Window window({strip, next});
    next->arm();
    strip->setItem({.id = u"clock"_s, .value = u"08:31"_s});
    strip->setItem(
        {.id = u"queue"_s, .label = u"队列"_s, .value = u"0"_s, .hint = u"按 Enter 看队列"_s});
    QApplication::processEvents();
    QSignalSpy chosen(strip, &StatusStrip::chosen);
    QSignalSpy nextClicked(next, &KeyButton::clicked);

    QTest::mouseClick(strip->chip(u"clock"_s), Qt::LeftButton);
    CHECK(chosen.isEmpty());
    QTest::mouseClick(strip->chip(u"queue"_s), Qt::LeftButton);
    strip->chip(u"queue"_s)->setFocus();
    QTest::keyClick(strip->chip(u"queue"_s), Qt::Key_Return);

    CHECK(chosen.size() == 2);
    CHECK(nextClicked.isEmpty());
}

TEST_CASE("The task rail lists the tasks there are and keeps choice and counts", "[gui]")
{
    auto *rail = new TaskRail;
    Window window({rail});
    QList<RailTask> tasks{
        {u"upgrade"_s, Icon::Up, u"升级办理"_s, Qt::Key_F2},
        {u"inbox"_s, Icon::Inbox, u"待处理"_s, Qt::Key_F8, RailTask::Place::Back}};
    rail->setTasks(tasks);
    QSignalSpy chosen(rail, &TaskRail::chosen);

    rail->setCurrent(u"upgrade"_s);
    CHECK(chosen.isEmpty());
    rail->setCount(u"inbox"_s, 2);
    CHECK(rail->button(u"inbox"_s)->accessibleName() == u"待处理，2 条"_s);
    CHECK(rail->button(u"inbox"_s)->accessibleDescription() == u"F8"_s);
    QApplication::processEvents();
    QTest::keyClick(&window, Qt::Key_F8);
    REQUIRE(chosen.size() == 1);
    CHECK(chosen.at(0).at(0).toString() == u"inbox"_s);

    tasks[1].label = u"To fix"_s;
    rail->setTasks(tasks);
    CHECK(rail->current() == u"inbox"_s);
    CHECK(rail->button(u"inbox"_s)->count() == 2);
    CHECK(rail->button(u"lock"_s) == nullptr);
    QApplication::processEvents();
    QTest::keyClick(&window, Qt::Key_F8);
    CHECK(chosen.size() == 2);
}

TEST_CASE("The focus ring stands around the control that has the focus", "[gui]")
{
    auto *one = new KeyButton(u"结束"_s, Qt::Key_Escape);
    auto *two = new KeyButton(u"下一位"_s, Qt::Key_F2);
    auto *pin = new PinEdit;
    Window window({one, two, pin});
    auto *ring = new FocusRing(&window);

    two->setFocus();
    CHECK(ring->target() == two);
    CHECK(ring->isVisible());
    CHECK(ring->geometry() == two->geometry().adjusted(-5, -5, 5, 5));

    one->setFocus();
    CHECK(ring->geometry() == one->geometry().adjusted(-5, -5, 5, 5));

    one->move(one->pos() + QPoint(7, 0));
    QApplication::processEvents();
    CHECK(ring->geometry() == one->geometry().adjusted(-5, -5, 5, 5));

    pin->setFocus();
    CHECK(ring->target() == nullptr);
    CHECK_FALSE(ring->isVisible());
}

TEST_CASE("A notice shows plain text as it is", "[gui]")
{
    NoticeStrip notice;
    notice.setText(u"<b>尾号 8813</b>"_s);
    for (const QLabel *label : notice.findChildren<QLabel *>())
        CHECK(label->textFormat() == Qt::PlainText);
    CHECK(notice.accessibleName() == u"<b>尾号 8813</b>"_s);

    notice.setTitle(u"最后一位对不上"_s);
    CHECK(notice.accessibleName() == u"最后一位对不上"_s);
}

TEST_CASE("A notice passes its action on", "[gui]")
{
    auto *notice = new NoticeStrip;
    notice->setText(u"读到另一张卡，尾号 8813"_s);
    notice->setAction(u"换成这张"_s, Qt::ALT | Qt::Key_Y);
    Window window({notice});
    QSignalSpy triggered(notice, &NoticeStrip::actionTriggered);

    QTest::keyClick(&window, Qt::Key_Y, Qt::AltModifier);
    CHECK(triggered.size() == 1);

    notice->setAction({}, {});
    QTest::keyClick(&window, Qt::Key_Y, Qt::AltModifier);
    CHECK(triggered.size() == 1);
}

TEST_CASE("The passenger's screen names no state of the card it does not know", "[gui]")
{
    PassengerPreview preview;
    PassengerScene scene{.view = PassengerScene::View::Card, .number = u"3104870000001234560"_s};
    scene.cardState = StateBadge::State::Foreign;
    preview.setScene(scene);
    CHECK(preview.words() == QStringList{u"请核对卡号"_s, u"此卡不能在本台升级"_s});

    scene.view = PassengerScene::View::DoneQueued;
    preview.setScene(scene);
    CHECK(preview.words() == QStringList{u"升级已保存"_s, u"这一次请走人工通道，出示核酸结果"_s});
    CHECK(preview.scene() == scene);
}

TEST_CASE("A change of language reaches every name", "[gui]")
{
    auto *stepper = new Stepper;
    auto *badge = new StateBadge;
    auto *gate = new GatePreview;
    gate->setLed(GatePreview::notLinkedSentence());
    auto *say = new SayPanel;
    auto *preview = new PassengerPreview;
    auto *pin = new PinEdit;
    auto *keypad = new TouchKeypad;
    auto *number = new CardNumberView;
    auto *scale = new DayScale;
    auto *document = new DocumentNumberEdit;
    auto *rail = new TaskRail;
    const QList<QWidget *> named{stepper, badge,  gate,  say,      preview,
                                 pin,     number, scale, document, rail};
    Window window({stepper, badge, gate, say, preview, pin, number, scale, document, rail, keypad});
    MarkingTranslator translator;

    QCoreApplication::installTranslator(&translator);
    QApplication::processEvents();
    for (const QWidget *widget : named) {
        CAPTURE(QString::fromLatin1(widget->metaObject()->className()));
        CHECK(widget->accessibleName().startsWith(u"EN "_s));
    }
    CHECK(badge->word() == u"EN 未升级"_s);
    CHECK(keypad->findChildren<KeypadKey *>().first()->text() == u"EN 清空"_s);
    CHECK(gate->led() == u"未查到健康码信息，请您尽快授权升级"_s);

    QCoreApplication::removeTranslator(&translator);
    QApplication::processEvents();
    for (const QWidget *widget : named)
        CHECK_FALSE(widget->accessibleName().startsWith(u"EN "_s));
}
