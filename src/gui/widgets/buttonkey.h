#pragma once

#include <QKeySequence>
#include <QObject>

#include <array>

class QShortcut;
class QWidget;

namespace upgradedesk
{

/// The key of a control. Unlike QAbstractButton's own shortcut it never repeats while held and acts
/// at once; Enter means both Enter keys.
class ButtonKey final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ButtonKey)

public:
    /// Works while `owner` is visible and enabled in the active window. `owner` becomes the parent.
    explicit ButtonKey(QWidget *owner);

    [[nodiscard]] QKeySequence sequence() const;
    void setSequence(const QKeySequence &sequence);

    /// Another control owns the sequence: this one only names it. Two owners would both stay
    /// silent.
    void setBorrowed(const QKeySequence &sequence);
    /// False when somebody else acts on the key.
    void setListening(bool listening);

signals:
    void pressed();

private:
    QKeySequence m_sequence;
    std::array<QShortcut *, 2> m_shortcuts{};
};

} // namespace upgradedesk
