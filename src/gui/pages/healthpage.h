#pragma once

#include "gui/pages/steppage.h"

#include <QTimer>

#include <memory>

namespace upgradedesk
{

namespace Ui
{
class HealthPage;
}

/// ④ What the health service says of the passenger, and what the gate will make of it today. Where
/// the hub cannot be asked, or does not answer, it does so later by itself. Linking and entry are
/// two things: whatever the state, the upgrade goes on.
class HealthPage final : public StepPage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HealthPage)

public:
    HealthPage(LinkController &controller, QWidget *parent);
    ~HealthPage() override;

    [[nodiscard]] QString pageName() const override;
    void present(const LinkState &state) override;
    void enter() override;
    /// How many records wait before this one.
    void setWaiting(int records);
    void forget() override;
    [[nodiscard]] QList<PageAction> secondaryActions() override;
    [[nodiscard]] PageAction primaryAction() override;
    [[nodiscard]] QString words() const override;
    [[nodiscard]] QString hint() const override;
    [[nodiscard]] Icon hintIcon() const override;
    [[nodiscard]] bool leadsOn() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    /// What is on the page.
    enum class Face { Offline, Asking, Unanswered, TimeNotTrusted, MayEnter, TurnedBack };

    [[nodiscard]] Face face() const;
    [[nodiscard]] QString dayWords() const;
    void presentHead();
    void presentCalm();
    void presentFacts();
    void presentGate();
    void tellOnce();
    void retranslateUi();

    int m_waiting = 0;
    QTimer m_patience;
    bool m_late = false;         ///< the question takes long
    QuestionId m_asked = 0;      ///< the one m_patience runs for
    Face m_told = Face::Offline; ///< to a screen reader
    std::unique_ptr<Ui::HealthPage> m_ui;
};

} // namespace upgradedesk
