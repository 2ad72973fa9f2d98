#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QIODevice>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace upgradedesk::wire
{

// Files that are carried by hand: UTF-8 text, one JSON object a line, each line ended by LF. The
// last line counts the lines of content and holds the SHA-256 of every byte before it, in
// lower-case hex; together they tell a whole file from one that was cut off.

class LineFileEncoder
{
public:
    [[nodiscard]] QByteArray line(const QJsonObject &object);
    [[nodiscard]] QByteArray end(const QString &countKey, qint64 count);

private:
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
};

/// Line by line, with the hash over all but the last.
class LineFileReader
{
public:
    /// `what` is for the log.
    LineFileReader(QIODevice &file, const QString &what);

    /// Nothing for a line that is no JSON object, is not ended or is longer than 256 KiB.
    [[nodiscard]] std::optional<QJsonObject> next();

    /// Whether `last`, the line read last, ends the file as it should.
    [[nodiscard]] bool isWhole(const QJsonObject &last, const QString &countKey, qint64 count);

    /// InputInvalid with the number of the line read last.
    [[nodiscard]] tl::unexpected<Error> wrong() const;

private:
    QIODevice &m_file;
    QString m_what;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    QByteArray m_line;
    qint64 m_number = 0;
};

} // namespace upgradedesk::wire
