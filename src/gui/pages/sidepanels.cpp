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
        m_shelf->setRoomy(true);
        return;
    }
    if (m_shelf->parentWidget() != &page) {
        m_shelf->setParent(&page);
        m_shelf->show();
    }
    // Under the keypad of the login, above the action bar elsewhere.
    const auto *keypad = page.findChild<TouchKeypad *>();
    const QRect place = column();
    const int top =
        keypad ? keypad->mapTo(&page, QPoint(0, keypad->height())).y() + pageEdge : place.top();
    const int bottom = page.height() - (keypad ? pageEdge : currentTheme().len(actionBar));
    // Half a shelf would be an empty box: where it does not fit it shows its name only.
    const bool fits = bottom - top >= m_shelf->sizeHint().height();
    m_shelf->setRoomy(bottom - top >= m_shelf->openHeight());
    const int height = fits ? m_shelf->sizeHint().height() : m_shelf->minimumSizeHint().height();
    m_shelf->setGeometry(place.left(), bottom - height, place.width(), height);
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
    // After the layouts have taken the new size.
    if (watched == &m_pages && event->type() == QEvent::Resize)
        QMetaObject::invokeMethod(this, &SidePanels::follow, Qt::QueuedConnection);
    return QObject::eventFilter(watched, event);
}

} // namespace upgradedesk
