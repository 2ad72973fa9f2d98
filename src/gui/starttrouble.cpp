#include "gui/starttrouble.h"

#include "gui/pages/words.h"
#include "gui/theme/theme.h"
#include "gui/widgets/keybutton.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

StartTrouble::StartTrouble(const Error &error)
{
    //: app.title
    setWindowTitle(tr("票务升级服务台"));
    auto *heading = new QLabel(tr("现在不能开始"), this);
    QFont large = heading->font();
    large.setPixelSize(44);
    large.setBold(true);
    heading->setFont(large);
    auto *sentence = new QLabel(errorText(error), this);
    QFont readable = sentence->font();
    readable.setPixelSize(20);
    sentence->setFont(readable);
    sentence->setWordWrap(true);
    sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *end = new KeyButton(this);
    //: btn.end
    end->setText(tr("结束"));
    end->setShortcut(Qt::Key_Escape);
    connect(end, &QPushButton::clicked, this, &StartTrouble::ended);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(96, 96, 96, 96);
    column->setSpacing(24);
    column->addStretch();
    column->addWidget(heading);
    column->addWidget(sentence);
    auto *row = new QHBoxLayout;
    row->addWidget(end);
    row->addStretch();
    column->addLayout(row);
    column->addStretch();
}

void StartTrouble::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), currentTheme().bg);
}

} // namespace upgradedesk
