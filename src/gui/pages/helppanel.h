#pragma once

#include <QFrame>
#include <QList>
#include <QString>

class QLabel;
class QVBoxLayout;

namespace upgradedesk
{

/// One line of the help: a key as it is printed, and what it does.
struct KeyHelp {
    QString key;
    QString text;

    bool operator==(const KeyHelp &) const = default;
};

/// F1: the keys of the page and those of every page, in front of its side column. Not modal: the
/// page works on beneath it, and every key but Esc, which closes the help, keeps its meaning.
class HelpPanel final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HelpPanel)

public:
    explicit HelpPanel(QWidget *parent);

    /// What the visible buttons of `page` print, and what the page and its parts say in their
    /// property `keyHelp`: a list of key, text, key, text.
    [[nodiscard]] static QList<KeyHelp> keysOf(const QWidget &page);

    /// What works on every page of the window: the task rail, the shelf of training mode, and what
    /// the window itself says in its property `keyHelp`. F1 stands at the foot of the help.
    [[nodiscard]] static QList<KeyHelp> keysEverywhere(const QWidget &window);

    /// Of those everywhere the ones are left out that the page uses itself.
    void setKeys(const QList<KeyHelp> &keys, const QList<KeyHelp> &everywhere);
    /// Those of the page.
    [[nodiscard]] const QList<KeyHelp> &keys() const { return m_keys; }
    [[nodiscard]] const QList<KeyHelp> &everywhere() const { return m_everywhere; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void renewRows();

    void addPageRows();
    void addRowsEverywhere();
    [[nodiscard]] QLabel *keyCap(const KeyHelp &key);
    [[nodiscard]] QLabel *words(const KeyHelp &key);

    QLabel *m_title;
    QLabel *m_foot;
    QWidget *m_body = nullptr; ///< holds the rows
    QVBoxLayout *m_column;
    bool m_renewing = false; ///< will be done once the event loop runs
    QList<KeyHelp> m_keys;
    QList<KeyHelp> m_everywhere;
};

} // namespace upgradedesk
