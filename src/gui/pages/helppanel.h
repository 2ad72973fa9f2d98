#pragma once

#include <QFrame>
#include <QList>
#include <QString>

class QGridLayout;
class QLabel;

namespace upgradedesk
{

/// One line of the help: a key as it is printed, and what it does.
struct KeyHelp {
    QString key;
    QString text;

    bool operator==(const KeyHelp &) const = default;
};

/// F1: the keys of the page, in front of its side column. Not modal: the page works on beneath it,
/// and every key keeps its meaning.
class HelpPanel final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HelpPanel)

public:
    explicit HelpPanel(QWidget *parent);

    /// What the visible buttons of `page` print, and what the page and its parts say in their
    /// property `keyHelp`: a list of key, text, key, text.
    [[nodiscard]] static QList<KeyHelp> keysOf(const QWidget &page);

    void setKeys(const QList<KeyHelp> &keys);
    [[nodiscard]] const QList<KeyHelp> &keys() const { return m_keys; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void renewRows();

    QLabel *m_title;
    QLabel *m_foot;
    QGridLayout *m_rows;
    QList<KeyHelp> m_keys;
};

} // namespace upgradedesk
