#include "gui/pages/helppanel.h"

#include "gui/widgets/painting.h"
#include "gui/widgets/shelftile.h"

#include <QAbstractButton>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr auto extraKeys = "keyHelp";

void append(QList<KeyHelp> &keys, const KeyHelp &one)
{
    if (!one.key.isEmpty() && !one.text.isEmpty() && !keys.contains(one))
        keys.append(one);
}

void appendExtra(QList<KeyHelp> &keys, const QWidget &widget)
{
    const QStringList extra = widget.property(extraKeys).toStringList();
    for (qsizetype i = 0; i + 1 < extra.size(); i += 2)
        append(keys, {extra.at(i), extra.at(i + 1)});
}

} // namespace

HelpPanel::HelpPanel(QWidget *parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_foot(new QLabel(this))
    , m_rows(new QGridLayout)
{
    setObjectName(u"helpPanel"_s);
    setProperty("panel", u"side"_s);
    m_title->setProperty("type", u"strong"_s);
    m_foot->setProperty("type", u"label"_s);
    m_rows->setHorizontalSpacing(16);
    m_rows->setVerticalSpacing(8);
    m_rows->setColumnStretch(1, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(12);
    column->addWidget(m_title);
    column->addLayout(m_rows);
    column->addStretch();
    column->addWidget(m_foot);
    hide();
    renewRows();
}

QList<KeyHelp> HelpPanel::keysOf(const QWidget &page)
{
    QList<KeyHelp> keys;
    for (const auto *button : page.findChildren<QAbstractButton *>()) {
        // The shelf prints its keys on its tiles, and there are many.
        if (!button->isVisible() || qobject_cast<const ShelfTile *>(button))
            continue;
        append(keys, {keyText(button->property("shortcut").value<QKeySequence>()), button->text()});
    }
    appendExtra(keys, page);
    for (const auto *widget : page.findChildren<QWidget *>()) {
        if (widget->isVisible())
            appendExtra(keys, *widget);
    }
    return keys;
}

void HelpPanel::setKeys(const QList<KeyHelp> &keys)
{
    if (keys == m_keys)
        return;
    m_keys = keys;
    renewRows();
}

void HelpPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        renewRows();
    QFrame::changeEvent(event);
}

void HelpPanel::renewRows()
{
    while (const QLayoutItem *item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    //: help.title
    m_title->setText(tr("这一页的按键"));
    //: help.foot
    m_foot->setText(tr("再按 F1 收起"));
    setAccessibleName(m_title->text());
    QStringList spoken;
    for (qsizetype i = 0; i < m_keys.size(); ++i) {
        const KeyHelp &one = m_keys.at(i);
        auto *key = new QLabel(one.key, this);
        key->setProperty("keyCap", true);
        key->setAlignment(Qt::AlignCenter);
        auto *text = new QLabel(one.text, this);
        text->setWordWrap(true);
        m_rows->addWidget(key, int(i), 0, Qt::AlignTop);
        m_rows->addWidget(text, int(i), 1);
        spoken << one.key + u' ' + one.text;
    }
    setAccessibleDescription(spoken.join(u", "_s));
}

} // namespace upgradedesk
