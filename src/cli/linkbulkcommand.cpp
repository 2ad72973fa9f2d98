#include "cli/linkbulk.h"

#include "cli/linereader.h"
#include "cli/linkfields.h"
#include "cli/opendesk.h"
#include "core/sentences.h"
#include "crypto/threadstate.h"
#include "sync/provisioning.h"

#include <QFileInfo>
#include <QThreadPool>

#include <barrier>
#include <deque>
#include <future>
#include <vector>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

/// Lines on their way at once, and lines committed in one transaction.
constexpr size_t widest = 256;
constexpr size_t batch = 64;

/// Lines are checked and sealed by workers while this thread commits those before them.
class BulkLink
{
public:
    BulkLink(Console &console, OpenDesk &desk, LinkData &data, QString operatorId)
        : m_console(console)
        , m_desk(desk)
        , m_data(data)
        , m_operatorId(std::move(operatorId))
        , m_clock(*desk.clock)
        , m_certificatesOf(certificatesFrom())
    {
    }
    ~BulkLink();
    Q_DISABLE_COPY_MOVE(BulkLink)

    /// All lines to the end; the error is one that stops everything.
    [[nodiscard]] Result<void> run(LineReader &lines);

    [[nodiscard]] qint64 stored() const { return m_stored; }
    [[nodiscard]] qint64 bad() const { return m_bad; }

private:
    using Prepared = Result<storage::NewRecord>;
    struct Pending {
        qint64 line = 0;
        std::shared_future<Prepared> record;
    };

    [[nodiscard]] Result<void> refreshAnchor();
    [[nodiscard]] QDateTime certificatesFrom() const;
    [[nodiscard]] Result<void> useWhatIsNew();
    void start(const LineReader::Line &line);
    [[nodiscard]] Prepared prepare(const LineReader::Line &line,
                                   const storage::JournalHead &anchor) const;
    [[nodiscard]] Result<void> commitSome();
    [[nodiscard]] Result<void> commitAll();
    void printStored(qint64 line, const storage::Committed &committed);
    void printBad(qint64 line, const Error &error);

    Console &m_console;
    OpenDesk &m_desk;
    LinkData &m_data;
    const QString m_operatorId;
    const Clock &m_clock;
    QDateTime m_certificatesOf; ///< when those in use came
    storage::JournalHead m_anchor;
    std::deque<Pending> m_pending;
    qint64 m_stored = 0;
    qint64 m_bad = 0;
    QThreadPool m_workers;
};

BulkLink::~BulkLink()
{
    m_workers.clear();
    // Each worker gets exactly one of these tasks: nobody goes on before all have come.
    const int workers = m_workers.maxThreadCount();
    std::barrier together(workers);
    for (int i = 0; i < workers; ++i) {
        m_workers.start([&together] {
            releaseThreadState();
            together.arrive_and_wait();
        });
    }
    m_workers.waitForDone();
}

Result<void> BulkLink::run(LineReader &lines)
{
    if (auto anchor = refreshAnchor(); !anchor)
        return anchor;
    // Before waiting for more input everything that is here is finished, so that whoever types into
    // a pipe sees each answer.
    do {
        if (auto fresh = useWhatIsNew(); !fresh)
            return fresh;
        while (const auto line = lines.next()) {
            if (line->text.trimmed().isEmpty() && !line->tooLong)
                continue;
            start(*line);
            if (m_pending.size() < widest)
                continue;
            if (auto done = commitSome(); !done)
                return done;
        }
        if (auto done = commitAll(); !done)
            return done;
    } while (lines.readMore());
    return {};
}

Result<void> BulkLink::refreshAnchor()
{
    const auto head = m_desk.store.journalHead();
    if (!head)
        return tl::unexpected(head.error());
    m_anchor = *head;
    return {};
}

QDateTime BulkLink::certificatesFrom() const
{
    return QFileInfo(sync::provisioningFile(m_console.dataFolder())).lastModified();
}

/// Whoever types into a pipe may do so for days. Called while no worker is at a line.
Result<void> BulkLink::useWhatIsNew()
{
    if (const QDateTime came = certificatesFrom(); came != m_certificatesOf) {
        auto identity = sync::DeskIdentity::load(m_console.dataFolder(), m_clock);
        if (!identity)
            return tl::unexpected(identity.error());
        m_desk.identity = std::move(*identity);
        m_certificatesOf = came;
    }
    return m_data.usePublished(m_desk);
}

void BulkLink::start(const LineReader::Line &line)
{
    auto promise = std::make_shared<std::promise<Prepared>>();
    m_pending.push_back({line.number, promise->get_future().share()});
    m_workers.start(
        [this, promise, line, anchor = m_anchor] { promise->set_value(prepare(line, anchor)); });
}

