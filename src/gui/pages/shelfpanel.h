#pragma once

#include "gui/pages/deskfacts.h"

#include <QFrame>
#include <QTimer>

class QLabel;
class QShortcut;

namespace upgradedesk
{

class KeyButton;
class ShelfTile;

/// The shelf of training mode: virtual cards to put on the virtual reader, and faults to practise.
/// It shows its tiles when there is room for them and nobody folded it, else it is one line that
/// names their keys, which always work.
class ShelfPanel final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ShelfPanel)

public:
    static constexpr int mostCards = 6;

    explicit ShelfPanel(QWidget *parent);

    /// At most six are shown.
    void setCards(const QList<TrainingCard> &cards);
    void showReader(ReaderState state);

    /// How long a card lies on the reader; 1.2 s by default.
    void setTapTime(int milliseconds);

    /// Whether the tiles would find room here if they were unfolded.
    void setRoomy(bool roomy);

    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] int openHeight() const;
    [[nodiscard]] int foldedHeight() const;

    /// Controls from top to bottom, for the Tab key.
    [[nodiscard]] QList<QWidget *> tabOrder() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void tapRequested(const QString &name);
    /// Put this card there and tear it away in the middle of the reading.
    void tearRequested(const QString &name);
    void removeRequested();
    void unplugRequested();
    void plugRequested();
    /// The next document on the ID reader.
    void documentRequested();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void use(int place);
    void lay(const QString &name);
    void takeAway();
    void unfold();
    void retranslateUi();
    void nameKeys();
    [[nodiscard]] static QString tearWord();
    [[nodiscard]] QString cableWord() const;

    QList<TrainingCard> m_cards;
    bool m_folded = false;
    bool m_unfolding = false;
    bool m_roomy = true;
    bool m_pulled = false; ///< the reader's cable, by somebody who pressed the tile
    QString m_lying;
    QLabel *m_title;
    QLabel *m_keyLine; ///< the keys of the tiles, where those find no room
    KeyButton *m_fold;
    QWidget *m_board;
    QList<ShelfTile *> m_tiles;
    QList<QShortcut *> m_keys; ///< of the tiles, while those are hidden
    QShortcut *m_document;     ///< puts a document on the ID reader
    QTimer m_tap;
};

} // namespace upgradedesk
