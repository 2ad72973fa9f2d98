#pragma once

#include "gui/widgets/paintedwidget.h"

#include <QStringList>

#include <array>

namespace upgradedesk
{

/// The five steps of an upgrade. Steps behind the current one are done and can be clicked.
class Stepper final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Stepper)

public:
    static constexpr int count = 5;
    enum class State { Todo, Current, Done, Pending };

    explicit Stepper(QWidget *parent = nullptr);

    /// 0 to 4; 5 means all are done.
    void setCurrent(int step);
    [[nodiscard]] int current() const;

    /// The small line under a done step, such as 一卡通实体卡 4560. Masked text only.
    void setNote(int step, const QString &note);

    /// A done step whose result is still to come is drawn dashed with an hourglass.
    void setPending(int step, bool pending);

    [[nodiscard]] State state(int step) const;
    [[nodiscard]] QString label(int step) const;

    /// Forgets notes and pending marks and goes to the first step.
    void reset();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    /// A done step was clicked.
    void stepClicked(int step);

protected:
    bool event(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void retranslateUi() override;

private:
    struct Note {
        QString text;
        bool pending = false;
    };

    [[nodiscard]] QRect cell(int step) const;
    [[nodiscard]] int doneStepAt(QPoint position) const;
    void paintStep(QPainter &painter, int step) const;

    std::array<Note, count> m_notes;
    int m_current = 0;
    int m_pressed = -1;
};

} // namespace upgradedesk
