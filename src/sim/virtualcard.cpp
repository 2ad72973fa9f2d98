#include "sim/virtualcard.h"

#include "core/jsonfile.h"

#include <QJsonArray>
#include <QSet>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr qsizetype longestName = 80;
constexpr qsizetype longestAnswer = 4096;

std::optional<VirtualCard::Tech> techFromKey(QStringView key)
{
    using Tech = VirtualCard::Tech;
    if (key == u"iso14443-4a")
        return Tech::Iso14443A4;
    if (key == u"iso14443-3a")
        return Tech::Iso14443A3;
    if (key == u"mifare-classic")
        return Tech::MifareClassic;
    if (key == u"mifare-ultralight")
        return Tech::MifareUltralight;
    if (key == u"felica")
        return Tech::Felica;
    if (key == u"iso14443-4b" || key == u"iso14443b")
        return Tech::Iso14443B4;
    return std::nullopt;
}

std::optional<QByteArray> bytesFromHex(const QString &text)
{
    const QByteArray hex = text.toLatin1();
    const QByteArray bytes = QByteArray::fromHex(hex);
    if (bytes.toHex() != hex.toLower())
        return std::nullopt;
    return bytes;
}

/// Walks the file and stops at the first thing that breaks the schema.
class Loader final
{
public:
    explicit Loader(const JsonFile &file)
        : m_file{file}
    {
    }

    Result<QList<VirtualCard>> load()
    {
        const QJsonValue vectors = m_file.root().value(u"vectors"_s);
        if (!vectors.isArray())
            return wrong(u"vectors"_s, u"`vectors` must be a list"_s);
        QList<VirtualCard> cards;
        QSet<QString> names;
        const QJsonArray array = vectors.toArray();
        for (qsizetype index = 0; index < array.size(); ++index) {
            const QString path = u"vectors/%1"_s.arg(index);
            Result<VirtualCard> card = loadCard(array.at(index), path);
            if (!card)
                return tl::unexpected(card.error());
            if (names.contains(card->name))
                return wrong(path + u"/name"_s, u"two cards have this name"_s);
            names.insert(card->name);
            cards << std::move(*card);
        }
        if (cards.isEmpty())
            return wrong(u"vectors"_s, u"there is no card in it"_s);
        return cards;
    }

private:
    tl::unexpected<Error> wrong(const QString &path, const QString &why) const
    {
        return tl::unexpected<Error>(m_file.schemaError(path, why));
    }

    Result<QByteArray> hex(const QJsonObject &object, const QString &path, const QString &key,
                           const QList<qsizetype> &sizes) const
    {
        const QJsonValue value = object.value(key);
        const auto bytes =
            value.isString() ? bytesFromHex(value.toString()) : std::optional<QByteArray>{};
        if (!bytes || (!sizes.isEmpty() && !sizes.contains(bytes->size())))
            return wrong(path + u'/' + key, u"`%1` is not hex of the right length"_s.arg(key));
        return *bytes;
    }

    Result<VirtualCard> loadCard(const QJsonValue &value, const QString &path) const
    {
        const QJsonObject object = value.toObject();
        VirtualCard card;
        card.name = object.value(u"name"_s).toString();
        if (card.name.isEmpty() || card.name.size() > longestName || card.name.contains(u' '))
            return wrong(path + u"/name"_s,
                         u"a card needs a `name` without blanks, at most 80 characters"_s);
        const auto tech = techFromKey(object.value(u"tech"_s).toString());
        if (!tech)
            return wrong(path + u"/tech"_s, u"this `tech` is not known"_s);
        card.tech = *tech;

        const Result<void> radio =
            card.isTypeA() ? loadTypeA(object, path, card) : loadOtherRadio(object, path, card);
        if (!radio)
            return tl::unexpected(radio.error());
        const Result<void> script = loadScript(object, path, card);
        if (!script)
            return tl::unexpected(script.error());
        return card;
    }

