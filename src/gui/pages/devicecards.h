#pragma once

#include "gui/counterdevices.h"
#include "gui/theme/iconset.h"
#include "gui/theme/theme.h"
#include "gui/widgets/paintedwidget.h"

#include <QList>

namespace upgradedesk
{

/// The six devices of the counter as cards, three rows of two. One of them is chosen, by arrow or
/// by click.
class DeviceCards final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeviceCards)

public:
    explicit DeviceCards(QWidget *parent);

    void setFacts(const QList<DeviceFacts> &facts);
    [[nodiscard]] CounterDevice chosen() const { return m_chosen; }
    void choose(CounterDevice device);

    /// How the badge looks. A hub that is away is no fault: being offline is calm.
    [[nodiscard]] static Icon icon(const DeviceFacts &facts);
    [[nodiscard]] static Tone tone(const DeviceFacts &facts);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void chosenChanged(upgradedesk::CounterDevice device);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void retranslateUi() override;

private:
    [[nodiscard]] QRectF place(int index) const;
    void paintCard(QPainter &painter, const QRectF &box, const DeviceFacts &facts) const;
    void paintHead(QPainter &painter, const QRectF &box, const DeviceFacts &facts) const;
    void speak();

    QList<DeviceFacts> m_facts;
    CounterDevice m_chosen = CounterDevice::CardReader;
};

} // namespace upgradedesk
