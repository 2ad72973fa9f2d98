#include "app/passengerplace.h"

#include "gui/passengercontroller.h"
#include "gui/passengerwindow.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

PassengerPlace::PassengerPlace(ScreenList &screens, QWidget &staff, PassengerController &passenger)
    : m_screens(screens)
    , m_staff(staff)
    , m_passenger(passenger)
{
    // One plug tells of several changes; the last of them is looked at.
    m_later.setSingleShot(true);
    m_later.setInterval(0);
    connect(&m_later, &QTimer::timeout, this, &PassengerPlace::place);
    connect(&m_screens, &ScreenList::changed, this, [this] { m_later.start(); });
    connect(&m_passenger, &PassengerController::placeChanged, this, &PassengerPlace::place);
    connect(&m_passenger, &PassengerController::sceneChanged, this, [this] {
        if (m_window)
            m_window->setScene(m_passenger.scene());
    });
    place();
}

PassengerPlace::~PassengerPlace() = default;

PassengerWindow &PassengerPlace::need()
{
    if (!m_window) {
        m_window = std::make_unique<PassengerWindow>();
        connect(m_window.get(), &PassengerWindow::answered, &m_passenger,
                &PassengerController::answer);
        connect(m_window.get(), &PassengerWindow::languageChosen, &m_passenger,
                &PassengerController::setLanguage);
        connect(m_window.get(), &PassengerWindow::turnBackRequested, &m_passenger,
                &PassengerController::turnBack);
    }
    m_window->setScene(m_passenger.scene());
    return *m_window;
}

void PassengerPlace::place()
{
    const QList<ScreenPlace> screens = m_screens.screens();
    const ScreenPlace *screen = passengerScreen(screens, m_staff.frameGeometry());
    // Tells the pages, which may ask for the place again; what follows holds for both.
    m_passenger.setHasScreen(screen != nullptr);
    if (m_passenger.isTurned())
        showTurned();
    else if (screen)
        showBeside(screen->geometry);
    else
        hide();
}

void PassengerPlace::showBeside(const QRect &screen)
{
    if (m_where == u"beside" && m_screen == screen)
        return;
    m_screen = screen;
    need().showBeside(screen);
    // Some window managers give the keyboard to whatever comes last, asked or not.
    m_staff.activateWindow();
    say(u"beside"_s);
}

void PassengerPlace::showTurned()
{
    if (m_where == u"turned" && m_screen == m_staff.geometry())
        return;
    m_screen = m_staff.geometry();
    need().showTurned(m_screen);
    say(u"turned"_s);
}

void PassengerPlace::hide()
{
    if (!m_window || m_where == u"none")
        return;
    const bool wasTurned = m_where == u"turned";
    m_window->hide();
    if (wasTurned)
        m_staff.activateWindow();
    say(u"none"_s);
}

void PassengerPlace::say(const QString &where)
{
    if (std::exchange(m_where, where) != where)
        emit placed(where);
}

} // namespace upgradedesk
