#pragma once

#include "gui/idreaderstate.h"
#include "gui/pages/documentverdict.h"
#include "gui/pages/steppage.h"

#include <QTimer>

#include <chrono>
#include <memory>

namespace upgradedesk
{

class Clock;
class DocumentKinds;
class Rules;

namespace Ui
{
class DocumentPage;
}

/// ② The holder's document: placed on the ID reader where there is one, else name, kind and number
/// typed; the same page asks for the guardian's. A document that was read, and a number that is
/// complete and right, lead on by themselves. Typing begins with the first key: a digit goes to the
/// number, so that name and number need no key but their own.
class DocumentPage final : public StepPage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DocumentPage)

public:
    enum class Role { Holder, Guardian };

    DocumentPage(LinkController &controller, const DocumentKinds &kinds, const Rules &rules,
                 const Clock &clock, Role role, QWidget *parent);
    ~DocumentPage() override;

    /// Whether documents can be read, and what became of the last one.
    void showIdReader(const IdReaderState &reader);

    /// How long a good number is shown before the page leads on; 600 ms by default.
    void setAdvanceTime(int milliseconds);

    /// A machine-readable zone was scanned: its number and name are filled in, or what is wrong
    /// with it is said. False while a person is looked up.
    [[nodiscard]] bool takeZone(const QString &zone);

    [[nodiscard]] QString pageName() const override;
    void present(const LinkState &state) override;
    void enter() override;
    void forget() override;
    [[nodiscard]] QList<PageAction> secondaryActions() override;
    [[nodiscard]] PageAction primaryAction() override;
    [[nodiscard]] QString words() const override;
    [[nodiscard]] QString hint() const override;
    [[nodiscard]] Icon hintIcon() const override;
    [[nodiscard]] bool showsProblem() const override { return true; }
    [[nodiscard]] QWidget *firstField() override;
    [[nodiscard]] QList<QWidget *> tabOrder() override;

signals:
    /// Whether what is submitted is so because a good number led on, and no key was pressed for it.
    void advancing(bool byItself);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    enum class Method { Reader, Typed };

    void choose(Method method);
    void showMethod();
    void showRead(const LinkState &state);
    [[nodiscard]] bool hasReader() const;
    [[nodiscard]] bool reads() const { return m_method == Method::Reader; }
    [[nodiscard]] std::optional<Person> shownPerson() const;
    [[nodiscard]] const std::optional<Person> &known() const;
    [[nodiscard]] Person typed() const;
    [[nodiscard]] bool nothingTyped() const;
    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] QDate today() const;
    void fillKinds();
    void moveKind(int by);
    void edited();
    void numberTyped();
    void judge();
    void showVerdict();
    [[nodiscard]] QString cardsWords() const;
    [[nodiscard]] QString wayOut() const;
    void showPlaceholders();
    void startAdvance();
    void stopAdvance();
    void tick();
    void submit();
    bool handleKey(QObject *field, const QKeyEvent &event);
    [[nodiscard]] bool wantsEscape(QObject *field) const;
    void retranslateUi();

    const DocumentKinds &m_kinds;
    const Rules &m_rules;
    const Clock &m_clock;
    const Role m_role;
    std::unique_ptr<Ui::DocumentPage> m_ui;
    DocumentVerdict m_verdict;
    std::optional<Error> m_problem;
    IdReaderState m_idReader;
    Method m_method = Method::Typed;
    bool m_chosen = false;                     ///< the method, by staff
    std::chrono::milliseconds m_shownRead{-1}; ///< which document is shown as read
    QTimer m_tick;
    int m_advanceTime = 600;
    int m_left = 0;
};

} // namespace upgradedesk
