#pragma once

#include <QWidget>

namespace upgradedesk
{

class KeyButton;

/// The three small buttons for language, theme and text size. They print the keys, which belong to
/// the whole window.
class LookButtons final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LookButtons)

public:
    explicit LookButtons(QWidget *parent = nullptr);

signals:
    void languageChosen();
    void themeChosen();
    void textSizeChosen();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslateUi();

    KeyButton *m_language;
    KeyButton *m_theme;
    KeyButton *m_textSize;
};

} // namespace upgradedesk
