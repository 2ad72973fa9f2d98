#pragma once

#include "gui/widgets/drawing.h"

namespace upgradedesk
{

/// The drawing of an unplugged reader, 220 by 132.
class ReaderLostArt final : public Drawing
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReaderLostArt)

public:
    explicit ReaderLostArt(QWidget *parent = nullptr);

protected:
    void draw(QPainter &painter, const Theme &theme) const override;
};

} // namespace upgradedesk
