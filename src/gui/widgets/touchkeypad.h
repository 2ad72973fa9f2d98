#pragma once

#include <QToolButton>
#include <QWidget>

namespace upgradedesk
{

/// One key of the keypad; never takes the focus, so the field being typed into keeps it.
class KeypadKey final : public QToolButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeypadKey)

public:
    KeypadKey(const QString &text, const QString &keyHint, QWidget *parent);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

/// Digits for a touch screen. Twelve keys of 104 by 72. Each says the key of the keyboard that does
/// the same in the dynamic property `keyHint`.
class TouchKeypad final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TouchKeypad)

public:
    explicit TouchKeypad(QWidget *parent = nullptr);

signals:
    void digit(QChar digit);
    void backspace();
    void cleared();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslateUi();

    KeypadKey *m_clear;
    KeypadKey *m_backspace;
};

} // namespace upgradedesk
