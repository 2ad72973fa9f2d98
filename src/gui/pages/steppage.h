#pragma once

#include "gui/linkcontroller.h"
#include "gui/theme/iconset.h"

#include <QFrame>
#include <QKeySequence>
#include <QList>

#include <functional>

namespace upgradedesk
{

/// One button of the action bar.
struct PageAction {
    QString text;
    QKeySequence key;
    std::function<void()> run;
    bool enabled = true;
    bool borrowsKey = false; ///< the key is the task rail's, the button only prints it
};

/// The work column of one step of the upgrade. The flow page around it shows what it says: the
/// words for the passenger, the hint above the primary button, and the buttons.
class StepPage : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StepPage)

public:
    StepPage(LinkController &controller, QWidget *parent);

    /// The word of pageShown().
    [[nodiscard]] virtual QString pageName() const = 0;

    /// Shows the state. Called whenever it changes while this is the page.
    virtual void present(const LinkState &state) = 0;

    /// Called once when this becomes the page, after present().
    virtual void enter() {}

    /// Forgets everything of the passenger that a widget holds.
    virtual void forget() = 0;

    /// At most three, from left to right.
    [[nodiscard]] virtual QList<PageAction> secondaryActions() = 0;
    [[nodiscard]] virtual PageAction primaryAction() = 0;

    /// Words for the operator to say; empty for none.
    [[nodiscard]] virtual QString words() const = 0;
    /// What else staff should know; empty for none.
    [[nodiscard]] virtual QString hint() const { return {}; }
    [[nodiscard]] virtual Icon hintIcon() const { return Icon::Info; }

    /// True when the page goes back to idle by itself.
    [[nodiscard]] virtual bool returnsToIdle() const { return false; }
    /// True when the page does its primary action by itself after a while, unless a key is pressed.
    [[nodiscard]] virtual bool leadsOn() const { return false; }
    /// False while somebody is looking closer, so that what happens by itself waits.
    [[nodiscard]] virtual bool mayReturnNow() const { return true; }

    /// True when the page shows LinkState::problem itself.
    [[nodiscard]] virtual bool showsProblem() const { return false; }

    /// The field that has the focus first; null for the primary button.
    [[nodiscard]] virtual QWidget *firstField() { return nullptr; }

    /// Controls of the page from top to bottom, for the Tab key.
    [[nodiscard]] virtual QList<QWidget *> tabOrder() { return {}; }

signals:
    /// Words or actions changed without a change of state.
    void faceChanged();

protected:
    [[nodiscard]] LinkController &controller() const { return m_controller; }

    /// The usual ways out of a step.
    [[nodiscard]] PageAction backAction();
    [[nodiscard]] PageAction endAction();
    [[nodiscard]] PageAction nextPassengerAction();

private:
    LinkController &m_controller;
};

} // namespace upgradedesk
