#pragma once

#include <QLineEdit>

class QKeyEvent;

namespace upgradedesk
{

/// True for the keys by which a line edit puts its text on the clipboard; two deletions do so too.
[[nodiscard]] bool touchesClipboard(const QKeyEvent &event);

/// Ctrl+Z in a field where nothing typed is left to take back: it is the page's, one step back.
[[nodiscard]] bool leavesUndoToPage(const QLineEdit &edit, const QKeyEvent &event);

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
