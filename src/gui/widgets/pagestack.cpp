#include "gui/widgets/pagestack.h"

namespace upgradedesk
{

PageStack::PageStack(QWidget *parent)
    : QStackedWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

} // namespace upgradedesk
