#pragma once

#include "core/language.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace upgradedesk
{

struct Notice;

/// One question of the notice as it stands before the passenger.
struct ConsentSheet {
    quint64 number = 0; ///< of this showing, never used twice: an answer names what was answered
    QString purpose;    ///< one of the notice's
    int index = 0;      ///< from 0
    int count = 0;
    Language language = Language::Chinese;
    QString version; ///< of the notice

    bool operator==(const ConsentSheet &) const = default;
};

/// The purposes of a notice, asked of the passenger one by one on the passenger's own screen. An
/// answer to anything but the sheet that is shown now counts for nothing: a second touch of the
/// same finger, one for the passenger before, one for a text in another language.
class ConsentDialogue
{
public:
    enum class Outcome { Ignored, NextQuestion, AllAgreed, Declined };

    /// Begins with the first question, and makes every sheet before void. The record of the
    /// consents names one language, so another language begins anew, too.
    void begin(const Notice &notice, Language language);

    /// Nobody is asked any more.
    void end();

    /// Nothing while nobody is asked.
    [[nodiscard]] const std::optional<ConsentSheet> &sheet() const { return m_sheet; }

    Outcome answer(quint64 sheet, bool agrees);

private:
    void show(int index);

    quint64 m_shown = 0; ///< sheets so far
    QStringList m_purposes;
    std::optional<ConsentSheet> m_sheet;
};

} // namespace upgradedesk
