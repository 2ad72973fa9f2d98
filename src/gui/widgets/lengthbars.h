#pragma once

#include "gui/theme/theme.h"
#include "gui/widgets/paintedwidget.h"

#include <QList>

namespace upgradedesk
{

/// How many digits each kind of card has, a bar for each; the kind that is typed stands out.
class LengthBars final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LengthBars)

public:
    struct Row {
        QString name;
        int digits = 0;
        QString note = {}; ///< a small line under the bar; empty for none
        bool current = false;

        bool operator==(const Row &) const = default;
    };

    explicit LengthBars(QWidget *parent = nullptr);

    void setRows(const QList<Row> &rows);
    [[nodiscard]] const QList<Row> &rows() const { return m_rows; }

    /// Of the rows that stand out.
    void setTone(Tone tone);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void retranslateUi() override;

private:
    [[nodiscard]] int rowHeight(const Row &row) const;
    void paintRow(QPainter &painter, const Row &row, double top, int longest) const;

    QList<Row> m_rows;
    Tone m_tone = Tone::Accent;
};

} // namespace upgradedesk
