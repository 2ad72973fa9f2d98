#include "app/storeworker.h"

#include "sync/cardsreadtoday.h"

#include <algorithm>

namespace upgradedesk
{

StoreWorker::StoreWorker(QString folder, const sync::DeskIdentity &identity,
                         const Catalogue &catalogue, const Clock &clock)
    : m_folder(std::move(folder))
    , m_identity(identity)
    , m_catalogue(catalogue)
    , m_clock(clock)
{
}

void StoreWorker::open()
{
    auto store = storage::Store::open(m_folder, m_identity.storeKeys());
    if (!store) {
        emit troubled(store.error());
        return;
    }
    m_store = std::make_unique<storage::Store>(std::move(*store));
    m_city = std::make_unique<sync::CityCards>(m_folder);
    const auto operators = m_store->operators();
    if (!operators) {
        emit troubled(operators.error());
        return;
    }
    // Yesterday's readings are of no use; where they cannot be taken away, the next reading will.
    (void)m_store->forgetOtherDays(m_clock.now());
    tellHead();
    emit opened(*operators);
}

void StoreWorker::listOperators()
{
    if (!m_store)
        return;
    const auto operators = m_store->operators();
    if (operators)
        emit operatorsListed(*operators);
    else
        emit troubled(operators.error());
}

void StoreWorker::login(const QString &operatorId, const QString &pin)
{
    if (!m_store)
        return;
    const auto person = m_store->login(operatorId, pin, m_clock);
    if (!person) {
        emit loginFailed(person.error());
        return;
    }
    tellHead();
    emit loggedIn(*person);
}

Result<DeskKnowledge> StoreWorker::knowledge(const QString &cardNumber, const Person *person)
{
    const auto cardKey = m_identity.cardKey(cardNumber);
    if (!cardKey)
        return tl::unexpected<Error>(cardKey.error());
    QByteArray personKey;
    if (person) {
        const auto key = m_identity.personKey(person->documentKind, person->documentNumber);
        if (!key)
            return tl::unexpected<Error>(key.error());
        personKey = *key;
    }
    const auto known = m_store->knowledge(*cardKey, personKey);
    if (!known)
        return tl::unexpected<Error>(known.error());

    const auto inCity = m_city->look(cardNumber);
    if (!inCity)
        return tl::unexpected<Error>(inCity.error());

    DeskKnowledge knowledge;
    // Without a person every link is one "to another".
    knowledge.cardLinkedHere = known->linkedToPerson || known->linkedToOther;
    knowledge.cardLinkedToOther = person && known->linkedToOther;
    knowledge.cardLinkUploaded = known->linkUploaded;
    knowledge.physicalOfPerson = known->physicalCards;
    knowledge.phoneOfPerson = known->phoneCards;
    knowledge.physicalUploaded = known->physicalCards - known->physicalWaiting;
    knowledge.phoneUploaded = known->phoneCards - known->phoneWaiting;
    knowledge.refusedRecord = known->refused;
    if (*inCity)
        heedSnapshot(knowledge, {(*inCity)->state, (*inCity)->stand.asOf},
                     {known->linkedAt, known->endedAt});
    return knowledge;
}

void StoreWorker::lookUpCard(const QString &number)
{
    if (!m_store)
        return;
    const auto known = knowledge(number, nullptr);
    if (known)
        emit cardLookedUp(number, *known);
    else
        emit troubled(known.error());
}

void StoreWorker::rememberReading(const QString &number)
{
    // A convenience for the look-up: a store in trouble is told where a record is at stake.
    if (m_store)
        (void)sync::rememberReading(m_identity, *m_store, number, m_clock);
}

void StoreWorker::lookUpNear(const QString &number)
{
    if (!m_store)
        return;
    const QList<NearMatch> possible = neighbours(m_catalogue, number);
    QStringList numbers;
    for (const NearMatch &match : possible)
        numbers << match.number;
    const auto read = sync::cardsReadToday(m_identity, *m_store, numbers, m_clock);
    if (!read) {
        emit troubled(read.error());
        return;
    }
    QList<NearCard> cards;
    for (const sync::CardReadToday &card : read->first(std::min(mostNearCards, read->size())))
        cards << NearCard{possible.at(numbers.indexOf(card.number)), card.at, card.linkedHere};
    emit nearFound(number, cards);
}

void StoreWorker::lookUpPerson(const QString &cardNumber, const Person &person)
{
    if (!m_store)
        return;
    const auto known = knowledge(cardNumber, &person);
    if (!known) {
        // The commit asks again inside its transaction: a passenger is not held up by a failed
        // look.
        emit troubled(known.error());
        emit personLookedUp(cardNumber, person, {});
        return;
    }
    emit personLookedUp(cardNumber, person, *known);
}

void StoreWorker::commit(const storage::NewRecord &record)
{
    const bool revoke = !record.of.isEmpty();
    const auto refuse = [this, revoke](const Error &error) {
        if (revoke)
            emit notRevoked(error);
        else
            emit notCommitted(error);
    };
    if (!m_store) {
        refuse(Error{ErrorCode::StoreFailed, QStringLiteral("no store"), {}});
        return;
    }
    const auto done = m_store->commit(record);
    if (!done) {
        refuse(done.error());
        return;
    }
    if (revoke)
        emit revoked(*done);
    else
        emit committed(*done);
    tellHead();
}

void StoreWorker::findUndoable(const QString &operatorId, std::chrono::milliseconds window)
{
    if (!m_store)
        return;
    const auto found = m_store->undoable(operatorId, window, m_clock);
    if (found)
        emit undoableFound(*found);
    else
        emit troubled(found.error());
}

void StoreWorker::findForReceipt(const QString &record, Language language)
{
    const auto row =
        m_store ? m_store->row(record) : Result<storage::QueueRow>(fail(ErrorCode::StoreFailed));
    if (row)
        emit foundForReceipt(*row, language);
    else
        emit notFoundForReceipt(record, row.error());
}

void StoreWorker::refresh(const QString &operatorId)
{
    if (!m_store)
        return;
    constexpr int rowsBesideIdle = 6;
    const QDateTime now = m_clock.now();
    const auto queue = m_store->queueStatus(now);
    const auto recent = m_store->recent(rowsBesideIdle);
    const auto figures = m_store->shiftFigures(operatorId, beijingDate(now));
    if (!queue || !recent || !figures) {
        emit troubled(!queue ? queue.error() : !recent ? recent.error() : figures.error());
        return;
    }
    emit refreshed(*queue, *recent, *figures);
}

void StoreWorker::tellHead()
{
    // A head that cannot be read leaves the last one as the anchor; the next commit tells the
    // trouble.
    const auto head = m_store->journalHead();
    if (head)
        emit headChanged(*head);
}

} // namespace upgradedesk
