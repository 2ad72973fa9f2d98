#pragma once

#include "card/catalogue.h"
#include "core/clock.h"
#include "flow/rules.h"
#include "hub/config.h"
#include "hub/database.h"
#include "hub/hubkeys.h"
#include "hub/metrics.h"
#include "identity/documentkinds.h"
#include "wire/hubstamp.h"
#include "wire/signeddocument.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace upgradedesk::hub
{

/// Every version of the rules that was ever published, newest last.
struct RulesBook {
    struct Edition {
        qint64 version = 0;
        QDateTime from; ///< when it was published
        Rules rules;
    };
    explicit RulesBook(std::vector<Edition> theEditions);
    RulesBook(const RulesBook &) = delete;
    RulesBook &operator=(const RulesBook &) = delete;

    const std::vector<Edition> editions;

    [[nodiscard]] const Edition &newest() const { return editions.back(); }
    /// Null when no edition has that version string, or the next one came so long before `time`
    /// that nobody may still go by it.
    [[nodiscard]] const Rules *edition(const QString &version, const QDateTime &time) const;
    /// The notice of that version in any edition; null when it was never published, or has ended so
    /// long before `day`.
    [[nodiscard]] const Notice *notice(const QString &version, QDate day) const;
    /// Notice::hash() of a notice of this book, which each record is compared with.
    [[nodiscard]] QString noticeHash(const Notice &notice, Language language) const;

private:
    struct Hashes {
        QString chinese;
        QString english;
    };
    std::unordered_map<const Notice *, Hashes> m_hashes; ///< notices of `editions`
};

/// Days after which rules and notices that were replaced are no longer good for a record.
constexpr int graceDays = 7;

/// What all parts of a running hub share. Const use from several threads is fine.
class Hub
{
public:
    /// Reads what the program brings along and what the database says of itself. Fails with
    /// HubMismatch when database and keys are of different hubs or profiles.
    [[nodiscard]] static Result<std::unique_ptr<Hub>> open(const Config &config, HubKeys keys,
                                                           const Clock &clock);

    const Config &config;
    const HubKeys keys;
    const Clock &clock;
    Database database;
    Metrics metrics;
    const Catalogue catalogue;
    const DocumentKinds documents;

    /// The epoch as it was last seen. Whoever answers about something it stores takes the stamp
    /// before: after a restore in between the desk must not believe that it was stored since.
    [[nodiscard]] wire::HubStamp stamp() const;
    /// The newest book. Whether there is a newer one, or another epoch, is asked every two seconds,
    /// or at once with `fresh`.
    [[nodiscard]] Result<std::shared_ptr<const RulesBook>> rules(bool fresh = false);
    /// Number of the token key in use, as it was last seen; `fresh` asks the database.
    [[nodiscard]] Result<qint64> tokenKeyNumber(bool fresh = false);

private:
    Hub(const Config &theConfig, HubKeys theKeys, const Clock &theClock, Catalogue theCatalogue,
        DocumentKinds theDocuments, const QString &theEpoch)
        : config(theConfig)
        , keys(std::move(theKeys))
        , clock(theClock)
        , database(theConfig.database, theConfig.workers + 4)
        , catalogue(std::move(theCatalogue))
        , documents(std::move(theDocuments))
        , m_epoch(theEpoch)
    {
    }

    std::atomic<qint64> m_tokenKey = 0; ///< 0: not asked yet
    mutable std::mutex m_mutex;         ///< of all below
    QString m_epoch;
    std::shared_ptr<const RulesBook> m_book;
    QDateTime m_looked; ///< when the database was asked for a newer book
};

/// The value of a row of `setting`; empty when there is none.
[[nodiscard]] Result<QString> setting(Session &session, const QString &name);
[[nodiscard]] Result<void> setSetting(Session &session, const QString &name, const QString &value);

/// Adds a version of a document. Versions never fall, not even after a restore: they are at least
/// the seconds of the clock. Fails like Rules::parse() or with InputInvalid when desks could not
/// take it.
[[nodiscard]] Result<qint64> publish(Session &session, const QString &kind, const QString &scope,
                                     const QByteArray &body, const QDateTime &now);

/// Everything a new database says of its hub: id, profile, epoch, token key, versions; and the
/// rules this release brings along. Fails with RulesUnreadable (args: path).
[[nodiscard]] Result<void> fillDatabase(Session &session, const QString &hub, Profile profile,
                                        const QDateTime &now);

/// Publishes the roster of a station as its operators are now.
[[nodiscard]] Result<void> publishRoster(Session &session, const QString &station,
                                         const QDateTime &now);

/// The newest version, signed with the key that serves now.
[[nodiscard]] Result<wire::SignedDocument> newestDocument(Hub &hub, const QString &kind,
                                                          const QString &scope);

/// What only the database knows, for `/metrics`; empty when it does not answer.
[[nodiscard]] QByteArray databaseMetrics(Hub &hub);

} // namespace upgradedesk::hub
