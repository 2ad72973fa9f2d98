#include "core/recordid.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

QString newRecordId(const Clock &clock)
{
    const auto time = quint64(clock.now().toMSecsSinceEpoch());
    const quint64 random = QRandomGenerator::system()->generate64();
    const quint32 more = QRandomGenerator::system()->generate();
    const auto byte = [](quint64 value, int shift) { return uchar((value >> shift) & 0xFF); };

    return QUuid(uint(time >> 16), ushort(time & 0xFFFF), ushort(0x7000 | (more & 0x0FFF)),
                 uchar(0x80 | (byte(random, 56) & 0x3F)), byte(random, 48), byte(random, 40),
                 byte(random, 32), byte(random, 24), byte(random, 16), byte(random, 8),
                 byte(random, 0))
        .toString(QUuid::WithoutBraces);
}

bool isRecordId(QStringView text)
{
    static const QRegularExpression shape(
        u"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\\z"_s);
    return shape.match(text).hasMatch();
}

} // namespace upgradedesk
