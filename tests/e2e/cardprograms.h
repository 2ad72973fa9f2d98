#pragma once

#include "support/catch.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

namespace upgradedesk::test
{

struct Outcome {
    int code = -1;
    QByteArray out;
    QByteArray err;
};

constexpr int programPatienceMs = 60'000;

inline QString program(const QString &name)
{
    return QStringLiteral(UPGRADEDESK_BIN_DIR "/") + name;
}

inline QString vectorFile()
{
    return QStringLiteral(UPGRADEDESK_SOURCE_DIR "/tests/data/card-vectors.json");
}

inline Outcome runProgram(const QString &name, const QStringList &arguments)
{
    QProcess process;
    process.start(program(name), arguments);
    process.closeWriteChannel();
    if (!process.waitForFinished(programPatienceMs) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

inline bool waitForLine(QProcess &process)
{
    while (!process.canReadLine()) {
        if (!process.waitForReadyRead(programPatienceMs))
            return false;
    }
    return true;
}

/// `desksim pn532` with the vectors in a folder of its own.
class Desksim
{
public:
    Desksim()
    {
        m_process.start(program(QStringLiteral("desksim")),
                        {QStringLiteral("pn532"), QStringLiteral("--cards"), vectorFile(),
                         QStringLiteral("--link"), link(), QStringLiteral("--control"), socket()});
        REQUIRE(waitForLine(m_process));
        REQUIRE(m_process.readLine().startsWith("ready "));
    }
    Desksim(const Desksim &) = delete;
    Desksim &operator=(const Desksim &) = delete;
    ~Desksim() { static_cast<void>(end()); }

    /// Sends a control line, which must be obeyed.
    void tell(const QStringList &words) const
    {
        const Outcome sent = runProgram(
            QStringLiteral("desksim"),
            QStringList{QStringLiteral("send"), QStringLiteral("--control"), socket()} + words);
        INFO(words.join(QLatin1Char(' ')).toStdString() << " " << sent.out.toStdString());
        REQUIRE(sent.code == 0);
    }

    [[nodiscard]] QString connstring() const { return QStringLiteral("pn532_uart:") + link(); }

    [[nodiscard]] QStringList readArguments(const QStringList &more) const
    {
        return QStringList{QStringLiteral("--lang"),
                           QStringLiteral("en"),
                           QStringLiteral("--json"),
                           QStringLiteral("card"),
                           QStringLiteral("read"),
                           QStringLiteral("--reader"),
                           connstring()} +
               more;
    }

    [[nodiscard]] Outcome readCard(const QStringList &more = {}) const
    {
        return runProgram(QStringLiteral("deskctl"), readArguments(more));
    }

    /// Ends it as a user would, checks that nothing stays behind and returns what it wrote to
    /// stderr.
    QByteArray end()
    {
        if (m_process.state() == QProcess::NotRunning)
            return {};
        m_process.terminate();
        CHECK(m_process.waitForFinished(programPatienceMs));
        CHECK(m_process.exitCode() == 0);
        CHECK_FALSE(QFile::exists(socket()));
        CHECK(QFile::symLinkTarget(link()).isEmpty());
        return m_process.readAllStandardError();
    }

private:
    [[nodiscard]] QString link() const { return m_folder.filePath(QStringLiteral("reader")); }
    [[nodiscard]] QString socket() const { return m_folder.filePath(QStringLiteral("control")); }

    const QTemporaryDir m_folder;
    QProcess m_process;
};

} // namespace upgradedesk::test
