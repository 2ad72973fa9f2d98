#pragma once

#include "gui/widgets/drawing.h"

namespace upgradedesk
{

/// The drawing of the idle page: a card above the reader, 300 by 208.
class IdleArt final : public Drawing
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IdleArt)

public:
    explicit IdleArt(QWidget *parent = nullptr);

protected:
    void draw(QPainter &painter, const Theme &theme) const override;
};

} // namespace upgradedesk
