#pragma once

#include "gui/theme/iconset.h"
#include "gui/widgets/buttonkey.h"

#include <QToolButton>

namespace upgradedesk
{

/// One task of the rail: icon, label, number of things waiting, key.
class RailButton final : public QToolButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RailButton)
    Q_PROPERTY(QKeySequence shortcut READ shortcut WRITE setShortcut)

public:
    RailButton(Icon symbol, const QString &text, const QKeySequence &key, QWidget *parent);

    [[nodiscard]] QKeySequence shortcut() const;
    void setShortcut(const QKeySequence &key);

    /// Sets the label; use this rather than setText() so that the accessible name follows.
    void setLabel(const QString &label);

    void setCount(int count);
    [[nodiscard]] int count() const;

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void renewNames();

    ButtonKey *m_key;
    Icon m_symbol;
    int m_count = 0;
};

} // namespace upgradedesk
