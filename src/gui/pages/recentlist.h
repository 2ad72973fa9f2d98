#pragma once

#include "gui/pages/deskfacts.h"
#include "gui/widgets/paintedwidget.h"

namespace upgradedesk
{

class KeyButton;

/// The last passengers of this desk: time, what they held, last four digits, state. Shows as many
/// as fit.
class RecentList final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RecentList)

public:
    explicit RecentList(QWidget *parent = nullptr);

    void setRows(const QList<RecentRow> &rows);

    /// The row whose record may be taken back gets the button; empty for none.
    void setUndoable(const QString &record, bool busy);

    /// Where the state of a row is written. Beside the button there is room for it only under the
    /// last four digits when the words are long.
    [[nodiscard]] QRectF statePlace(qsizetype row) const;

    [[nodiscard]] QSize sizeHint() const override;

signals:
    void undoRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void retranslateUi() override;

private:
    /// Where the parts of a row stand.
    struct Places {
        QRectF time;
        QRectF medium;
        QRectF lastFour;
        QRectF sign;
        QRectF word;
    };

    [[nodiscard]] QString stateWord(const QString &state) const;
    [[nodiscard]] Places placesOf(qsizetype row) const;
    [[nodiscard]] bool isUndoable(qsizetype row) const;
    void placeUndo();

    QList<RecentRow> m_rows;
    QString m_undoable;
    KeyButton *m_undo;
};

} // namespace upgradedesk
