#pragma once

#include "flow/flowfixture.h"
#include "gui/appearance.h"
#include "gui/desktasks.h"
#include "gui/mainwindow.h"
#include "gui/theme/theme.h"
#include "gui/widgets/gatepreview.h"
#include "gui/widgets/keybutton.h"
#include "gui/widgets/noticestrip.h"
#include "gui/widgets/saypanel.h"
#include "gui/widgets/segment.h"
#include "gui/widgets/statebadge.h"
#include "gui/widgets/taskrail.h"

#include <QAbstractButton>
#include <QInputMethodEvent>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTest>

#include <chrono>
#include <optional>

namespace upgradedesk::test
{

inline DeskFacts deskFacts(bool training, bool practice = false)
{
    return {QStringLiteral("演示站"), QStringLiteral("B 口"), QStringLiteral("2 号台"), training,
            practice};
}

inline OperatorEntry tester()
{
    return {QStringLiteral("9001"), QStringLiteral("测试员01")};
}

inline OperatorEntry otherTester()
{
    return {QStringLiteral("9002"), QStringLiteral("测试员02")};
}

/// The whole window over the real procedure and the shipped data; only the store is pretended, and
/// answers at once.
class WindowUnderTest
{
public:
    explicit WindowUnderTest(bool training = false, std::optional<Catalogue> ownCatalogue = {},
                             QSize size = {1366, 768}, bool practice = false)
        : m_training(training)
        , m_practice(practice)
        , m_catalogue(std::move(ownCatalogue))
    {
        // In the order of the desk: the login is shown before there are other pages.
        QObject::connect(&window, &MainWindow::pageShown, &window,
                         [this](const QString &page) { pages << page; });
        window.setOperators({tester(), otherTester()});
        window.resize(size);
        appearance.follow(window);
        window.show();
        window.activateWindow();
        const bool active = QTest::qWaitForWindowActive(&window);
        Q_ASSERT(active);
        Q_UNUSED(active);
        window.buildPages();
        appearance.takeIn(window);
        window.setArmingTime(0);
        window.setAdvanceTime(100);
        // A test that counts keys must not race against the way back to idle.
        window.setIdleAfter(600000);
        window.setHealthTime(600000);
        QObject::connect(&controller, &LinkController::cardLookUpRequested, &window,
                         [this](const QString &number) {
                             controller.apply(CardLookedUp{number, cardKnowledge});
                         });
        QObject::connect(&controller, &LinkController::personLookUpRequested, &window,
                         [this](const QString &number, const Person &person) {
                             if (answersPersons)
                                 controller.apply(PersonLookedUp{number, person, personKnowledge});
                         });
        QObject::connect(&controller, &LinkController::commitRequested, &window,
                         [this](const LinkRequest &request) {
                             committed = request;
                             if (commitError)
                                 controller.apply(LinkNotCommitted{*commitError});
                             else if (answersCommits)
                                 controller.apply(done());
                         });
    }

    LinkCommitted done() const
    {
        return {QStringLiteral("01812345-0000-7000-8000-000000000001"), 12, desk.clock.now()};
    }

    void logIn(const OperatorEntry &who = tester())
    {
        window.loginSucceeded(who);
        window.showReader(ReaderState::Ok, QStringLiteral("PN532"), {});
        settle();
    }

    void tap(const CardSighting &card)
    {
        controller.apply(CardPresented{card});
        settle();
    }

    /// One key as staff press it: it goes to what has the focus.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        settle();
        QTest::keyClick(receiver(), key, modifiers);
        settle();
    }

    void type(const QString &text)
    {
        for (const QChar c : text) {
            if (c.unicode() < 128) {
                QTest::keyClick(receiver(), c.toLatin1());
                continue;
            }
            // Chinese comes from an input method.
            QInputMethodEvent event;
            event.setCommitString(QString(c));
            QApplication::sendEvent(receiver(), &event);
        }
        settle();
    }

