#pragma once

#include "gui/pages/steppage.h"

#include <memory>

namespace upgradedesk
{

class Catalogue;
class DocumentKinds;

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
                QWidget *parent);
    ~ConfirmPage() override;

    [[nodiscard]] QString pageName() const override;
    void present(const LinkState &state) override;
    [[nodiscard]] QString hint() const override;
    void forget() override;
    [[nodiscard]] QList<PageAction> secondaryActions() override;
    [[nodiscard]] PageAction primaryAction() override;
    [[nodiscard]] QString words() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    const Catalogue &m_catalogue;
    const DocumentKinds &m_kinds;
    std::unique_ptr<Ui::ConfirmPage> m_ui;
};

} // namespace upgradedesk
