#pragma once

#include "core/error.h"
#include "gui/hubstate.h"
#include "gui/idreaderstate.h"
#include "gui/pages/deskfacts.h"
#include "gui/pages/deskpage.h"

#include <memory>
#include <optional>

class QShortcut;

namespace upgradedesk
{

class UndoController;

namespace Ui
{
class IdlePage;
}

/// Waits for a card; says so when the reader is gone or a card was taken away too early.
class IdlePage final : public DeskPage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IdlePage)

public:
    IdlePage(const DeskFacts &facts, QWidget *parent);
    ~IdlePage() override;

    void showReader(ReaderState state, const QDateTime &since);

    /// The reading was torn: `reason` as in CardSighting, empty to wait for a card as usual.
    void showTorn(const QString &reason);

    /// A document was placed before its card and waits for it.
    void showDocument(bool waits);
    void showIdReader(const IdReaderState &reader);

    void showRecent(const QList<RecentRow> &rows, const ShiftFigures &figures);
    void showHub(const HubState &hub);
    void showTrouble(const std::optional<Error> &trouble);

    /// What may be taken back or restored, or why it did not work; nothing while it is under way.
    void showUndo(const UndoController &undo);

    /// The word of pageShown(): `idle` or `reader-lost`.
    [[nodiscard]] QString pageName() const override;
    void focusFirst() override { setFocus(); }

    /// What the page says first, for a screen reader.
    [[nodiscard]] QString headline() const;

signals:
    /// Esc after a torn reading.
    void tornDismissed();
    /// Staff want to type a number; digit keys themselves are the window's.
    void lookupRequested();
    void undoRequested();
    void redoRequested();
    /// Keys that no button prints do something else now.
    void keysChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    void showFace();
    void showHubLine();
    void showNotice();
    void nameKeys();
    void retranslateUi();

    const DeskFacts m_facts;
    std::unique_ptr<Ui::IdlePage> m_ui;
    HubState m_hub;
    ReaderState m_reader = ReaderState::Starting;
    QDateTime m_since;
    QString m_torn;
    bool m_documentWaits = false;
    std::optional<Error> m_unread; ///< why the last document was not read
    ShiftFigures m_figures;
    std::optional<Error> m_trouble;
    std::optional<Error> m_undoProblem;
    QString m_undoneLastFour; ///< of what was taken back and may be restored, else empty
    bool m_mayRedo = false;
    QShortcut *m_dismiss;
    QShortcut *m_undoKey; ///< for what may be taken back but is no longer on the list
};

} // namespace upgradedesk
