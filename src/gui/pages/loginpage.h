#pragma once

#include "core/error.h"
#include "gui/hubstate.h"
#include "gui/pages/deskfacts.h"
#include "gui/pages/deskpage.h"

#include <memory>
#include <optional>

namespace upgradedesk
{

namespace Ui
{
class LoginPage;
}

/// Who takes over the desk: operator and PIN, beside what the self-check found. Works without a
/// network.
class LoginPage final : public DeskPage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LoginPage)

public:
    LoginPage(const DeskFacts &facts, QWidget *parent);
    ~LoginPage() override;

    [[nodiscard]] QString pageName() const override { return QStringLiteral("login"); }

    void setOperators(const QList<OperatorEntry> &operators);

    void showReader(ReaderState state, const QString &name);
    void showQueue(int waiting);
    void showHub(const HubState &hub);

    /// Empties the PIN and waits for the next one.
    void reset();

    /// Says why the last PIN was not taken.
    void showFailure(const Error &error);

    void chooseOperator(const QString &id);

    /// Says that the desk locked itself after so many minutes without anybody, and whether a
    /// passenger is kept; until reset().
    void showLocked(const QString &operatorName, int minutes, bool kept);

    /// Controls from top to bottom, for the Tab key.
    [[nodiscard]] QList<QWidget *> tabOrder() const override;

    void focusFirst() override;

signals:
    /// Once for each PIN; nothing more comes until reset() or showFailure().
    void loginRequested(const QString &operatorId, const QString &pin);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void send();
    void renewEntry();
    void showHint();
    void showHeading();
    void showHubLine();
    void retranslateUi();

    const DeskFacts m_facts;
    std::unique_ptr<Ui::LoginPage> m_ui;
    HubState m_hub;
    ReaderState m_reader = ReaderState::Starting;
    QString m_readerName;
    std::optional<int> m_waiting; ///< not known before the store has answered
    std::optional<Error> m_failure;
    struct Locked {
        QString operatorName;
        int minutes = 0;
        bool kept = false;
    };
    std::optional<Locked> m_lockedItself;
    bool m_checking = false;
};

} // namespace upgradedesk
