#include "gui/theme/pathdata.h"

#include <QPointF>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace upgradedesk
{
namespace
{

class PathReader
{
public:
    explicit PathReader(QStringView data)
        : m_data(data)
    {
    }

    QPainterPath read()
    {
        char16_t command = 0;
        while (skipSeparators()) {
            if (m_data[m_at].isLetter())
                command = m_data[m_at++].unicode();
            if (!run(command))
                break;
            // Further number pairs after a move are lines.
            if (command == u'M')
                command = u'L';
            if (command == u'm')
                command = u'l';
        }
        return m_path;
    }

private:
    bool skipSeparators()
    {
        while (m_at < m_data.size() && (m_data[m_at].isSpace() || m_data[m_at] == u','))
            ++m_at;
        return m_at < m_data.size();
    }

    double number()
    {
        skipSeparators();
        const qsizetype start = m_at;
        if (m_at < m_data.size() && m_data[m_at] == u'-')
            ++m_at;
        bool dot = false;
        while (m_at < m_data.size() && (m_data[m_at].isDigit() || (m_data[m_at] == u'.' && !dot))) {
            dot = dot || m_data[m_at] == u'.';
            ++m_at;
        }
        return m_data.mid(start, m_at - start).toDouble();
    }

    QPointF point(bool relative)
    {
        const double x = number();
        const double y = number();
        return relative ? m_path.currentPosition() + QPointF(x, y) : QPointF(x, y);
    }

    bool run(char16_t command)
    {
        const bool relative = QChar(command).isLower();
        const QPointF here = m_path.currentPosition();
        switch (QChar(command).toUpper().unicode()) {
        case u'M':
            m_path.moveTo(point(relative));
            break;
        case u'L':
            m_path.lineTo(point(relative));
            break;
        case u'H':
            m_path.lineTo(number() + (relative ? here.x() : 0), here.y());
            break;
        case u'V':
            m_path.lineTo(here.x(), number() + (relative ? here.y() : 0));
            break;
        case u'C': {
            const QPointF first = point(relative);
            m_control = point(relative);
            m_path.cubicTo(first, m_control, point(relative));
            return true;
        }
        case u'S': {
            const QPointF first = 2 * here - m_control;
            m_control = point(relative);
            m_path.cubicTo(first, m_control, point(relative));
            return true;
        }
        case u'A': {
            const double radius = number();
            number();
            number();
            const bool large = number() != 0;
            const bool clockwise = number() != 0;
            arc(here, point(relative), radius, large, clockwise);
            break;
        }
        case u'Z':
            m_path.closeSubpath();
            break;
        case u'R': {
            const double x = number();
            const double y = number();
            const double width = number();
            const double height = number();
            const double radius = number();
            m_path.addRoundedRect(x, y, width, height, radius, radius);
            break;
        }
        case u'O': {
            const double x = number();
            const double y = number();
            const double radius = number();
            m_path.addEllipse(QPointF(x, y), radius, radius);
            break;
        }
        default:
            return false;
        }
        m_control = m_path.currentPosition();
        return true;
    }

    /// Circles only: the icons have no ellipses.
    void arc(QPointF from, QPointF to, double radius, bool large, bool clockwise)
    {
        const QPointF half = (to - from) / 2;
        const double distance = std::hypot(half.x(), half.y());
        if (distance == 0)
            return;
        radius = std::max(radius, distance);
        const double rise = std::sqrt(radius * radius - distance * distance) / distance;
        const double side = large == clockwise ? -1 : 1;
        const QPointF centre = from + half + QPointF(-half.y(), half.x()) * rise * side;
        const auto degrees = [centre](QPointF at) {
            return -std::atan2(at.y() - centre.y(), at.x() - centre.x()) * 180 / std::numbers::pi;
        };
        const double start = degrees(from);
        double sweep = degrees(to) - start;
        if (clockwise && sweep > 0)
            sweep -= 360;
        if (!clockwise && sweep < 0)
            sweep += 360;
        m_path.arcTo(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius, start,
                     sweep);
    }

    QStringView m_data;
    qsizetype m_at = 0;
    QPainterPath m_path;
    QPointF m_control;
};

} // namespace

QPainterPath pathFromData(QStringView data)
{
    return PathReader(data).read();
}

} // namespace upgradedesk
