#pragma once

#include "core/localtext.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <optional>

namespace upgradedesk
{

/// What is wrong with a line that lacks this option.
[[nodiscard]] LocalText neededOption(const QString &name);

/// Options (`--name VALUE`) and flags (`--name`) of one command, and the words between them.
/// QCommandLineParser is not used because it prints and ends the program itself.
struct Arguments {
    QHash<QString, QString> options; ///< without the dashes; a flag has an empty value
    QStringList words;
    std::optional<LocalText> wrong; ///< why the line is not usable, nothing when it is

    /// `--` ends the options. An option given twice, unknown or without its value makes `wrong`.
    [[nodiscard]] static Arguments parse(const QStringList &arguments, const QStringList &options,
                                         const QStringList &flags = {});

    [[nodiscard]] bool has(const QString &name) const { return options.contains(name); }
    [[nodiscard]] QString value(const QString &name, const QString &otherwise = {}) const
    {
        return options.value(name, otherwise);
    }
};

} // namespace upgradedesk
