#pragma once

#include <QList>
#include <QString>
#include <QWidget>

namespace upgradedesk
{

/// A page of the window: what the window has to know of each, whichever it is.
class DeskPage : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeskPage)

public:
    explicit DeskPage(QWidget *parent);

    /// The word of MainWindow::pageShown().
    [[nodiscard]] virtual QString pageName() const = 0;

    /// Called when the page comes to the front.
    virtual void focusFirst() = 0;

    /// Controls from top to bottom, for the Tab key; empty where the order of the form is right.
    [[nodiscard]] virtual QList<QWidget *> tabOrder() const { return {}; }

    /// Paints the page; painted() follows once.
    void announcePaint();

signals:
    /// The page and its parts are on the screen.
    void painted();

protected:
    bool event(QEvent *event) override;

private:
    bool m_toAnnounce = false;
};

} // namespace upgradedesk
