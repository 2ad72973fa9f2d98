#pragma once

#include <QByteArray>
#include <QString>

namespace upgradedesk
{

// For personal data on its way through memory. What is shared with another holder is theirs and
// stays; this one is emptied all the same. The compiler cannot leave the writing out.

void wipe(char *bytes, qsizetype size);
void wipe(QByteArray &bytes);
void wipe(QString &text);

} // namespace upgradedesk
