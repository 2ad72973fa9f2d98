#pragma once

#include "gui/widgets/noticestrip.h"

#include <QDate>
#include <QString>

#include <optional>

namespace upgradedesk
{

class DocumentKinds;

/// What the document page says about the number typed so far. Words only; the check itself is
/// identity/documentcheck.h.
struct DocumentVerdict {
    enum class Level { Empty, Unfinished, Wrong, Elsewhere, Doubtful, Good };

    Level level = Level::Empty;
    QString count;              ///< 已输 12 位，还差 6 位
    QString missing;            ///< why the primary button waits: 还差 6 位
    QString title;              ///< of the strip; empty shows no strip
    QString text;               ///< second line of the strip
    std::optional<int> suspect; ///< position of the character to look at

    /// The number may be used; Doubtful asks for a look at the document first.
    [[nodiscard]] bool usable() const { return level == Level::Good || level == Level::Doubtful; }

    [[nodiscard]] NoticeStrip::Kind stripKind() const;
};

/// `typed` is the plain number, without spaces. `on` is the Beijing date.
[[nodiscard]] DocumentVerdict judgeDocument(const DocumentKinds &kinds, const QString &kind,
                                            const QString &typed, QDate on);

} // namespace upgradedesk
