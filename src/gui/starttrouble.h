#pragma once

#include "core/error.h"

#include <QWidget>

class QLabel;

namespace upgradedesk
{

class KeyButton;

/// The whole screen when the desk cannot start: what happened and what to do, in one sentence. On a
/// kiosk nobody sees stderr.
class StartTrouble final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StartTrouble)

public:
    explicit StartTrouble(const Error &error);

signals:
    /// 结束: staff have read it.
    void ended();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void retranslateUi();

    const Error m_error;
    QLabel *m_heading;
    QLabel *m_sentence;
    KeyButton *m_end;
};

} // namespace upgradedesk
