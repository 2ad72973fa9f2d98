#pragma once

#include "gui/hubstate.h"
#include "gui/widgets/paintedwidget.h"

namespace upgradedesk
{

class KeyButton;

/// The newest records of the outbox: time, what the card was on and its last four digits, what was
/// done, where the record stands, how often it was tried. Shows as many as fit and says how many do
/// not. Where there is a printer, one row is chosen, by arrows or a click, for its receipt.
class QueueTable final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(QueueTable)

public:
    explicit QueueTable(QWidget *parent = nullptr);

    void setRows(const QList<QueueEntry> &rows);

    /// With a printer the chosen row has a button for its receipt.
    void setPrinter(bool present, bool busy);
    /// The record of the chosen row: the newest at first; empty without rows.
    [[nodiscard]] QString chosen() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void printRequested(const QString &record);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void retranslateUi() override;

private:
    void paintHead(QPainter &painter) const;
    void paintRow(QPainter &painter, const QueueEntry &row, double top) const;
    [[nodiscard]] QList<double> columns() const;

    [[nodiscard]] qsizetype shownRows() const;
    void choose(qsizetype row);
    void placeButton();

    QList<QueueEntry> m_rows;
    qsizetype m_chosen = 0;
    bool m_printer = false;
    KeyButton *m_print;
};

/// 升级, 首次充值登记, 解绑, 换卡, 撤销.
[[nodiscard]] QString kindWord(const QString &kind);

} // namespace upgradedesk
