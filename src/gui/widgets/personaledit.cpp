#include "gui/widgets/personaledit.h"

#include <QKeyEvent>

namespace upgradedesk
{

bool touchesClipboard(const QKeyEvent &event)
{
    return event.matches(QKeySequence::Copy) || event.matches(QKeySequence::Cut) ||
           event.matches(QKeySequence::DeleteEndOfLine) ||
           event.matches(QKeySequence::DeleteCompleteLine);
}

bool leavesUndoToPage(const QLineEdit &edit, const QKeyEvent &event)
{
    return event.matches(QKeySequence::Undo) && !edit.isUndoAvailable();
}

PersonalEdit::PersonalEdit(QWidget *parent)
    : QLineEdit(parent)
{
    setContextMenuPolicy(Qt::NoContextMenu);
    setDragEnabled(false);
}

bool PersonalEdit::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride &&
        touchesClipboard(*static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::ShortcutOverride &&
        leavesUndoToPage(*this, *static_cast<QKeyEvent *>(event))) {
        event->ignore();
        return true;
    }
    return QLineEdit::event(event);
}

void PersonalEdit::keyPressEvent(QKeyEvent *event)
{
    if (!touchesClipboard(*event))
        QLineEdit::keyPressEvent(event);
}

// A selection made by mouse is on X11's selection clipboard at once, so there is none.
void PersonalEdit::mouseMoveEvent(QMouseEvent *) {}

void PersonalEdit::mouseDoubleClickEvent(QMouseEvent *) {}

} // namespace upgradedesk
