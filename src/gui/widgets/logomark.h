#pragma once

#include "gui/widgets/paintedwidget.h"

#include <QRectF>

class QPainter;

namespace upgradedesk
{

/// The sign of the product: a card and an arrow up, on white in both themes.
class LogoMark final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LogoMark)
    Q_PROPERTY(int side READ side WRITE setSide)

public:
    explicit LogoMark(QWidget *parent = nullptr);

    /// Pixels before the scale of the theme; 72 by default.
    void setSide(int side);
    [[nodiscard]] int side() const;

    static void paint(QPainter &painter, const QRectF &square);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_side = 72;
};

} // namespace upgradedesk
