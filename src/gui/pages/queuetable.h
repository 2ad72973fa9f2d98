#pragma once

#include "gui/hubstate.h"
#include "gui/widgets/paintedwidget.h"

namespace upgradedesk
{

/// The newest records of the outbox: time, what the card was on and its last four digits, what was
/// done, where the record stands, how often it was tried. Shows as many as fit and says how many do
/// not.
class QueueTable final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(QueueTable)

public:
    explicit QueueTable(QWidget *parent = nullptr);

    void setRows(const QList<QueueEntry> &rows);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void retranslateUi() override;

private:
    void paintHead(QPainter &painter) const;
    void paintRow(QPainter &painter, const QueueEntry &row, double top) const;
    [[nodiscard]] QList<double> columns() const;

    QList<QueueEntry> m_rows;
};

/// 升级, 首次充值登记, 解绑, 换卡, 撤销.
[[nodiscard]] QString kindWord(const QString &kind);

} // namespace upgradedesk
