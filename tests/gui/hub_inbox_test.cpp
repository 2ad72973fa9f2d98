#include "support/catch.h"

#include "core/sentences.h"
#include "gui/hub_states.h"
#include "gui/pages/inboxlist.h"
#include "gui/pages/rejections.h"
#include "gui/widgets/railbutton.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

struct InboxDesk : WindowUnderTest {
    QSignalSpy retried{&tasks, &DeskTasks::retryRequested};
    QSignalSpy voided{&tasks, &DeskTasks::voidRequested};

    InboxDesk()
    {
        logIn();
        press(Qt::Key_F8);
    }

    void tell(const QStringList &reasons)
    {
        QList<QueueEntry> entries;
        for (qsizetype i = 0; i < reasons.size(); ++i)
            entries << refusedEntry(reasons.at(i), QString::number(1000 + i), desk.clock.now());
        tasks.setInbox(entries);
        settle();
    }

    QString text(const QString &name) const
    {
        const auto *label = visible<QLabel>(name);
        return label ? label->text() : QString();
    }
};

} // namespace

TEST_CASE("Every stable reason has a title, an explanation and a way out, in both languages",
          "[gui]")
{
    for (const QString &reason : stableReasons()) {
        for (const Language language : {Language::Chinese, Language::English}) {
            INFO(reason.toStdString());
            for (const QString &part : {QString(), u".text"_s, u".fix"_s}) {
                const QString key = u"reject."_s + reason + part;
                CHECK_FALSE(word(key, language).isEmpty());
                CHECK(word(key, language) != word(u"reject.other"_s + part, language));
            }
        }
    }
    CHECK(rejectionTitle(u"a-word-of-tomorrow"_s) == word(u"reject.other"_s, Language::Chinese));
}

TEST_CASE("Enter does what mends the record, whatever the reason", "[gui]")
{
    for (const QString &reason : stableReasons() + QStringList{u"a-word-of-tomorrow"_s}) {
        INFO(reason.toStdString());
        InboxDesk desk;
        desk.tell({reason});
        CHECK(desk.text(u"title"_s) == rejectionTitle(reason));
        CHECK(desk.text(u"when"_s).contains(reason));
        CHECK(desk.primaries().size() == 1);
        desk.press(Qt::Key_Return);
        switch (fixOf(reason)) {
        case Fix::Redo:
            CHECK(desk.pageNow() == u"idle");
            break;
        case Fix::Retry:
            REQUIRE(desk.retried.size() == 1);
            CHECK(desk.retried.first().first() == u"record-1000"_s);
            break;
        case Fix::Void:
        case Fix::Acknowledge:
            REQUIRE(desk.voided.size() == 1);
            CHECK(desk.voided.first() == QVariantList{u"record-1000"_s, true});
            break;
        }
        // What was asked for is not asked twice.
        desk.press(Qt::Key_Return);
        CHECK(desk.retried.size() + desk.voided.size() <= 1);
    }
}

TEST_CASE("A void record is told when the store has said so, and comes back by Ctrl+Z", "[gui]")
{
    InboxDesk desk;
    desk.tell({u"document-invalid"_s, u"consent-missing"_s});
    desk.press(Qt::Key_Down);
    CHECK(desk.text(u"title"_s) == rejectionTitle(u"consent-missing"_s));
    desk.press(Qt::Key_Delete);
    REQUIRE(desk.voided.size() == 1);
    CHECK(desk.voided.first() == QVariantList{u"record-1001"_s, true});
    CHECK(desk.visible<NoticeStrip>(u"notice"_s) == nullptr);
    desk.tell({u"document-invalid"_s});
    const auto *notice = desk.visible<NoticeStrip>(u"notice"_s);
    REQUIRE(notice);
    CHECK(notice->text().contains(u"1001"_s));
    desk.press(Qt::Key_Z, Qt::ControlModifier);
    REQUIRE(desk.voided.size() == 2);
    CHECK(desk.voided.last() == QVariantList{u"record-1001"_s, false});
    CHECK(desk.visible<NoticeStrip>(u"notice"_s) == nullptr);
}

TEST_CASE("What could not be done is told in a sentence", "[gui]")
{
    InboxDesk desk;
    desk.tell({u"hub-cannot-take"_s});
    desk.press(Qt::Key_Return);
    CHECK(desk.retried.size() == 1);
    CHECK(desk.primaries().isEmpty());
    desk.tasks.taskFailed(Error{ErrorCode::StoreLocked, {}, {}});
    desk.settle();
    CHECK(desk.primaries().size() == 1);
    CHECK(desk.visible<NoticeStrip>(u"notice"_s)->text() ==
          sentence(ErrorCode::StoreLocked, Language::Chinese));
}

TEST_CASE("The rail counts what is to be mended, and the empty page says there is nothing", "[gui]")
{
    InboxDesk desk;
    CHECK(desk.text(u"emptyText"_s) == u"没有要处理的，这里会列出中心退回的记录。");
    CHECK(desk.primaries().isEmpty());
    desk.tell({u"document-invalid"_s, u"consent-missing"_s});
    CHECK(desk.visible<TaskRail>()->button(u"inbox"_s)->count() == 2);
    CHECK(desk.visible<QLabel>(u"emptyText"_s) == nullptr);
    desk.tell({});
    CHECK(desk.visible<TaskRail>()->button(u"inbox"_s)->count() == 0);
    CHECK(desk.text(u"emptyText"_s).size() > 0);
}

TEST_CASE("Reasons of any size and kind are shown as text and cut", "[gui]")
{
    InboxDesk desk;
    desk.tell({u"<b>x</b>"_s.repeated(2000)});
    CHECK(desk.text(u"when"_s).size() < 80);
    CHECK(desk.text(u"title"_s) == word(u"reject.other"_s, Language::Chinese));
    CHECK(desk.window.size() == QSize(1366, 768));
}

TEST_CASE("A card that was returned is remembered when it comes back", "[gui]")
{
    WindowUnderTest desk;
    desk.logIn();
    QueueEntry entry = refusedEntry(u"document-invalid"_s, u"2349"_s, desk.desk.clock.now());
    desk.tasks.setInbox({entry});
    desk.tap(beijingCard(u"3105170099900056780"_s));
    const auto hint = [&] { return desk.visible<NoticeStrip>(u"hint"_s)->text(); };
    CHECK_FALSE(hint().contains(u"上次没办成"_s));
    desk.tap(beijingCard());
    CHECK(hint() == u"上次没办成：证件信息对不上");
}
