#pragma once

#include "core/error.h"
#include "gui/pages/deskfacts.h"

#include <QWidget>

#include <memory>
#include <optional>

class QShortcut;

namespace upgradedesk
{

namespace Ui
{
class IdlePage;
}

/// Waits for a card; says so when the reader is gone or a card was taken away too early.
class IdlePage final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IdlePage)

public:
    IdlePage(const DeskFacts &facts, QWidget *parent);
    ~IdlePage() override;

    void showReader(ReaderState state, const QDateTime &since);

    /// The reading was torn: `reason` as in CardSighting, empty to wait for a card as usual.
    void showTorn(const QString &reason);

    void showRecent(const QList<RecentRow> &rows, const ShiftFigures &figures);
    void showTrouble(const std::optional<Error> &trouble);

    /// The word of pageShown(): `idle` or `reader-lost`.
    [[nodiscard]] QString pageName() const;

    /// What the page says first, for a screen reader.
    [[nodiscard]] QString headline() const;

signals:
    /// Esc after a torn reading.
    void tornDismissed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void showFace();
    void retranslateUi();

    const DeskFacts m_facts;
    std::unique_ptr<Ui::IdlePage> m_ui;
    ReaderState m_reader = ReaderState::Starting;
    QDateTime m_since;
    QString m_torn;
    ShiftFigures m_figures;
    std::optional<Error> m_trouble;
    QShortcut *m_dismiss;
};

} // namespace upgradedesk
