#include "support/catch.h"
#include "support/manualclock.h"

#include "device/serial/idreader.h"
#include "identity/documentkinds.h"
#include "sim/pseudoterminal.h"
#include "sim/virtualsam.h"

#include <QEventLoop>
#include <QSocketNotifier>
#include <QTemporaryDir>
#include <QTimer>

#include <random>

using namespace upgradedesk;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// UPGRADEDESK_SERIAL_SESSIONS=10000 makes this as long as a release asks for.

namespace
{

constexpr int defaultSessions = 300;
constexpr int mostPlacings = 3;

int sessions()
{
    bool good = false;
    const int asked = qEnvironmentVariableIntValue("UPGRADEDESK_SERIAL_SESSIONS", &good);
    return good ? asked : defaultSessions;
}

/// An ID reader behind a line that cuts, delays, repeats, swaps and damages its answers and puts
/// noise between them. Bytes keep their order within an answer: no cable swaps those, and the XOR
/// of a frame could not see it.
class HostileLine : public QObject
{
public:
    explicit HostileLine(quint32 seed)
        : m_random{seed}
    {
        REQUIRE(m_terminal);
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, &HostileLine::send);
        connect(&m_notifier, &QSocketNotifier::activated, this, [this] {
            for (const QByteArray &answer : m_sam.receive(m_terminal->read()))
                spoil(answer);
            if (!m_timer.isActive())
                send();
        });
    }

    [[nodiscard]] QString path() const { return m_folder.filePath(u"line"_s); }
    [[nodiscard]] VirtualSam &sam() { return m_sam; }

    /// From now on the line is what it should be; what is on its way arrives first.
    void calm()
    {
        m_hostile = false;
        if (!m_held.isEmpty())
            m_queue << std::exchange(m_held, {});
        if (!m_timer.isActive())
            send();
    }

    /// Whether all that was answered is on the line.
    [[nodiscard]] bool isQuiet() const { return m_queue.isEmpty() && !m_timer.isActive(); }

private:
    [[nodiscard]] int below(int limit) { return int(m_random() % unsigned(limit)); }

    [[nodiscard]] QByteArray noise()
    {
        QByteArray bytes(below(30), '\0');
        for (char &byte : bytes)
            byte = below(3) == 0 ? '\xAA' : char(below(256));
        if (below(4) == 0)
            bytes += QByteArray::fromHex("AAAAAA9669").first(below(6));
        return bytes;
    }

    void spoil(QByteArray answer)
    {
        if (!m_hostile) {
            m_queue << answer;
            return;
        }
        switch (below(10)) {
        case 0:
            answer.truncate(below(int(answer.size())));
            break;
        case 1:
            answer.insert(below(int(answer.size())), noise());
            break;
        case 2: {
            char &byte = answer[below(int(answer.size()))];
            byte = char(byte ^ (1 + below(255)));
            break;
        }
        case 3:
            answer = noise() + answer + noise();
            break;
        case 4:
            answer += answer;
            break;
        case 5:
            m_queue << QByteArray(); // a pause
            break;
        case 6:
            if (m_held.isEmpty()) {
                m_held = answer; // overtaken by the next one
                return;
            }
            break;
        default:
            break;
        }
        // In pieces of any size.
        while (!answer.isEmpty()) {
            const qsizetype size = std::min<qsizetype>(answer.size(), 1 + below(700));
            m_queue << answer.first(size);
            answer.remove(0, size);
        }
        if (!m_held.isEmpty())
            m_queue << std::exchange(m_held, {});
    }

    void send()
    {
        while (!m_queue.isEmpty()) {
            const QByteArray piece = m_queue.takeFirst();
            if (piece.isEmpty()) {
                m_timer.start(1 + below(40));
                return;
            }
            m_terminal->write(piece);
            if (m_hostile && below(4) == 0) {
                m_timer.start(1);
                return;
            }
        }
    }

    QTemporaryDir m_folder;
    Result<PseudoTerminal> m_terminal = PseudoTerminal::open(path());
    QSocketNotifier m_notifier{m_terminal->descriptor(), QSocketNotifier::Read};
    VirtualSam m_sam;
    QTimer m_timer;
    QByteArrayList m_queue;
    QByteArray m_held;
    bool m_hostile = true;
    std::mt19937 m_random;
};

/// Short, so that many sessions run; the order of the times is that of the desk.
IdReaderTimes hasty()
{
    IdReaderTimes times;
    times.poll = 1ms;
    times.answer = 20ms;
    times.record = 30ms;
    times.proof = 15ms;
    times.reopen = 5ms;
    return times;
}

/// Lets the event loop run, for that long or until a document is read. QTest::qWait() sleeps for 10
/// ms at a time, which both ends of the line would take for silence.
void pass(int milliseconds, const IdReader *until = nullptr)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    if (until)
        QObject::connect(until, &IdReader::documentRead, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace

TEST_CASE("Whatever a serial line does to the ID reader, no wrong person comes out, and the next "
          "good document is read",
          "[device]")
{
    const DocumentKinds kinds = DocumentKinds::load().value();
    const QList<VirtualPerson> persons = loadVirtualPersons(QStringLiteral(UPGRADEDESK_SOURCE_DIR) +
                                                            u"/resources/training/persons.json"_s)
                                             .value();
    const SystemClock clock;
    QList<IdDocument> documents;
    for (const VirtualPerson &person : persons) {
        const auto document = readIdRecord(person.record).and_then([&](const IdRecord &record) {
            return checkIdRecord(record, kinds, QDate(2019, 6, 1));
        });
        REQUIRE(document);
        documents << *document;
    }

    int readInStorm = 0;
    const int count = sessions();
    for (int session = 0; session < count; ++session) {
        INFO("session " << session);
        HostileLine line{quint32(session + 1)};
        IdReader reader{kinds, clock, hasty()};
        QList<IdDocument> read;
        QObject::connect(&reader, &IdReader::documentRead, &reader,
                         [&read](const IdDocument &document) { read << document; });
        // Not the one that has expired.
        const qsizetype first = session % 2;
        const qsizetype second = 3 + session % 2;
        reader.start(line.path());
        // Three times, so that a slow machine, which reads less in that time, reads some, too.
        for (int placed = 0; placed < 3; ++placed) {
            line.sam().place(persons[first]);
            pass(15);
        }

        line.sam().remove();
        line.calm();
        // Whatever was on its way has arrived when the reader looks again.
        while (!line.isQuiet())
            pass(1);
        pass(10);
        readInStorm += int(read.size());
        for (const IdDocument &document : read)
            REQUIRE(document == documents[first]);
        read.clear();
        // A document that was found while the line was still odd has to be placed again.
        for (int placed = 0; placed < mostPlacings && read.isEmpty(); ++placed) {
            line.sam().place(persons[second]);
            pass(500, &reader);
        }
        REQUIRE_FALSE(read.isEmpty());
        REQUIRE(read.first() == documents[second]);
    }
    // The storm lets some through, or it would show nothing.
    CHECK(readInStorm > count / 10);
    WARN(count << " sessions, " << readInStorm << " documents read in the storm");
}
