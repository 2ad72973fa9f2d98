#include "core/standardinput.h"

#include <QStringDecoder>

#ifdef Q_OS_UNIX
#include <unistd.h>
#else
#include <io.h>
#endif

using namespace Qt::StringLiterals;

namespace upgradedesk
{

bool readInputByte(char &byte)
{
#ifdef Q_OS_UNIX
    return ::read(STDIN_FILENO, &byte, 1) == 1;
#else
    return ::_read(0, &byte, 1) == 1;
#endif
}

Result<QString> readPin()
{
    constexpr qsizetype longest = 64;
    QByteArray line;
    char byte = 0;
    while (readInputByte(byte) && byte != '\n') {
        if (line.size() == longest)
            return fail(ErrorCode::PinUnreadable, u"first line of stdin is too long"_s);
        line += byte;
    }
    if (line.endsWith('\r'))
        line.chop(1);
    QStringDecoder decoder(QStringConverter::Utf8);
    const QString pin = decoder.decode(line);
    line.fill('\0');
    if (decoder.hasError())
        return fail(ErrorCode::PinUnreadable, u"first line of stdin is not UTF-8"_s);
    if (pin.trimmed().isEmpty())
        return fail(ErrorCode::PinMissing, u"no PIN on stdin"_s);
    return pin;
}

} // namespace upgradedesk
