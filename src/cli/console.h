#pragma once

#include "core/datafolder.h"
#include "core/localtext.h"
#include "core/result.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace upgradedesk
{

/// What a command of deskctl talks through: results on stdout, one sentence per failure on stderr.
class Console
{
public:
    /// `profile` asks for the data of that profile and no other; nothing: of whatever is there.
    Console(QString dataFolder, std::optional<Profile> profile, Language language, bool json);

    [[nodiscard]] const QString &dataFolder() const { return m_dataFolder; }
    [[nodiscard]] std::optional<Profile> profile() const { return m_profile; }
    [[nodiscard]] Language language() const { return m_language; }
    [[nodiscard]] bool json() const { return m_json; }

    /// The text of the user's language.
    [[nodiscard]] QString say(const QString &chinese, const QString &english) const;

    /// Writes one result line and flushes it: the object with --json, else the text for people.
    void result(const QJsonObject &object, const QString &text) const;

    /// A result line in a form of its own, whatever --json says.
    void line(const QByteArray &text) const;

    /// False once a result could not be written: whoever reads them is gone or their disk is full.
    [[nodiscard]] bool resultsArrive() const { return m_resultsArrive; }

    /// Writes one line to stderr. It must not hold personal data.
    void note(const QString &text) const;

    /// Writes the sentence of the error to stderr and returns its exit code.
    [[nodiscard]] int report(const Error &error) const;

    /// Says what is wrong with the command line and returns the exit code of it.
    [[nodiscard]] int usage(const LocalText &why) const;

    /// Whether the next line of stdin is `yes` or 是.
    [[nodiscard]] bool confirmed() const;

private:
    QString m_dataFolder;
    std::optional<Profile> m_profile;
    Language m_language;
    bool m_json;
    mutable bool m_resultsArrive = true;
};

} // namespace upgradedesk
