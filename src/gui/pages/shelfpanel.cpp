#include "gui/pages/shelfpanel.h"

#include "gui/pages/words.h"
#include "gui/theme/theme.h"
#include "gui/widgets/keybutton.h"
#include "gui/widgets/painting.h"
#include "gui/widgets/shelftile.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QShortcut>
#include <QVBoxLayout>

#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upgradedesk
{
namespace
{

constexpr auto tapTime = 1200ms;
constexpr int tearPlace = ShelfPanel::mostCards;
constexpr int cablePlace = tearPlace + 1;
constexpr int places = cablePlace + 1;
constexpr int headHeight = 44;
constexpr int headEdge = 4;
constexpr int bottomEdge = 14;
constexpr int tileGap = 8;

} // namespace

ShelfPanel::ShelfPanel(QWidget *parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_keyLine(new QLabel(this))
    , m_fold(new KeyButton(this))
    , m_board(new QWidget(this))
    , m_document(new QShortcut(Qt::CTRL | Qt::Key_9, this))
{
    setObjectName(u"shelf"_s);
    setProperty("panel", u"side"_s);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_title->setProperty("type", u"strong"_s);
    m_keyLine->setObjectName(u"keyLine"_s);
    m_keyLine->setProperty("type", u"meta"_s);
    m_keyLine->setText(u"Ctrl+1 … %1"_s.arg(places));
    m_fold->setObjectName(u"fold"_s);
    m_fold->setRole(KeyButton::Role::flat);
    m_fold->setCompact(true);
    m_fold->setShortcut(Qt::CTRL | Qt::Key_0);
    connect(m_fold, &QPushButton::clicked, this, [this] {
        m_folded = !m_folded;
        updateGeometry();
        unfold();
    });

    m_document->setAutoRepeat(false);
    connect(m_document, &QShortcut::activated, this, &ShelfPanel::documentRequested);

    auto *head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_keyLine);
    head->addWidget(m_fold);
    auto *board = new QGridLayout(m_board);
    board->setContentsMargins(0, 0, 0, 0);
    board->setSpacing(tileGap);
    for (int i = 0; i < places; ++i) {
        const QKeySequence key = Qt::CTRL | Qt::Key(Qt::Key_1 + i);
        auto *tile = new ShelfTile(m_board);
        tile->setShortcut(key);
        connect(tile, &QToolButton::clicked, this, [this, i] { use(i); });
        board->addWidget(tile, i / 2, i % 2);
        m_tiles.append(tile);
        auto *shortcut = new QShortcut(key, this);
        shortcut->setAutoRepeat(false);
        connect(shortcut, &QShortcut::activated, this, [this, i] { use(i); });
        m_keys.append(shortcut);
    }
    auto *column = new QVBoxLayout(this);
    column->setSizeConstraint(QLayout::SetNoConstraint);
    column->setContentsMargins(16, headEdge, 16, 0);
    column->setSpacing(headEdge);
    column->addLayout(head);
    column->addWidget(m_board);
    column->addStretch();

    m_tap.setSingleShot(true);
    m_tap.setInterval(tapTime);
    connect(&m_tap, &QTimer::timeout, this, &ShelfPanel::takeAway);
    retranslateUi();
    unfold();
}

void ShelfPanel::setCards(const QList<TrainingCard> &cards)
{
    m_cards = cards.first(std::min<qsizetype>(cards.size(), mostCards));
    retranslateUi();
    updateGeometry();
}

void ShelfPanel::showReader(ReaderState state)
{
    if (state == ReaderState::Ok && m_pulled) {
        m_pulled = false;
        retranslateUi();
    }
}

void ShelfPanel::setTapTime(int milliseconds)
{
    m_tap.setInterval(milliseconds);
}

void ShelfPanel::setRoomy(bool roomy)
{
    if (std::exchange(m_roomy, roomy) == roomy)
        return;
    updateGeometry();
    unfold();
}

bool ShelfPanel::isOpen() const
{
    return !m_folded && height() >= openHeight();
}

QList<QWidget *> ShelfPanel::tabOrder() const
{
    QList<QWidget *> order{m_fold};
    for (ShelfTile *tile : m_tiles)
        order.append(tile);
    return order;
}

int ShelfPanel::foldedHeight() const
{
    return headEdge + headHeight + headEdge;
}

int ShelfPanel::openHeight() const
{
    const int rows = places / 2;
    return foldedHeight() + rows * m_tiles.constFirst()->sizeHint().height() +
           (rows - 1) * tileGap + bottomEdge;
}

QSize ShelfPanel::sizeHint() const
{
    return {336, m_folded || !m_roomy ? foldedHeight() : openHeight()};
}

QSize ShelfPanel::minimumSizeHint() const
{
    // Open or a line: what lies between would be an empty box.
    return {240, sizeHint().height()};
}

void ShelfPanel::use(int place)
{
    if (place < m_cards.size()) {
        lay(m_cards.at(place).name);
        emit tapRequested(m_lying);
    } else if (place == tearPlace && !m_cards.isEmpty()) {
        lay(m_cards.constFirst().name);
        emit tearRequested(m_lying);
    } else if (place == cablePlace) {
        m_pulled = !m_pulled;
        retranslateUi();
        if (m_pulled)
            emit unplugRequested();
        else
            emit plugRequested();
    }
}

void ShelfPanel::lay(const QString &name)
{
    m_lying = name;
    m_tap.start();
    retranslateUi();
}

void ShelfPanel::takeAway()
{
    m_lying.clear();
    retranslateUi();
    emit removeRequested();
}

void ShelfPanel::unfold()
{
    // Showing and hiding lays this panel out anew, which may give it another height.
    if (m_unfolding)
        return;
    m_unfolding = true;
    const bool open = isOpen();
    m_board->setVisible(open);
    // Without room for the tiles there is nothing to fold or unfold, but their keys work.
    const bool folds = open || (m_folded && m_roomy);
    m_fold->setVisible(folds);
    m_keyLine->setVisible(!folds);
    // Two owners of one key would both stay silent.
    for (QShortcut *key : std::as_const(m_keys))
        key->setEnabled(!open);
    //: shelf.fold / shelf.unfold
    m_fold->setText(m_folded ? tr("展开") : tr("收起"));
    m_unfolding = false;
    if (open != isOpen())
        QMetaObject::invokeMethod(this, &ShelfPanel::unfold, Qt::QueuedConnection);
}

void ShelfPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    if (event->type() == QEvent::StyleChange)
        updateGeometry();
    QFrame::changeEvent(event);
}

