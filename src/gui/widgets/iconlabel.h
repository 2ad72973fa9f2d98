#pragma once

#include "gui/theme/iconset.h"
#include "gui/theme/theme.h"
#include "gui/widgets/paintedwidget.h"

namespace upgradedesk
{

/// An icon and a line of text in one colour; without text, an icon alone, in a sunken well if
/// wanted.
class IconLabel final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IconLabel)

public:
    explicit IconLabel(QWidget *parent = nullptr);
    IconLabel(Icon icon, const QString &text, QWidget *parent = nullptr);

    void setIcon(Icon icon);
    void setText(const QString &text);
    [[nodiscard]] QString text() const;

    /// Pixels before text size and scale: 18 and 15 by default.
    void setSizes(int icon, int text);
    void setBold(bool bold);
    void setTone(Tone tone);

    /// Draws it on the rail's colours, whatever the tone.
    void setOnRail(bool onRail);

    /// Stroke on the 24 grid; 2 by default.
    void setStroke(double stroke);

    /// A rounded square of that many pixels behind the icon; 0 for none.
    void setWell(int side);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void renew();

    Icon m_icon = Icon::None;
    QString m_text;
    Tone m_tone = Tone::Ink3;
    int m_iconSize = 18;
    int m_textSize = 15;
    int m_well = 0;
    double m_stroke = 2;
    bool m_bold = false;
    bool m_onRail = false;
};

} // namespace upgradedesk
