#pragma once

#include "gui/pages_window.h"
#include "gui/passengercontroller.h"
#include "gui/passengerwindow.h"
#include "gui/widgets/passengerbutton.h"

namespace upgradedesk::test
{

/// The staff's window and the passenger's beside it, wired as the desk wires them.
class PassengerDesk
{
public:
    explicit PassengerDesk(QSize size = {1366, 768}, bool practice = false)
        : desk(false, {}, size, practice)
        , passenger(desk.window.passenger())
    {
        // Nothing happens by itself while a test looks at it, but what it waits for is at once.
        passenger.setTimes({1, 1, 600000, 600000});
        screen.setArmingTime(0);
        QObject::connect(&passenger, &PassengerController::sceneChanged, &screen,
                         [this] { screen.setScene(passenger.scene()); });
        QObject::connect(&screen, &PassengerWindow::answered, &passenger,
                         &PassengerController::answer);
        QObject::connect(&screen, &PassengerWindow::languageChosen, &passenger,
                         &PassengerController::setLanguage);
        QObject::connect(&screen, &PassengerWindow::turnBackRequested, &passenger,
                         &PassengerController::turnBack);
        screen.setScene(passenger.scene());
        screen.showBeside(QRect(QPoint(0, 0), size));
        passenger.setHasScreen(true);
        // Where windows are pretended, the last one shown has the keyboard.
        desk.window.activateWindow();
        REQUIRE(QTest::qWaitForWindowActive(&desk.window));
        settle();
    }

    void settle()
    {
        for (int i = 0; i < 3; ++i)
            desk.settle();
    }

    PassengerButton *button(const QString &name) const
    {
        return screen.findChild<PassengerButton *>(name);
    }

    /// The question that is painted takes answers now.
    void awaitQuestion()
    {
        REQUIRE(QTest::qWaitFor([this] { return screen.isArmed(); }, 5000));
        settle();
    }

    void touch(const QString &name)
    {
        QTest::mouseClick(button(name), Qt::LeftButton);
        settle();
    }

    void agree()
    {
        awaitQuestion();
        touch(QStringLiteral("agree"));
    }

    void decline()
    {
        awaitQuestion();
        touch(QStringLiteral("decline"));
    }

    /// As on a screen that is turned round; beside the staff's its keys are the staff's.
    void giveKeyboard()
    {
        screen.showTurned(screen.geometry());
        REQUIRE(QTest::qWaitForWindowActive(&screen));
    }

    /// By events to ③.
    void goToConsent(const Person &holder = adult())
    {
        desk.tap(beijingCard());
        desk.controller.apply(StartLink{});
        desk.controller.apply(DocumentEntered{holder});
        settle();
        REQUIRE(desk.step() == LinkStep::Consent);
    }

    bool reaches(LinkStep step)
    {
        return QTest::qWaitFor([this, step] { return desk.step() == step; }, 5000);
    }

    PassengerScene::View view() const { return screen.scene().view; }

    WindowUnderTest desk;
    PassengerController &passenger;
    PassengerWindow screen;
};

} // namespace upgradedesk::test
