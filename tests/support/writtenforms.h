#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringConverter>
#include <QUrl>

#include <initializer_list>

namespace upgradedesk::test
{

/// How a text may stand in a file, a log or a dump: as UTF-8 and UTF-16, each of them plain, in
/// hexadecimal, in Base64 at each of the three places it can begin at, and in octal escapes as
/// PostgreSQL writes bytes; escaped as JSON or a URL does.
inline QList<QByteArray> writtenForms(const QString &text)
{
    QList<QByteArray> forms;
    for (const auto encoding :
         {QStringConverter::Utf8, QStringConverter::Utf16LE, QStringConverter::Utf16BE}) {
        const QByteArray plain = QStringEncoder(encoding)(text);
        forms << plain << plain.toHex() << plain.toHex().toUpper();
        for (int shift = 0; shift < 3; ++shift) {
            for (const auto alphabet :
                 {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding}) {
                const QByteArray base64 = (QByteArray(shift, 'x') + plain).toBase64(alphabet);
                forms << base64.mid(4, base64.size() - 8); // without what its neighbours decide
            }
        }
        QByteArray octal;
        for (const char byte : plain) {
            const auto value = quint8(byte);
            octal += value >= 0x20 && value < 0x7f
                         ? QByteArray(1, byte)
                         : '\\' + QByteArray::number(value, 8).rightJustified(3, '0');
        }
        forms << octal << octal.replace("\\", "\\\\");
    }
    QByteArray json;
    for (const QChar unit : text)
        json += "\\u" + QByteArray::number(unit.unicode(), 16).rightJustified(4, '0');
    forms << json << QUrl::toPercentEncoding(text);
    return forms;
}

/// The first of these texts that `bytes` hold in some form; empty: none.
inline QString foundIn(const QByteArray &bytes, const QStringList &texts)
{
    for (const QString &text : texts) {
        for (const QByteArray &form : writtenForms(text)) {
            if (bytes.contains(form))
                return text;
        }
    }
    return {};
}

} // namespace upgradedesk::test
