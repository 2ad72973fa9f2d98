#pragma once

#include <QStackedWidget>

namespace upgradedesk
{

/// Pages of which one is shown. They take the room they get: Qt's own stack asks every page, seen
/// or not, for its size and its height for a width whenever a text changes in one of them, which
/// was nine tenths of the time between a tap and its page.
class PageStack final : public QStackedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PageStack)

public:
    explicit PageStack(QWidget *parent = nullptr);

    [[nodiscard]] bool hasHeightForWidth() const override { return false; }
    [[nodiscard]] QSize sizeHint() const override { return {0, 0}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {0, 0}; }
};

} // namespace upgradedesk
