#pragma once

#include "gui/pages/steppage.h"

#include <memory>

namespace upgradedesk
{

class Catalogue;
class ReceiptTasks;

namespace Ui
{
class DonePage;
}

/// The end of a passenger: saved and waiting for its upload, taken back, or declined.
class DonePage final : public StepPage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DonePage)

public:
    DonePage(LinkController &controller, ReceiptTasks &receipts, const Catalogue &catalogue,
             QWidget *parent);
    ~DonePage() override;

    [[nodiscard]] QString pageName() const override;
    void present(const LinkState &state) override;
    void enter() override;
    [[nodiscard]] bool returnsToIdle() const override;
    [[nodiscard]] bool mayReturnNow() const override;
    void forget() override;
    [[nodiscard]] QList<PageAction> secondaryActions() override;
    [[nodiscard]] PageAction primaryAction() override;
    [[nodiscard]] QString words() const override;
    [[nodiscard]] QString hint() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void presentDone(const LinkState &state);
    void presentConfirmed(const LinkState &state);
    void presentReturned(const LinkState &state);
    void presentTrial(const TrialTap &trial);
    void presentUndone(const LinkState &state);
    [[nodiscard]] static QString noMoreSentence();
    void showSlip(const LinkState &state);
    void presentDeclined();
    [[nodiscard]] PageAction receiptAction() const;
    [[nodiscard]] bool isPrinting() const;

    ReceiptTasks &m_receipts;
    const Catalogue &m_catalogue;
    std::unique_ptr<Ui::DonePage> m_ui;
};

} // namespace upgradedesk
