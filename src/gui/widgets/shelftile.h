#pragma once

#include "gui/theme/iconset.h"
#include "gui/widgets/buttonkey.h"

#include <QToolButton>

namespace upgradedesk
{

/// A virtual card, or a fault to practise, on the shelf of training mode: icon, name and under it
/// the key. Lit while the card lies on the reader. Not checkable: a screen reader would toggle it
/// and not press it.
class ShelfTile final : public QToolButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ShelfTile)
    Q_PROPERTY(QKeySequence shortcut READ shortcut WRITE setShortcut)

public:
    explicit ShelfTile(QWidget *parent);

    [[nodiscard]] QKeySequence shortcut() const;
    void setShortcut(const QKeySequence &key);
    void setFace(const QString &name, Icon symbol);
    void setLit(bool lit);
    [[nodiscard]] bool isLit() const { return m_lit; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    ButtonKey *m_key;
    Icon m_symbol = Icon::None;
    bool m_lit = false;
};

} // namespace upgradedesk
