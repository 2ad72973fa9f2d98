#pragma once

#include "gui/counterdevices.h"
#include "gui/pages/deskpage.h"

#include <QPointer>

#include <memory>

namespace upgradedesk
{

class DeviceCards;
class DevicePanel;

namespace Ui
{
class DevicesPage;
}

/// 设备: how each device at the counter is, what to do about it, its self test, and which port it
/// has; and the check at the start of a shift. Nothing here stops the work with a passenger.
class DevicesPage final : public DeskPage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DevicesPage)

public:
    /// The devices must outlive the page.
    DevicesPage(CounterDevices &devices, QWidget *parent);
    ~DevicesPage() override;

    [[nodiscard]] QString pageName() const override { return QStringLiteral("devices"); }
    void focusFirst() override;
    [[nodiscard]] QList<QWidget *> tabOrder() const override;

    /// Chooses its card.
    void choose(CounterDevice device);

    /// Shows what the check at the start of a shift found.
    void showShiftCheck();

    /// How long the primary button is deaf after the page appeared; 300 ms by default.
    void setArmingTime(int milliseconds);

signals:
    /// Back to where cards are tapped.
    void left();

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void showAll();
    void showActions();
    void test();
    void askBundle();
    void closeBundle();
    void retranslateUi();

    CounterDevices &m_devices;
    std::unique_ptr<Ui::DevicesPage> m_ui;
    DeviceCards *m_cards;
    DevicePanel *m_panel;
    bool m_shift = false;  ///< the panel shows the check of the shift
    bool m_bundle = false; ///< the panel shows the bundle
};

} // namespace upgradedesk
