#include "support/catch.h"

#include "e2e/cardprograms.h"

#include <QDir>
#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSet>

#include <dirent.h>
#include <unistd.h>

#include <array>

using namespace Qt::StringLiterals;
using namespace upgradedesk::test;

// Runs the real desk in training mode and looks at what the kernel knows of its sockets and files.

namespace
{

struct Socket {
    QString inode;
    QByteArray row; ///< of /proc/net
};

QByteArray fileOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The process and its children, which are started by its main thread.
QStringList familyOf(qint64 process)
{
    QStringList all{QString::number(process)};
    for (qsizetype i = 0; i < all.size(); ++i) {
        const QString tasks = u"/proc/%1/task"_s.arg(all.at(i));
        for (const QString &task : QDir(tasks).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            const auto children = fileOf(u"%1/%2/children"_s.arg(tasks, task)).simplified();
            for (const QByteArray &child : children.split(' ')) {
                if (!child.isEmpty())
                    all << QString::fromLatin1(child);
            }
        }
    }
    return all;
}

QSet<QString> socketsOf(const QString &process)
{
    static const QRegularExpression pattern(u"^socket:\\[(\\d+)\\]$"_s);
    QSet<QString> inodes;
    const QString folder = u"/proc/%1/fd"_s.arg(process);
    // Not through QDir: a link to a socket leads nowhere.
    DIR *files = ::opendir(folder.toUtf8().constData());
    while (const dirent *entry = files ? ::readdir(files) : nullptr) {
        std::array<char, 128> target{};
        const QByteArray link = folder.toUtf8() + '/' + entry->d_name;
        const auto length = ::readlink(link.constData(), target.data(), target.size());
        if (length <= 0)
            continue;
        const auto match = pattern.match(QString::fromLatin1(target.data(), length));
        if (match.hasMatch())
            inodes << match.captured(1);
    }
    if (files)
        ::closedir(files);
    return inodes;
}

/// Rows of a table of /proc/net with these inodes.
QList<QByteArray> rowsOf(const QString &process, const QString &table, const QSet<QString> &inodes)
{
    QList<QByteArray> found;
    for (const QByteArray &line : fileOf(u"/proc/%1/net/%2"_s.arg(process, table)).split('\n')) {
        const auto words = line.simplified().split(' ');
        for (const QByteArray &word : words) {
            if (inodes.contains(QString::fromLatin1(word))) {
                found << line.simplified();
                break;
            }
        }
    }
    return found;
}

class TrainingDesk
{
public:
    TrainingDesk()
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_DATA_HOME"_s, data());
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        m_process.setProcessEnvironment(environment);
        m_process.start(program(u"upgradedesk"_s),
                        {u"--training"_s, u"--control"_s, control(), u"--trace"_s});
    }
    Q_DISABLE_COPY_MOVE(TrainingDesk)
    ~TrainingDesk()
    {
        m_process.terminate();
        m_process.waitForFinished(programPatienceMs);
    }

    bool says(const QByteArray &line)
    {
        QElapsedTimer time;
        time.start();
        while (time.elapsed() < programPatienceMs) {
            while (m_process.canReadLine()) {
                if (m_process.readLine().trimmed().startsWith(line))
                    return true;
            }
            m_process.waitForReadyRead(1000);
        }
        return false;
    }

    QString data() const { return m_folder.filePath(u"data"_s); }
    QString control() const { return m_folder.filePath(u"control"_s); }
    qint64 id() const { return m_process.processId(); }

private:
    const QTemporaryDir m_folder;
    QProcess m_process;
};

void checkLocal(const TrainingDesk &desk)
{
    int listening = 0;
    const QStringList family = familyOf(desk.id());
    CHECK(family.size() >= 2);
    for (const QString &process : family) {
        const QSet<QString> inodes = socketsOf(process);
        qsizetype local = 0;
        for (const QByteArray &row : rowsOf(process, u"unix"_s, inodes)) {
            ++local;
            // Flags: the socket takes connections.
            if (row.split(' ').value(3) == "00010000") {
                ++listening;
                CHECK(row.endsWith(desk.control().toUtf8()));
            }
        }
        for (const QString &table : {u"tcp"_s, u"tcp6"_s, u"udp"_s, u"udp6"_s, u"udplite"_s,
                                     u"raw"_s, u"raw6"_s, u"icmp"_s, u"packet"_s, u"netlink"_s}) {
            INFO(table.toStdString());
            CHECK(rowsOf(process, table, inodes).isEmpty());
        }
        CHECK(local == inodes.size());
    }
    CHECK(listening == 1);
}

} // namespace

TEST_CASE("Training mode opens no socket but its local control, and keeps to its own folder",
          "[e2e]")
{
    TrainingDesk desk;
    REQUIRE(desk.says("page login"));
    REQUIRE(desk.says("reader ready"));
    checkLocal(desk);

    REQUIRE(
        runProgram(u"desksim"_s, {u"send"_s, u"--control"_s, desk.control(), u"tap"_s, u"phone"_s})
            .code == 0);
    REQUIRE(
        runProgram(u"desksim"_s, {u"send"_s, u"--control"_s, desk.control(), u"unplug"_s}).code ==
        0);
    REQUIRE(desk.says("reader lost"));
    checkLocal(desk);
    REQUIRE(runProgram(u"desksim"_s, {u"send"_s, u"--control"_s, desk.control(), u"plug"_s}).code ==
            0);
    REQUIRE(desk.says("reader ready"));
    checkLocal(desk);

    const QDir folder(desk.data() + u"/upgradedesk"_s);
    CHECK(folder.entryList(QDir::AllEntries | QDir::NoDotAndDotDot) == QStringList{u"training"_s});
    CHECK(QFile::exists(folder.filePath(u"training/desk.sqlite"_s)));
}
