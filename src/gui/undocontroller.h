#pragma once

#include "core/error.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace upgradedesk
{

/// What the operator who is logged in may take back, as the store says.
struct UndoOffer {
    QString record;          ///< to be revoked
    QString passengerRecord; ///< the link it is, ends or restores
    bool revoked = false;    ///< that link is ended now: taking back restores it
    QString lastFour;        ///< of the card number

    bool operator==(const UndoOffer &) const = default;
};

/// 撤销 and 恢复. It shows nothing as done that the store has not told: a revoke that was asked for
/// is heard of only as the next offer, after its commit. Lives in the GUI thread.
class UndoController final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(UndoController)

public:
    explicit UndoController(QObject *parent = nullptr);

    /// What the store says now, also after a revoke; it is withdrawn by itself when its time is
    /// over.
    void setOffer(const std::optional<UndoOffer> &offer, std::chrono::milliseconds left);
    [[nodiscard]] const std::optional<UndoOffer> &offer() const { return m_offer; }
    [[nodiscard]] bool mayUndo() const { return m_offer && !m_offer->revoked && !m_asked; }
    [[nodiscard]] bool mayRedo() const { return m_offer && m_offer->revoked && !m_asked; }

    /// Ctrl+Z and Ctrl+Y; nothing happens when there is nothing of that kind.
    void undo();
    void redo();

    /// The revoke asked for was not stored.
    void failed(const Error &error);

    /// Why the last one did not work, until something else is done.
    [[nodiscard]] const std::optional<Error> &problem() const { return m_problem; }
    void forgetProblem();

signals:
    void changed();
    void revokeRequested(const QString &record);

private:
    void ask();

    std::optional<UndoOffer> m_offer;
    std::optional<Error> m_problem;
    bool m_asked = false;
    QTimer m_over;
};

} // namespace upgradedesk
