#include "gui/pages/headlinelabel.h"

#include "gui/theme/theme.h"

#include <QEvent>
#include <QFontMetrics>
#include <QPainter>
#include <QResizeEvent>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

struct Type {
    QStringView name;
    int size;
};

constexpr std::array types{Type{u"hero", 60},  Type{u"headline", 44}, Type{u"counter", 34},
                           Type{u"title", 26}, Type{u"value", 20},    Type{u"strong", 17}};

} // namespace

HeadlineLabel::HeadlineLabel(QWidget *parent)
    : QLabel(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void HeadlineLabel::setText(const QString &text)
{
    QLabel::setText(text);
    fit();
}

void HeadlineLabel::setLargest(const QString &type)
{
    m_wanted = type;
    fit();
}

QSize HeadlineLabel::minimumSizeHint() const
{
    return {0, QLabel::minimumSizeHint().height()};
}

void HeadlineLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fit();
}

void HeadlineLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    m_hasRoom = true;
    fit();
}

void HeadlineLabel::paintEvent(QPaintEvent *)
{
    // Lines of headlines are tighter than the font's own: QLabel would cut the descenders of Latin
    // letters, which move up here by as much as they need.
    const QFontMetrics metrics(font());
    const int top = (height() - metrics.height()) / 2;
    const int ink = top + metrics.ascent() + metrics.tightBoundingRect(text()).bottom() + 1;
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    painter.drawText(QRect(0, top - std::max(0, ink - height()), width(), metrics.height()),
                     int(alignment() & Qt::AlignHorizontal_Mask) | Qt::AlignTop | Qt::TextDontClip,
                     metrics.elidedText(text(), Qt::ElideRight, width() + 1));
}

void HeadlineLabel::fit()
{
    // Each size that is tried loads fonts: not for a width that no layout gave.
    if (!m_hasRoom)
        return;
    if (m_wanted.isEmpty())
        m_wanted = property("type").toString();
    const Theme theme = currentTheme();
    QStringView best = m_wanted;
    bool reached = false;
    for (const Type &type : types) {
        reached = reached || type.name == m_wanted;
        if (!reached)
            continue;
        best = type.name;
        if (QFontMetrics(theme.font(type.size, true)).horizontalAdvance(text()) <= width())
            break;
    }
    if (property("type").toString() == best)
        return;
    setProperty("type", best.toString());
    restyle(*this);
}

} // namespace upgradedesk
