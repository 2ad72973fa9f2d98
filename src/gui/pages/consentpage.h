#pragma once

#include "gui/pages/steppage.h"

#include <memory>

namespace upgradedesk
{

class Clock;
class PassengerController;
class Rules;

namespace Ui
{
class ConsentPage;
}

/// ③ The notice as published, and the passenger's answer as the operator records it; on the
/// passenger's own screen, or on this one turned round, they answer themselves.
class ConsentPage final : public StepPage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConsentPage)

public:
    ConsentPage(LinkController &controller, PassengerController &passenger, const Rules &rules,
                const Clock &clock, QWidget *parent);
    ~ConsentPage() override;

    [[nodiscard]] QString pageName() const override;
    void present(const LinkState &state) override;
    [[nodiscard]] QList<QWidget *> tabOrder() override;
    void forget() override;
    [[nodiscard]] QList<PageAction> secondaryActions() override;
    [[nodiscard]] PageAction primaryAction() override;
    [[nodiscard]] QString words() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void showNotice();
    void showHow();
    void give();
    void readAloud(bool aloud);
    void retranslateUi();

    PassengerController &m_passenger;
    const Rules &m_rules;
    const Clock &m_clock;
    std::unique_ptr<Ui::ConsentPage> m_ui;
    QString m_shownVersion;
    bool m_aloud = false; ///< the notice in large text, for staff to read to the passenger
};

} // namespace upgradedesk
