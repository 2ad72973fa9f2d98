#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace upgradedesk
{

/// A JSON data file of ours (an object at the top) that still knows on which line each value
/// stands, so that whoever checks its schema can name file and line. Reads at most 16 MiB.
class JsonFile
{
public:
    /// Fails with `unreadable` when the file cannot be read and with `invalid` (args: file, line,
    /// why) when it is not one JSON object.
    [[nodiscard]] static Result<JsonFile> load(const QString &path, ErrorCode unreadable,
                                               ErrorCode invalid);

    /// The same from text; `name` stands for the file in errors.
    [[nodiscard]] static Result<JsonFile> parse(const QByteArray &text, const QString &name,
                                                ErrorCode invalid);

    [[nodiscard]] const QJsonObject &root() const { return m_root; }

    /// Line of the value at a path such as `products/3/lengths` (1-based; of the nearest parent
    /// when absent).
    [[nodiscard]] int lineOf(const QString &path) const;

    /// The error of a value at `path` that breaks the schema; args are file, line and `why`
    /// (English, plain).
    [[nodiscard]] Error schemaError(const QString &path, const QString &why) const;

private:
    QString m_name;
    ErrorCode m_invalid = ErrorCode::ResourceInvalid;
    QJsonObject m_root;
    QByteArray m_text; ///< for the lines, which only an error asks for
};

} // namespace upgradedesk
