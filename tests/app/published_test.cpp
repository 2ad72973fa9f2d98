#include "support/catch.h"

#include "app/desk.h"
#include "crypto/cardtoken.h"
#include "crypto/pinhash.h"
#include "crypto/seal.h"
#include "gui/widgets/keybutton.h"
#include "gui/widgets/pinedit.h"
#include "storage/hubstore.h"
#include "support/samplepeople.h"
#include "sync/deskupkeep.h"
#include "sync/fakehub.h"
#include "wire/questions.h"
#include "wire/record.h"

#include <QApplication>
#include <QFile>
#include <QInputMethodEvent>
#include <QTest>

using namespace upgradedesk;
using namespace upgradedesk::test;

// The whole desk in this process, with its window, threads and keys, and a hub that publishes while
// it runs.

namespace
{

constexpr int patience = 30'000;

bool until(const std::function<bool()> &condition)
{
    return QTest::qWaitFor(condition, patience);
}

QByteArray rulesText(const QByteArray &version)
{
    QFile file(resourcePath(u"rules/rules.json"));
    REQUIRE(file.open(QIODevice::ReadOnly));
    return file.readAll().replace("2022-05-28.1", version);
}

wire::RosterOperator staff(const QString &id)
{
    return {id, u"测试员"_s, u"staff"_s, hashPin(u"135790"_s, Secret(QByteArray(32, 'p'))).value()};
}

/// A hub that remembers what was asked and refuses tokens of an old key.
class PublishingHub
{
public:
    PublishingHub()
    {
        hub.answer = [this](const FakeHub::Request &request) {
            paths << QString::fromLatin1(request.path);
            if (request.path == "/v1/card-status")
                return cards(request);
            if (request.path == "/v1/records") {
                const auto sent = wire::decodeRecordsRequest(request.body).value();
                for (const wire::SealedRecord &one : sent)
                    sealed << one.sealed;
            }
            return hub.usual(request);
        };
        publishRules(1, "2022-05-28.1");
        publishRoster(1, {staff(u"9001"_s)});
        REQUIRE(hub.listen());
    }

    void publishRules(qint64 version, const QByteArray &name)
    {
        hub.documents.insert(u"/v1/rules"_s, hub.document(u"rules"_s, version, rulesText(name)));
    }
    void publishRoster(qint64 version, const QList<wire::RosterOperator> &operators)
    {
        hub.documents.insert(u"/v1/roster"_s,
                             hub.document(u"roster"_s, version, wire::encodeRoster(operators)));
    }
    /// As after the revocation of another desk, and with a new key of records.
    void replaceKeys(const QString &tokenKeyId)
    {
        hub.tokenKeyId = tokenKeyId;
        recordKey = KeyPair::generate().value();
        hub.city.record = Certificate::issue({hub.profile,
                                              CertificateRole::Record,
                                              u"hub-1"_s,
                                              {},
                                              hub.city.from,
                                              hub.city.until},
                                             recordKey, hub.city.authority, hub.city.authorityKey)
                              .value();
    }
    [[nodiscard]] wire::Record open(const QByteArray &bytes, const EnrolledDesk &desk) const
    {
        const auto content =
            openSealed(bytes, recordKey, hub.city.record, desk.identity->certificate());
        REQUIRE(content);
        return wire::decodeRecord(content->view()).value();
    }

    FakeHub hub;
    KeyPair recordKey = hub.city.recordKey;
    QStringList paths;
    QList<QByteArray> sealed;
    QList<QByteArray> tokens; ///< that were asked about under the key in use

private:
    FakeHub::Reply cards(const FakeHub::Request &request)
    {
        const auto asked = wire::decodeCardStatusRequest(request.body).value();
        if (asked.tokenKeyId != hub.tokenKeyId)
            return hub.problem(409, u"token-key-replaced"_s);
        tokens << asked.cards.first();
        return {200,
                wire::encodeCardStatusAnswer({{{asked.cards.first(), u"none"_s, true, hub.time()}},
                                              {hub.time(), hub.epoch}})};
    }
};

/// The desk as staff see it: keys go to what has the focus.
class RunningDesk
{
public:
    explicit RunningDesk(const EnrolledDesk &enrolled)
    {
        options.profile = Profile::Practice;
        options.dataFolder = enrolled.path;
        auto data = loadDeskData(options, clock);
        REQUIRE(data);
        desk.emplace(options, clock, appearance, *std::move(data));
        REQUIRE(desk->start());
        REQUIRE(until([this] { return isLocked(); }));
        for (QWidget *top : QApplication::topLevelWidgets()) {
            if (auto *found = qobject_cast<MainWindow *>(top))
                window = found;
        }
        REQUIRE(window);
        window->activateWindow();
        QObject::connect(window, &MainWindow::pageShown, window,
                         [this](const QString &shown) { page = shown; });
    }

