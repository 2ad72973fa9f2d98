#pragma once

#include "gui/theme/theme.h"

#include <QLineEdit>
#include <QList>

namespace upgradedesk
{

/// Line edit for a card number: full-width digits become half-width, spaces and dashes are dropped,
/// anything else is refused as a whole. Digits stand in groups; digits still to come are dashed
/// slots at the end of the last group. What is typed never reaches the clipboard.
class CardNumberEdit final : public QLineEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CardNumberEdit)

public:
    explicit CardNumberEdit(QWidget *parent = nullptr);

    /// Digits only.
    [[nodiscard]] QString number() const { return text(); }

    /// How many digits stand in each group.
    void setGroups(const QList<int> &groups);

    /// Draws that many dashed slots behind the digits.
    void setMissing(int digits);
    [[nodiscard]] int missing() const { return m_missing; }

    /// A digit drawn on the warning colour; -1 for none.
    void setMark(int position);

    /// Frame: Accent as any field, Warn while something is wrong with the number.
    void setTone(Tone tone);

    /// The size used for the present digits and slots after stepping down, in pixels.
    [[nodiscard]] int digitSize() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    /// Something was typed or pasted that is no part of a number; the field stays as it was.
    void refused();

protected:
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void tidy(const QString &text);
    void renew();
    /// Left edges of all cells, digits and slots, and the end of the last one.
    [[nodiscard]] QList<double> edges(int px) const;
    [[nodiscard]] int positionAt(double x) const;
    void retranslateUi();

    QString m_good; ///< the last text that was a number or nothing
    QList<int> m_groups;
    Tone m_tone = Tone::Accent;
    int m_missing = 0;
    int m_mark = -1;
};

} // namespace upgradedesk
