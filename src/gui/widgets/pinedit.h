#pragma once

#include "gui/widgets/paintedwidget.h"

namespace upgradedesk
{

/// Six boxes for a PIN. Shows dots only, knows no clipboard and overwrites what it held when
/// cleared.
class PinEdit final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PinEdit)

public:
    static constexpr int length = 6;

    explicit PinEdit(QWidget *parent = nullptr);
    ~PinEdit() override;

    /// The digits typed so far. Wipe your copy with fill() when done.
    [[nodiscard]] QString pin() const;
    [[nodiscard]] int typed() const;

    /// Draws the boxes in the error colour until the next key.
    void setWrong(bool wrong);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

public slots:
    void type(QChar digit);
    void backspace();
    void clear();

signals:
    void changed(int typed);
    /// The sixth digit was typed.
    void completed();

protected:
    bool event(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void retranslateUi() override;

private:
    void noticeChange();

    QString m_pin;
    bool m_wrong = false;
};

} // namespace upgradedesk
