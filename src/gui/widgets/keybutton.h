#pragma once

#include "gui/theme/iconset.h"
#include "gui/widgets/buttonkey.h"

#include <QPushButton>
#include <QTimer>

namespace upgradedesk
{

/// A button that prints its key on itself. Use setShortcut() of this class: QAbstractButton's would
/// repeat while held. The primary button of a page ignores everything for the arming time after it
/// appears, so that one long press of Enter, or a double click, cannot run through two pages.
class KeyButton final : public QPushButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeyButton)
    Q_PROPERTY(QKeySequence shortcut READ shortcut WRITE setShortcut)
    Q_PROPERTY(Role role READ role WRITE setRole)
    Q_PROPERTY(bool compact READ isCompact WRITE setCompact)
    Q_PROPERTY(bool armed READ isArmed)

public:
    enum class Role { plain, primary, flat };
    Q_ENUM(Role)

    explicit KeyButton(QWidget *parent = nullptr);
    explicit KeyButton(const QString &text, const QKeySequence &key = {},
                       QWidget *parent = nullptr);

    [[nodiscard]] QKeySequence shortcut() const;
    void setShortcut(const QKeySequence &key);
    /// Prints a key that the task rail owns and that does the same there.
    void setBorrowedKey(const QKeySequence &key);

    /// False when the key is only printed here and somebody else acts on it.
    void setKeyListening(bool listening);

    [[nodiscard]] Role role() const;
    void setRole(Role role);

    /// 44 high with 15 px text, for headers and side panels; 48 and 17 px otherwise.
    [[nodiscard]] bool isCompact() const;
    void setCompact(bool compact);

    void setSymbol(Icon symbol);

    /// Milliseconds a primary button stays deaf after it appears; 300 by default.
    void setArmingTime(int milliseconds);
    [[nodiscard]] bool isArmed() const;

    /// Deaf again for the arming time: call it when a page changes under the button.
    void rearm();

    /// Ends the arming time now.
    void arm();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    [[nodiscard]] int textSize() const;
    [[nodiscard]] int contentWidth(int textSize) const;
    void press();

    ButtonKey *m_key;
    QTimer m_arming;
    Role m_role = Role::plain;
    Icon m_symbol = Icon::None;
    bool m_compact = false;
};

} // namespace upgradedesk
