#include "app/background.h"

namespace upgradedesk
{

Background::Background(const QString &name)
    : m_helper(new QObject)
{
    m_thread.setObjectName(name);
    m_helper->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_helper, &QObject::deleteLater);
}

Background::~Background()
{
    m_thread.quit();
    m_thread.wait();
    if (!m_thread.isFinished())
        delete m_helper;
}

void Background::start()
{
    m_thread.start(QThread::LowPriority);
}

} // namespace upgradedesk
