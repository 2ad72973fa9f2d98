#pragma once

#include "gui/theme/theme.h"

#include <QAbstractButton>

namespace upgradedesk
{

/// A button of the passenger's screen: a large word and the same in the other language under it.
/// Every plain one has the same fill, weight and frame, so that none is leant to. Its size in the
/// theme is given by the screen, not by the staff's text size.
class PassengerButton final : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PassengerButton)
    Q_PROPERTY(QColor fill READ fill)
    Q_PROPERTY(QColor ink READ ink)
    Q_PROPERTY(QFont wordFont READ wordFont)

public:
    explicit PassengerButton(QWidget *parent);

    /// `small` may be empty.
    void setWords(const QString &large, const QString &small);

    /// How much larger than drawn for 1366 x 768.
    void setScale(double scale);

    /// Whether a touch or a key does anything now.
    void setArmed(bool armed);

    /// What was pressed is pressed no longer: something else is asked now.
    void letGo();

    [[nodiscard]] QColor fill() const;
    [[nodiscard]] QColor ink() const;
    [[nodiscard]] QFont wordFont() const;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] Theme theme() const;
    [[nodiscard]] int wordSize() const;

    QString m_small;
    double m_scale = 1;
    bool m_armed = true;
    bool m_held = false; ///< pressed since the last letGo()
};

} // namespace upgradedesk
