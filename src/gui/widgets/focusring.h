#pragma once

#include <QPointer>
#include <QWidget>

namespace upgradedesk
{

/// The focus ring of a window: 3 px, 2 px outside the focused control, above everything else. One
/// per window. Controls that show focus themselves (text fields) say so with the dynamic property
/// `ownFocus`.
class FocusRing final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FocusRing)

public:
    explicit FocusRing(QWidget *window);

    /// The control the ring stands around now; null when it shows nothing.
    [[nodiscard]] QWidget *target() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void follow(QWidget *focused);
    void place();

    QPointer<QWidget> m_target;
};

} // namespace upgradedesk