    Result<void> loadTypeA(const QJsonObject &object, const QString &path, VirtualCard &card) const
    {
        const auto uid = hex(object, path, u"uid"_s, {4, 7, 10});
        const auto sak = hex(object, path, u"sak"_s, {1});
        const auto atqa = hex(object, path, u"atqa"_s, {2});
        for (const auto *part : {&uid, &sak, &atqa}) {
            if (!*part)
                return tl::unexpected(part->error());
        }
        card.uid = *uid;
        card.sak = quint8(sak->at(0));
        card.atqa = *atqa;
        if (card.tech == VirtualCard::Tech::Iso14443A4) {
            const auto ats = hex(object, path, u"ats"_s, {});
            if (!ats)
                return tl::unexpected(ats.error());
            if (ats->isEmpty() || quint8(ats->at(0)) != ats->size())
                return wrong(path + u"/ats"_s, u"`ats` must start with its own length"_s);
            card.ats = *ats;
        }
        const bool claimsApdus = (card.sak & 0x20) != 0;
        if (claimsApdus != (card.tech == VirtualCard::Tech::Iso14443A4))
            return wrong(path + u"/sak"_s, u"bit 20 of `sak` does not fit the `tech`"_s);
        return {};
    }

    Result<void> loadOtherRadio(const QJsonObject &object, const QString &path,
                                VirtualCard &card) const
    {
        const bool felica = card.tech == VirtualCard::Tech::Felica;
        const auto uid = hex(object, path, u"uid"_s, {felica ? 8 : 4});
        if (!uid)
            return tl::unexpected(uid.error());
        card.uid = *uid;
        if (!felica)
            return {};
        const auto pmm = hex(object, path, u"pmm"_s, {8});
        const auto system = hex(object, path, u"systemCode"_s, {2});
        if (!pmm)
            return tl::unexpected(pmm.error());
        if (!system)
            return tl::unexpected(system.error());
        card.pmm = *pmm;
        card.systemCode = *system;
        return {};
    }

    Result<void> loadScript(const QJsonObject &object, const QString &path, VirtualCard &card) const
    {
        const QJsonArray apdus = object.value(u"apdus"_s).toArray();
        for (qsizetype index = 0; index < apdus.size(); ++index) {
            const QString at = path + u"/apdus/%1"_s.arg(index);
            const QJsonObject entry = apdus.at(index).toObject();
            ScriptedApdu apdu;
            const auto command = hex(entry, at, u"command"_s, {});
            if (!command)
                return tl::unexpected(command.error());
            apdu.command = *command;
            if (!entry.contains(u"response"_s))
                return wrong(at, u"an exchange needs a `response`, hex or null"_s);
            if (!entry.value(u"response"_s).isNull()) {
                const auto response = hex(entry, at, u"response"_s, {});
                if (!response)
                    return tl::unexpected(response.error());
                if (response->size() > longestAnswer)
                    return wrong(at + u"/response"_s, u"`response` is longer than 4096 bytes"_s);
                apdu.response = *response;
            }
            if (entry.value(u"exact"_s).toBool())
                apdu.match = ScriptedApdu::Match::Literal;
            else if (entry.value(u"prefix"_s).toBool())
                apdu.match = ScriptedApdu::Match::Prefix;
            apdu.in = entry.value(u"in"_s).toString();
            apdu.sets = entry.value(u"sets"_s).toString();
            apdu.trap = entry.value(u"trap"_s).toBool();
            card.apdus << apdu;
        }
        return {};
    }

    const JsonFile &m_file;
};

Result<QList<VirtualCard>> load(const Result<JsonFile> &file)
{
    if (!file)
        return tl::unexpected(file.error());
    return Loader{*file}.load();
}

} // namespace

Result<QList<VirtualCard>> loadVirtualCards(const QString &path)
{
    return load(JsonFile::load(path, ErrorCode::FileUnreadable, ErrorCode::ResourceInvalid));
}

Result<QList<VirtualCard>> parseVirtualCards(const QByteArray &text, const QString &name)
{
    return load(JsonFile::parse(text, name, ErrorCode::ResourceInvalid));
}

} // namespace upgradedesk
