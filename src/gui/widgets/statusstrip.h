#pragma once

#include "gui/widgets/paintedwidget.h"
#include "gui/widgets/statuschip.h"

#include <QList>

class QHBoxLayout;

namespace upgradedesk
{

/// The bar at the bottom of every page. Shows the chips it is given, nothing more.
class StatusStrip final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatusStrip)

public:
    explicit StatusStrip(QWidget *parent = nullptr);

    /// Adds the item, or renews the one with the same id in its place.
    void setItem(const StatusItem &item);
    void removeItem(const QString &id);

    [[nodiscard]] StatusChip *chip(const QString &id) const;

    /// Those that open something, from left to right.
    [[nodiscard]] QList<QWidget *> chips() const;

    [[nodiscard]] QSize sizeHint() const override;

signals:
    /// A chip with a hint was chosen.
    void chosen(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void partChips();

    QHBoxLayout *m_left;
    QHBoxLayout *m_right;
    QList<StatusChip *> m_chips;
};

} // namespace upgradedesk
