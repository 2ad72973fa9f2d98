#pragma once

#include "gui/widgets/drawing.h"

namespace upgradedesk
{

/// The drawing of the document page: an identity card above its reader, 224 by 172.
class IdReaderArt final : public Drawing
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IdReaderArt)

public:
    explicit IdReaderArt(QWidget *parent = nullptr);

protected:
    void draw(QPainter &painter, const Theme &theme) const override;
};

} // namespace upgradedesk
