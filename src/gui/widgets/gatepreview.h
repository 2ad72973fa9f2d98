#pragma once

#include "gui/widgets/paintedwidget.h"

namespace upgradedesk
{

/// What the gate will do with this card now: a drawing of the gate, and the words. The black panel
/// shows the gate's own sentence, always in Chinese, because the gate shows it so.
class GatePreview final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GatePreview)

public:
    enum class Gate { Closed, Open };

    explicit GatePreview(QWidget *parent = nullptr);

    void setGate(Gate gate);
    [[nodiscard]] Gate gate() const;

    /// The small line above: 现在刷闸机，会听到并看到.
    void setTitle(const QString &title);

    /// Text on the black panel; with it the sentence is not shown.
    void setLed(const QString &text);
    [[nodiscard]] QString led() const;

    /// A bold sentence in place of the panel.
    void setSentence(const QString &sentence);

    /// Lines below, parted by line breaks.
    void setNote(const QString &note);

    /// The size of the done page: drawing 200 wide, sentence 26 px, note 17 px.
    void setLarge(bool large);

    /// The one sentence a closed gate says to a card without health information (gate.led). Never
    /// translated.
    [[nodiscard]] static QString notLinkedSentence();

    /// How high what is shown is: less is said where there is little room.
    [[nodiscard]] double shownHeight() const;

    [[nodiscard]] bool hasHeightForWidth() const override;
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void retranslateUi() override;

private:
    /// How much is said. Of the panel: everything; without the title and with a smaller meaning;
    /// panel and note. Of a sentence: everything; in smaller type; the sentence alone.
    enum class Detail { Full, Shorter, Least };

    struct Blocks {
        QRectF title, body, meaning, note;
        double height = 0;
        Detail detail = Detail::Full;
    };

    [[nodiscard]] QSize drawingSize() const;
    /// Of the Chinese words on the panel, for staff who read English; empty in Chinese.
    [[nodiscard]] QString meaning() const;
    [[nodiscard]] Blocks blocks(double width, Detail detail) const;
    [[nodiscard]] Blocks fittingBlocks(QSizeF room) const;
    [[nodiscard]] Detail wantedDetail() const;
    [[nodiscard]] QFont meaningFont(Detail detail) const;
    [[nodiscard]] QFont bodyFont(Detail detail) const;
    [[nodiscard]] bool saysNote(Detail detail) const;
    void textChanged();
    void paintDrawing(QPainter &painter) const;

    QString m_title;
    QString m_led;
    QString m_sentence;
    QString m_note;
    Gate m_gate = Gate::Closed;
    bool m_large = false;
};

} // namespace upgradedesk
