#pragma once

#include "gui/widgets/paintedwidget.h"

namespace upgradedesk
{

/// The drawing of an unplugged reader, 220 by 132.
class ReaderLostArt final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReaderLostArt)

public:
    explicit ReaderLostArt(QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace upgradedesk
