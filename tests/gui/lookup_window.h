#pragma once

#include "gui/pages_window.h"
#include "gui/widgets/cardnumberedit.h"
#include "gui/widgets/cardnumberview.h"
#include "gui/widgets/checkline.h"
#include "gui/widgets/lengthbars.h"
#include "gui/widgets/nearrow.h"

#include "card/nearnumbers.h"

namespace upgradedesk::test
{

/// The window with a desk that read some cards today, and answers at once.
class LookupUnderTest : public WindowUnderTest
{
public:
    explicit LookupUnderTest(const QStringList &readToday = {})
        : m_readToday(readToday)
    {
        QObject::connect(&window, &MainWindow::nearCardsRequested, &window,
                         [this](const QString &number) { answer(number); });
        logIn();
    }

    /// Opens the page and waits out the pause after the last key.
    void look(const QString &typed)
    {
        press(Qt::Key_F5);
        type(typed);
        waitForNear();
    }
    void waitForNear()
    {
        QSignalSpy request(&window, &MainWindow::nearCardsRequested);
        (void)request.wait(2000);
        settle();
    }

    CardNumberEdit *field() const { return visible<CardNumberEdit>(); }
    QString checkText(const QString &name) const
    {
        const auto *line = visible<CheckLine>(name);
        return line ? line->text() : QString();
    }
    QString badge() const
    {
        const auto *found = visible<StateBadge>();
        return found ? found->word() : QString();
    }
    /// The page is announced after its first paint, so one turn of the loop is not enough.
    QString page()
    {
        settle();
        settle();
        return pages.isEmpty() ? QString() : pages.last();
    }
    QList<NearRow *> nearRows() const
    {
        QList<NearRow *> shown;
        for (NearRow *row : window.findChildren<NearRow *>()) {
            if (row->isVisible())
                shown << row;
        }
        return shown;
    }

    QStringList asked; ///< every number that was asked about

private:
    void answer(const QString &number)
    {
        asked << number;
        QList<NearCard> near;
        for (const NearMatch &match : neighbours(catalogue, number)) {
            if (m_readToday.contains(match.number))
                near << NearCard{match, desk.clock.now().addSecs(-1140), false};
        }
        window.showNearCards(number, near);
    }

    QStringList m_readToday;
};

} // namespace upgradedesk::test
