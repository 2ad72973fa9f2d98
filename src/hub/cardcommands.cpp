#include "hub/commands.h"

#include "card/resolver.h"
#include "crypto/hmac.h"

#include <QFile>

#include <functional>
#include <vector>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

constexpr size_t cardsATime = 10'000;
constexpr qint64 longestLine = 256;

struct ListedCard {
    QString number;
    bool isNew = true;
};

/// `number,new` or `number,none`; an empty line and the heading are nothing. InputInvalid.
Result<std::optional<ListedCard>> cardOf(const Hub &hub, const QByteArray &line, qint64 number)
{
    const QString text = QString::fromUtf8(line).trimmed();
    if (text.isEmpty() || (number == 1 && text.startsWith(u"card")))
        return std::nullopt;
    const QStringList fields = text.split(u',');
    const CardNumberExplanation card = explain(hub.catalogue, fields.first());
    if (fields.size() != 2 || !card.linkable() || (fields[1] != u"new" && fields[1] != u"none"))
        return fail(ErrorCode::InputInvalid, {}, {u"line %1"_s.arg(number)});
    return ListedCard{card.number, fields[1] == u"new"};
}

/// Calls `visit` for each card; stops at the first error.
Result<void> eachCard(const Hub &hub, QFile &file,
                      const std::function<Result<void>(const ListedCard &)> &visit)
{
    file.seek(0);
    for (qint64 number = 1; !file.atEnd(); ++number) {
        const QByteArray line = file.readLine(longestLine);
        const auto card = cardOf(hub, line, number);
        if (!card)
            return tl::unexpected(card.error());
        if (!*card)
            continue;
        if (auto done = visit(**card); !done)
            return done;
    }
    return {};
}

/// The cards of one statement.
class CardList
{
public:
    CardList(const Hub &hub, const Secret &tokenKey)
        : m_hub(hub)
        , m_tokenKey(tokenKey)
    {
    }

    Result<void> add(const ListedCard &card)
    {
        const auto own = m_hub.keys.cardToken(card.number);
        const auto city = token(m_tokenKey, "card", {card.number.toUtf8()});
        if (!own || !city)
            return tl::unexpected(!own ? own.error() : city.error());
        m_cards.bytes(*own);
        m_tokens.bytes(*city);
        m_new.flag(card.isNew);
        ++m_size;
        return {};
    }
    [[nodiscard]] size_t size() const { return m_size; }
    [[nodiscard]] Result<qint64> store(Session &session) const
    {
        return session
            .run("SELECT list_cards($1::bytea[], $2::bytea[], $3::boolean[])",
                 Parameters().column(m_cards).column(m_tokens).column(m_new))
            .map([](const Rows &rows) { return rows.number(0, 0); });
    }

private:
    const Hub &m_hub;
    const Secret &m_tokenKey;
    Column m_cards{Column::Type::Bytea};
    Column m_tokens{Column::Type::Bytea};
    Column m_new{Column::Type::Boolean};
    size_t m_size = 0;
};

/// All lines or none; how many cards have changed.
Result<qint64> importCards(Hub &hub, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileUnreadable, path, {path});
    qint64 changed = 0;
    const auto done = hub.database.transact([&](Session &session) -> Result<void> {
        changed = 0;
        if (const auto patient = session.script("SET LOCAL statement_timeout = 0;"
                                                "SELECT pg_advisory_xact_lock_shared(7303, 0)");
            !patient)
            return patient;
        const auto number = setting(session, u"token-key"_s);
        if (!number)
            return tl::unexpected(number.error());
        const auto tokenKey = hub.keys.tokenKey(number->toLongLong());
        if (!tokenKey)
            return tl::unexpected(tokenKey.error());
        std::optional<CardList> list;
        const auto flush = [&]() -> Result<void> {
            if (!list)
                return {};
            const auto stored = list->store(session);
            list.reset();
            if (!stored)
                return tl::unexpected(stored.error());
            changed += *stored;
            return {};
        };
        const auto read = eachCard(hub, file, [&](const ListedCard &card) -> Result<void> {
            if (!list)
                list.emplace(hub, *tokenKey);
            if (auto added = list->add(card); !added)
                return added;
            return list->size() < cardsATime ? Result<void>() : flush();
        });
        return read ? flush() : read;
    });
    if (!done)
        return tl::unexpected(done.error());
    return changed;
}

} // namespace

int cardsImport(const Console &console, const QStringList &arguments)
{
    if (arguments.size() != 1)
        return console.usage({u"cards import 要一个文件"_s, u"cards import takes one file"_s});
    Opened opened;
    if (const auto done = opened.open(console.configFile()); !done)
        return console.report(done.error());
    const auto changed = importCards(*opened.hub, arguments.first());
    if (!changed)
        return console.report(changed.error());
    console.result({{u"changed"_s, *changed}},
                   {u"%1 张卡的状态有变"_s.arg(*changed),
                    u"The state of %1 cards has changed"_s.arg(*changed)});
    return int(ExitCode::Done);
}

} // namespace upgradedesk::hub