void ShelfPanel::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    unfold();
}

/// For the help: the keys of the tiles work while those are hidden, too.
void ShelfPanel::nameKeys()
{
    QStringList help;
    if (!m_cards.isEmpty())
        //: help.shelf: Ctrl and a number put one of the virtual cards on the reader
        help << u"Ctrl+1 … %1"_s.arg(m_cards.size()) << tr("放一张虚拟卡");
    help << keyText(m_keys.at(tearPlace)->key()) << tearWord()
         << keyText(m_keys.at(cablePlace)->key())
         << cableWord()
         //: help.shelf.document: the next of the virtual documents
         << keyText(m_document->key()) << tr("放一张虚拟证件");
    setProperty("keyHelp", help);
}

QString ShelfPanel::tearWord()
{
    //: shelf.tear: a card that is taken away in the middle of the reading
    return tr("读到一半");
}

QString ShelfPanel::cableWord() const
{
    //: shelf.plug / shelf.unplug: the cable of the reader
    return m_pulled ? tr("插回读卡器") : tr("拔下读卡器");
}

void ShelfPanel::retranslateUi()
{
    //: shelf.title
    m_title->setText(tr("培训卡架"));
    //: a11y: what the shelf is for
    setAccessibleDescription(tr("点一张虚拟卡，放上读卡器"));
    setAccessibleName(m_title->text());
    nameKeys();
    for (int i = 0; i < places; ++i) {
        ShelfTile &tile = *m_tiles.at(i);
        if (i == tearPlace) {
            tile.setFace(tearWord(), Icon::Alert);
            continue;
        }
        if (i == cablePlace) {
            tile.setFace(cableWord(), Icon::Usb);
            tile.setLit(m_pulled);
            continue;
        }
        const TrainingCard card = m_cards.value(i);
        tile.setFace(card.title, mediumIcon(card.medium));
        tile.setVisible(i < m_cards.size());
        tile.setLit(!card.name.isEmpty() && card.name == m_lying);
    }
    unfold();
}

} // namespace upgradedesk
