#pragma once

#include <QString>

namespace upgradedesk::test
{

/// The PostgreSQL cluster of this test run. CTest starts and stops it around all tests; a test
/// program run by hand starts one and stops it at its end.
class Cluster
{
public:
    /// Starts it when there is none.
    [[nodiscard]] static const Cluster &get();

    [[nodiscard]] const QString &folder() const { return m_folder; }
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] QString log() const { return m_folder + QStringLiteral("/log"); }
    /// libpq connection string over the socket.
    [[nodiscard]] QString to(const QString &database) const;

private:
    QString m_folder;
    int m_port = 0;
};

/// A new empty database, dropped at the end.
class ClusterDatabase
{
public:
    ClusterDatabase();
    ~ClusterDatabase();
    ClusterDatabase(const ClusterDatabase &) = delete;
    ClusterDatabase &operator=(const ClusterDatabase &) = delete;

    [[nodiscard]] const QString &name() const { return m_name; }
    [[nodiscard]] QString connection() const { return Cluster::get().to(m_name); }

private:
    QString m_name;
};

/// Output of one psql command in that database, without headings.
[[nodiscard]] QByteArray psql(const QString &database, const QString &sql);

/// A snapshot leaves out what was done since the oldest transaction of the whole cluster began, and
/// other tests use the same one: waits until those of before now are over. False after a minute.
[[nodiscard]] bool awaitEarlierTransactions(const QString &database);

} // namespace upgradedesk::test
