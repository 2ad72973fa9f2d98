#pragma once

#include "device/serial/serialline.h"
#include "identity/ga450frame.h"
#include "identity/ga450status.h"
#include "identity/idrecord.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace upgradedesk
{

class Clock;

/// How long an ID reader is waited for.
struct IdReaderTimes {
    std::chrono::milliseconds poll{300};    ///< between two looks for a document
    std::chrono::milliseconds answer{1000}; ///< to a short command
    std::chrono::milliseconds record{5000}; ///< to the reading of a record
    std::chrono::milliseconds proof{400};   ///< to the status, with which it proves to be there
    std::chrono::milliseconds reopen{250};  ///< until a line that is gone is tried again
};

/// Reads the documents that are placed on a GA 450 reader: asks its status, then finds, selects and
/// reads, as long as it is wanted. A reader that goes away is looked for until stop(). Nothing
/// blocks; lives in any thread with an event loop, in the desk in one of its own.
///
/// Answers carry no number, so one that is late could be taken for the next one's. Whenever
/// anything is odd the status is asked, and everything is thrown away until its answer has come:
/// the reader answers in order. On a line that has shown damage a record counts when it was read
/// twice the same, because the check of a frame is a single XOR.
class IdReader final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IdReader)

public:
    /// Both references must outlive the reader. The clock tells which documents have expired.
    IdReader(const DocumentKinds &kinds, const Clock &clock, IdReaderTimes times = {},
             QObject *parent = nullptr);

    /// Looks for a reader on this line until stop(); in place of another one.
    void start(const QString &path);

    /// Lets the line go; no signal follows.
    void stop();

    /// Whether documents are read, which is so at first. Else only the reader is watched.
    void setWanted(bool wanted);

signals:
    /// It answers.
    void ready();

    /// Not usable for now; it is tried again until stop(). Told once per loss and once per change
    /// of the reason: those of SerialLine, IdReaderSilent, IdReaderBroken, IdReaderFault.
    void lost(const upgradedesk::Error &error);

    /// A document was placed and is being read.
    void documentFound();
    void documentRead(const upgradedesk::IdDocument &document);

    /// It was not read, or is not to be used; it has to be placed again.
    void documentFailed(const upgradedesk::Error &error);

private:
    enum class Step { Stopped, Away, Status, Pause, Find, Select, Read, Reset };

    void open();
    void tryLater();
    void ask(Step step);
    void await(Step step, std::chrono::milliseconds time);
    void timeIsUp();
    void silent();
    void take(const QByteArray &bytes);
    void answered(const Ga450Frame &frame);
    void proved(const Ga450Frame &frame);
    void pause();
    void works();
    void found(const Ga450Frame &frame);
    void selected(const Ga450Frame &frame);
    void recordCame(const Ga450Frame &frame);
    void readAgain();
    void resynchronise();
    void finish(const Result<IdDocument> &document);
    void cardFailed(const Error &error);
    void lose(const Error &error);

    const DocumentKinds &m_kinds;
    const Clock &m_clock;
    const IdReaderTimes m_times;
    SerialLine m_line;
    Ga450Scanner m_scanner;
    QTimer m_timer; ///< for the answer, or until the next question
    QString m_path;
    Step m_step = Step::Stopped;
    Step m_next = Step::Find; ///< after the status
    bool m_wanted = true;
    bool m_ready = false;
    std::optional<ErrorCode> m_lossTold;
    std::optional<ErrorCode> m_failureTold; ///< of what lies there and is no document
    size_t m_tries = 0;        ///< of a reader that is silent, at one speed after the other
    int m_speed = 0;           ///< of the line, in baud
    int m_usualSpeed = 115200; ///< at which it answered last
    int m_faults = 0;          ///< in a row
    bool m_reading = false;    ///< a document was found and its end was not told
    bool m_readAgain = false;  ///< its reading was begun a second time
    int m_readings = 0;        ///< that were whole
    bool m_damaged = false;    ///< the line has shown damage, and no two readings have agreed since
    std::optional<IdDocument> m_once; ///< read once on a damaged line
};

} // namespace upgradedesk
