#pragma once

#include <QFrame>

class QLabel;

namespace upgradedesk
{

class IconLabel;

/// The words for the operator to say to the passenger.
class SayPanel final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SayPanel)

public:
    explicit SayPanel(QWidget *parent = nullptr);

    void setText(const QString &text);
    [[nodiscard]] QString text() const;

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void retranslateUi();

    IconLabel *m_title;
    QLabel *m_text;
};

} // namespace upgradedesk
