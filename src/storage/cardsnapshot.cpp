#include "storage/cardsnapshot.h"

#include "storage/snapshotfile.h"

#include <QFile>
#include <QFileInfo>

#include <chrono>
#include <filesystem>

using namespace Qt::StringLiterals;

namespace upgradedesk::storage
{
namespace
{

using namespace std::chrono_literals;

/// How often a reader looks whether another program has brought a new file.
constexpr auto freshFor = 2s;
/// Longer than any file system takes to tell two changes of a folder apart.
constexpr auto tick = 3s;

} // namespace

struct CardSnapshot::Parts {
    std::unique_ptr<SnapshotFile> file;
    std::chrono::steady_clock::time_point lookedAt;
    std::filesystem::path folder;
    /// When the folder had last changed, as it was listed; empty: list it.
    std::optional<std::filesystem::file_time_type> listed;
};

CardSnapshot::CardSnapshot(QString folder)
    : m_folder(std::move(folder))
    , m_parts(std::make_unique<Parts>())
{
    const QByteArray name = m_folder.toUtf8();
    m_parts->folder = std::u8string(name.cbegin(), name.cend());
}

CardSnapshot::CardSnapshot(CardSnapshot &&) noexcept = default;
CardSnapshot &CardSnapshot::operator=(CardSnapshot &&) noexcept = default;
CardSnapshot::~CardSnapshot() = default;

void CardSnapshot::refresh()
{
    m_parts->lookedAt = {};
    m_parts->listed.reset();
}

/// Whether there is a snapshot.
Result<bool> CardSnapshot::open()
{
    const auto now = std::chrono::steady_clock::now();
    if (m_parts->lookedAt != std::chrono::steady_clock::time_point() &&
        now - m_parts->lookedAt < freshFor)
        return m_parts->file != nullptr;
    // Listing the folder takes ten times as long as a look: only when something in it has come or
    // gone since.
    std::error_code failed;
    const auto changed = std::filesystem::last_write_time(m_parts->folder, failed); // before that
    if (!failed && changed == m_parts->listed) {
        m_parts->lookedAt = now;
        return m_parts->file != nullptr;
    }
    m_parts->listed.reset();
    const QString path = snapshotPath(m_folder);
    if (path.isEmpty() || !m_parts->file || m_parts->file->path() != path) {
        m_parts->file.reset();
        if (!path.isEmpty()) {
            auto file = SnapshotFile::open(path, SnapshotFile::Mode::Read);
            if (!file)
                return tl::unexpected(file.error());
            m_parts->file = std::move(*file);
        }
    }
    m_parts->lookedAt = now;
    // A change in the same tick of the clock as the listing would not show afterwards.
    if (!failed && changed + tick < std::filesystem::file_time_type::clock::now())
        m_parts->listed = changed;
    return m_parts->file != nullptr;
}

Result<std::optional<SnapshotStand>> CardSnapshot::stand()
{
    const auto there = open();
    if (!there)
        return tl::unexpected(there.error());
    if (!*there)
        return std::nullopt;
    return m_parts->file->attempt(
        [this]() -> Result<std::optional<SnapshotStand>> { return m_parts->file->stand(); });
}

Result<std::optional<CardAnswer>> CardSnapshot::look(CardToken token)
{
    const auto there = open();
    if (!there)
        return tl::unexpected(there.error());
    if (!*there)
        return std::nullopt;
    return m_parts->file->attempt([&]() -> Result<std::optional<CardAnswer>> {
        Query row = m_parts->file->query("SELECT (SELECT state FROM card WHERE token = ?), "
                                         "version, as_of, token_key FROM stand");
        if (!row.bind(keyOf(token)).step())
            return std::nullopt;
        const qint64 state = row.isNull(0) ? 0 : row.integer(0);
        if (state < 0 || state > highestCityCardState)
            return fail(ErrorCode::StoreDamaged, u"snapshot: a state that does not exist"_s);
        return CardAnswer{CityCardState(state),
                          {quint64(row.integer(1)),
                           QDateTime::fromMSecsSinceEpoch(row.integer(2), Qt::UTC), row.text(3)}};
    });
}

void CardSnapshot::warm(const QString &folder, const std::atomic_bool &stop)
{
    const QString path = snapshotPath(folder);
    QFile file(path);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return;
    QByteArray piece(1 << 20, Qt::Uninitialized);
    while (!stop && file.read(piece.data(), piece.size()) > 0) {
    }
}

qint64 CardSnapshot::sizeOnDisk(const QString &folder)
{
    return QFileInfo(snapshotPath(folder)).size();
}

void CardSnapshot::remove(const QString &folder)
{
    removeOtherSnapshots(folder, {});
}

} // namespace upgradedesk::storage
