#pragma once

#include "gui/hubstate.h"
#include "gui/pages/steppage.h"

#include <memory>

class QShortcut;

namespace upgradedesk
{

class Catalogue;
struct CardProduct;

namespace Ui
{
class CardPage;
}

/// ① What card this is, what a gate does with it now, and what can be done.
class CardPage final : public StepPage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CardPage)

public:
    CardPage(LinkController &controller, const Catalogue &catalogue, QWidget *parent);
    ~CardPage() override;

    /// Records the hub refused: who comes back with such a card is helped on.
    void setReturned(const QList<QueueEntry> &entries);

    [[nodiscard]] QString pageName() const override;
    void present(const LinkState &state) override;
    void enter() override;
    void forget() override;
    [[nodiscard]] QList<PageAction> secondaryActions() override;
    [[nodiscard]] PageAction primaryAction() override;
    [[nodiscard]] QString words() const override;
    [[nodiscard]] QString hint() const override;
    [[nodiscard]] bool returnsToIdle() const override;
    [[nodiscard]] bool mayReturnNow() const override;
    [[nodiscard]] QList<QWidget *> tabOrder() override;

signals:
    /// The number that was typed does not agree with the card.
    void numberDoubted();

protected:
    void changeEvent(QEvent *event) override;

private:
    void presentNumber(const CardSighting &card);
    void presentCompare();
    void presentGate();
    void presentMedium(const QString &medium);
    [[nodiscard]] QString headline() const;
    [[nodiscard]] QString notKnownNote() const;
    [[nodiscard]] QString returnedNote() const;
    [[nodiscard]] QString detail(const CardSighting &card) const;
    [[nodiscard]] QString reason() const;
    [[nodiscard]] const CardProduct *product() const;
    [[nodiscard]] bool isForApp() const;
    void moveMedium(int by);
    void chooseMedium(int index);
    [[nodiscard]] bool choosesMedium() const;
    [[nodiscard]] bool comparesNow() const;
    [[nodiscard]] QString nextGroup() const;
    void retranslateUi();

    const Catalogue &m_catalogue;
    QList<QueueEntry> m_returned;
    QList<QShortcut *> m_arrows;
    std::unique_ptr<Ui::CardPage> m_ui;
};

} // namespace upgradedesk
