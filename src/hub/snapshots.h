#pragma once

#include "hub/http.h"
#include "hub/hub.h"

#include <QHash>

#include <condition_variable>
#include <mutex>
#include <optional>

namespace upgradedesk::hub
{

/// Streams of card states for desks (wire/snapshotstream.h). Each is made once into a file of the
/// cache folder, so that a download goes on where it broke off and desks that ask at the same time
/// get the same; one at a time, for reading all cards is work. Changes are told from versions that
/// were given out only: any other number gets the whole, so that nobody can have a stream of its
/// own made for each number. May be used from several threads.
///
/// A version is `snapshot-base` plus a transaction number of PostgreSQL: whatever changed before
/// the oldest transaction that still ran is complete, whatever came later is in the next stream.
class Snapshots
{
public:
    explicit Snapshots(Hub &hub);

    struct Request {
        quint64 since = 0;
        std::optional<quint64> to; ///< with `block`: goes on with a stream
        quint32 block = 0;
    };
    /// Nothing for a query that is not right.
    [[nodiscard]] static std::optional<Request> requestOf(const HttpRequest &request);

    /// A response with a file as its body. Fails with SnapshotBusy while another one is being made
    /// and what is asked for is not there in some older form.
    [[nodiscard]] Result<HttpResponse> answer(const Request &request);

private:
    struct Made {
        QString path;
        quint64 to = 0;
        qint64 tokenKey = 0; ///< number of the key its tokens are of
        QDateTime at;
    };
    [[nodiscard]] Result<Made> made(quint64 since);
    [[nodiscard]] std::optional<Made> known(quint64 since, qint64 tokenKey, int seconds) const;
    [[nodiscard]] Result<Made> make(quint64 since);
    [[nodiscard]] Result<QDateTime> newestWhole();
    [[nodiscard]] Result<void> write(Session &session, quint64 since, const QDateTime &asOf,
                                     Made &made);
    [[nodiscard]] Result<void> writeRows(Session &session, quint64 since, quint64 to, qint64 base,
                                         const QString &tokenKey, const QDateTime &asOf,
                                         const QString &path);
    [[nodiscard]] QString pathOf(quint64 since, quint64 to) const;
    void tidy();

    Hub &m_hub;
    std::mutex m_mutex; ///< of all below
    std::condition_variable m_done;
    QHash<quint64, Made> m_made;
    bool m_making = false; ///< one stream is made at a time
    int m_waiting = 0;     ///< threads that wait for it
};

} // namespace upgradedesk::hub
