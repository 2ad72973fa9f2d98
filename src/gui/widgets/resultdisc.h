#pragma once

#include "gui/widgets/paintedwidget.h"

namespace upgradedesk
{

/// The large round sign of a result, 96 px.
class ResultDisc final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ResultDisc)

public:
    /// Done is filled; Good and Stop are outlined; Pending is dashed.
    enum class Result { Done, Good, Pending, Stop };

    explicit ResultDisc(QWidget *parent = nullptr);

    void setResult(Result result);
    [[nodiscard]] Result result() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Result m_result = Result::Done;
};

} // namespace upgradedesk
