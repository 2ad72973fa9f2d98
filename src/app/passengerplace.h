#pragma once

#include "app/screenlist.h"

#include <QTimer>

#include <memory>

class QWidget;

namespace upgradedesk
{

class PassengerController;
class PassengerWindow;

/// Where the passenger's window is: on a screen of its own while there is one, over the staff's
/// while that is turned round, else nowhere. The window is made when it is first needed.
class PassengerPlace final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PassengerPlace)

public:
    /// All of them must outlive it.
    PassengerPlace(ScreenList &screens, QWidget &staff, PassengerController &passenger);
    ~PassengerPlace() override;

    /// Null before it is first needed.
    [[nodiscard]] PassengerWindow *window() const { return m_window.get(); }

signals:
    /// `beside`, `turned` or `none`.
    void placed(const QString &where);

private:
    void place();
    void showBeside(const QRect &screen);
    void showTurned();
    void hide();
    void say(const QString &where);
    PassengerWindow &need();

    ScreenList &m_screens;
    QWidget &m_staff;
    PassengerController &m_passenger;
    std::unique_ptr<PassengerWindow> m_window;
    QTimer m_later;
    QString m_where;
    QRect m_screen; ///< that the window covers
};

} // namespace upgradedesk
