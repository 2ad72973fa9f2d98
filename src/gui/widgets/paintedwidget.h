#pragma once

#include <QWidget>

namespace upgradedesk
{

/// Base of the widgets that paint themselves: follows theme, text size and language.
class PaintedWidget : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PaintedWidget)

public:
    explicit PaintedWidget(QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

    /// Called when the language changed: set names and texts again. The base repaints afterwards.
    virtual void retranslateUi();
};

} // namespace upgradedesk
