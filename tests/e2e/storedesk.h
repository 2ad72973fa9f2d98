#pragma once

#include "support/samplepeople.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>

#include <functional>

namespace upgradedesk::test
{

using namespace Qt::StringLiterals;

/// What one run of a program left behind.
struct Run {
    int exit = -1;
    QByteArray out;
    QByteArray err;

    [[nodiscard]] QList<QJsonObject> lines() const
    {
        QList<QJsonObject> objects;
        // A last line without its end was cut off by a kill and was never told to anybody.
        const qsizetype end = out.lastIndexOf('\n');
        for (const QByteArray &line : out.left(qMax<qsizetype>(end, 0)).split('\n')) {
            if (!line.isEmpty())
                objects << QJsonDocument::fromJson(line).object();
        }
        return objects;
    }
    [[nodiscard]] QJsonObject line() const { return lines().value(0); }
};

/// deskctl with a data folder of its own.
class StoreDesk
{
public:
    [[nodiscard]] static QString program()
    {
        return QStringLiteral(UPGRADEDESK_BIN_DIR "/deskctl");
    }

    [[nodiscard]] QStringList command(const QStringList &arguments) const
    {
        return QStringList{u"--data"_s, data, u"--lang"_s, u"en"_s, u"--json"_s} + arguments;
    }

    [[nodiscard]] Run run(const QStringList &arguments, const QByteArray &input = {}) const
    {
        return runProgram(program(), command(arguments), input);
    }

    [[nodiscard]] static Run runProgram(const QString &program, const QStringList &arguments,
                                        const QByteArray &input = {},
                                        const std::function<void()> &inChild = {})
    {
        QProcess process;
        if (inChild)
            process.setChildProcessModifier(inChild);
        process.start(program, arguments);
        process.write(input);
        process.closeWriteChannel();
        process.waitForFinished(120000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                process.readAllStandardOutput(), process.readAllStandardError()};
    }

    void provision() const { (void)run({u"provision"_s, u"--training"_s}); }

    [[nodiscard]] static QJsonObject entry(int index)
    {
        return {{u"card"_s, cardNumber(index)},
                {u"docKind"_s, u"resident"_s},
                {u"docNumber"_s, residentNumber(index)},
                {u"name"_s, personName(index)},
                {u"consent"_s, u"current"_s}};
    }
    [[nodiscard]] static QByteArray jsonLine(const QJsonObject &object)
    {
        return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    }

    /// A file of so many lines, persons and cards numbered from `first`.
    [[nodiscard]] QString bulkFile(int first, int count) const
    {
        const QString path = folder.filePath(u"bulk-%1.jsonl"_s.arg(first));
        QFile file(path);
        if (file.open(QIODevice::WriteOnly)) {
            for (int i = first; i < first + count; ++i)
                file.write(jsonLine(entry(i)));
        }
        return path;
    }
    [[nodiscard]] Run bulk(const QString &file, const QByteArray &input = "135790\n") const
    {
        return run({u"link"_s, u"--from"_s, file, u"--operator"_s, u"9001"_s}, input);
    }
    [[nodiscard]] Run link(int index, const QByteArray &pin = "135790\n") const
    {
        return run({u"link"_s, u"--card"_s, cardNumber(index), u"--doc-kind"_s, u"resident"_s,
                    u"--doc-number"_s, residentNumber(index), u"--name"_s, personName(index),
                    u"--consent"_s, u"current"_s, u"--operator"_s, u"9001"_s},
                   pin);
    }

    [[nodiscard]] Run revoke(const QString &record, const QByteArray &pin = "135790\n",
                             const QString &operatorId = u"9001"_s) const
    {
        return run({u"revoke"_s, record, u"--operator"_s, operatorId}, pin);
    }

    QTemporaryDir folder;
    QString data = folder.filePath(u"data"_s);
};

} // namespace upgradedesk::test
