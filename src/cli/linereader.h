#pragma once

#include <QByteArray>
#include <QFile>

#include <deque>
#include <optional>

namespace upgradedesk
{

/// Reads lines of at most 64 KiB from a file or a pipe without ever holding more than one piece of
/// it.
class LineReader
{
public:
    struct Line {
        qint64 number = 0; ///< 1-based
        bool tooLong = false;
        QByteArray text; ///< without its line end; empty when too long
    };

    /// `-` is stdin.
    [[nodiscard]] bool open(const QString &path);

    /// The next line that is here already, without waiting; nothing when more must be read first.
    [[nodiscard]] std::optional<Line> next();

    /// Waits for the next piece; false at the end of the input.
    [[nodiscard]] bool readMore();

    [[nodiscard]] bool failed() const { return m_failed; }

private:
    void take(const char *piece, qsizetype size);
    void endLine();

    QFile m_file;
    std::deque<Line> m_lines;
    QByteArray m_partial;
    bool m_partialTooLong = false;
    bool m_atEnd = false;
    bool m_failed = false;
    qint64 m_number = 0;
};

} // namespace upgradedesk
