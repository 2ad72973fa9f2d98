#pragma once

#include "cardprograms.h"
#include "sim/controlserver.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace upgradedesk::test
{

using namespace Qt::StringLiterals;

/// `desksim printer` in a folder of its own.
class SimPrinter
{
public:
    SimPrinter()
    {
        m_process.start(program(u"desksim"_s),
                        {u"printer"_s, u"--link"_s, path(), u"--control"_s, socket()});
        REQUIRE(waitForLine(m_process));
        REQUIRE(m_process.readLine().startsWith("ready "));
    }
    SimPrinter(const SimPrinter &) = delete;
    SimPrinter &operator=(const SimPrinter &) = delete;
    ~SimPrinter()
    {
        m_process.terminate();
        m_process.waitForFinished(programPatienceMs);
    }

    /// What it answers to a control line, without the `ok`.
    [[nodiscard]] QString ask(const QString &line) const
    {
        const auto answer = sendControlLine(socket(), line, programPatienceMs);
        INFO(line.toStdString());
        REQUIRE(answer);
        REQUIRE(answer->startsWith(u"ok"));
        return answer->mid(2).trimmed();
    }
    void tell(const QString &line) const { CHECK(ask(line).isEmpty()); }

    [[nodiscard]] QStringList slip(int number) const { return lines(u"slip %1"_s.arg(number)); }
    [[nodiscard]] QStringList uncut() const { return lines(u"uncut"_s); }
    [[nodiscard]] int slips() const { return ask(u"slips"_s).toInt(); }

    [[nodiscard]] QString path() const { return m_folder.filePath(u"printer"_s); }

private:
    [[nodiscard]] QString socket() const { return m_folder.filePath(u"control"_s); }
    [[nodiscard]] QStringList lines(const QString &line) const
    {
        QStringList told;
        for (const QJsonValue &one : QJsonDocument::fromJson(ask(line).toUtf8()).array())
            told << one.toString();
        return told;
    }

    const QTemporaryDir m_folder;
    QProcess m_process;
};

} // namespace upgradedesk::test
