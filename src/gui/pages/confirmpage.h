#pragma once

#include "gui/pages/steppage.h"

#include <memory>

namespace upgradedesk
{

class Catalogue;
class Clock;
class DocumentKinds;
class Rules;

namespace Ui
{
class ConfirmPage;
}

/// ⑤ Everything once more, masked; also shown while the record is being saved.
class ConfirmPage final : public StepPage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConfirmPage)

public:
    ConfirmPage(LinkController &controller, const Catalogue &catalogue, const DocumentKinds &kinds,
                const Rules &rules, const Clock &clock, QWidget *parent);
    ~ConfirmPage() override;

    [[nodiscard]] QString pageName() const override;
    void present(const LinkState &state) override;
    [[nodiscard]] QString hint() const override;
    [[nodiscard]] Icon hintIcon() const override;
    void forget() override;
    [[nodiscard]] QList<PageAction> secondaryActions() override;
    [[nodiscard]] PageAction primaryAction() override;
    [[nodiscard]] QString words() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] int undoMinutes() const;
    void presentHealth(const LinkState &state);
    void presentCards(const LinkState &state);

    const Catalogue &m_catalogue;
    const DocumentKinds &m_kinds;
    const Rules &m_rules;
    const Clock &m_clock;
    std::unique_ptr<Ui::ConfirmPage> m_ui;
};

} // namespace upgradedesk
