#pragma once

#include "gui/widgets/paintedwidget.h"

#include <optional>

namespace upgradedesk
{

/// 0, 1 and 2 days pass, 3 and more and no result do not; the passenger's own cell stands out.
class DayScale final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DayScale)

public:
    enum class Cell { Day0, Day1, Day2, Day3OrMore, NoResult };

    explicit DayScale(QWidget *parent = nullptr);

    void setCurrent(std::optional<Cell> cell);
    [[nodiscard]] std::optional<Cell> current() const;

    [[nodiscard]] static QString days(Cell cell);
    [[nodiscard]] static QString verdict(Cell cell);
    [[nodiscard]] static bool passes(Cell cell);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void retranslateUi() override;

private:
    std::optional<Cell> m_current;
};

} // namespace upgradedesk