    void logIn()
    {
        type(u"135790"_s);
        REQUIRE(until([this] { return !isLocked(); }));
        window->setArmingTime(0);
        window->setAdvanceTime(0);
    }
    [[nodiscard]] bool isLocked() const
    {
        const auto tops = QApplication::topLevelWidgets();
        return std::ranges::any_of(tops, [](const QWidget *top) {
            const auto *pin = top->findChild<PinEdit *>();
            return pin && pin->isVisible();
        });
    }
    /// The page's main button can be pressed: it waits for no answer.
    [[nodiscard]] bool isReady() const
    {
        const auto buttons = window->findChildren<KeyButton *>(u"primary"_s);
        return std::ranges::any_of(buttons, [](const KeyButton *button) {
            return button->isVisible() && button->isEnabled();
        });
    }
    void press(Qt::Key key) const { QTest::keyClick(receiver(), key); }
    void type(const QString &text) const
    {
        for (const QChar c : text) {
            if (c.unicode() < 128) {
                QTest::keyClick(receiver(), c.toLatin1());
                continue;
            }
            QInputMethodEvent event;
            event.setCommitString(QString(c));
            QApplication::sendEvent(receiver(), &event);
        }
    }
    [[nodiscard]] bool shows(const QString &wanted)
    {
        const bool shown = until([&] { return page == wanted; });
        INFO("page " << page.toStdString());
        CHECK(shown);
        return shown;
    }
    void takeCard(int index)
    {
        press(Qt::Key_F5);
        REQUIRE(shows(u"lookup"_s));
        type(cardNumber(index));
        press(Qt::Key_Return);
        REQUIRE(shows(u"card"_s));
    }
    /// From the page of the card to the end.
    void goThrough(int index)
    {
        while (page != u"document") {
            press(Qt::Key_Return);
            QTest::qWait(20);
        }
        type(personName(1).left(4));
        type(residentNumber(index));
        for (const auto &next : {u"consent"_s, u"health"_s, u"confirm"_s}) {
            REQUIRE(shows(next));
            REQUIRE(until([this] { return isReady(); }));
            press(Qt::Key_Return);
        }
    }

    Options options;
    SystemClock clock;
    Appearance appearance{Look{}};
    std::optional<Desk> desk;
    MainWindow *window = nullptr;
    QString page;

private:
    [[nodiscard]] QWidget *receiver() const
    {
        QWidget *focus = QApplication::focusWidget();
        return focus ? focus : window;
    }
};

} // namespace

TEST_CASE("What the hub publishes while the window runs holds from the next passenger on", "[app]")
{
    PublishingHub city;
    EnrolledDesk enrolled(city.hub);
    REQUIRE(sync::takeDocument(city.hub.documents.value(u"/v1/roster"_s), *enrolled.identity,
                               enrolled.store->hub(), {}, enrolled.clock));
    RunningDesk desk(enrolled);
    desk.logIn();
    REQUIRE(desk.shows(u"reader-lost"_s)); // there is none; numbers are typed
    REQUIRE(until([&] { return city.paths.contains(u"/v1/keys"_s); }));

    // Another desk was revoked and rules were published: the first question under the old key tells
    // the desk, in the middle of a passenger.
    city.publishRules(2, "2022-05-28.9");
    city.replaceKeys(u"2"_s);
    city.paths.clear();
    desk.takeCard(1);
    REQUIRE(until([&] { return city.paths.contains(u"/v1/keys"_s); }));
    // With the new keys the parts of the network thread are made anew, and begin once more.
    REQUIRE(until([&] { return city.paths.count(u"/v1/keys"_s) == 2; }));
    desk.goThrough(1);
    REQUIRE(until([&] { return city.sealed.size() == 1; }));
    const wire::Record first = city.open(city.sealed.first(), enrolled);
    CHECK(first.card == cardNumber(1));
    CHECK(first.rulesVersion == u"2022-05-28.1"_s);

    desk.takeCard(2);
    REQUIRE(until([&] { return city.tokens.size() == 1; }));
    CHECK(city.tokens.first() == cityCardToken(Secret(QByteArray(32, 'n')), cardNumber(2)).value());
    desk.goThrough(2);
    REQUIRE(until([&] { return city.sealed.size() == 2; }));
    CHECK(city.open(city.sealed.last(), enrolled).rulesVersion == u"2022-05-28.9"_s);

    // Who is no longer in the roster ends this passenger and no other.
    city.publishRoster(2, {staff(u"9002"_s)});
    city.replaceKeys(u"3"_s);
    city.paths.clear();
    desk.takeCard(3);
    REQUIRE(until([&] { return city.paths.count(u"/v1/keys"_s) == 2; }));
    CHECK_FALSE(desk.isLocked());
    desk.press(Qt::Key_Escape);
    CHECK(until([&] { return desk.isLocked(); }));
}
