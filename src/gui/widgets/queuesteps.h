#pragma once

#include "gui/widgets/paintedwidget.h"

#include <QDateTime>
#include <QList>

namespace upgradedesk
{

/// From this moment on so many records waited.
struct QueuePoint {
    QDateTime at;
    int waiting = 0;
    bool offline = false; ///< and the hub could not be reached

    bool operator==(const QueuePoint &) const = default;
};

/// How long the queue was in the last hour: a step line, hatched where the hub was away.
class QueueSteps final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(QueueSteps)

public:
    explicit QueueSteps(QWidget *parent = nullptr);

    /// The points in order of time; what lies before the hour that ends at `now` counts only as
    /// what it began with.
    void setPoints(const QList<QueuePoint> &points, const QDateTime &now);

    /// The highest mark of the scale and the distance between two marks: at most five marks, whole
    /// records.
    [[nodiscard]] static std::pair<int, int> scaleFor(int most);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void retranslateUi() override;

private:
    [[nodiscard]] int most() const;
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] double xOf(const QDateTime &time) const;
    void paintScale(QPainter &painter, int top, int step) const;
    void paintOffline(QPainter &painter) const;
    void paintLine(QPainter &painter, int top) const;

    QList<QueuePoint> m_points;
    QDateTime m_now;
};

} // namespace upgradedesk
