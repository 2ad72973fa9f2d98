#include "gui/theme/iconset.h"

#include "gui/theme/pathdata.h"

#include <QPainter>
#include <QPainterPath>
#include <QPen>
#include <QStringView>

namespace upgradedesk
{
namespace
{

QStringView dataOf(Icon icon)
{
    switch (icon) {
    case Icon::None:
        return {};
    case Icon::Card:
        return u"R2.5 5 19 14 2.5 M2.5 10h19M6 15h4";
    case Icon::Phone:
        return u"R6.5 2.5 11 19 2.5 M10.5 18.5h3";
    case Icon::Band:
        return u"R7 7.5 10 9 2.5 M8.5 7.5 9.2 2.5h5.6l.7 5M8.5 16.5l.7 5h5.6l.7-5";
    case Icon::Ticket:
        return u"M3 6.5h18v3.6a2 2 0 0 0 0 3.8v3.6H3v-3.6a2 2 0 0 0 0-3.8z M9 7v1.5M9 11v2M9 "
               u"15.5V17";
    case Icon::Id:
        return u"R2.5 4.5 19 15 2.5 O8.2 10.2 2.2 M4.8 16c.6-1.8 1.9-2.6 3.4-2.6s2.8.8 3.4 "
               u"2.6M14.5 9.5h4M14.5 13.5h4";
    case Icon::Scan:
        return u"M3 8V5.5A2.5 2.5 0 0 1 5.5 3H8M16 3h2.5A2.5 2.5 0 0 1 21 5.5V8M21 16v2.5A2.5 2.5 "
               u"0 0 1 18.5 21H16M8 21H5.5A2.5 2.5 0 0 1 3 18.5V16M3 12h18";
    case Icon::Printer:
        return u"M7 8V3h10v5M7 17H4.5A1.5 1.5 0 0 1 3 15.5v-6A1.5 1.5 0 0 1 4.5 8h15A1.5 1.5 0 0 1 "
               u"21 9.5v6a1.5 1.5 0 0 1-1.5 1.5H17 M7 13.5h10V21H7z";
    case Icon::Screen:
        return u"R2.5 4 19 13 2 M12 17v3.5M8 20.5h8";
    case Icon::Hub:
        return u"R3 4 18 6.5 1.5 R3 13.5 18 6.5 1.5 M7 7.25h.01M7 16.75h.01M11 7.25h6M11 16.75h6";
    case Icon::HubOff:
        return u"M9 4h10.5A1.5 1.5 0 0 1 21 5.5V9a1.5 1.5 0 0 1-1.5 1.5H15M11 10.5H4.5A1.5 1.5 0 0 "
               u"1 3 9V5.5C3 4.9 3.3 4.4 3.8 4.1M17.5 13.5h2A1.5 1.5 0 0 1 21 15v2M18.5 20h-14A1.5 "
               u"1.5 0 0 1 3 18.5V15a1.5 1.5 0 0 1 1.5-1.5H12M2.5 2.5l19 19";
    case Icon::Queue:
        return u"M12 3l9 4.5-9 4.5-9-4.5zM3 12l9 4.5 9-4.5M3 16.5 12 21l9-4.5";
    case Icon::User:
        return u"O12 8 4 M4.5 20.5c.8-4 3.7-6 7.5-6s6.7 2 7.5 6";
    case Icon::People:
        return u"O9 8.5 3.5 M2.5 19.5c.6-3.6 3-5.3 6.5-5.3s5.9 1.7 6.5 5.3M15.5 5.2a3.5 3.5 0 0 1 "
               u"0 6.6M18 14.7c2 .7 3.2 2.3 3.5 4.8";
    case Icon::Clock:
        return u"O12 12 9 M12 7v5.2l3.4 2";
    case Icon::Check:
        return u"M4.5 12.8l4.8 4.7L19.5 7";
    case Icon::CheckCircle:
        return u"O12 12 9 M7.8 12.4l3 2.9 5.6-5.9";
    case Icon::Alert:
        return u"M12 3.5 22 20.5H2z M12 10v5M12 17.7v.01";
    case Icon::Cross:
        return u"M6 6l12 12M18 6 6 18";
    case Icon::CrossCircle:
        return u"O12 12 9 M8.8 8.8l6.4 6.4M15.2 8.8l-6.4 6.4";
    case Icon::Info:
        return u"O12 12 9 M12 11v5.5M12 7.6v.01";
    case Icon::Up:
        return u"O12 12 9 M12 16.5v-9M8.3 11 12 7.3l3.7 3.7";
    case Icon::Shield:
        return u"M12 2.8 4.5 5.5v6c0 4.7 3 8 7.5 9.7 4.5-1.7 7.5-5 7.5-9.7v-6z M8.5 11.9l2.6 2.5 "
               u"4.5-4.7";
    case Icon::Star:
        return u"M12 3l2.7 5.7 6.3.8-4.6 4.3 1.2 6.2-5.6-3.1L6.4 20l1.2-6.2L3 9.5l6.3-.8z";
    case Icon::Slash:
        return u"O12 12 9 M5.8 5.8l12.4 12.4";
    case Icon::Undo:
        return u"M8.5 5 4 9.5 8.5 14 M4.5 9.5h9.7a5.3 5.3 0 0 1 0 10.5H10";
    case Icon::Lock:
        return u"R4.5 10.5 15 10.5 2 M8 10.5V7.2a4 4 0 0 1 8 0v3.3M12 14.7v2.3";
    case Icon::Gear:
        return u"O12 12 3.3 M12 2.5v3M12 18.5v3M2.5 12h3M18.5 12h3M5.3 5.3l2.1 2.1M16.6 16.6l2.1 "
               u"2.1M18.7 5.3l-2.1 2.1M7.4 16.6l-2.1 2.1";
    case Icon::Chart:
        return u"M3.5 3.5v17h17M8 16.5v-4M12.5 16.5v-9M17 16.5v-6.5";
    case Icon::Inbox:
        return u"M3 13.5 6 4.5h12l3 9v6H3z M3 13.5h5.2l1.3 2.5h5l1.3-2.5H21";
    case Icon::Search:
        return u"O10.5 10.5 7 M15.7 15.7l5.3 5.3";
    case Icon::Hand:
        return u"M8 12V5.5a1.6 1.6 0 0 1 3.2 0V11M11.2 10.5V4a1.6 1.6 0 0 1 3.2 0v6.5M14.4 "
               u"11V5.8a1.6 1.6 0 0 1 3.2 0V14c0 4.3-2.4 7.2-6 7.2-2.9 0-4.4-1.3-5.8-4L3.7 "
               u"13c-.9-1.8 1.3-3 2.5-1.5L8 13.8";
    case Icon::Wallet:
        return u"R2.5 6 19 14 2.5 M2.5 10.5h19M12 13v4.5M9.8 15.2h4.5M6 6l9-3 1 3";
    case Icon::Swap:
        return u"M4 8.5h15M15.5 5 19 8.5 15.5 12M20 15.5H5M8.5 12 5 15.5 8.5 19";
    case Icon::Help:
        return u"O12 12 9 M9.3 9.4a2.7 2.7 0 1 1 4 2.4c-.9.5-1.3 1-1.3 2M12 17v.01";
    case Icon::Speaker:
        return u"M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4 4 0 0 1 0 6M18 6.5a7.5 7.5 0 0 1 0 11";
    case Icon::Hourglass:
        return u"M6.5 3h11M6.5 21h11M8 3v3.5c0 2.5 4 4 4 5.5s-4 3-4 5.5V21M16 3v3.5c0 2.5-4 4-4 "
               u"5.5s4 3 4 5.5V21";
    case Icon::Usb:
        return u"M12 21V4M9 6.5 12 3l3 3.5M12 17l5-3v-3M12 14 7 11.5V9M15.5 8h3v3h-3z O7 8 1.2";
    case Icon::Moon:
        return u"M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z";
    case Icon::Globe:
        return u"O12 12 9 M3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9s.5-6 3.5-9z";
    case Icon::Right:
        return u"M4 12h15M13.5 6.5 19 12l-5.5 5.5";
    case Icon::TurnBack:
        return u"M5 20V11a6 6 0 0 1 12 0v8M12.8 15.5 17 19.7l4.2-4.2";
    case Icon::Nfc:
        return u"M6 8.5a8 8 0 0 1 0 7M10 6a12.5 12.5 0 0 1 0 12M14 3.5a18 18 0 0 1 0 17";
    case Icon::Plus:
        return u"M12 5v14M5 12h14";
    case Icon::Minus:
        return u"M5 12h14";
    case Icon::Document:
        return u"M6 2.8h8.5L19 7.3v13.9H6z M14 3v5h5M9 12.5h6.5M9 16.5h6.5";
    case Icon::Down:
        return u"M6 9.5l6 6 6-6";
    case Icon::Keyboard:
        return u"R2.5 6 19 12 2 M6 10h.01M10 10h.01M14 10h.01M18 10h.01M7.5 14h9";
    case Icon::Devices:
        return u"M12 12v.01M8.5 15.5a5 5 0 0 1 0-7M15.5 8.5a5 5 0 0 1 0 7M5.6 18.4a9 9 0 0 1 "
               u"0-12.8M18.4 5.6a9 9 0 0 1 0 12.8";
    }
    return {};
}

} // namespace

void paintIcon(QPainter &painter, const QRectF &square, Icon icon, const QColor &colour,
               double stroke)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(square.topLeft());
    painter.scale(square.width() / 24, square.height() / 24);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, stroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(pathFromData(dataOf(icon)));
    painter.restore();
}

QPixmap iconPixmap(Icon icon, int px, const QColor &colour, double devicePixelRatio)
{
    QPixmap pixmap(QSize(px, px) * devicePixelRatio);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintIcon(painter, QRectF(0, 0, px, px), icon, colour);
    return pixmap;
}

QIcon iconOf(Icon icon, int px, const QColor &colour)
{
    QIcon result(iconPixmap(icon, px, colour));
    result.addPixmap(iconPixmap(icon, px, colour, 2.0));
    return result;
}

QList<Icon> allIcons()
{
    QList<Icon> icons;
    for (int i = int(Icon::Card); i <= int(Icon::Devices); ++i)
        icons.append(Icon(i));
    return icons;
}

} // namespace upgradedesk
