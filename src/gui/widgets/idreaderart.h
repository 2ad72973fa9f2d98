#pragma once

#include "gui/widgets/paintedwidget.h"

namespace upgradedesk
{

/// The drawing of the document page: an identity card above its reader, 224 by 172.
class IdReaderArt final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IdReaderArt)

public:
    explicit IdReaderArt(QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace upgradedesk
