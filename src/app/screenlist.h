#pragma once

#include <QList>
#include <QObject>
#include <QRect>
#include <QString>

namespace upgradedesk
{

/// One screen as the window system places it, in logical pixels.
struct ScreenPlace {
    QString name;
    QRect geometry;

    bool operator==(const ScreenPlace &) const = default;
};

/// The screens of this machine now. Tests have a list of their own.
class ScreenList : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ScreenList)

public:
    ScreenList() = default;

    [[nodiscard]] virtual QList<ScreenPlace> screens() const = 0;

signals:
    /// One has come, gone, moved or changed its size.
    void changed();
};

/// Those of QGuiApplication.
class SystemScreens final : public ScreenList
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SystemScreens)

public:
    SystemScreens();

    [[nodiscard]] QList<ScreenPlace> screens() const override;
};

/// The screen that is the passenger's: the first that shares nothing with the one the staff's
/// window is on. One that repeats the staff's picture is none: what the staff see would be the
/// passenger's to touch. The frame of a window may stand a few pixels over the edge of its screen.
[[nodiscard]] const ScreenPlace *passengerScreen(const QList<ScreenPlace> &screens,
                                                 const QRect &staff);

} // namespace upgradedesk
