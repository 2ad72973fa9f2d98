#pragma once

#include "gui/widgets/paintedwidget.h"

namespace upgradedesk
{

/// The drawing of the idle page: a card above the reader, 300 by 208.
class IdleArt final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IdleArt)

public:
    explicit IdleArt(QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace upgradedesk
