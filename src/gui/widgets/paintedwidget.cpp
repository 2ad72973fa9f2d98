#include "gui/widgets/paintedwidget.h"

#include <QEvent>

namespace upgradedesk
{

PaintedWidget::PaintedWidget(QWidget *parent)
    : QWidget(parent)
{
}

void PaintedWidget::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    switch (event->type()) {
    case QEvent::LanguageChange:
        retranslateUi();
        [[fallthrough]];
    case QEvent::StyleChange:
    case QEvent::FontChange:
    case QEvent::EnabledChange:
        updateGeometry();
        update();
        break;
    default:
        break;
    }
}

void PaintedWidget::retranslateUi() {}

} // namespace upgradedesk
