#include "device/serial/idreader.h"

#include "core/clock.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upgradedesk
{
namespace
{

constexpr std::chrono::milliseconds watchTime = 1s;
/// A reader is delivered at the first speed and may have been set to another.
constexpr std::array samSpeeds{115200, 57600, 38400, 19200, 9600};
/// Tries until it is called silent, faults in a row until it is called out of order, and readings
/// until two of them have to agree.
constexpr size_t mostTries = 2;
constexpr int mostFaults = 3;
constexpr int mostReadings = 4;

} // namespace

IdReader::IdReader(const DocumentKinds &kinds, const Clock &clock, IdReaderTimes times,
                   QObject *parent)
    : QObject{parent}
    , m_kinds{kinds}
    , m_clock{clock}
    , m_times{times}
    , m_line{this}
    , m_timer{this}
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &IdReader::timeIsUp);
    connect(&m_line, &SerialLine::received, this, &IdReader::take);
    connect(&m_line, &SerialLine::lost, this, [this](const Error &error) {
        lose(error);
        if (m_step != Step::Stopped)
            tryLater();
    });
}

void IdReader::start(const QString &path)
{
    stop();
    m_path = path;
    open();
}

void IdReader::stop()
{
    m_line.close();
    m_timer.stop();
    m_scanner.clear();
    m_step = Step::Stopped;
    m_ready = false;
    m_reading = false;
    m_lossTold.reset();
    m_once.reset();
    m_failureTold.reset();
    m_tries = 0;
    m_faults = 0;
}

void IdReader::setWanted(bool wanted)
{
    m_wanted = wanted;
    if (wanted && m_ready && m_step == Step::Pause)
        ask(Step::Find);
}

void IdReader::open()
{
    m_scanner.clear();
    m_damaged = false;
    // The usual one comes at every second try: what has just got its power is deaf for a while.
    m_speed = m_tries % 2 == 0 ? m_usualSpeed : samSpeeds[m_tries / 2 % samSpeeds.size()];
    const auto opened = m_line.open(m_path, m_speed);
    if (!opened) {
        m_tries = 0;
        lose(opened.error());
        if (m_step != Step::Stopped)
            tryLater();
        return;
    }
    m_next = Step::Find;
    ask(Step::Status);
}

void IdReader::tryLater()
{
    m_line.close();
    m_scanner.clear();
    await(Step::Away, m_times.reopen);
}

void IdReader::await(Step step, std::chrono::milliseconds time)
{
    m_step = step;
    m_timer.start(time);
}

void IdReader::ask(Step step)
{
    switch (step) {
    case Step::Status:
        m_line.write(ga450Frame(ga450::samStatus));
        return await(step, m_times.proof);
    case Step::Find:
        m_line.write(ga450Frame(ga450::findCard));
        return await(step, m_times.answer);
    case Step::Select:
        m_line.write(ga450Frame(ga450::selectCard));
        return await(step, m_times.answer);
    case Step::Read:
        m_line.write(ga450Frame(ga450::readRecord));
        return await(step, m_times.record);
    case Step::Reset:
        m_line.write(ga450Frame(ga450::resetSam));
        return await(step, m_times.answer);
    case Step::Pause:
        return await(step, m_wanted ? m_times.poll : std::max(m_times.poll, watchTime));
    case Step::Stopped:
    case Step::Away:
        break;
    }
}

void IdReader::timeIsUp()
{
    if (m_step == Step::Away)
        return open();
    if (m_step == Step::Pause) {
        m_next = m_wanted ? Step::Find : Step::Pause;
        return ask(m_wanted && m_ready ? Step::Find : Step::Status);
    }
    // What has begun does not come any more; what is behind it may be whole.
    while (m_scanner.expire()) {
        m_damaged = true;
        take({});
        if (m_timer.isActive() || m_step == Step::Stopped)
            return;
    }
    if (m_step == Step::Status)
        return silent();
    if (m_step == Step::Read)
        return readAgain();
    resynchronise();
}

/// No answer to the status: another speed, or nobody is there.
void IdReader::silent()
{
    ++m_tries;
    if (m_tries >= mostTries)
        lose({ErrorCode::IdReaderSilent, u"no answer to the status"_s, {m_line.path()}});
    if (m_step != Step::Stopped)
        open();
}

void IdReader::take(const QByteArray &bytes)
{
    m_scanner.append(bytes);
    // An answer may stop the reader or close the line.
    while (m_step != Step::Stopped && m_step != Step::Away) {
        const auto frame = m_scanner.next();
        if (!frame)
            return;
        if (frame->kind == Ga450Frame::Kind::Whole) {
            answered(*frame);
        } else {
            m_damaged = true;
            if (m_step == Step::Read)
                readAgain();
            else if (m_step != Step::Status && m_step != Step::Pause)
                resynchronise();
        }
    }
}

void IdReader::answered(const Ga450Frame &frame)
{
    switch (m_step) {
    case Step::Status:
        return proved(frame);
    case Step::Find:
        return found(frame);
    case Step::Select:
        return selected(frame);
    case Step::Read:
        return recordCame(frame);
    case Step::Reset:
        return resynchronise();
    case Step::Pause:
        // Nobody asked: an answer that was late.
        m_damaged = true;
        return;
    case Step::Stopped:
    case Step::Away:
        break;
    }
}

