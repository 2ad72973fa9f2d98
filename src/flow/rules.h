#pragma once

#include "core/language.h"
#include "core/resourcepath.h"
#include "core/result.h"

#include <QDate>
#include <QHash>
#include <QList>

#include <optional>

namespace upgradedesk
{

/// The four lines of a notice in one language.
struct NoticeText {
    QString collected;
    QString purpose;
    QString recipient;
    QString withdrawal;

    bool operator==(const NoticeText &) const = default;
};

/// One published version of the notice passengers agree to.
struct Notice {
    QString version;
    QDate from;
    std::optional<QDate> until;
    QStringList purposes;
    NoticeText chinese;
    NoticeText english;

    [[nodiscard]] const NoticeText &text(Language language) const;

    /// SHA-256 over the four lines in order, each followed by a newline, as lower-case hex.
    [[nodiscard]] QString hash(Language language) const;
};

struct Limits {
    int physicalPerPerson = 0;
    int phonePerPerson = 0;
    int cardsPerAgent = 0;
    int guardianUnderAge = 0;
    int guardianFromAge = 0;
    int undoMinutes = 0; ///< how long an operator may take back the own last record
};

/// The dated rules of resources/rules/rules.json. Days are Beijing dates.
class Rules
{
public:
    [[nodiscard]] static Result<Rules>
    load(const QString &path = resourcePath(u"rules/rules.json"));

    /// The same from text; `name` stands for the file in errors.
    [[nodiscard]] static Result<Rules> parse(const QByteArray &text, const QString &name);

    [[nodiscard]] const QString &version() const { return m_version; }
    [[nodiscard]] QDate from() const { return m_from; }
    [[nodiscard]] QDate firstTopUpFrom() const { return m_firstTopUpFrom; }

    /// The last day until that one on which something in them began or ended; nothing before they
    /// are in force at all.
    [[nodiscard]] std::optional<QDate> inForceSince(QDate day) const;

    /// The limits of that day; before the first row, those of the first row.
    [[nodiscard]] const Limits &limits(QDate day) const;

    /// `physical` or `phone`; nothing for a medium that does not exist.
    [[nodiscard]] std::optional<QString> slot(const QString &medium) const;

    /// Oldest test in days with which a gate of the venue opens; nothing where no rule holds on
    /// that day.
    [[nodiscard]] std::optional<int> testDays(const QString &venue, QDate day) const;

    /// The newest notice in use on that day; before the first one, the first.
    [[nodiscard]] const Notice &currentNotice(QDate day) const;

    /// Null when that version was never published.
    [[nodiscard]] const Notice *notice(const QString &version) const;
    [[nodiscard]] const QList<Notice> &notices() const { return m_notices; }

private:
    struct DatedLimits {
        QDate from;
        Limits limits;
    };
    struct TestDays {
        QString venue;
        QDate from;
        int maxDays = 0;
    };

    QString m_version;
    QDate m_from;
    QDate m_firstTopUpFrom;
    QHash<QString, QString> m_slots;
    QList<DatedLimits> m_limits;
    QList<TestDays> m_testDays;
    QList<Notice> m_notices;

    friend class RulesReader;
};

} // namespace upgradedesk
