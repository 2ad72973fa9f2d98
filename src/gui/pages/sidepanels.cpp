#include "gui/pages/sidepanels.h"

#include "gui/pages/helppanel.h"
#include "gui/pages/shelfpanel.h"
#include "gui/theme/theme.h"
#include "gui/widgets/touchkeypad.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLayout>
#include <QStackedWidget>
#include <QWindow>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int columnWidth = 336;
constexpr int pageEdge = 24;
constexpr int actionBar = 88;

QWidget *sideOf(const QWidget &page)
{
    return page.findChild<QWidget *>(u"side"_s);
}

bool isHandleOf(const QObject &object, const QWidget &window)
{
    const auto *handle = qobject_cast<const QWindow *>(&object);
    return handle && handle == window.windowHandle();
}

} // namespace

SidePanels::SidePanels(QStackedWidget &pages)
    : QObject(&pages)
    , m_pages(pages)
    , m_help(new HelpPanel(&pages))
{
    // Of the whole program: Esc closes the help before the page has anything of it.
    QCoreApplication::instance()->installEventFilter(this);
}

ShelfPanel *SidePanels::addShelf()
{
    m_shelf = new ShelfPanel(&m_pages);
    return m_shelf;
}

void SidePanels::follow()
{
    if (m_shelf)
        placeShelf();
    followHelp();
}

void SidePanels::followHelp()
{
    if (m_help->isVisible())
        showHelp();
}

void SidePanels::showHelp()
{
    // The rows are laid out for this width.
    m_help->setGeometry(column());
    m_help->setKeys(HelpPanel::keysOf(*m_pages.currentWidget()),
                    HelpPanel::keysEverywhere(*m_pages.window()));
    m_help->show();
    m_help->raise();
}

void SidePanels::hideHelp()
{
    m_help->hide();
    m_help->setKeys({}, {});
}

void SidePanels::toggleHelp()
{
    if (m_help->isVisible())
        hideHelp();
    else
        showHelp();
}

QRect SidePanels::column() const
{
    const QWidget &page = *m_pages.currentWidget();
    if (QWidget *side = sideOf(page); side && side->isVisible())
        return {side->mapTo(&m_pages, QPoint(0, 0)), side->size()};
    const Theme theme = currentTheme();
    const int width = theme.len(columnWidth);
    return {m_pages.width() - pageEdge - width, pageEdge, width,
            m_pages.height() - theme.len(actionBar) - pageEdge};
}

void SidePanels::placeShelf()
{
    QWidget &page = *m_pages.currentWidget();
    const QWidget *side = sideOf(page);
    if (side && side->layout()) {
        if (side->layout()->indexOf(m_shelf) < 0)
            side->layout()->addWidget(m_shelf);
        fitShelf();
        m_shelf->show();
        return;
    }
    if (m_shelf->parentWidget() != &page)
        m_shelf->setParent(&page);
    // Under the keypad of the login. A page without a column has its words where a shelf would be,
    // so there it is a line above the action bar.
    const auto *keypad = page.findChild<TouchKeypad *>();
    QRect place = column();
    if (keypad) {
        place = {keypad->mapTo(&page, QPoint(0, keypad->height() + pageEdge)), place.size()};
        place.setWidth(keypad->width());
        place.setBottom(page.height() - pageEdge);
    } else {
        place.setBottom(page.height() - currentTheme().len(actionBar));
    }
    m_shelf->setRoomy(keypad && place.height() >= m_shelf->openHeight());
    const int height = m_shelf->sizeHint().height();
    // It covers nothing, and be it the keypad.
    m_shelf->setVisible(place.height() >= height);
    place.setTop(place.bottom() + 1 - height);
    m_shelf->setGeometry(place);
}

/// In a column with others it is open where those keep what they need at least.
void SidePanels::fitShelf()
{
    const QWidget &side = *m_shelf->parentWidget();
    const QLayout &column = *side.layout();
    const int needed = column.hasHeightForWidth() ? column.totalMinimumHeightForWidth(side.width())
                                                  : column.totalMinimumSize().height();
    const int others = needed - m_shelf->minimumSizeHint().height();
    m_shelf->setRoomy(side.height() - others >= m_shelf->openHeight());
}

bool SidePanels::isForHelp(const QObject &watched, const QKeyEvent &key) const
{
    if (key.key() != Qt::Key_Escape || key.modifiers() != Qt::NoModifier)
        return false;
    const QWidget *window = m_pages.window();
    const auto *widget = qobject_cast<const QWidget *>(&watched);
    const bool ours = widget ? widget->window() == window : isHandleOf(watched, *window);
    // An open list of choices is in front of the help.
    return ours && m_help->isVisible() && !QApplication::activePopupWidget();
}

bool SidePanels::eventFilter(QObject *watched, QEvent *event)
{
    const bool press = event->type() == QEvent::KeyPress;
    if ((press || event->type() == QEvent::ShortcutOverride) &&
        isForHelp(*watched, *static_cast<QKeyEvent *>(event))) {
        // Taken from the shortcuts it comes again as a key press.
        event->accept();
        if (press)
            hideHelp();
        return true;
    }
    const bool changes = event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize;
    if (changes && m_shelf && watched == m_shelf->parentWidget() &&
        m_shelf->parentWidget()->layout() &&
        m_shelf->parentWidget()->layout()->indexOf(m_shelf) >= 0)
        fitShelf();
    // After the layouts have taken the new size.
    if (watched == &m_pages && event->type() == QEvent::Resize)
        QMetaObject::invokeMethod(this, &SidePanels::follow, Qt::QueuedConnection);
    return QObject::eventFilter(watched, event);
}

} // namespace upgradedesk
