#include "support/catch.h"

#include "gui/theme/theme.h"
#include "gui/widgets/cardnumberview.h"
#include "gui/widgets/choicebox.h"
#include "gui/widgets/countdownbar.h"
#include "gui/widgets/dayscale.h"
#include "gui/widgets/documentnumberedit.h"
#include "gui/widgets/focusring.h"
#include "gui/widgets/gatepreview.h"
#include "gui/widgets/iconlabel.h"
#include "gui/widgets/idleart.h"
#include "gui/widgets/keybutton.h"
#include "gui/widgets/logomark.h"
#include "gui/widgets/noticestrip.h"
#include "gui/widgets/passengerpreview.h"
#include "gui/widgets/pinedit.h"
#include "gui/widgets/readerlostart.h"
#include "gui/widgets/resultdisc.h"
#include "gui/widgets/rowline.h"
#include "gui/widgets/saypanel.h"
#include "gui/widgets/segment.h"
#include "gui/widgets/statebadge.h"
#include "gui/widgets/statusstrip.h"
#include "gui/widgets/stepper.h"
#include "gui/widgets/taskrail.h"
#include "gui/widgets/touchkeypad.h"

#include <QApplication>
#include <QDir>
#include <QHBoxLayout>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPixmap>
#include <QSet>
#include <QVBoxLayout>

#include <functional>
#include <memory>

using namespace upgradedesk;
using namespace Qt::StringLiterals;