void IdReader::proved(const Ga450Frame &frame)
{
    const Ga450Meaning meaning = ga450Meaning(frame.status());
    if (meaning == Ga450Meaning::OutOfService) {
        lose(ga450Error(frame.status()));
        return pause();
    }
    // Whatever else comes was asked for before.
    if (meaning != Ga450Meaning::Done || !frame.data().isEmpty())
        return;
    m_tries = 0;
    m_usualSpeed = m_speed;
    if (m_faults < mostFaults)
        works();
    if (m_step == Step::Status)
        ask(m_next == Step::Find && !m_wanted ? Step::Pause : m_next);
}

/// Unless somebody has just stopped the reader.
void IdReader::pause()
{
    if (m_step != Step::Stopped)
        ask(Step::Pause);
}

void IdReader::works()
{
    m_lossTold.reset();
    if (!std::exchange(m_ready, true))
        emit ready();
}

void IdReader::found(const Ga450Frame &frame)
{
    const Ga450Meaning meaning = ga450Meaning(frame.status());
    if (meaning == Ga450Meaning::NoCard || meaning == Ga450Meaning::CardFound) {
        m_faults = 0;
        m_failureTold.reset();
        works();
    }
    if (m_step != Step::Find)
        return;
    switch (meaning) {
    case Ga450Meaning::NoCard:
        return ask(Step::Pause);
    case Ga450Meaning::CardFound:
        m_reading = true;
        m_readAgain = false;
        m_readings = 0;
        m_once.reset();
        ask(Step::Select);
        emit documentFound();
        return;
    case Ga450Meaning::ResetNeeded:
        return ask(Step::Reset);
    case Ga450Meaning::Done:
        // The answer to another question.
        m_damaged = true;
        return resynchronise();
    case Ga450Meaning::OutOfService:
    case Ga450Meaning::Fault:
        if (++m_faults >= mostFaults || meaning == Ga450Meaning::OutOfService)
            lose(ga450Error(frame.status()));
        return pause();
    default:
        return cardFailed(ga450Error(frame.status()));
    }
}

void IdReader::selected(const Ga450Frame &frame)
{
    switch (ga450Meaning(frame.status())) {
    case Ga450Meaning::Done:
        return ask(Step::Read);
    case Ga450Meaning::CardFound:
        m_damaged = true;
        return resynchronise();
    case Ga450Meaning::NoCard:
        return cardFailed({ErrorCode::IdCardUnreadable, u"the document was taken away"_s, {}});
    default:
        return cardFailed(ga450Error(frame.status()));
    }
}

void IdReader::recordCame(const Ga450Frame &frame)
{
    switch (ga450Meaning(frame.status())) {
    case Ga450Meaning::Done:
        break;
    case Ga450Meaning::ReadFailed:
        if (std::exchange(m_readAgain, true))
            return cardFailed(ga450Error(frame.status()));
        return ask(Step::Read);
    case Ga450Meaning::CardFound:
    case Ga450Meaning::NoCard:
        return cardFailed({ErrorCode::IdCardUnreadable, u"the document was taken away"_s, {}});
    default:
        return cardFailed(ga450Error(frame.status()));
    }
    const auto record = readIdRecord(frame.data());
    if (!record) {
        m_damaged = true;
        return readAgain();
    }
    auto document = checkIdRecord(*record, m_kinds, beijingDate(m_clock.now()));
    if (!document || !m_damaged)
        return finish(document);
    if (m_once == *document) {
        m_damaged = false;
        return finish(document);
    }
    if (++m_readings >= mostReadings)
        return cardFailed({ErrorCode::IdCardUnreadable, u"no two readings agree"_s, {}});
    m_once = *std::move(document);
    ask(Step::Read);
}

/// Once more, while the document is still selected; then it has to be placed again.
void IdReader::readAgain()
{
    if (std::exchange(m_readAgain, true))
        return cardFailed({ErrorCode::IdCardUnreadable, u"twice not read"_s, {}});
    m_next = Step::Read;
    ask(Step::Status);
}

/// Nothing is known of what is still on its way: goes on after the answer to the status.
void IdReader::resynchronise()
{
    if (m_reading)
        return cardFailed({ErrorCode::IdCardUnreadable, u"an answer was damaged or late"_s, {}});
    m_next = Step::Find;
    ask(Step::Status);
}

void IdReader::finish(const Result<IdDocument> &document)
{
    if (!document)
        return cardFailed(document.error());
    m_reading = false;
    m_once.reset();
    // First: what is connected to the signal may stop the reader.
    ask(Step::Pause);
    emit documentRead(*document);
}

void IdReader::cardFailed(const Error &error)
{
    const bool found = std::exchange(m_reading, false);
    const bool told = m_failureTold == error.code && !found;
    m_failureTold = error.code;
    m_once.reset();
    // A late answer to what was asked of this document is not to meet the next one's question.
    m_next = Step::Pause;
    ask(Step::Status);
    // What lies there and is no document is spoken of once.
    if (!told)
        emit documentFailed(error);
}

void IdReader::lose(const Error &error)
{
    const bool reading = std::exchange(m_reading, false);
    m_ready = false;
    m_once.reset();
    if (reading)
        emit documentFailed({ErrorCode::IdCardUnreadable, u"the reader went away"_s, {}});
    if (m_lossTold == error.code)
        return;
    m_lossTold = error.code;
    emit lost(error);
}

} // namespace upgradedesk
