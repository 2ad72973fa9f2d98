#pragma once

#include "gui/widgets/paintedwidget.h"

namespace upgradedesk
{

/// A sentence above a thin bar that gets shorter: 8 秒后回到待机. The page drives it; it owns no
/// timer.
class CountdownBar final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CountdownBar)

public:
    explicit CountdownBar(QWidget *parent = nullptr);

    void setText(const QString &text);

    /// What is left, from 1 to 0.
    void setLeft(double left);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    double m_left = 1;
};

} // namespace upgradedesk
