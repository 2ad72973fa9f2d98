#pragma once

#include "core/cardstate.h"

#include <QString>

#include <cmath>
#include <functional>
#include <random>

struct sqlite3;
struct sqlite3_stmt;

namespace upgradedesk::bench
{

/// Cards of a city in the order of their tokens, one after the other and the same each time, so
/// that 20 million need no memory.
class CardSource final
{
public:
    explicit CardSource(qint64 count)
        : m_left(count)
        , m_gap(std::ldexp(0.99, 64) / double(count))
    {
    }

    [[nodiscard]] bool next(CardChange &card)
    {
        if (m_left-- <= 0)
            return false;
        m_token += 2 + CardToken(-std::log(1 - m_uniform(m_random)) * m_gap);
        // One in ten is not simply linked.
        const auto state = unsigned(m_random() % 40);
        card = {m_token, CityCardState(state >= 1 && state <= 4 ? state : 1)};
        return true;
    }

private:
    std::mt19937_64 m_random{20220601};
    std::uniform_real_distribution<double> m_uniform{0, 1};
    qint64 m_left;
    double m_gap;
    CardToken m_token = 0;
};

/// Changes of such a city: four in five for cards it has, the others for new ones.
class ChangeSource final
{
public:
    ChangeSource(qint64 cards, qint64 changes)
        : m_cards(cards)
        , m_every(std::max<qint64>(1, cards / changes))
        , m_left(changes)
    {
    }

    [[nodiscard]] bool next(CardChange &change)
    {
        CardChange card;
        for (qint64 i = 0; i < m_every; ++i) {
            if (!m_cards.next(card))
                return false;
        }
        if (m_left-- <= 0)
            return false;
        const bool fresh = m_left % 5 == 0;
        change = {card.token + (fresh ? 1 : 0),
                  CityCardState(fresh ? 1 : unsigned(m_left % 40 == 0 ? 0 : 3))};
        return true;
    }

private:
    CardSource m_cards;
    qint64 m_every;
    qint64 m_left;
};

using NextCard = std::function<bool(CardChange &)>;

/// SQLite alone with the same table and settings: no stream, no signature, no resuming.
class BareTable final
{
public:
    explicit BareTable(const QString &path);
    ~BareTable();
    BareTable(const BareTable &) = delete;
    BareTable &operator=(const BareTable &) = delete;

    void load(const NextCard &next);
    void change(const NextCard &next);
    [[nodiscard]] int look(CardToken token);

private:
    void run(const char *sql);
    void prepareLook();

    sqlite3 *m_database = nullptr;
    sqlite3_stmt *m_look = nullptr;
};

/// A file of sorted rows of 9 bytes, mapped, searched by interpolation: the fastest there is, but
/// every change writes it anew.
class MappedFile final
{
public:
    explicit MappedFile(QString path)
        : m_path(std::move(path))
    {
    }
    ~MappedFile();
    MappedFile(const MappedFile &) = delete;
    MappedFile &operator=(const MappedFile &) = delete;

    void load(const NextCard &next);
    void change(const NextCard &next);
    [[nodiscard]] int look(CardToken token) const;

private:
    void map();
    void unmap();
    [[nodiscard]] CardToken tokenAt(qint64 row) const;

    QString m_path;
    const uchar *m_rows = nullptr;
    qint64 m_count = 0;
};

} // namespace upgradedesk::bench
