#include "support/catch.h"

#include "gui/hub_states.h"
#include "gui/pages/queuetable.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

struct ReceiptDesk : WindowUnderTest {
    ReceiptDesk() { logIn(); }

    void setReady() { receipts.setPrinter({PrinterState::Kind::Ready, {}}); }

    void finishLink(const QString &language = u"zh_CN"_s)
    {
        tap(beijingCard());
        controller.apply(StartLink{});
        controller.apply(DocumentEntered{adult()});
        controller.apply(ConsentGiven{u"operator"_s, language});
        controller.apply(HealthDeferred{});
        controller.apply(ConfirmLink{});
        settle();
        REQUIRE(step() == LinkStep::Done);
    }

    /// The button of that text that can be seen, or null.
    KeyButton *button(const QString &text) const
    {
        for (KeyButton *button : window.findChildren<KeyButton *>()) {
            if (button->isVisible() && button->text() == text)
                return button;
        }
        return nullptr;
    }

    QString notice() const
    {
        const auto *strip = visible<NoticeStrip>(u"notice"_s);
        return strip ? strip->text() : QString();
    }

    ReceiptTasks &receipts = tasks.receipts();
    QSignalSpy asked{&receipts, &ReceiptTasks::printRequested};
};

const Error noPaper{ErrorCode::PrinterNoPaper, {}, {}};

} // namespace

TEST_CASE("Where no printer is set up nothing speaks of receipts", "[gui]")
{
    ReceiptDesk desk;
    desk.finishLink();
    CHECK_FALSE(desk.button(u"打印回执"_s));
    desk.press(Qt::Key_P, Qt::AltModifier);
    CHECK(desk.asked.isEmpty());

    desk.setReady();
    desk.settle();
    CHECK(desk.button(u"打印回执"_s));
}

TEST_CASE("Alt+P prints the receipt of the record on the page, in the passenger's language",
          "[gui]")
{
    const auto [consent, language] = GENERATE(table<QString, Language>({
        {u"zh_CN"_s, Language::Chinese},
        {u"en"_s, Language::English},
    }));
    ReceiptDesk desk;
    desk.setReady();
    desk.finishLink(consent);

    desk.press(Qt::Key_P, Qt::AltModifier);

    REQUIRE(desk.asked.size() == 1);
    CHECK(desk.asked.first().at(0) == desk.done().record);
    CHECK(desk.asked.first().at(1).value<Language>() == language);
    REQUIRE(desk.button(u"正在打印回执"_s));
    CHECK_FALSE(desk.button(u"正在打印回执"_s)->isEnabled());
    // Once is enough, however often the key is pressed.
    desk.press(Qt::Key_P, Qt::AltModifier);
    CHECK(desk.asked.size() == 1);
    desk.receipts.setPrinted(desk.done().record);
    desk.settle();
    CHECK(desk.button(u"重新打印"_s));
    CHECK(desk.notice().isEmpty());
}

TEST_CASE("A receipt that is not printed is one calm sentence, and can be printed again", "[gui]")
{
    ReceiptDesk desk;
    desk.setReady();
    desk.finishLink();
    desk.press(Qt::Key_P, Qt::AltModifier);
    desk.receipts.setFailed(desk.done().record, noPaper);
    desk.settle();

    CHECK(desk.notice() == u"回执没打出来，升级已完成。打印机没有纸了，请装好纸再打印。");
    CHECK(desk.visible<NoticeStrip>(u"notice"_s)->kind() == NoticeStrip::Kind::warn);
    // The page is still the one of a link that is done, and its next passenger one key away.
    CHECK(desk.pageNow() == u"done");
    CHECK(desk.primary()->isEnabled());
    REQUIRE(desk.button(u"重新打印"_s));
    desk.press(Qt::Key_P, Qt::AltModifier);
    CHECK(desk.asked.size() == 2);
    desk.settle();
    CHECK(desk.notice().isEmpty());
    desk.receipts.setPrinted(desk.done().record);
    desk.settle();
    CHECK(desk.notice().isEmpty());
}

TEST_CASE("The next passenger starts at once while a printer is at it or has failed", "[gui]")
{
    ReceiptDesk desk;
    desk.setReady();
    desk.finishLink();
    desk.press(Qt::Key_P, Qt::AltModifier);

    desk.tap(beijingCard(u"3105170099900056780"_s));
    CHECK(desk.step() == LinkStep::Card);
    CHECK(desk.pageNow() == u"card");
    // What is heard of the slip then is no affair of the page of another passenger.
    desk.receipts.setFailed(desk.done().record, noPaper);
    desk.settle();
    CHECK(desk.notice().isEmpty());
    CHECK(desk.asked.size() == 1);
}

