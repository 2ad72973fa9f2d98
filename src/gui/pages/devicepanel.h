#pragma once

#include "gui/counterdevices.h"

#include <QFrame>

class QLabel;
class QPlainTextEdit;
class QScrollArea;
class QVBoxLayout;

namespace upgradedesk
{

class KeyButton;
class NoticeStrip;

/// Beside the cards: what the last test of the chosen device found, and the serial ports that can
/// be given to it; or, while it is looked at before it is written, the diagnostic bundle.
class DevicePanel final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DevicePanel)

public:
    /// Ports that get a key: Alt+1 … Alt+4.
    static constexpr int mostPorts = 4;

    DevicePanel(const CounterDevices &devices, QWidget *parent);
    ~DevicePanel() override;

    /// What was found of this device; of the start of the shift where there is none.
    void showTest(std::optional<CounterDevice> device);
    void showBundle(const QString &text);
    [[nodiscard]] QString bundle() const;

    /// Why the last thing that was asked for was not done, or that it was; empty takes it away.
    void setNote(const QString &text, bool good);

    [[nodiscard]] QList<QWidget *> tabOrder() const;

signals:
    /// A port was chosen for the device that is shown; an empty path: it is to have none.
    void portChosen(upgradedesk::CounterDevice device, const QString &path);

protected:
    void changeEvent(QEvent *event) override;

private:
    void renew();
    void showSummary(const std::optional<TestResult> &result);
    void showLines(const std::optional<TestResult> &result);
    void showPorts();

    const CounterDevices &m_devices;
    std::optional<CounterDevice> m_device = CounterDevice::CardReader;
    QString m_note;
    bool m_noteGood = true;
    QLabel *m_title;
    NoticeStrip *m_notice;
    QScrollArea *m_scroll;
    QWidget *m_lines;
    QLabel *m_portsTitle;
    QLabel *m_portsText;
    QList<KeyButton *> m_ports;
    QPlainTextEdit *m_bundle;
};

} // namespace upgradedesk
