#pragma once

#include "gui/theme/theme.h"
#include "gui/widgets/paintedwidget.h"

#include <QFont>
#include <QList>

namespace upgradedesk
{

/// A card number in the groups printed on the card. Digits stand in equal cells; a number too long
/// for the width steps down in size, it never wraps and never scrolls.
class CardNumberView final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CardNumberView)
    Q_PROPERTY(int digitSize READ digitSize WRITE setDigitSize)

public:
    explicit CardNumberView(QWidget *parent = nullptr);

    /// Digits, or * where a digit is masked, and how many stand in each group; what the groups do
    /// not cover joins the last one.
    void setNumber(const QString &digits, const QList<int> &groups);
    [[nodiscard]] QString number() const;
    void clear();

    /// Draws that many dashed empty slots behind the last group.
    void setMissing(int digits);

    /// Positions (from 0) drawn on the warning colour with a bar under them.
    void setMarks(const QList<int> &positions);

    /// Wanted size in pixels before the text-size setting: 56 in the flow (60 for up to 16 digits),
    /// 20 in lists.
    void setDigitSize(int px);
    [[nodiscard]] int digitSize() const;

    void setAlignment(Qt::Alignment alignment);
    void setTone(Tone tone);

    /// The size used for this width after stepping down, in pixels.
    [[nodiscard]] int sizeForWidth(int width) const;

    /// 3 1 0 4, 8 7 0 0 …; 共 19 位
    [[nodiscard]] QString spoken() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void retranslateUi() override;

private:
    [[nodiscard]] QList<int> sizes() const;
    [[nodiscard]] double widthAt(int px) const;
    [[nodiscard]] QList<int> groupLengths() const;

    QString m_number;
    QList<int> m_groups;
    QList<int> m_marks;
    Qt::Alignment m_alignment = Qt::AlignLeft;
    Tone m_tone = Tone::Ink;
    int m_missing = 0;
    int m_digitSize = 56;
};

} // namespace upgradedesk
