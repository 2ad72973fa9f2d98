#pragma once

#include <QKeyEvent>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QWindow>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace upgradedesk
{

/// Tells a scanner that acts as a keyboard from a person who types. It sees every key of the
/// application first: three or more printable keys less than 55 ms apart are a scan, which reaches
/// no field, button or shortcut but comes out as one text. Keys that may become a scan are held, at
/// most for that gap, and then go on in their order. Input methods, repeats of a held key and keys
/// with Ctrl or Alt pass untouched.
class KeyBurstFilter final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeyBurstFilter)

public:
    using KeyTime = std::function<std::chrono::milliseconds(const QKeyEvent &)>;

    static constexpr std::chrono::milliseconds gap{55};

    /// Installs itself on the application.
    explicit KeyBurstFilter(QObject *parent = nullptr);
    ~KeyBurstFilter() override;

    /// Takes the time of a key from elsewhere than the window system. Then nothing lapses by
    /// itself: settle() does.
    void setKeyTime(const KeyTime &time);

    /// Decides now about the keys that are held: a scan is told, others go on to where they belong.
    void settle();

signals:
    /// What a scanner sent, without the Enter or Tab at its end. CapsLock does not change it.
    void scanned(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct HeldKey {
        QPointer<QWindow> window;
        std::unique_ptr<QKeyEvent> event;
    };

    enum class Kind { Printable, End, Neutral, Other };

    [[nodiscard]] Kind kindOf(const QKeyEvent &key) const;
    [[nodiscard]] bool press(QWindow &window, const QKeyEvent &key, Kind kind);
    [[nodiscard]] bool release(QWindow &window, const QKeyEvent &key);
    [[nodiscard]] bool endsScan(const QKeyEvent &key) const;
    void hold(QWindow &window, const QKeyEvent &key);
    void lapse();
    void tellScan();
    void passOn();
    void forgetKeys();

    KeyTime m_time;
    bool m_ownTime = true;
    std::vector<HeldKey> m_held;
    QString m_scan;         ///< not empty: the keys that are held are a scan
    QList<int> m_swallowed; ///< keys whose release has to be swallowed too
    std::chrono::milliseconds m_last{0};
    bool m_justScanned = false; ///< the Enter of a slow scanner may still come
    bool m_passingOn = false;
    bool m_lastLook = false;
    QTimer m_timer;
};

} // namespace upgradedesk
