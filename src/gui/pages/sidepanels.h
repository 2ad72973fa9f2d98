#pragma once

#include <QObject>

class QKeyEvent;
class QStackedWidget;

namespace upgradedesk
{

class HelpPanel;
class ShelfPanel;

/// What stands in the side column of every page: the shelf of training mode at its end, and the
/// help of F1 in front of it. A page has a column when one of its parts is called `side`; elsewhere
/// both stand at the right edge, above the action bar.
class SidePanels final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SidePanels)

public:
    explicit SidePanels(QStackedWidget &pages);

    /// In training mode only; it shows with the next follow().
    ShelfPanel *addShelf();
    /// Null without one.
    [[nodiscard]] ShelfPanel *shelf() const { return m_shelf; }
    [[nodiscard]] HelpPanel *help() const { return m_help; }

    /// Goes along to the page that is shown now, or renews what it says of it.
    void follow();

    /// The keys of the page that is shown have changed.
    void followHelp();

    void toggleHelp();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] QRect column() const;
    void placeShelf();
    void fitShelf();
    void showHelp();
    void hideHelp();
    [[nodiscard]] bool isForHelp(const QObject &watched, const QKeyEvent &key) const;

    QStackedWidget &m_pages;
    ShelfPanel *m_shelf = nullptr;
    HelpPanel *m_help;
};

} // namespace upgradedesk
