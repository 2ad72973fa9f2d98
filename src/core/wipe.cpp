#include "core/wipe.h"

namespace upgradedesk
{

void wipe(char *bytes, qsizetype size)
{
    volatile char *const written = bytes;
    for (qsizetype i = 0; i < size; ++i)
        written[i] = '\0';
}

void wipe(QByteArray &bytes)
{
    if (bytes.isDetached())
        wipe(bytes.data(), bytes.size());
    bytes = QByteArray();
}

void wipe(QString &text)
{
    if (text.isDetached())
        wipe(reinterpret_cast<char *>(text.data()), text.size() * qsizetype(sizeof(QChar)));
    text = QString();
}

} // namespace upgradedesk
