#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace upgradedesk
{

/// A receipt printer without a line: it understands the ESC/POS a receipt is made of, keeps what is
/// on its paper as text, and answers questions about its state as the manuals say. Real-time
/// commands (DLE …) are obeyed when they arrive, everything else when its turn comes; without
/// paper, with an open cover or offline the rest waits in its memory.
class VirtualPrinter
{
public:
    /// Takes bytes in pieces of any size.
    void receive(const QByteArray &bytes);

    /// Prints up to the next line feed, picture or cut. False when there is nothing it can do now.
    bool step();

    /// What it has answered since the last call.
    [[nodiscard]] QByteArray takeAnswers();

    /// For so many lines; nothing: for ever.
    void setPaper(std::optional<int> lines) { m_paper = lines; }
    void setOnline(bool online) { m_online = online; }
    void setCoverOpen(bool open) { m_coverOpen = open; }
    void setFault(bool fault) { m_fault = fault; }
    /// As after its power was cut: an empty memory; what is on paper stays.
    void reset();

    /// What was printed and cut off, a list of lines each: text, `[QR text]`, `[picture 576x30]`.
    [[nodiscard]] const QList<QStringList> &slips() const { return m_slips; }
    /// What hangs out of the printer and is not cut off.
    [[nodiscard]] const QStringList &uncut() const { return m_lines; }

    /// What it did not understand, in all.
    [[nodiscard]] int unknown() const { return m_unknown; }

private:
    [[nodiscard]] bool mayPrint() const;
    [[nodiscard]] bool isPaperOut() const { return m_paper && *m_paper <= 0; }
    [[nodiscard]] char statusOf(int question) const;
    void obeyRealTime(char byte);
    /// How many bytes the command at the front takes: 0 when more must come.
    [[nodiscard]] qsizetype obey();
    [[nodiscard]] qsizetype obeyEscape();
    [[nodiscard]] qsizetype obeyChinese();
    [[nodiscard]] qsizetype obeyGroup();
    [[nodiscard]] qsizetype obeyCode();
    [[nodiscard]] qsizetype obeyPicture();
    [[nodiscard]] int at(qsizetype place) const;
    void printLine(const QString &line);

    QByteArray m_input;
    QByteArray m_realTime; ///< the begin of a DLE command
    QByteArray m_answers;
    QByteArray m_text; ///< of the line that is not fed yet
    QString m_code;    ///< the stored text of a QR code
    QStringList m_lines;
    QList<QStringList> m_slips;
    std::optional<int> m_paper;
    bool m_online = true;
    bool m_coverOpen = false;
    bool m_fault = false;
    bool m_chinese = false;
    bool m_printed = false; ///< step() has done its part
    int m_unknown = 0;
};

} // namespace upgradedesk
