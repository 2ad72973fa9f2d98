#pragma once

#include <QColor>
#include <QIcon>
#include <QList>
#include <QPixmap>
#include <QRectF>

class QPainter;

namespace upgradedesk
{

/// The line icons of the product, drawn on a grid of 24 by 24.
enum class Icon {
    None,
    Card,
    Phone,
    Band,
    Ticket,
    Id,
    Scan,
    Printer,
    Screen,
    Hub,
    HubOff,
    Queue,
    User,
    People,
    Clock,
    Check,
    CheckCircle,
    Alert,
    Cross,
    CrossCircle,
    Info,
    Up,
    Shield,
    Star,
    Slash,
    Undo,
    Lock,
    Gear,
    Chart,
    Inbox,
    Search,
    Hand,
    Wallet,
    Swap,
    Help,
    Speaker,
    Hourglass,
    Usb,
    Moon,
    Globe,
    Right,
    TurnBack,
    Nfc,
    Plus,
    Minus,
    Document,
    Down,
    Keyboard,
    Devices,
};

/// Draws an icon into a square of the painter's coordinates. `stroke` is in units of the 24 grid.
void paintIcon(QPainter &painter, const QRectF &square, Icon icon, const QColor &colour,
               double stroke = 2.0);

/// An icon as a pixmap of px logical pixels.
[[nodiscard]] QPixmap iconPixmap(Icon icon, int px, const QColor &colour,
                                 double devicePixelRatio = 1.0);

/// The same for Qt's own widgets.
[[nodiscard]] QIcon iconOf(Icon icon, int px, const QColor &colour);

/// Every icon once, for tests and for the gallery.
[[nodiscard]] QList<Icon> allIcons();

} // namespace upgradedesk
