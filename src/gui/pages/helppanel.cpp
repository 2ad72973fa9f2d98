#include "gui/pages/helppanel.h"

#include "gui/pages/lookbuttons.h"
#include "gui/pages/shelfpanel.h"
#include "gui/theme/theme.h"
#include "gui/widgets/painting.h"
#include "gui/widgets/railbutton.h"
#include "gui/widgets/shelftile.h"

#include <QAbstractButton>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr auto extraKeys = "keyHelp";
constexpr int rowGap = 4;
constexpr int textGap = 8;
/// Around the key on its cap: padding and border of the style sheet.
constexpr int capEdge = 14;

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

void appendButton(QList<KeyHelp> &keys, const QAbstractButton &button)
{
    append(keys, {keyText(button.property("shortcut").value<QKeySequence>()), button.text()});
}

/// Parts that stand on several pages; their keys are named once, with those of every page.
bool isOfEveryPage(const QWidget &widget)
{
    for (const QWidget *at = &widget; at; at = at->parentWidget()) {
        if (qobject_cast<const ShelfPanel *>(at) || qobject_cast<const LookButtons *>(at))
            return true;
    }
    return false;
}

} // namespace

HelpPanel::HelpPanel(QWidget *parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_foot(new QLabel(this))
    , m_column(new QVBoxLayout(this))
{
    setObjectName(u"helpPanel"_s);
    setProperty("panel", u"side"_s);
    m_title->setProperty("type", u"strong"_s);
    m_foot->setProperty("type", u"label"_s);
    m_column->setContentsMargins(20, 12, 20, 12);
    m_column->setSpacing(8);
    m_column->addWidget(m_title);
    m_column->addStretch();
    m_column->addWidget(m_foot);
    hide();
    renewRows();
}

QList<KeyHelp> HelpPanel::keysOf(const QWidget &page)
{
    QList<KeyHelp> keys;
    for (const auto *button : page.findChildren<QAbstractButton *>()) {
        if (button->isVisible() && !isOfEveryPage(*button))
            appendButton(keys, *button);
    }
    appendExtra(keys, page);
    for (const auto *widget : page.findChildren<QWidget *>()) {
        if (widget->isVisible() && !isOfEveryPage(*widget))
            appendExtra(keys, *widget);
    }
    return keys;
}

QList<KeyHelp> HelpPanel::keysEverywhere(const QWidget &window)
{
    QList<KeyHelp> keys;
    for (const auto *button : window.findChildren<RailButton *>()) {
        if (button->isVisible() && button->shortcut() != QKeySequence(Qt::Key_F1))
            appendButton(keys, *button);
    }
    appendExtra(keys, window);
    for (const auto *shelf : window.findChildren<ShelfPanel *>()) {
        appendExtra(keys, *shelf);
        for (const auto *button : shelf->findChildren<QAbstractButton *>()) {
            // What the tiles print is in one line of the shelf: there are many.
            if (button->isVisible() && !qobject_cast<const ShelfTile *>(button))
                appendButton(keys, *button);
        }
    }
    return keys;
}

void HelpPanel::setKeys(const QList<KeyHelp> &keys, const QList<KeyHelp> &everywhere)
{
    QList<KeyHelp> rest;
    for (const KeyHelp &one : everywhere) {
        if (std::ranges::find(keys, one.key, &KeyHelp::key) == keys.end())
            rest.append(one);
    }
    if (keys == m_keys && rest == m_everywhere)
        return;
    m_keys = keys;
    m_everywhere = rest;
    renewRows();
}

void HelpPanel::changeEvent(QEvent *event)
{
    // Not at once: whoever restyles the program walks a list of widgets that must not go meanwhile.
    if ((event->type() == QEvent::LanguageChange || event->type() == QEvent::StyleChange) &&
        !std::exchange(m_renewing, true))
        QMetaObject::invokeMethod(this, &HelpPanel::renewRows, Qt::QueuedConnection);
    QFrame::changeEvent(event);
}

QLabel *HelpPanel::keyCap(const KeyHelp &key)
{
    auto *cap = new QLabel(key.key, m_body);
    cap->setProperty("keyCap", true);
    cap->setAlignment(Qt::AlignCenter);
    return cap;
}

QLabel *HelpPanel::words(const KeyHelp &key)
{
    auto *text = new QLabel(key.text, m_body);
    text->setProperty("type", u"side"_s);
    text->setWordWrap(true);
    return text;
}

void HelpPanel::addPageRows()
{
    auto *rows = new QGridLayout;
    rows->setHorizontalSpacing(textGap);
    rows->setVerticalSpacing(rowGap);
    rows->setColumnStretch(1, 1);
    for (qsizetype i = 0; i < m_keys.size(); ++i) {
        rows->addWidget(keyCap(m_keys.at(i)), int(i), 0, Qt::AlignTop);
        rows->addWidget(words(m_keys.at(i)), int(i), 1);
    }
    static_cast<QVBoxLayout *>(m_body->layout())->addLayout(rows);
}

/// Two in a row where both are short.
void HelpPanel::addRowsEverywhere()
{
    const Theme theme = currentTheme();
    const int half = (width() - 40 - 2 * textGap) / 2;
    const auto isShort = [&](const KeyHelp &one) {
        return textWidth(theme, 13, false, one.key) + capEdge + textGap +
                   textWidth(theme, 15, false, one.text) <=
               half;
    };
    auto *rows = new QGridLayout;
    rows->setHorizontalSpacing(2 * textGap);
    rows->setVerticalSpacing(rowGap);
    for (const int column : {0, 1})
        rows->setColumnStretch(column, 1);
    int row = -1;
    bool mayFollow = false;
    for (const KeyHelp &one : std::as_const(m_everywhere)) {
        auto *cell = new QHBoxLayout;
        cell->setSpacing(textGap);
        cell->addWidget(keyCap(one), 0, Qt::AlignTop);
        cell->addWidget(words(one), 1);
        const bool fits = isShort(one);
        if (fits && mayFollow) {
            rows->addLayout(cell, row, 1);
            mayFollow = false;
            continue;
        }
        rows->addLayout(cell, ++row, 0, 1, fits ? 1 : 2);
        mayFollow = fits;
    }
    static_cast<QVBoxLayout *>(m_body->layout())->addLayout(rows);
}

void HelpPanel::renewRows()
{
    m_renewing = false;
    //: help.title
    m_title->setText(tr("这一页的按键"));
    //: help.foot
    m_foot->setText(tr("按 F1 或 Esc 收起"));
    delete m_body;
    m_body = new QWidget(this);
    auto *body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(8);
    addPageRows();
    if (!m_everywhere.isEmpty()) {
        //: help.everywhere
        auto *title = new QLabel(tr("各页都有"), m_body);
        title->setProperty("type", u"label"_s);
        body->addWidget(title);
        addRowsEverywhere();
    }
    m_column->insertWidget(1, m_body);

    setAccessibleName(m_title->text());
    QStringList spoken;
    for (const KeyHelp &one : m_keys + m_everywhere)
        spoken << one.key + u' ' + one.text;
    setAccessibleDescription(spoken.join(u", "_s));
}

} // namespace upgradedesk
