#include "support/catch.h"

#include "app/desksync.h"
#include "sync/enrolment.h"
#include "sync/fakehub.h"
#include "wire/questions.h"

#include <QTest>

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// The network thread's object with what it told, in the test's own thread.
class Told
{
public:
    explicit Told(EnrolledDesk &desk)
        : sync(desk.path, clock)
    {
        QObject::connect(&sync, &DeskSync::hubTold, &sync,
                         [this](const HubState &to) { hub = to; });
        QObject::connect(&sync, &DeskSync::queueTold, &sync,
                         [this](const QueueFacts &facts) { queue = facts; });
        QObject::connect(&sync, &DeskSync::inboxTold, &sync,
                         [this](const QList<QueueEntry> &entries) { inbox = entries; });
        QObject::connect(&sync, &DeskSync::judged, &sync,
                         [this](const LinkJudged &one) { judged << one.record; });
        QObject::connect(&sync, &DeskSync::answered, &sync,
                         [this](const LinkEvent &event) { answers << event; });
        sync.open();
    }
    [[nodiscard]] bool comes(const std::function<bool()> &goal) const
    {
        return QTest::qWaitFor(goal, 20'000);
    }

    SystemClock machine;
    TrustedClock clock{machine};
    HubState hub;
    QueueFacts queue;
    QList<QueueEntry> inbox;
    QStringList judged;
    QList<LinkEvent> answers;
    DeskSync sync;
};

} // namespace

TEST_CASE("The window is told how hub and queue stand, and what became of each record", "[app]")
{
    FakeHub hub;
    REQUIRE(hub.listen());
    EnrolledDesk desk(hub);
    desk.fill(4);
    const QString refused = desk.store->listQueue()->at(2).record;
    hub.refusals.insert(refused, u"card-linked-to-other"_s);

    Told told(desk);

    CHECK(told.queue.waiting == 4);
    REQUIRE(told.comes([&] { return told.judged.size() == 4; }));
    CHECK(told.hub.link == HubState::Link::Reachable);
    CHECK(told.hub.timeTrusted);
    CHECK(told.clock.isTrusted());
    REQUIRE(told.comes([&] { return told.queue.waiting == 0; }));
    REQUIRE(told.inbox.size() == 1);
    CHECK(told.inbox.first().record == refused);
    CHECK(told.inbox.first().reason == u"card-linked-to-other"_s);

    hub.refusals.clear();
    told.sync.retry(refused);
    REQUIRE(told.comes([&] { return told.inbox.isEmpty() && told.queue.waiting == 0; }));
    CHECK(hub.records.size() == 4);
    CHECK(told.queue.attention == 0);
}

TEST_CASE("A link and its undo that were both refused are one task, and none once it is void",
          "[app]")
{
    FakeHub hub;
    REQUIRE(hub.listen());
    EnrolledDesk desk(hub);
    desk.fill(1);
    const QString link = desk.store->listQueue()->first().record;
    storage::NewRecord undo;
    undo.id = newRecordId(desk.machine);
    undo.kind = u"revoke"_s;
    undo.operatorId = u"9001"_s;
    undo.of = link;
    undo.undoWindow = std::chrono::minutes(5);
    undo.quotas = {1, 1, 5};
    undo.sealed = desk.identity->sealer().seal("undo").value();
    undo.at = desk.machine.now();
    undo.bootId = desk.machine.bootId();
    undo.sinceBoot = desk.machine.sinceBoot();
    REQUIRE(desk.store->commit(undo));
    hub.refusals.insert(link, u"person-has-physical-card"_s);
    hub.refusals.insert(undo.id, u"record-unknown"_s);

    Told told(desk);

    REQUIRE(told.comes([&] { return told.judged.size() == 2 && told.queue.waiting == 0; }));
    REQUIRE(told.inbox.size() == 1);
    CHECK(told.inbox.first().record == link);
    CHECK(told.queue.attention == 1);
    CHECK(desk.queue().attention == 1);
    told.sync.setVoid(link, true);
    REQUIRE(told.comes([&] { return told.inbox.isEmpty(); }));
    CHECK(told.queue.attention == 0);
    CHECK(desk.queue().attention == 0);
}

TEST_CASE("A question about the passenger is answered once, also when there is no hub", "[app]")
{
    FakeHub hub;
    hub.answer = [&hub](const FakeHub::Request &request) {
        if (request.path != "/v1/card-status")
            return hub.usual(request);
        const auto asked = wire::decodeCardStatusRequest(request.body).value();
        return FakeHub::Reply{200, wire::encodeCardStatusAnswer(
                                       {{{asked.cards.first(), u"linked"_s, true, hub.time()}},
                                        {hub.time(), hub.epoch}})};
    };
    REQUIRE(hub.listen());
    EnrolledDesk desk(hub);
    Told told(desk);
    HubQuestion question{HubQuestion::About::Card, 7, u"3104170010000000001"_s, {}, {}, u"9001"_s};

    told.sync.ask(question);
    REQUIRE(told.comes([&] { return told.answers.size() == 1; }));
    const auto *answer = std::get_if<CardStatusAnswered>(&told.answers.first());
    REQUIRE(answer);
    CHECK(answer->question == 7);
    CHECK(answer->card.state == CityCardState::Linked);

    hub.close();
    question.id = 8;
    told.sync.ask(question);
    REQUIRE(told.comes([&] { return told.answers.size() == 2; }));
    const auto *none = std::get_if<HubGaveNoAnswer>(&told.answers.last());
    REQUIRE(none);
    CHECK(none->question == 8);
    CHECK(none->error->code == ErrorCode::HubNoAnswer);
    REQUIRE(told.comes([&] { return told.hub.link == HubState::Link::Unreachable; }));
    CHECK(told.hub.trouble->code == ErrorCode::HubNoAnswer);
    CHECK(told.hub.nextTry.has_value());
}

TEST_CASE("A desk that was refused goes on once it has enrolled again beside the window", "[app]")
{
    FakeHub hub;
    bool refuses = true;
    hub.answer = [&](const FakeHub::Request &request) {
        return refuses ? hub.problem(403, u"certificate-refused"_s) : hub.usual(request);
    };
    REQUIRE(hub.listen());
    EnrolledDesk desk(hub);
    desk.fill(2);
    Told told(desk);
    REQUIRE(told.comes(
        [&] { return told.hub.trouble && told.hub.trouble->code == ErrorCode::HubRefusesDesk; }));
    int renewed = 0;
    QObject::connect(&told.sync, &DeskSync::identityRenewed, &told.sync, [&] {
        refuses = false; // whoever shows the new certificate is taken
        ++renewed;
    });

    const auto pending = sync::pendingDesk(desk.path).value();
    REQUIRE(sync::installEnrolled(desk.path, hub.profile, hub.url(), hub.city.authority, pending,
                                  hub.enrol(pending.request), desk.machine));
    told.sync.syncNow();

    REQUIRE(told.comes([&] { return hub.records.size() == 2; }));
    CHECK(told.hub.link == HubState::Link::Reachable);
    CHECK(renewed == 1);
}
