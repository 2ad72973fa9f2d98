#pragma once

#include "gui/theme/iconset.h"

#include <QKeySequence>
#include <QToolButton>

namespace upgradedesk
{

/// One fact of the status strip, as data.
struct StatusItem {
    /// Calm is the rule; Bad only where staff must act now; Waiting is the slate blue of being
    /// offline.
    enum class Mood { Calm, Bad, Waiting };
    enum class Side { Left, Right };

    QString id = {};
    Icon icon = Icon::None;
    QString label = {};
    QString value = {};
    Mood mood = Mood::Calm;
    Side side = Side::Left;
    /// What a click opens, for a screen reader; empty when a click opens nothing.
    QString hint = {};
    /// The key that opens the same.
    QKeySequence key = {};

    bool operator==(const StatusItem &) const = default;
};

/// Draws one StatusItem. Can be clicked only when the item has a hint.
class StatusChip final : public QToolButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatusChip)

public:
    explicit StatusChip(QWidget *parent);

    void setItem(const StatusItem &item);
    [[nodiscard]] const StatusItem &item() const;

    /// A thin line at the left parts a chip from its neighbour.
    void setParted(bool parted);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    StatusItem m_item;
    bool m_parted = false;
};

} // namespace upgradedesk