    /// Holds Enter: one press, then only repeats, each the way the window system sends it.
    void holdEnter(int repeats)
    {
        const QString text(QLatin1Char('\r'));
        QTest::simulateEvent(receiver(), true, Qt::Key_Return, Qt::NoModifier, text, false);
        for (int i = 0; i < repeats; ++i) {
            QTest::simulateEvent(receiver(), true, Qt::Key_Return, Qt::NoModifier, text, true);
            settle();
        }
    }

    /// What the store says of the last link after it, a revoke of it, or its restoring.
    void say(const QString &record, bool revoked,
             std::chrono::milliseconds left = std::chrono::minutes(5))
    {
        const QString lastFour = QStringLiteral("2349");
        controller.undo().setOffer(UndoOffer{record, done().record, revoked, lastFour}, left);
        window.showRecent(
            {{desk.clock.now(), QStringLiteral("physical"), lastFour,
              revoked ? QStringLiteral("revoked") : QStringLiteral("queued"), done().record}},
            {});
        settle();
    }

    void settle() { QApplication::processEvents(); }

    /// The page that was shown last; it is told after its paint.
    QString pageNow()
    {
        for (int i = 0; i < 3; ++i)
            settle();
        return pages.isEmpty() ? QString() : pages.last();
    }

    QWidget *receiver()
    {
        QWidget *focus = QApplication::focusWidget();
        return focus ? focus : &window;
    }

    /// The widget of that name that can be seen now, or null.
    template <typename T>
    T *visible(const QString &name = {}) const
    {
        for (T *widget : window.findChildren<T *>(name)) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
    }

    QList<KeyButton *> primaries() const
    {
        QList<KeyButton *> found;
        for (KeyButton *button : window.findChildren<KeyButton *>()) {
            if (button->isVisible() && button->isEnabled() &&
                button->role() == KeyButton::Role::primary)
                found << button;
        }
        return found;
    }

    KeyButton *primary() const { return visible<KeyButton>(QStringLiteral("primary")); }

    LinkStep step() const { return controller.state().step; }

    /// Walks to ⑤ by events, with this holder.
    void goToConfirm(const Person &holder = adult())
    {
        tap(beijingCard());
        controller.apply(StartLink{});
        controller.apply(DocumentEntered{holder});
        controller.apply(ConsentGiven{QStringLiteral("operator"), QStringLiteral("zh_CN")});
        controller.apply(HealthDeferred{});
        settle();
    }

private:
    bool m_training;
    bool m_practice;
    std::optional<Catalogue> m_catalogue;

public:
    Desk desk;
    const Catalogue &catalogue = m_catalogue ? *m_catalogue : desk.catalogue;
    LinkProcedure procedure{catalogue, desk.documents, desk.rules, desk.clock};
    LinkController controller{procedure};
    DeskTasks tasks;
    Appearance appearance{Look{}};
    MainWindow window{deskFacts(m_training, m_practice),
                      controller,
                      tasks,
                      catalogue,
                      desk.documents,
                      desk.rules,
                      desk.clock};
    DeskKnowledge cardKnowledge;
    DeskKnowledge personKnowledge;
    std::optional<LinkRequest> committed;
    std::optional<Error> commitError;
    QStringList pages; ///< every pageShown() so far
    bool answersPersons = true;
    bool answersCommits = true;
};

/// The shipped catalogue with another service for one product, for states no shipped kind has.
inline Catalogue catalogueWith(const QString &product, const QString &service)
{
    QFile file(resourcePath(u"cards/catalogue.json"));
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    Q_UNUSED(opened);
    QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    QJsonArray products = root.value(QStringLiteral("products")).toArray();
    for (QJsonValueRef entry : products) {
        QJsonObject object = entry.toObject();
        if (object.value(QStringLiteral("key")) != product)
            continue;
        object.insert(QStringLiteral("service"), service);
        object.insert(
            QStringLiteral("reason"),
            QJsonObject{{QStringLiteral("zh_CN"), QStringLiteral("测试用的理由。")},
                        {QStringLiteral("en"), QStringLiteral("A reason for the test.")}});
        entry = object;
    }
    root.insert(QStringLiteral("products"), products);
    return Catalogue::parse(QJsonDocument(root).toJson(), QStringLiteral("test")).value();
}

} // namespace upgradedesk::test
