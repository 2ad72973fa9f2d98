#pragma once

#include "gui/pages/deskpage.h"

#include <memory>

namespace upgradedesk
{

namespace Ui
{
class StoreFullPage;
}

/// The only state that stops work, and the only red page: nothing more can be saved here.
class StoreFullPage final : public DeskPage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StoreFullPage)

public:
    explicit StoreFullPage(QWidget *parent);
    ~StoreFullPage() override;

    [[nodiscard]] QString pageName() const override { return QStringLiteral("store-full"); }
    void focusFirst() override;
    void setArmingTime(int milliseconds);

signals:
    /// Space was made: back to where the work stopped.
    void againRequested();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void retranslateUi();

    std::unique_ptr<Ui::StoreFullPage> m_ui;
};

} // namespace upgradedesk
