#include "gui/pages/steppage.h"

namespace upgradedesk
{

StepPage::StepPage(LinkController &controller, QWidget *parent)
    : QFrame(parent)
    , m_controller(controller)
{
}

PageAction StepPage::backAction()
{
    //: btn.back
    return {tr("上一步"), Qt::Key_Escape, [this] { m_controller.apply(StepBack{}); }};
}

PageAction StepPage::endAction()
{
    //: btn.end
    return {tr("结束"), Qt::Key_Escape, [this] { m_controller.apply(EndPassenger{}); }};
}

PageAction StepPage::nextPassengerAction()
{
    //: card.next
    return {tr("下一位"), Qt::Key_Return, [this] { m_controller.apply(EndPassenger{}); }};
}

} // namespace upgradedesk
