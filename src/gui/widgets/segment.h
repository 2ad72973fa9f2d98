#pragma once

#include "gui/theme/iconset.h"
#include "gui/widgets/buttonkey.h"

#include <QToolButton>
#include <QWidget>

class QButtonGroup;

namespace upgradedesk
{

/// One choice of a Segment.
class SegmentButton final : public QToolButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SegmentButton)
    Q_PROPERTY(QKeySequence shortcut READ shortcut WRITE setShortcut)

public:
    explicit SegmentButton(QWidget *parent);

    [[nodiscard]] QKeySequence shortcut() const;
    void setShortcut(const QKeySequence &key);
    void setSymbol(Icon symbol);
    void setCompact(bool compact);

    /// Which ends of the row this one has.
    void setEnds(bool first, bool last);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int contentWidth() const;

    ButtonKey *m_key;
    Icon m_symbol = Icon::None;
    bool m_compact = false;
    bool m_first = false;
    bool m_last = false;
};

/// A row of choices of which one holds. Arrow keys move, each choice may have a key of its own.
class Segment final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Segment)

public:
    explicit Segment(QWidget *parent = nullptr);

    /// Choices are numbered from 0 in the order they are added; the first becomes current.
    void addChoice(const QString &text, const QKeySequence &key = {}, Icon symbol = Icon::None);
    void setChoiceText(int index, const QString &text);
    void setChoiceEnabled(int index, bool enabled);

    void setCurrent(int index);
    [[nodiscard]] int current() const;
    [[nodiscard]] int count() const;

    /// 44 high with 15 px text; 48 and 17 px otherwise.
    void setCompact(bool compact);

    /// Choices share the whole width.
    void setFull(bool full);

signals:
    /// By a person or by setCurrent().
    void currentChanged(int index);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] SegmentButton *choice(int index) const;

    QButtonGroup *m_group;
    bool m_compact = false;
};

} // namespace upgradedesk
