#pragma once

#include <QObject>
#include <QThread>

#include <functional>

namespace upgradedesk
{

/// A thread for what would hold up the window: looks at ports and files, one after the other.
class Background final
{
    Q_DISABLE_COPY_MOVE(Background)

public:
    explicit Background(const QString &name);
    ~Background();

    void start();

    /// Runs `work` over there and `then` with what it found in the thread of `context`, which must
    /// outlive this. Before start() it waits.
    template <typename Value>
    void run(QObject *context, std::function<Value()> work, std::function<void(const Value &)> then)
    {
        QMetaObject::invokeMethod(
            m_helper, [context, work = std::move(work), then = std::move(then)] {
                const Value value = work();
                QMetaObject::invokeMethod(context, [then, value] { then(value); });
            });
    }

private:
    QThread m_thread;
    QObject *m_helper; ///< lives on the thread, which deletes it when it ends
};

} // namespace upgradedesk