BulkLink::Prepared BulkLink::prepare(const LineReader::Line &line,
                                     const storage::JournalHead &anchor) const
{
    if (line.tooLong)
        return fail(ErrorCode::InputUnreadable, u"longer than 64 KiB"_s);
    const auto fields = linkFields(line.text);
    if (!fields)
        return tl::unexpected(fields.error());
    const auto form = linkForm(*fields, m_operatorId, m_clock.now());
    if (!form)
        return tl::unexpected(form.error());
    return m_data.prepare(*form, m_desk.identity, anchor, m_clock);
}

/// Waits for the first line only, and takes along those behind it that are ready as well.
Result<void> BulkLink::commitSome()
{
    const auto isReady = [](const Pending &pending) {
        return pending.record.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    };
    m_pending.front().record.wait();
    size_t count = 1;
    while (count < batch && count < m_pending.size() && isReady(m_pending[count]))
        ++count;

    std::vector<storage::NewRecord> records;
    for (size_t i = 0; i < count; ++i) {
        const Prepared &prepared = m_pending[i].record.get();
        if (prepared)
            records.push_back(*prepared);
        else if (prepared.error().code == ErrorCode::CryptoFailed)
            return tl::unexpected(prepared.error());
    }
    const auto committed = m_desk.store.commitAll(records);
    if (!committed)
        return tl::unexpected(committed.error());

    auto result = committed->begin();
    for (size_t i = 0; i < count; ++i) {
        const Pending &pending = m_pending[i];
        if (!pending.record.get())
            printBad(pending.line, pending.record.get().error());
        else if (const auto &stored = *result++; stored)
            printStored(pending.line, *stored);
        else
            printBad(pending.line, stored.error());
    }
    m_pending.erase(m_pending.begin(), m_pending.begin() + ptrdiff_t(count));
    if (!m_console.resultsArrive())
        return fail(ErrorCode::OutputLost);
    return refreshAnchor();
}

Result<void> BulkLink::commitAll()
{
    while (!m_pending.empty()) {
        if (auto done = commitSome(); !done)
            return done;
    }
    return {};
}

void BulkLink::printStored(qint64 line, const storage::Committed &committed)
{
    ++m_stored;
    m_console.result(QJsonObject{{u"line"_s, line},
                                 {u"record"_s, committed.record},
                                 {u"slip"_s, committed.slip},
                                 {u"state"_s, storage::stateKey(storage::RecordState::Queued)}},
                     m_console.say(u"第 %1 行：已保存，单号 %2"_s, u"Line %1: saved, slip %2"_s)
                         .arg(line)
                         .arg(committed.slip));
}

void BulkLink::printBad(qint64 line, const Error &error)
{
    ++m_bad;
    if (m_console.json())
        m_console.result(QJsonObject{{u"line"_s, line}, {u"error"_s, errorKey(error.code)}}, {});
    m_console.note(m_console.say(u"第 %1 行：%2"_s, u"Line %1: %2"_s)
                       .arg(QString::number(line), sentence(error, m_console.language())));
}

} // namespace

int linkBulk(Console &console, const QString &file, const QString &operatorId)
{
    const SystemClock machine;
    LineReader lines;
    if (!lines.open(file))
        return console.report(Error{ErrorCode::FileUnreadable, {}, {file}});
    auto data = LinkData::load();
    if (!data)
        return console.report(data.error());
    auto desk = OpenDesk::open(console, machine);
    if (!desk)
        return console.report(desk.error());
    if (const auto used = data->usePublished(*desk); !used)
        return console.report(used.error());
    const Clock &clock = *desk->clock;
    const auto who = loginFromStdin(*desk, operatorId, clock);
    if (!who)
        return console.report(who.error());

    BulkLink bulk(console, *desk, *data, operatorId);
    const auto done = bulk.run(lines);
    if (!done)
        return console.report(done.error());
    if (lines.failed())
        return console.report(Error{ErrorCode::FileUnreadable, {}, {file}});
    if (const auto signedEnd = desk->store.checkpoint(); !signedEnd)
        return console.report(signedEnd.error());
    if (bulk.bad() == 0)
        return int(ExitCode::Done);
    console.note(
        console.say(u"存了 %1 条，%2 行有错没有存。"_s, u"Saved: %1; wrong and skipped: %2."_s)
            .arg(bulk.stored())
            .arg(bulk.bad()));
    return int(ExitCode::No);
}

} // namespace upgradedesk
