#include "sim/virtualidreader.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

VirtualIdReader::VirtualIdReader(QList<VirtualPerson> persons, const QString &link, QObject *parent)
    : QObject{parent}
    , m_persons{std::move(persons)}
    , m_path{link.isEmpty() ? m_folder.filePath(u"idreader"_s) : link}
    , m_stall{this}
{
    m_stall.setSingleShot(true);
    connect(&m_stall, &QTimer::timeout, this, [this] {
        if (m_notifier)
            m_notifier->setEnabled(true);
    });
}

VirtualIdReader::~VirtualIdReader() = default;

QStringList VirtualIdReader::personNames() const
{
    QStringList names;
    for (const VirtualPerson &person : m_persons)
        names << person.name;
    return names;
}

Result<void> VirtualIdReader::plug()
{
    if (m_terminal)
        return {};
    Result<PseudoTerminal> terminal = PseudoTerminal::open(m_path);
    if (!terminal)
        return tl::unexpected(terminal.error());
    m_terminal.emplace(std::move(*terminal));
    m_sam.powerCycle();
    m_notifier = std::make_unique<QSocketNotifier>(m_terminal->descriptor(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &VirtualIdReader::take);
    m_notifier->setEnabled(!m_stall.isActive());
    return {};
}

void VirtualIdReader::unplug()
{
    m_notifier.reset();
    m_terminal.reset();
}

Result<void> VirtualIdReader::place(const QString &name)
{
    const auto person = std::ranges::find(m_persons, name, &VirtualPerson::name);
    if (person == m_persons.end())
        return fail(ErrorCode::InputInvalid, u"no such virtual person"_s, {name});
    m_sam.place(*person);
    return {};
}

void VirtualIdReader::stall(int milliseconds)
{
    if (m_notifier)
        m_notifier->setEnabled(false);
    m_stall.start(milliseconds);
}

void VirtualIdReader::take()
{
    const QByteArray bytes = m_terminal->read();
    if (m_terminal->speed() != m_sam.speed())
        return;
    for (const QByteArray &answer : m_sam.receive(bytes))
        send(answer);
}

void VirtualIdReader::send(const QByteArray &answer)
{
    QByteArray noise(std::exchange(m_noise, 0), '\0');
    std::uniform_int_distribution<int> byte{0, 0xFF};
    std::generate(noise.begin(), noise.end(), [&] { return char(byte(m_random)); });
    m_terminal->write(noise + answer);
}

} // namespace upgradedesk
