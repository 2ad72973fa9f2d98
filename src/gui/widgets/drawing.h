#pragma once

#include "gui/theme/theme.h"
#include "gui/widgets/paintedwidget.h"

class QPainter;

namespace upgradedesk
{

/// Base of the drawings: of one size, which follows the scale of the theme.
class Drawing : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Drawing)

public:
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    /// `size` at scale 1.
    explicit Drawing(QSize size, QWidget *parent);

    void paintEvent(QPaintEvent *event) final;

    /// In a square grid of `size`, whatever the scale.
    virtual void draw(QPainter &painter, const Theme &theme) const = 0;

    /// A solid line with round ends.
    static void setPen(QPainter &painter, const QColor &colour, double width);

private:
    const QSize m_size;
};

} // namespace upgradedesk
