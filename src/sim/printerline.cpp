#include "sim/printerline.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <functional>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int longestPause = 600'000;
constexpr int mostLines = 1'000'000;

QString told(const QStringList &lines)
{
    const QJsonDocument document(QJsonArray::fromStringList(lines));
    return u"ok "_s + QString::fromUtf8(document.toJson(QJsonDocument::Compact));
}

struct Order {
    QString words; ///< `N` stands for a number
    QString help;
    int most = 0; ///< the number may be
    std::function<QString(PrinterLine &, int)> obey;
};

/// An order that does something and has nothing to tell.
std::function<QString(PrinterLine &, int)> act(std::function<void(PrinterLine &, int)> what)
{
    return [what = std::move(what)](PrinterLine &printer, int number) {
        what(printer, number);
        printer.goOn();
        return u"ok"_s;
    };
}

const QList<Order> &orders()
{
    static const QList<Order> all{
        {u"paper N"_s, u"paper for N more lines; 0 takes the roll out"_s, mostLines,
         act([](PrinterLine &line, int lines) { line.printer().setPaper(lines); })},
        {u"paper full"_s, u"a new roll"_s, 0,
         act([](PrinterLine &line, int) { line.printer().setPaper(std::nullopt); })},
        {u"offline"_s, u"its online key was pressed"_s, 0,
         act([](PrinterLine &line, int) { line.printer().setOnline(false); })},
        {u"online"_s, u"and again"_s, 0,
         act([](PrinterLine &line, int) { line.printer().setOnline(true); })},
        {u"cover open"_s, u"its cover is open"_s, 0,
         act([](PrinterLine &line, int) { line.printer().setCoverOpen(true); })},
        {u"cover closed"_s, u"and closed"_s, 0,
         act([](PrinterLine &line, int) { line.printer().setCoverOpen(false); })},
        {u"fault on"_s, u"its cutter is stuck"_s, 0,
         act([](PrinterLine &line, int) { line.printer().setFault(true); })},
        {u"fault off"_s, u"and works"_s, 0,
         act([](PrinterLine &line, int) { line.printer().setFault(false); })},
        {u"unplug"_s, u"its cable is pulled"_s, 0,
         act([](PrinterLine &line, int) { line.unplug(); })},
        {u"plug"_s, u"and back"_s, 0,
         [](PrinterLine &line, int) {
             return line.plug() ? u"ok"_s : u"error the terminal cannot be made"_s;
         }},
        {u"stall N"_s, u"hear and say nothing for N ms"_s, longestPause,
         act([](PrinterLine &line, int time) { line.stall(time); })},
        {u"pace N"_s, u"take N ms over each line"_s, longestPause,
         act([](PrinterLine &line, int time) { line.setPace(time); })},
        {u"slips"_s, u"how many slips it has cut off"_s, 0,
         [](PrinterLine &line, int) { return u"ok %1"_s.arg(line.printer().slips().size()); }},
        {u"slip N"_s, u"the text of slip N (1 is the first) as a JSON list of lines"_s, mostLines,
         [](PrinterLine &line, int number) {
             const auto &slips = line.printer().slips();
             return number >= 1 && number <= slips.size() ? told(slips.at(number - 1))
                                                          : u"error no such slip"_s;
         }},
        {u"uncut"_s, u"what hangs out and is not cut off, likewise"_s, 0,
         [](PrinterLine &line, int) { return told(line.printer().uncut()); }},
    };
    return all;
}

} // namespace

PrinterLine::PrinterLine(QString link, QObject *parent)
    : QObject(parent)
    , m_link(std::move(link))
    , m_stall(this)
    , m_next(this)
{
    m_stall.setSingleShot(true);
    connect(&m_stall, &QTimer::timeout, this, &PrinterLine::goOn);
    connect(&m_next, &QTimer::timeout, this, &PrinterLine::work);
}

PrinterLine::~PrinterLine() = default;

Result<void> PrinterLine::plug()
{
    if (m_terminal)
        return {};
    auto terminal = PseudoTerminal::open(m_link);
    if (!terminal)
        return tl::unexpected(terminal.error());
    m_terminal.emplace(std::move(*terminal));
    m_notifier = std::make_unique<QSocketNotifier>(m_terminal->descriptor(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &PrinterLine::take);
    m_notifier->setEnabled(!m_stall.isActive());
    return {};
}

void PrinterLine::unplug()
{
    m_next.stop();
    m_notifier.reset();
    m_terminal.reset();
    m_printer.reset();
}

void PrinterLine::stall(int milliseconds)
{
    m_next.stop();
    if (m_notifier)
        m_notifier->setEnabled(false);
    m_stall.start(milliseconds);
}

void PrinterLine::setPace(int milliseconds)
{
    m_next.setInterval(milliseconds);
}

void PrinterLine::goOn()
{
    if (m_stall.isActive())
        return;
    if (m_notifier)
        m_notifier->setEnabled(true);
    work();
}

void PrinterLine::take()
{
    m_printer.receive(m_terminal->read());
    // What is asked in real time is answered before the next line is printed.
    m_terminal->write(m_printer.takeAnswers());
    if (!m_next.isActive())
        work();
}

void PrinterLine::work()
{
    if (!m_terminal || m_stall.isActive())
        return;
    bool more = m_printer.step();
    while (more && m_next.interval() == 0)
        more = m_printer.step();
    m_terminal->write(m_printer.takeAnswers());
    if (more)
        m_next.start();
    else
        m_next.stop();
}

QString obeyPrinterLine(PrinterLine &printer, const QString &line)
{
    const QStringList words = line.simplified().split(u' ');
    for (const Order &order : orders()) {
        const QStringList wanted = order.words.split(u' ');
        if (wanted.size() != words.size() || wanted.first() != words.first())
            continue;
        if (wanted.last() == words.last())
            return order.obey(printer, 0);
        bool isNumber = false;
        const int number = words.last().toInt(&isNumber);
        if (wanted.last() == u"N" && isNumber && number >= 0 && number <= order.most)
            return order.obey(printer, number);
    }
    return u"error no such line; see desksim --help"_s;
}

QString printerLineHelp()
{
    QString help;
    for (const Order &order : orders())
        help += u"    %1%2\n"_s.arg(order.words, -16).arg(order.help);
    return help;
}

} // namespace upgradedesk
