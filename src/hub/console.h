#pragma once

#include "core/language.h"
#include "core/localtext.h"
#include "core/result.h"

#include <QJsonObject>
#include <QString>

namespace upgradedesk::hub
{

/// What a command of upgradehub talks through: results on stdout, one sentence per failure on
/// stderr.
class Console
{
public:
    Console(QString configFile, Language language, bool json)
        : m_configFile(std::move(configFile))
        , m_language(language)
        , m_json(json)
    {
    }

    [[nodiscard]] const QString &configFile() const { return m_configFile; }
    [[nodiscard]] QString say(const LocalText &text) const { return text.in(m_language); }

    /// The object in one line with --json, else the text.
    void result(const QJsonObject &object, const LocalText &text) const;
    /// What no program reads, on stderr.
    void note(const LocalText &text) const;
    [[nodiscard]] int report(const Error &error) const;
    [[nodiscard]] int usage(const LocalText &why) const;

private:
    QString m_configFile;
    Language m_language;
    bool m_json;
};

} // namespace upgradedesk::hub
