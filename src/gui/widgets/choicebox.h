#pragma once

#include <QComboBox>

class QStyledItemDelegate;

namespace upgradedesk
{

/// A drop-down list in the look of the fields, 56 high with 20 px text.
class ChoiceBox final : public QComboBox
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChoiceBox)

public:
    explicit ChoiceBox(QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    void showPopup() override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QStyledItemDelegate *m_delegate = nullptr;
};

} // namespace upgradedesk
