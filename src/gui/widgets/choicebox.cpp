#include "gui/widgets/choicebox.h"

#include "gui/theme/iconset.h"
#include "gui/theme/theme.h"
#include "gui/widgets/painting.h"

#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace upgradedesk
{

ChoiceBox::ChoiceBox(QWidget *parent)
    : QComboBox(parent)
{
    setProperty("ownFocus", true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ChoiceBox::showPopup()
{
    // The default delegate of a combo box ignores the style sheet's row height. Setting one builds
    // the list, which waits until it is wanted.
    if (!m_delegate) {
        m_delegate = new QStyledItemDelegate(this);
        setItemDelegate(m_delegate);
    }
    QComboBox::showPopup();
}

QSize ChoiceBox::sizeHint() const
{
    const Theme theme = currentTheme();
    int widest = 0;
    for (int i = 0; i < count(); ++i)
        widest = std::max(widest, textWidth(theme, 20, false, itemText(i)));
    return {widest + theme.len(62), theme.len(56)};
}

QSize ChoiceBox::minimumSizeHint() const
{
    return {160, currentTheme().len(56)};
}

void ChoiceBox::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    drawBox(painter, rect(),
            {.fill = isEnabled() ? theme.surface : theme.sunken,
             .border = !isEnabled() ? theme.line
                       : hasFocus() ? theme.accent
                                    : theme.lineStrong,
             .borderWidth = hasFocus() ? 2.0 : 1.0});
    drawText(painter, QRectF(15, 0, width() - theme.len(62), height()), theme.font(20),
             isEnabled() ? theme.ink : theme.ink3, currentText());
    const int side = theme.len(20);
    paintIcon(painter, QRectF(width() - 15 - side, (height() - side) / 2.0, side, side), Icon::Down,
              theme.ink3);
}

} // namespace upgradedesk
