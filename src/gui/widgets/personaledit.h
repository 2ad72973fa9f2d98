#pragma once

#include <QLineEdit>

class QKeyEvent;

namespace upgradedesk
{

/// True for the keys by which a line edit puts its text on the clipboard; two deletions do so too.
[[nodiscard]] bool touchesClipboard(const QKeyEvent &event);

/// A field for what a passenger says: nothing in it reaches a clipboard, the one of mouse
/// selections included.
class PersonalEdit final : public QLineEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PersonalEdit)

public:
    explicit PersonalEdit(QWidget *parent = nullptr);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
};

} // namespace upgradedesk
