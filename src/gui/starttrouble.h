#pragma once

#include "core/error.h"

#include <QWidget>

namespace upgradedesk
{

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
    void paintEvent(QPaintEvent *event) override;
};

} // namespace upgradedesk
