#include "scriptedcard.h"

#include <QFile>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

QByteArray hex(const QJsonValue &value)
{
    return QByteArray::fromHex(value.toString().toLatin1());
}

} // namespace

ScriptedCard::ScriptedCard(const QJsonObject &vector)
    : m_entries(vector.value(u"apdus"_s).toArray())
{
}

Result<QByteArray> ScriptedCard::transmit(const QByteArray &apdu)
{
    m_sent << apdu;
    for (const QJsonValue &value : std::as_const(m_entries)) {
        const QJsonObject entry = value.toObject();
        if (!matches(entry, apdu))
            continue;
        m_trapped = m_trapped || entry.value(u"trap"_s).toBool();
        if (entry.value(u"response"_s).isNull())
            return fail(ErrorCode::CardLost);
        if (entry.contains(u"sets"_s))
            m_state = entry.value(u"sets"_s).toString();
        QByteArray answer = hex(entry.value(u"response"_s));
        const auto wanted = quint8(apdu.back());
        const bool reads = quint8(apdu[1]) != 0xA4 && !entry.value(u"exact"_s).toBool();
        if (reads && apdu.size() == 5 && wanted > 0 && wanted < answer.size() - 2)
            answer = answer.first(wanted) + answer.last(2);
        return answer;
    }
    return QByteArray::fromHex("6A82");
}

bool ScriptedCard::matches(const QJsonObject &entry, const QByteArray &apdu) const
{
    const QByteArray command = hex(entry.value(u"command"_s));
    if (entry.contains(u"in"_s) && entry.value(u"in"_s).toString() != m_state)
        return false;
    if (entry.value(u"exact"_s).toBool())
        return apdu == command;
    if (entry.value(u"prefix"_s).toBool())
        return apdu.startsWith(command);
    if (quint8(apdu[1]) != 0xA4)
        return apdu.first(4) == command.first(4);
    const auto withoutLe = [](const QByteArray &select) { return select.first(5 + select[4]); };
    return command.size() >= 5 + command[4] && withoutLe(apdu) == withoutLe(command);
}

Target targetOf(const QJsonObject &vector)
{
    const QString tech = vector.value(u"tech"_s).toString();
    Target target;
    target.uid = hex(vector.value(u"uid"_s));
    if (tech == u"felica") {
        target.tech = Target::Tech::Felica;
        target.felicaSystemCode = hex(vector.value(u"systemCode"_s));
        target.felicaId = target.uid;
    } else if (tech.startsWith(u"iso14443-4b") || tech.startsWith(u"iso14443-b")) {
        target.tech = Target::Tech::Iso14443B;
    } else {
        target.sak = quint8(vector.value(u"sak"_s).toString().toUInt(nullptr, 16));
        target.atqa = hex(vector.value(u"atqa"_s));
        target.ats = hex(vector.value(u"ats"_s));
    }
    return target;
}

QList<QJsonObject> cardVectors()
{
    QFile file(QStringLiteral(UPGRADEDESK_SOURCE_DIR) + u"/tests/data/card-vectors.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonArray vectors =
        QJsonDocument::fromJson(file.readAll()).object().value(u"vectors"_s).toArray();
    QList<QJsonObject> result;
    for (const QJsonValue &vector : vectors)
        result << vector.toObject();
    return result;
}