namespace
{

const QString cardNumber = u"3104870000001234560"_s;
const QList<int> cardGroups{4, 4, 4, 4, 3};

QVBoxLayout *columnOf(QWidget &sheet)
{
    auto *column = new QVBoxLayout(&sheet);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(16);
    return column;
}

void fillButtons(QWidget &sheet)
{
    auto *column = columnOf(sheet);
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(new KeyButton(u"结束"_s, Qt::Key_Escape));
    row->addWidget(new KeyButton(u"走人工通道"_s, Qt::Key_F6));
    auto *read = new KeyButton(u"朗读"_s, Qt::ALT | Qt::Key_R);
    read->setSymbol(Icon::Speaker);
    row->addWidget(read);
    auto *off = new KeyButton(u"改卡片"_s, Qt::ALT | Qt::Key_1);
    off->setEnabled(false);
    row->addWidget(off);
    row->addStretch();
    column->addLayout(row);

    auto *second = new QHBoxLayout;
    auto *english = new KeyButton(u"English"_s, Qt::CTRL | Qt::Key_L);
    english->setCompact(true);
    english->setSymbol(Icon::Globe);
    second->addWidget(english);
    auto *flat = new KeyButton(u"撤销"_s, Qt::CTRL | Qt::Key_Z);
    flat->setRole(KeyButton::Role::flat);
    second->addWidget(flat);
    second->addStretch();
    for (const bool enabled : {true, false}) {
        auto *primary = new KeyButton(u"下一步，稍后补查"_s, Qt::Key_Return);
        primary->setRole(KeyButton::Role::primary);
        primary->setEnabled(enabled);
        second->addWidget(primary);
        if (enabled)
            primary->setFocus();
        second->addSpacing(12);
    }
    column->addLayout(second);

    auto *segment = new Segment;
    segment->addChoice(u"身份证"_s, Qt::ALT | Qt::Key_1, Icon::Id);
    segment->addChoice(u"护照 / 通行证扫描"_s, Qt::ALT | Qt::Key_2, Icon::Scan);
    segment->addChoice(u"手工输入"_s, Qt::ALT | Qt::Key_3, Icon::Keyboard);
    segment->setCurrent(2);
    segment->setFull(true);
    column->addWidget(segment);
    auto *small = new Segment;
    small->setCompact(true);
    small->addChoice(u"中文"_s);
    small->addChoice(u"English"_s);
    column->addWidget(small);
    column->addWidget(new CountdownBar, 0, Qt::AlignLeft);
    qobject_cast<CountdownBar *>(column->itemAt(4)->widget())
        ->setText(u"8 秒后回到待机，放卡立即开始"_s);
    qobject_cast<CountdownBar *>(column->itemAt(4)->widget())->setLeft(0.8);
    column->addStretch();
    new FocusRing(&sheet);
}

void fillStepper(QWidget &sheet)
{
    auto *column = columnOf(sheet);
    for (int current = 0; current <= Stepper::count; ++current) {
        auto *stepper = new Stepper;
        stepper->setNote(0, u"一卡通实体卡 4560"_s);
        stepper->setNote(1, u"测*甲 身份证"_s);
        stepper->setNote(2, u"已同意 08:31"_s);
        stepper->setNote(3, u"待补查"_s);
        stepper->setPending(3, true);
        stepper->setNote(4, u"08:31:19"_s);
        stepper->setCurrent(current);
        column->addWidget(stepper);
    }
    column->addStretch();
}

void fillNumbers(QWidget &sheet)
{
    auto *column = columnOf(sheet);
    const auto add = [&](const QString &digits, const QList<int> &groups) {
        auto *view = new CardNumberView;
        view->setNumber(digits, groups);
        view->setFixedWidth(708);
        column->addWidget(view);
        return view;
    };
    add(cardNumber, cardGroups);
    add(u"91556600000013579246"_s, {4, 4, 4, 4, 4});
    add(u"8001202200004566"_s, {4, 4, 4, 4});
    add(u"10007511000012345"_s, {4, 4, 4, 5});
    auto *missing = add(u"310487000001234560"_s, cardGroups);
    missing->setMissing(1);
    auto *marked = add(cardNumber, cardGroups);
    marked->setDigitSize(26);
    marked->setMarks({8});
    add(u"3104***********4560"_s, cardGroups)->setDigitSize(34);
    add(cardNumber, cardGroups)->setDigitSize(20);
    column->addStretch();
}

void fillBadges(QWidget &sheet)
{
    auto *column = columnOf(sheet);
    for (const bool small : {false, true}) {
        auto *rows = new QGridLayout;
        rows->setSpacing(12);
        for (int i = 0; i <= int(StateBadge::State::MayNotEnter); ++i) {
            auto *badge = new StateBadge;
            badge->setState(StateBadge::State(i));
            badge->setSmall(small);
            rows->addWidget(badge, i / 5, i % 5);
        }
        column->addLayout(rows);
    }
    auto *row = new QHBoxLayout;
    for (const auto result : {ResultDisc::Result::Done, ResultDisc::Result::Good,
                              ResultDisc::Result::Pending, ResultDisc::Result::Stop}) {
        auto *disc = new ResultDisc;
        disc->setResult(result);
        row->addWidget(disc);
    }
    auto *well = new IconLabel(Icon::Card, {});
    well->setSizes(32, 15);
    well->setStroke(1.8);
    well->setTone(Tone::Ink2);
    well->setWell(56);
    row->addWidget(well);
    row->addWidget(new IconLabel(Icon::Lock, u"离开此步后证件号只显示前 3 位和后 4 位"_s));
    row->addWidget(new LogoMark);
    column->addLayout(row);
    for (const auto cell : {DayScale::Cell::Day1, DayScale::Cell::Day3OrMore}) {
        auto *scale = new DayScale;
        scale->setCurrent(cell);
        column->addWidget(scale);
    }
    column->addStretch();
}

void fillGates(QWidget &sheet)
{
    auto *column = columnOf(sheet);
    auto *closed = new GatePreview;
    closed->setTitle(u"现在刷闸机，会听到并看到"_s);
    closed->setLed(GatePreview::notLinkedSentence());
    closed->setNote(u"闸门不开·不能走自动查验通道"_s);
    auto *open = new GatePreview;
    open->setGate(GatePreview::Gate::Open);
    open->setTitle(u"刷闸机时"_s);
    open->setSentence(u"流程与以前一样，设备自动查验核酸结果"_s);
    open->setNote(u"0、1、2 天放行；其他情况闸门不开，请走人工通道"_s);
    auto *foreign = new GatePreview;
    foreign->setTitle(u"刷闸机时"_s);
    foreign->setSentence(u"查不到健康码信息，不能走自动查验通道"_s);
    foreign->setNote(u"本台不能升级此卡；可改用已升级的乘车码，或走人工通道"_s);
    auto *large = new GatePreview;
    large->setGate(GatePreview::Gate::Open);
    large->setLarge(true);
    large->setTitle(u"现在刷闸机"_s);
    large->setSentence(u"开闸，流程与以前一样"_s);
    large->setNote(
        u"设备自动查验核酸结果；0、1、2 天放行\n不会再提示「未查到健康码信息，请您尽快授权升级」"_s);
    for (GatePreview *gate : {closed, open, foreign, large})
        column->addWidget(gate);
    column->addStretch();
}

void fillSide(QWidget &sheet)
{
    auto *row = new QHBoxLayout(&sheet);
    row->setContentsMargins(24, 24, 24, 24);
    row->setSpacing(24);
    using View = PassengerScene::View;
    const QList<PassengerScene> scenes{
        {.view = View::Idle},
        {.view = View::Card, .number = cardNumber, .groups = cardGroups},
        {.view = View::Card,
         .cardState = StateBadge::State::Upgraded,
         .number = cardNumber,
         .groups = cardGroups},
        {.view = View::Document},
        {.view = View::Consent},
        {.view = View::HealthPending},
        {.view = View::Confirm,
         .number = cardNumber,
         .groups = cardGroups,
         .maskedName = u"测*甲"_s},
        {.view = View::Done},
        {.view = View::DoneQueued}};
    for (int c = 0; c < 3; ++c) {
        auto *column = new QVBoxLayout;
        column->setSpacing(16);
        auto *say = new SayPanel;
        say->setFixedWidth(336);
        say->setText(c == 0 ? u"您这张卡还没升级，请出示身份证，大约半分钟就好。"_s
                            : u"好了，现在就可以刷卡进站，和以前一样刷。"_s);
        column->addWidget(say);
        for (int i = 0; i < 3; ++i) {
            auto *preview = new PassengerPreview;
            preview->setScene(scenes.at(c * 3 + i));
            preview->setFixedWidth(336);
            column->addWidget(preview);
        }
        column->addStretch();
        row->addLayout(column);
    }
}

void fillNotices(QWidget &sheet)
{
    auto *column = columnOf(sheet);
    auto *info = new NoticeStrip;
    info->setCompact(true);
    info->setSymbol(Icon::Id);
    info->setText(u"放上证件就自动开始"_s);
    info->setFixedWidth(336);
    column->addWidget(info);
    auto *consent = new NoticeStrip;
    consent->setSymbol(Icon::Screen);
    consent->setText(u"乘客也可以在乘客屏上点「同意」，这里会自动进入下一步"_s);
    column->addWidget(consent);
    auto *bad = new NoticeStrip;
    bad->setKind(NoticeStrip::Kind::bad);
    bad->setTitle(u"最后一位对不上"_s);
    bad->setText(u"多半是前面某一位输错；请从出生日期开始再看一遍。不是漏输，18 位齐了。"_s);
    column->addWidget(bad);
    auto *pend = new NoticeStrip;
    pend->setKind(NoticeStrip::Kind::pend);
    pend->setSymbol(Icon::Queue);
    pend->setMarkup(u"联网后自动上传、自动补查，<b>不用再叫乘客回来</b>。"_s);
    column->addWidget(pend);
    auto *warn = new NoticeStrip;
    warn->setKind(NoticeStrip::Kind::warn);
    warn->setText(u"读到另一张卡，尾号 8813"_s);
    warn->setAction(u"换成这张"_s, Qt::ALT | Qt::Key_Y);
    column->addWidget(warn);
    auto *longer = new NoticeStrip;
    longer->setKind(NoticeStrip::Kind::ok);
    longer->setText(u"升级可以办，今天闸机不放行；请先做核酸。"_s.repeated(4));
    column->addWidget(longer);
    column->addStretch();
}

void fillFields(QWidget &sheet)
{
    auto *row = new QHBoxLayout(&sheet);
    row->setContentsMargins(24, 24, 24, 24);
    row->setSpacing(56);
    auto *column = new QVBoxLayout;
    column->setSpacing(16);
    auto *combo = new ChoiceBox;
    combo->addItems({u"居民身份证"_s, u"港澳台居民居住证"_s});
    column->addWidget(combo);
    auto *name = new QLineEdit;
    name->setText(u"测试甲"_s);
    column->addWidget(name);
    auto *wrong = new DocumentNumberEdit;
    wrong->setText(u"110101190001010011"_s);
    wrong->setWrong(17);
    column->addWidget(wrong);
    auto *typing = new DocumentNumberEdit;
    typing->setText(u"1101011900010"_s);
    column->addWidget(typing);
    auto *pin = new PinEdit;
    pin->setFixedWidth(424);
    for (const QChar digit : u"135"_s)
        pin->type(digit);
    column->addWidget(pin);
    auto *wrongPin = new PinEdit;
    wrongPin->setFixedWidth(424);
    for (const QChar digit : u"135792"_s)
        wrongPin->type(digit);
    wrongPin->setWrong(true);
    column->addWidget(wrongPin);
    column->addStretch();
    row->addLayout(column, 1);
    row->addWidget(new TouchKeypad, 0, Qt::AlignTop);
    pin->setFocus();
}

void fillRows(QWidget &sheet)
{
    auto *column = columnOf(sheet);
    column->setSpacing(0);
    const auto fact = [&](Icon icon, const QString &label, const QString &value) {
        auto *line = new RowLine;
        line->setIcon(icon);
        line->setLabel(label);
        line->setValue(value);
        column->addWidget(line);
        return line;
    };
    fact(Icon::User, u"乘客"_s, u"测*甲"_s)->setRight(u"110***********1234"_s);
    fact(Icon::Document, u"授权"_s, u"已同意 告知书第 3 版"_s)
        ->setRight(u"08:31 乘客屏"_s, Tone::Ink2);
    fact(Icon::Shield, u"核酸"_s, u"阴性，1 天"_s)->setRight(u"可以进站"_s, Tone::Ok, Icon::Check);
    auto *pending = fact(Icon::Shield, u"核酸"_s, u"待补查"_s);
    pending->setPending(true);
    pending->setRight(u"联网后自动补查"_s, Tone::Pend, Icon::Hourglass);
    for (const auto &[icon, label, text] :
         {std::tuple{Icon::Document, u"收集什么"_s, u"姓名、证件号、这张卡的卡号。"_s},
          std::tuple{Icon::Undo, u"可以反悔"_s,
                     u"随时到服务台解绑；不同意也能走人工通道进站。"_s}}) {
        auto *line = fact(icon, label, text);
        line->setLook(RowLine::Look::Notice);
    }
    int number = 0;
    for (const QString &text :
         {u"看读卡器的灯；不亮就把 USB 线拔下再插紧"_s, u"还不行，换一个 USB 口"_s}) {
        auto *line = fact(Icon::None, {}, text);
        line->setLook(RowLine::Look::Numbered);
        line->setNumber(++number, Tone::Bad);
    }
    auto *art = new QHBoxLayout;
    art->addWidget(new IdleArt);
    art->addWidget(new ReaderLostArt);
    column->addLayout(art);
    column->addStretch();
}

void fillShell(QWidget &sheet)
{
    auto *grid = new QGridLayout(&sheet);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(0);
    auto *rail = new TaskRail;
    rail->setFixedWidth(184);
    using Place = RailTask::Place;
    rail->setTasks({{u"upgrade"_s, Icon::Up, u"升级办理"_s, Qt::Key_F2, Place::Bench},
                    {u"topup"_s, Icon::Wallet, u"首次充值登记"_s, Qt::Key_F4, Place::Bench},
                    {u"inbox"_s, Icon::Inbox, u"待处理"_s, Qt::Key_F8, Place::Back},
                    {u"report"_s, Icon::Chart, u"班次报表"_s, Qt::Key_F10, Place::Back},
                    {u"settings"_s, Icon::Gear, u"设置"_s, Qt::CTRL | Qt::Key_Comma, Place::Foot},
                    {u"lock"_s, Icon::Lock, u"锁屏 / 换班"_s, Qt::Key_F12, Place::Foot}});
    rail->setCurrent(u"upgrade"_s);
    rail->setCount(u"inbox"_s, 2);
    grid->addWidget(rail, 0, 0);
    grid->addWidget(new QLabel(u"请刷卡"_s), 0, 1, Qt::AlignCenter);
    qobject_cast<QLabel *>(grid->itemAt(1)->widget())->setProperty("type", u"hero"_s);
    int line = 1;
    for (const bool bad : {false, true}) {
        auto *strip = new StatusStrip;
        using Item = StatusItem;
        strip->setItem({.id = u"reader"_s,
                        .icon = bad ? Icon::CrossCircle : Icon::CheckCircle,
                        .label = u"读卡器"_s,
                        .value = bad ? u"未连接"_s : u"正常"_s,
                        .mood = bad ? Item::Mood::Bad : Item::Mood::Calm});
        strip->setItem({.id = u"hub"_s,
                        .icon = Icon::HubOff,
                        .label = u"中心"_s,
                        .value = u"离线"_s,
                        .mood = Item::Mood::Waiting});
        strip->setItem(
            {.id = u"queue"_s, .icon = Icon::Queue, .label = u"队列"_s, .value = u"0"_s});
        strip->setItem({.id = u"operator"_s,
                        .icon = Icon::User,
                        .value = u"测试员01"_s,
                        .side = Item::Side::Right});
        strip->setItem({.id = u"clock"_s,
                        .icon = Icon::Clock,
                        .value = u"6月2日 周四 08:31"_s,
                        .side = Item::Side::Right});
        strip->setFixedHeight(40);
        grid->addWidget(strip, line++, 0, 1, 2);
    }
}

void fillIcons(QWidget &sheet)
{
    auto *grid = new QGridLayout(&sheet);
    int at = 0;
    for (const Icon icon : allIcons()) {
        auto *label = new IconLabel(icon, {});
        label->setSizes(48, 15);
        label->setTone(Tone::Ink);
        grid->addWidget(label, at / 12, at % 12);
        ++at;
    }
}

struct Sheet {
    QString name;
    QSize size;
    std::function<void(QWidget &)> fill;
};

const QList<Sheet> sheets{
    {u"buttons"_s, {1182, 400}, fillButtons}, {u"stepper"_s, {1182, 480}, fillStepper},
    {u"numbers"_s, {790, 720}, fillNumbers},  {u"badges"_s, {1182, 640}, fillBadges},
    {u"gates"_s, {756, 620}, fillGates},      {u"side"_s, {1104, 900}, fillSide},
    {u"notices"_s, {756, 640}, fillNotices},  {u"fields"_s, {1182, 560}, fillFields},
    {u"rows"_s, {756, 840}, fillRows},        {u"shell"_s, {1366, 768}, fillShell},
    {u"icons"_s, {840, 320}, fillIcons}};

QImage render(const Sheet &sheet, const Theme &theme)
{
    applyTheme(*qobject_cast<QApplication *>(qApp), theme);
    QWidget window;
    window.setProperty("page", true);
    window.setAttribute(Qt::WA_StyledBackground);
    window.resize(sheet.size);
    sheet.fill(window);
    window.show();
    window.activateWindow();
    QApplication::processEvents();
    return window.grab().toImage().convertToFormat(QImage::Format_RGB32);
}

} // namespace

TEST_CASE("Every widget paints itself in both themes and at the largest text size", "[gui]")
{
    const auto [name, theme] =
        GENERATE(std::pair{u"light"_s, Theme::light()}, std::pair{u"dark"_s, Theme::dark()},
                 std::pair{u"light125"_s, Theme::light(1.25)});
    const QDir folder(QStringLiteral(UPGRADEDESK_BIN_DIR) + u"/../gallery"_s);
    REQUIRE(folder.mkpath(u"."_s));

    for (const Sheet &sheet : sheets) {
        const QImage picture = render(sheet, theme);
        CAPTURE(sheet.name, name);
        CHECK(picture.save(folder.filePath(sheet.name + u'-' + name + u".png"_s)));

        // A sheet nobody painted on has one or two colours.
        QSet<QRgb> colours;
        for (int y = 0; y < picture.height(); y += 2) {
            for (int x = 0; x < picture.width(); x += 2)
                colours.insert(picture.pixel(x, y));
        }
        CHECK(colours.size() > 20);
        CHECK(picture.pixelColor(picture.width() - 2, 2) == theme.bg);
    }
}
