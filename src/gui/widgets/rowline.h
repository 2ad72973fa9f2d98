#pragma once

#include "gui/theme/iconset.h"
#include "gui/theme/theme.h"
#include "gui/widgets/paintedwidget.h"

namespace upgradedesk
{

/// One line of facts with a hairline above it.
class RowLine final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RowLine)

public:
    /// Fact: icon, label, bold value, right side (confirm page, 76 high). Notice: icon, bold label,
    /// text (consent page, 72). Numbered: a number in a ring and a text, no hairline (52). Step: a
    /// number in a ring, bold label, text (60). Short: label, bold value at the right end (48).
    enum class Look { Fact, Notice, Numbered, Step, Short };

    explicit RowLine(QWidget *parent = nullptr);

    void setLook(Look look);
    void setIcon(Icon icon);
    void setLabel(const QString &label);
    [[nodiscard]] QString label() const;
    void setValue(const QString &value);

    /// Text at the right end, with an icon in front when one is given.
    void setRight(const QString &text, Tone tone = Tone::Ink, Icon icon = Icon::None);

    /// The ring of a numbered line.
    void setNumber(int number, Tone tone);

    /// A value still to come is drawn in a dashed frame.
    void setPending(bool pending);

    [[nodiscard]] bool hasHeightForWidth() const override;
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

    /// Where the value begins, in pixels from the left.
    [[nodiscard]] int valueLeft() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int labelsWidth(int size, bool strong) const;
    [[nodiscard]] int rightWidth() const;
    [[nodiscard]] int lineHeight() const;
    [[nodiscard]] bool wraps() const;
    [[nodiscard]] int textSize() const;
    void paintRing(QPainter &painter) const;
    void paintText(QPainter &painter, const QRectF &place, int labelSize) const;
    void renew();

    Look m_look = Look::Fact;
    Icon m_icon = Icon::None;
    Icon m_rightIcon = Icon::None;
    Tone m_rightTone = Tone::Ink;
    Tone m_numberTone = Tone::Bad;
    QString m_label;
    QString m_value;
    QString m_right;
    int m_number = 0;
    bool m_pending = false;
};

} // namespace upgradedesk
