#pragma once

#include "gui/pages/steppage.h"

#include <memory>

namespace upgradedesk
{

namespace Ui
{
class HealthPage;
}

/// ④ Offline: the state cannot be asked for now, the hub does it later by itself.
class HealthPage final : public StepPage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HealthPage)

public:
    HealthPage(LinkController &controller, QWidget *parent);
    ~HealthPage() override;

    [[nodiscard]] QString pageName() const override;
    void present(const LinkState &state) override;
    /// How many records wait before this one.
    void setWaiting(int records);
    void forget() override;
    [[nodiscard]] QList<PageAction> secondaryActions() override;
    [[nodiscard]] PageAction primaryAction() override;
    [[nodiscard]] QString words() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslateUi();

    int m_waiting = 0;
    std::unique_ptr<Ui::HealthPage> m_ui;
};

} // namespace upgradedesk
