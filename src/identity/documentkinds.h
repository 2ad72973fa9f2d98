#pragma once

#include "core/localtext.h"
#include "core/resourcepath.h"
#include "core/result.h"

#include <QDate>
#include <QHash>
#include <QList>
#include <QSet>
#include <QString>

#include <optional>

namespace upgradedesk
{

/// Where a passenger with a document is served.
enum class DocumentService { Desk, HealthKit };

/// `desk`, `health-kit`.
[[nodiscard]] QString documentServiceKey(DocumentService service);

/// One shape the numbers of a document kind have, with the days on which documents of it are taken.
struct DocumentForm {
    QString key; ///< `cn18`, `cn15`, `fpr18`, …
    std::optional<QDate> from;
    std::optional<QDate> until;
};

struct DocumentKind {
    QString key; ///< `resident`, `hmt-residence`, `foreign-permanent`, `hmt-permit`,
                 ///< `taiwan-permit`, `passport`
    LocalText name;
    DocumentService service = DocumentService::Desk;
    std::optional<QDate> from;
    std::optional<QDate> until;
    QList<DocumentForm> forms;
};

/// How a division code stands in our list.
enum class Division { Current, Historic, PrefectureOnly, ProvinceOnly, Unknown };

/// `current`, `historic`, `prefecture-only`, `province-only`, `unknown`.
[[nodiscard]] QString divisionKey(Division division);

/// Document kinds, division codes and countries as dated data. An immutable value; copies share
/// their data. Schema: resources/documents/README.md.
class DocumentKinds
{
public:
    /// Reads kinds.json, countries.json, divisions.json and divisions-supplement.json of a folder.
    /// Fails with ResourceUnreadable or ResourceInvalid (args: file, line, why).
    [[nodiscard]] static Result<DocumentKinds>
    load(const QString &folder = resourcePath(u"documents"));

    [[nodiscard]] const QString &version() const { return m_version; }
    [[nodiscard]] const QList<DocumentKind> &kinds() const { return m_kinds; }

    /// Null when there is no such kind. Lives as long as this value.
    [[nodiscard]] const DocumentKind *kind(QStringView key) const;

    /// True when the desk may link with this kind of document, and with a number of this form, on
    /// that day. A first-generation number (`cn15`) is only a key for searching: no such card is
    /// valid any more.
    [[nodiscard]] bool acceptedAtDesk(QStringView kind, QStringView form, QDate on) const;

    /// How the first six digits of a resident number stand in the list.
    [[nodiscard]] Division division(QStringView code) const;
    /// True when any division below this four-digit prefecture, or the province itself (`1100`), is
    /// listed.
    [[nodiscard]] bool knowsPrefecture(QStringView code) const;
    [[nodiscard]] bool knowsProvince(QStringView code) const;

    /// ISO 3166-1: three letters, or three digits.
    [[nodiscard]] bool knowsCountry(QStringView code) const;

    /// What machine-readable zones name an issuer or a nationality with: ISO 3166-1 letters, or one
    /// of ICAO's own codes (`D`, `UNO`, `XXA`, …).
    [[nodiscard]] bool knowsTravelCode(QStringView code) const;

private:
    [[nodiscard]] Result<void> readKinds(const QString &path);
    [[nodiscard]] Result<void> readCountries(const QString &path);
    [[nodiscard]] Result<void> readDivisions(const QString &path);
    [[nodiscard]] Result<void> readSupplement(const QString &path);
    void addDivision(const QString &code, Division state);

    QString m_version;
    QList<DocumentKind> m_kinds;
    QSet<QString> m_countries;
    QSet<QString> m_travelCodes;
    QSet<QString> m_provinces;
    QSet<int> m_prefectures;
    QHash<int, Division> m_divisions;
};

} // namespace upgradedesk
