#include "support/catch.h"

#include "app/idreaderthread.h"
#include "gui/pages_window.h"
#include "gui/widgets/statuschip.h"
#include "gui/widgets/statusstrip.h"
#include "sim/virtualidreader.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

// UPGRADEDESK_UNPLUGS=500 makes this as long as a release asks for.

namespace
{

constexpr int defaultUnplugs = 10;
constexpr int chipMs = 1000;
constexpr int patienceMs = 10'000;

int unplugs()
{
    bool good = false;
    const int asked = qEnvironmentVariableIntValue("UPGRADEDESK_UNPLUGS", &good);
    return good ? asked : defaultUnplugs;
}

/// The window with the real ID reader on its thread, and a virtual one at the end of its line.
struct Counter : WindowUnderTest {
    Counter()
    {
        QObject::connect(&thread, &IdReaderThread::changed, &window, &MainWindow::showIdReader);
        QObject::connect(&thread, &IdReaderThread::documentRead, &window,
                         [this](const IdDocument &document) {
                             controller.apply(DocumentRead{document.person, document.sexDiffers});
                         });
        REQUIRE(device.plug());
        logIn();
        thread.use(device.path());
        thread.setWanted(true);
        REQUIRE(QTest::qWaitFor([this] { return chip() == u"正常"; }, patienceMs));
    }

    QString chip() const { return window.findChild<StatusStrip *>()->chip(u"id"_s)->item().value; }
    bool reaches(LinkStep wanted)
    {
        return QTest::qWaitFor([&] { return step() == wanted; }, patienceMs);
    }

    VirtualIdReader device{loadVirtualPersons(QStringLiteral(UPGRADEDESK_SOURCE_DIR) +
                                              u"/resources/training/persons.json"_s)
                               .value()};
    IdReaderThread thread{desk.documents, desk.clock};
};

} // namespace

TEST_CASE("An ID reader pulled out and put in again and again loses no link, and its chip is right "
          "within a second",
          "[app]")
{
    Counter counter;
    const QString holder = u"11010219020304004X"_s;
    qint64 slowest = 0;
    const int count = unplugs();
    int links = 0;
    for (int i = 0; i < count; ++i) {
        INFO("unplug " << i);
        // One step of a link between two plugs, whatever step it is.
        switch (counter.step()) {
        case LinkStep::Idle:
            counter.tap(beijingCard());
            break;
        case LinkStep::Card:
            REQUIRE(counter.device.place(u"resident"_s));
            REQUIRE(counter.reaches(LinkStep::Consent));
            break;
        case LinkStep::Consent:
        case LinkStep::Health:
        case LinkStep::Confirm:
            counter.press(Qt::Key_Return);
            break;
        case LinkStep::Done:
            REQUIRE(counter.committed);
            CHECK(counter.committed->holder.documentNumber == holder);
            ++links;
            counter.controller.apply(EndPassenger{});
            break;
        default:
            FAIL("an unexpected step");
        }
        const LinkStep before = counter.step();
        const auto person = counter.controller.state().holder;

        QElapsedTimer time;
        time.start();
        counter.device.unplug();
        REQUIRE(QTest::qWaitFor([&] { return counter.chip() == u"未连接"; }, patienceMs));
        slowest = std::max(slowest, time.elapsed());
        CHECK(counter.step() == before);
        CHECK(counter.controller.state().holder == person);
        time.start();
        REQUIRE(counter.device.plug());
        REQUIRE(QTest::qWaitFor([&] { return counter.chip() == u"正常"; }, patienceMs));
        slowest = std::max(slowest, time.elapsed());
        CHECK(counter.step() == before);
    }
    CHECK(slowest < chipMs);
    CHECK(links >= count / 6 - 1);
    WARN(count << " unplugs, the chip was right after at most " << slowest << " ms; " << links
               << " links were finished meanwhile");
}

TEST_CASE("A document is read on a thread of its own and reaches the page", "[app]")
{
    Counter counter;
    counter.tap(beijingCard());
    counter.press(Qt::Key_Return);
    REQUIRE(counter.step() == LinkStep::Document);

    REQUIRE(counter.device.place(u"expired"_s));
    REQUIRE(QTest::qWaitFor([&] { return counter.thread.state().unread.has_value(); }, patienceMs));
    CHECK(counter.thread.state().unread->code == ErrorCode::IdCardExpired);
    CHECK(counter.step() == LinkStep::Document);
    REQUIRE(counter.device.place(u"resident"_s));
    REQUIRE(counter.reaches(LinkStep::Consent));
    CHECK(counter.controller.state().holder->name == u"测试甲");

    counter.thread.use({});
    CHECK(counter.thread.state().link == IdReaderState::Link::Absent);
}
