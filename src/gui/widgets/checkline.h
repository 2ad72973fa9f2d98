#pragma once

#include "gui/theme/iconset.h"
#include "gui/theme/theme.h"
#include "gui/widgets/paintedwidget.h"

#include <QStringList>

class QTextLayout;

namespace upgradedesk
{

/// One check of a typed number: icon, what is checked, what came out. Long texts wrap.
class CheckLine final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CheckLine)

public:
    explicit CheckLine(QWidget *parent = nullptr);

    void setLabel(const QString &label);
    void setIcon(Icon icon, Tone tone);

    /// `strong` are parts of the text, in their order, that are bold; in the tone of a warning.
    void setText(const QString &text, const QStringList &strong = {});
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] Tone tone() const { return m_tone; }

    [[nodiscard]] bool hasHeightForWidth() const override;
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int textLeft() const;
    double layOut(QTextLayout &layout, double width) const;
    void renew();

    QString m_label;
    QString m_text;
    QStringList m_strong;
    Icon m_icon = Icon::None;
    Tone m_tone = Tone::Ink3;
};

} // namespace upgradedesk