TEST_CASE("The page waits for the paper, and then goes back to idle by itself", "[gui]")
{
    ReceiptDesk desk;
    desk.setReady();
    desk.window.setIdleAfter(300);
    desk.finishLink();
    desk.press(Qt::Key_P, Qt::AltModifier);
    // Longer than it would stay.
    QTest::qWait(600);
    CHECK(desk.step() == LinkStep::Done);

    desk.receipts.setFailed(desk.done().record, noPaper);
    CHECK(QTest::qWaitFor([&] { return desk.step() == LinkStep::Idle; }, 5000));
}

TEST_CASE("A slip of somebody else's record does not change this page", "[gui]")
{
    ReceiptDesk desk;
    desk.setReady();
    desk.receipts.print(u"another"_s, Language::Chinese);
    desk.finishLink();

    REQUIRE(desk.button(u"打印回执"_s));
    CHECK_FALSE(desk.button(u"打印回执"_s)->isEnabled());
    desk.receipts.setFailed(u"another"_s, noPaper);
    desk.settle();
    CHECK(desk.button(u"打印回执"_s)->isEnabled());
    CHECK(desk.notice().isEmpty());
}

TEST_CASE("A receipt is printed again from the queue", "[gui]")
{
    ReceiptDesk desk;
    const QDateTime now = desk.desk.clock.now();
    QueueFacts facts;
    for (const QString &lastFour : {u"4560"_s, u"5520"_s, u"9247"_s})
        facts.rows << queueEntry(lastFour, now);
    desk.tasks.setQueue(facts);
    desk.press(Qt::Key_F9);
    auto *table = desk.visible<QueueTable>();
    REQUIRE(table);
    CHECK_FALSE(desk.visible<KeyButton>(u"printRow"_s));

    desk.setReady();
    desk.settle();
    REQUIRE(desk.visible<KeyButton>(u"printRow"_s));
    CHECK(table->chosen() == u"record-4560");
    table->setFocus();
    desk.press(Qt::Key_Down);
    CHECK(table->chosen() == u"record-5520");
    // A newer row above does not change what was chosen.
    facts.rows.prepend(queueEntry(u"1111"_s, now));
    desk.tasks.setQueue(facts);
    CHECK(table->chosen() == u"record-5520");
    desk.press(Qt::Key_P, Qt::AltModifier);

    REQUIRE(desk.asked.size() == 1);
    CHECK(desk.asked.first().at(0) == u"record-5520"_s);
    CHECK(desk.notice() == u"正在打印回执");
    desk.receipts.setFailed(u"record-5520"_s, noPaper);
    desk.settle();
    CHECK(desk.notice() == u"回执没打出来。打印机没有纸了，请装好纸再打印。");
    desk.press(Qt::Key_P, Qt::AltModifier);
    desk.receipts.setPrinted(u"record-5520"_s);
    desk.settle();
    CHECK(desk.notice() == u"回执已打印。");
    // The arrows stay inside the list.
    for (int i = 0; i < 5; ++i)
        desk.press(Qt::Key_Down);
    CHECK(table->chosen() == u"record-9247");
    for (int i = 0; i < 5; ++i)
        desk.press(Qt::Key_Up);
    CHECK(table->chosen() == u"record-1111");
}

TEST_CASE("A test slip is told apart from receipts", "[gui]")
{
    ReceiptTasks receipts;
    std::optional<Error> failure;
    int told = 0;
    QObject::connect(&receipts, &ReceiptTasks::testTold, &receipts,
                     [&](const std::optional<Error> &error) {
                         failure = error;
                         ++told;
                     });
    receipts.printTest(Language::Chinese);
    CHECK_FALSE(receipts.isPrinting());

    receipts.setPrinter({PrinterState::Kind::Ready, {}});
    receipts.printTest(Language::Chinese);
    CHECK(receipts.isPrinting());
    // An answer about a record that nobody waits for any more.
    receipts.setPrinted(u"old"_s);
    CHECK(receipts.isPrinting());
    receipts.setFailed({}, noPaper);
    CHECK(told == 1);
    CHECK(failure->code == ErrorCode::PrinterNoPaper);
    CHECK(receipts.standOf({}) == ReceiptTasks::Stand::None);
    CHECK_FALSE(receipts.isPrinting());
}
