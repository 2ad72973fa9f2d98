#include "gui/pages/deskpage.h"

#include <QEvent>

namespace upgradedesk
{

DeskPage::DeskPage(QWidget *parent)
    : QWidget(parent)
{
    setProperty("page", true);
}

void DeskPage::announcePaint()
{
    m_toAnnounce = true;
    update();
}

bool DeskPage::event(QEvent *event)
{
    if (m_toAnnounce && event->type() == QEvent::Paint) {
        m_toAnnounce = false;
        // Queued: the children are painted after this event.
        QMetaObject::invokeMethod(this, &DeskPage::painted, Qt::QueuedConnection);
    }
    return QWidget::event(event);
}

} // namespace upgradedesk
