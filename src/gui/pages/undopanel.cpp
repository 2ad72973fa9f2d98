#include "gui/pages/undopanel.h"

#include "gui/widgets/iconlabel.h"
#include "gui/widgets/keybutton.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

UndoPanel::UndoPanel(QWidget *parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_undo(new KeyButton(this))
{
    setProperty("panel", u"side"_s);
    m_title->setProperty("type", u"strong"_s);
    m_text->setProperty("type", u"meta"_s);
    m_undo->setObjectName(u"undo"_s);
    m_undo->setCompact(true);
    m_undo->setShortcut(Qt::CTRL | Qt::Key_Z);
    connect(m_undo, &QPushButton::clicked, this, &UndoPanel::undoRequested);

    auto *icon = new IconLabel(this);
    icon->setIcon(Icon::Undo);
    icon->setSizes(20, 15);
    icon->setTone(Tone::Ink);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addStretch();
    words->addWidget(m_title);
    words->addWidget(m_text);
    words->addStretch();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(21, 16, 20, 16);
    row->setSpacing(8);
    row->addWidget(icon);
    row->addLayout(words, 1);
    row->addWidget(m_undo);
    retranslateUi();
}

void UndoPanel::setMinutes(int minutes)
{
    m_minutes = minutes;
    retranslateUi();
}

void UndoPanel::setBusy(bool busy)
{
    m_undo->setEnabled(!busy);
}

void UndoPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    QFrame::changeEvent(event);
}

void UndoPanel::retranslateUi()
{
    //: undo.wrong
    m_title->setText(tr("办错了？"));
    //: undo.within
    m_text->setText(tr("%n 分钟内可撤销", nullptr, m_minutes));
    //: btn.undo
    m_undo->setText(tr("撤销"));
    setAccessibleName(m_title->text());
    setAccessibleDescription(m_text->text());
}

} // namespace upgradedesk
