#include "gui/widgets/buttonkey.h"

#include <QShortcut>
#include <QWidget>

namespace upgradedesk
{

ButtonKey::ButtonKey(QWidget *owner)
    : QObject(owner)
{
    for (QShortcut *&shortcut : m_shortcuts) {
        shortcut = new QShortcut(owner);
        shortcut->setAutoRepeat(false);
        shortcut->setContext(Qt::WindowShortcut);
        connect(shortcut, &QShortcut::activated, this, &ButtonKey::pressed);
    }
}

QKeySequence ButtonKey::sequence() const
{
    return m_sequence;
}

void ButtonKey::setSequence(const QKeySequence &sequence)
{
    m_sequence = sequence;
    const bool enter =
        sequence == QKeySequence(Qt::Key_Return) || sequence == QKeySequence(Qt::Key_Enter);
    m_shortcuts[0]->setKey(enter ? QKeySequence(Qt::Key_Return) : sequence);
    m_shortcuts[1]->setKey(enter ? QKeySequence(Qt::Key_Enter) : QKeySequence());
}

void ButtonKey::setBorrowed(const QKeySequence &sequence)
{
    setSequence({});
    m_sequence = sequence;
}

void ButtonKey::setListening(bool listening)
{
    for (QShortcut *shortcut : m_shortcuts)
        shortcut->setEnabled(listening);
}

} // namespace upgradedesk
