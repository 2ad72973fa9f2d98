#pragma once

#include <QFrame>

class QLabel;

namespace upgradedesk
{

class KeyButton;

/// Beside 完成: how a record that should not have been made is taken back.
class UndoPanel final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(UndoPanel)

public:
    explicit UndoPanel(QWidget *parent = nullptr);

    /// How long after the commit it may be taken back.
    void setMinutes(int minutes);

    /// A revoke that is under way is not asked for again.
    void setBusy(bool busy);

signals:
    void undoRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslateUi();

    QLabel *m_title;
    QLabel *m_text;
    KeyButton *m_undo;
    int m_minutes = 0;
};

} // namespace upgradedesk
