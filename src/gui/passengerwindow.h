#pragma once

#include "gui/widgets/passengerscene.h"

#include <QTimer>
#include <QWidget>

#include <array>

namespace upgradedesk
{

class PassengerButton;

/// The passenger's screen: frameless, on a screen of its own or for a while on the staff's, turned
/// round. It shows a scene, takes the answers to the two consents and the choice of a language, and
/// nothing else. On a screen of its own it never takes the keyboard from the staff.
class PassengerWindow final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PassengerWindow)

public:
    PassengerWindow();
    ~PassengerWindow() override;

    void setScene(const PassengerScene &scene);
    [[nodiscard]] const PassengerScene &scene() const { return m_scene; }

    /// Covers a screen that is the passenger's.
    void showBeside(const QRect &screen);
    /// Covers the staff's window; Esc or Alt+T asks for the way back.
    void showTurned(const QRect &place);

    /// How long a new question is deaf after it has been painted; 500 ms by default. A finger that
    /// touches twice answers one question.
    void setArmingTime(int milliseconds);

    [[nodiscard]] bool isArmed() const;

signals:
    void answered(quint64 sheet, bool agrees);
    void languageChosen(upgradedesk::Language language);
    /// Staff want their screen back.
    void turnBackRequested();

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void cover(const QRect &place, bool takesKeys);
    void disarm();
    void arm();
    void answer(bool agrees);
    void place();
    void showWords();

    PassengerScene m_scene;
    std::array<PassengerButton *, 2> m_answers;   ///< 不同意, 同意
    std::array<PassengerButton *, 2> m_languages; ///< 中文, English
    QTimer m_arming;
    bool m_painted = false; ///< the question that is shown
    bool m_takesKeys = false;
};

} // namespace upgradedesk
