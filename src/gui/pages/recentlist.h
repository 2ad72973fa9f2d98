#pragma once

#include "gui/pages/deskfacts.h"
#include "gui/widgets/paintedwidget.h"

namespace upgradedesk
{

/// The last passengers of this desk: time, what they held, last four digits, state. Shows as many
/// as fit.
class RecentList final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RecentList)

public:
    explicit RecentList(QWidget *parent = nullptr);

    void setRows(const QList<RecentRow> &rows);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void retranslateUi() override;

private:
    [[nodiscard]] QString stateWord(const QString &state) const;

    QList<RecentRow> m_rows;
};

} // namespace upgradedesk
