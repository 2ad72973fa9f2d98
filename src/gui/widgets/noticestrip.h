#pragma once

#include "gui/theme/iconset.h"
#include "gui/theme/theme.h"

#include <QFrame>

class QLabel;

namespace upgradedesk
{

class KeyButton;

/// One notice on a page. It stays until the page takes it away.
class NoticeStrip final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NoticeStrip)
    Q_PROPERTY(Kind kind READ kind WRITE setKind)
    Q_PROPERTY(bool compact READ isCompact WRITE setCompact)

public:
    enum class Kind { info, ok, warn, bad, pend, free };
    Q_ENUM(Kind)

    explicit NoticeStrip(QWidget *parent = nullptr);

    void setKind(Kind kind);
    [[nodiscard]] Kind kind() const;

    /// 15 px text and less air, for the side column.
    void setCompact(bool compact);
    [[nodiscard]] bool isCompact() const;

    /// Replaces the icon of the kind.
    void setSymbol(Icon symbol);

    /// A bold first line; empty for none.
    void setTitle(const QString &title);
    [[nodiscard]] QString title() const;

    /// Plain text.
    void setText(const QString &text);

    /// Text with <b>; never give it anything a passenger or a file said.
    void setMarkup(const QString &markup);
    [[nodiscard]] QString text() const;

    /// A button at the right end; an empty text takes it away.
    void setAction(const QString &text, const QKeySequence &key);

    /// Its control, for the Tab key.
    [[nodiscard]] QList<QWidget *> tabOrder() const;

signals:
    void actionTriggered();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    [[nodiscard]] Icon symbol() const;
    [[nodiscard]] Tone tone() const;
    [[nodiscard]] int symbolSize() const;

    QLabel *m_title;
    QLabel *m_text;
    KeyButton *m_action;
    Kind m_kind = Kind::info;
    Icon m_symbol = Icon::None;
    bool m_compact = false;
};

} // namespace upgradedesk
