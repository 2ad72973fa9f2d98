// Before Asio: its headers of Boost 1.74 forget it.
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include "hub/httpserver.h"

#include "crypto/certificate.h"
#include "hub/log.h"
#include "wire/enrolment.h"

#include <QFile>
#include <QUuid>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <iterator>
#include <list>
#include <mutex>
#include <thread>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace ssl = asio::ssl;
using tcp = asio::ip::tcp;
using Failure = boost::system::error_code;
using Plain = beast::tcp_stream;
using Secure = beast::ssl_stream<beast::tcp_stream>;
using Request = http::request_parser<http::string_body>;

constexpr std::uint32_t largestHeader = 16 * 1024;
constexpr std::uint64_t largestBody = 4 * 1024 * 1024;
constexpr std::chrono::milliseconds anonymousIdle = std::chrono::seconds(5);
constexpr std::size_t mostAdmins = 32;
constexpr std::size_t mostOfDesk = 8;  ///< connections
constexpr std::size_t lanesOfDesk = 2; ///< requests of one desk that are worked on at once
/// So long nobody is sent away for who came later.
constexpr auto leastStay = std::chrono::seconds(1);
constexpr auto enrolmentPath = "/v1/enrolments";
constexpr std::size_t mostDrained = 1024 * 1024; ///< of a body that was refused
constexpr qint64 pieceSize = 64 * 1024;
constexpr auto drainPatience = std::chrono::seconds(2);

/// The one way we wait: the error comes back as a value.
auto into(Failure &error)
{
    return asio::redirect_error(asio::use_awaitable, error);
}

/// Each kind has a budget of its own, so that none keeps the others out.
enum class Kind {
    Stranger, ///< no certificate, or none yet: the handshake goes on
    Desk,
    Admin
};

/// The way of one desk's requests to the workers. What waits in it for its turn takes no worker,
/// so that no desk, all of whose records wait for one lock of the database, can take them all.
struct Lanes {
    struct Lane {
        asio::any_io_executor strand;
        std::atomic<int> waiting = 0; ///< and being worked on
    };
    explicit Lanes(asio::thread_pool &workers)
    {
        for (Lane &lane : all)
            lane.strand = asio::make_strand(workers.get_executor());
    }
    [[nodiscard]] Lane &shortest()
    {
        return *std::ranges::min_element(all, {},
                                         [](const Lane &one) { return one.waiting.load(); });
    }

    std::array<Lane, lanesOfDesk> all;
};

/// One open connection, so that others can end it.
struct Open {
    Open(beast::tcp_stream &theStream, const QString &theAddress, Kind theKind)
        : stream(&theStream)
        , executor(theStream.get_executor())
        , address(theAddress)
        , kind(theKind)
    {
    }

    beast::tcp_stream *stream; ///< null at its end; touched on the connection's strand only
    const asio::any_io_executor executor;
    const QString address;
    const std::chrono::steady_clock::time_point since = std::chrono::steady_clock::now();
    std::atomic<bool> idle = false; ///< between two requests; set on the strand only
    // Under the mutex of the parts:
    Kind kind;                    ///< changed on the strand only
    QString desk;                 ///< by its certificate; empty: not a desk
    std::shared_ptr<Lanes> lanes; ///< of a desk, shared by its connections
    bool leaving = false;         ///< is being sent away
};

/// Whom a handler is for.
struct Audience {
    const HttpHandler *handler = nullptr;
    bool anonymous = false; ///< only enrolments, and small ones, are read
};

struct Exchange {
    HttpRequest request;
    HttpResponse response;
};

} // namespace

struct HttpServer::Parts {
    Parts(const Config &theConfig, const HubKeys &theKeys, const Service &theService,
          Metrics &theMetrics)
        : config(theConfig)
        , keys(theKeys)
        , service(theService)
        , metrics(theMetrics)
        , workers(std::size_t(theConfig.workers))
        , acceptor(asio::make_strand(context))
        , adminAcceptor(asio::make_strand(context))
    {
    }

    const Config &config;
    const HubKeys &keys;
    const Service &service;
    Metrics &metrics;
    // Before the context: sessions that go with it still take themselves off the list.
    std::mutex mutex;
    std::list<std::shared_ptr<Open>> open; ///< under the mutex
    bool draining = false;                 ///< under the mutex
    asio::io_context context;
    ssl::context tls{ssl::context::tls_server};
    asio::thread_pool workers;
    tcp::acceptor acceptor;
    tcp::acceptor adminAcceptor;

    [[nodiscard]] std::size_t openCount()
    {
        const std::lock_guard lock(mutex);
        return open.size();
    }
    [[nodiscard]] std::size_t most(Kind kind) const
    {
        const auto desks = std::size_t(config.connections);
        if (kind == Kind::Stranger)
            return std::max(std::size_t(32), desks / 4);
        return kind == Kind::Desk ? desks : mostAdmins;
    }
    /// Whether it may wait for one more request.
    [[nodiscard]] bool mayStay(const Open &one)
    {
        const std::lock_guard lock(mutex);
        return !draining && !one.leaving;
    }
    /// Room for one more of its kind, if need be in the place of a stranger who came first: silent
    /// ones do not keep the others out, and who comes from one address sends away its own.
    [[nodiscard]] bool makesRoom(Kind kind, const QString &address);
    /// Makes a stranger a desk; false when there are too many already, or too many of its own. One
    /// of those that is idle gives way.
    [[nodiscard]] bool promote(Open &one, const QString &desk);
    [[nodiscard]] bool prepareTls();

private:
    template <typename Which>
    [[nodiscard]] std::size_t count(Which which) const
    {
        return std::size_t(std::ranges::count_if(
            open, [&which](const auto &one) { return !one->leaving && which(*one); }));
    }
    [[nodiscard]] bool isFull(Kind kind) const
    {
        return count([kind](const Open &one) { return one.kind == kind; }) >= most(kind);
    }
    static void sendAway(const std::shared_ptr<Open> &one);
};

// All under the mutex from here on.

void HttpServer::Parts::sendAway(const std::shared_ptr<Open> &one)
{
    one->leaving = true;
    asio::post(one->executor, [one] {
        // A request of a desk that has begun meanwhile is still answered.
        if (one->stream != nullptr && (one->idle || one->kind == Kind::Stranger))
            one->stream->close();
    });
}

bool HttpServer::Parts::makesRoom(Kind kind, const QString &address)
{
    const std::lock_guard lock(mutex);
    if (kind != Kind::Stranger)
        return !isFull(kind);
    // Half of the budget: behind a balancer all desks have one address.
    const bool manyFromThere = count([&address](const Open &one) {
                                   return one.kind == Kind::Stranger && one.address == address;
                               }) >= most(kind) / 2;
    if (!manyFromThere && !isFull(kind))
        return true;
    const auto latest = std::chrono::steady_clock::now() - leastStay;
    const auto oldest = std::ranges::find_if(open, [&](const auto &one) {
        return one->kind == Kind::Stranger && !one->leaving && one->since <= latest &&
               (!manyFromThere || one->address == address);
    });
    if (oldest == open.end())
        return false;
    sendAway(*oldest);
    return true;
}

bool HttpServer::Parts::promote(Open &one, const QString &desk)
{
    const std::lock_guard lock(mutex);
    if (one.leaving || isFull(Kind::Desk))
        return false;
    std::size_t others = 0; // also those that are leaving: they may still be worked on
    std::shared_ptr<Open> idle;
    for (const auto &other : open) {
        if (other->desk != desk)
            continue;
        ++others;
        one.lanes = other->lanes;
        if (!idle && other->idle && !other->leaving)
            idle = other;
    }
    if (others > mostOfDesk || (others == mostOfDesk && !idle))
        return false;
    if (others == mostOfDesk)
        sendAway(idle);
    if (!one.lanes)
        one.lanes = std::make_shared<Lanes>(workers);
    one.kind = Kind::Desk;
    one.desk = desk;
    return true;
}

namespace
{

using Parts = HttpServer::Parts;

Failure bindTo(tcp::acceptor &acceptor, const Endpoint &where)
{
    Failure error;
    const tcp::endpoint endpoint(asio::ip::make_address(where.host.toStdString(), error),
                                 where.port);
    if (error)
        return error;
    acceptor.open(endpoint.protocol(), error);
    if (!error)
        acceptor.set_option(asio::socket_base::reuse_address(true), error);
    if (!error)
        acceptor.bind(endpoint, error);
    if (!error)
        acceptor.listen(1024, error);
    return error;
}

/// Runs on a worker thread. A coroutine of its own with plain parameters: a lambda with captures
/// inside a co_await is miscompiled by GCC 12.
asio::awaitable<void> handle(const HttpHandler *handler, Exchange *exchange)
{
    exchange->response = (*handler)(exchange->request);
    co_return;
}

/// Has a worker handle it, when it is the turn of the connection's desk.
asio::awaitable<void> workOn(Parts &parts, Open &open, const HttpHandler *handler,
                             Exchange *exchange)
{
    asio::awaitable<void> work = handle(handler, exchange);
    if (!open.lanes) {
        co_await asio::co_spawn(parts.workers, std::move(work), asio::use_awaitable);
        co_return;
    }
    Lanes::Lane &lane = open.lanes->shortest();
    ++lane.waiting;
    std::exception_ptr thrown;
    try {
        co_await asio::co_spawn(lane.strand, std::move(work), asio::use_awaitable);
    } catch (...) {
        thrown = std::current_exception();
    }
    --lane.waiting;
    if (thrown)
        std::rethrow_exception(thrown);
}

QByteArray bytesOf(beast::string_view text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

void describe(http::response_header<> &head, const HttpResponse &response, const QString &id)
{
    head.version(11);
    head.result(unsigned(response.status));
    head.set(http::field::content_type, response.contentType.constData());
    head.set("Request-Id", id.toStdString());
    head.set(http::field::cache_control, "no-store");
    for (const auto &[name, value] : response.headers)
        head.set(name.toStdString(), value.toStdString());
}

/// A body too large for the memory of a thousand connections: its file goes out piece by piece.
template <typename Stream>
asio::awaitable<bool> sendFile(Parts &parts, Stream &stream, const HttpResponse &response,
                               const QString &id, bool keepAlive)
{
    QFile file(response.file);
    if (!file.open(QIODevice::ReadOnly) || !file.seek(response.fileFrom))
        co_return false;
    http::response<http::empty_body> message;
    describe(message, response, id);
    message.keep_alive(keepAlive);
    message.content_length(std::uint64_t(response.body.size() + file.size() - response.fileFrom));
    http::response_serializer<http::empty_body> serializer(message);
    auto &lowest = beast::get_lowest_layer(stream);
    lowest.expires_after(parts.config.writeTimeout);
    Failure error;
    co_await http::async_write_header(stream, serializer, into(error));
    QByteArray piece = response.body;
    while (!error) {
        if (piece.isEmpty())
            piece = file.read(pieceSize);
        if (piece.isEmpty())
            break;
        // For each piece anew: a slow line may take its time, a dead one may not.
        lowest.expires_after(parts.config.writeTimeout);
        co_await asio::async_write(
            stream, asio::buffer(piece.constData(), std::size_t(piece.size())), into(error));
        piece.clear();
    }
    co_return !error && file.atEnd();
}

template <typename Stream>
asio::awaitable<bool> send(Parts &parts, Stream &stream, const HttpResponse &response,
                           const QString &id, bool keepAlive)
{
    if (!response.file.isEmpty()) {
        const bool sent = co_await sendFile(parts, stream, response, id, keepAlive);
        co_return sent;
    }
    http::response<http::string_body> message;
    describe(message, response, id);
    message.keep_alive(keepAlive);
    message.body() = response.body.toStdString();
    message.prepare_payload();
    beast::get_lowest_layer(stream).expires_after(parts.config.writeTimeout);
    Failure error;
    co_await http::async_write(stream, message, into(error));
    co_return !error;
}

/// Reads on for a moment after a refusal: closing a socket with unread bytes would throw our answer
/// away before the other side has read it.
template <typename Stream>
asio::awaitable<void> readOff(Stream &stream)
{
    beast::get_lowest_layer(stream).expires_after(drainPatience);
    std::array<char, 16384> dropped{};
    std::size_t total = 0;
    Failure error;
    while (!error && total < mostDrained)
        total += co_await stream.async_read_some(asio::buffer(dropped), into(error));
}

constexpr int tooSlow = 408; ///< in log and metrics; there is nobody to send it to any more

bool isEnrolment(beast::string_view target)
{
    return target.substr(0, target.find('?')) == enrolmentPath;
}

int statusOf(const Failure &error)
{
    if (error == http::error::header_limit)
        return 431;
    if (error == http::error::body_limit)
        return 413;
    if (error == beast::error::timeout)
        return tooSlow;
    if (error.category() == http::make_error_code(http::error::bad_method).category() &&
        error != http::error::end_of_stream && error != http::error::partial_message)
        return 400;
    return 0;
}

/// One request and its answer; false when the connection is to end.
template <typename Stream>
asio::awaitable<bool> serveOne(Parts &parts, Stream &stream, beast::flat_buffer &buffer, Open &open,
                               const Peer &peer, const Audience &audience)
{
    auto &lowest = beast::get_lowest_layer(stream);
    Failure error;
    if (buffer.size() == 0) {
        open.idle = true;
        if (!parts.mayStay(open)) {
            open.idle = false; // what is left is to say good-bye
            co_return false;
        }
        lowest.expires_after(audience.anonymous ? std::min(parts.config.idleTimeout, anonymousIdle)
                                                : parts.config.idleTimeout);
        const std::size_t read = co_await stream.async_read_some(buffer.prepare(4096), into(error));
        open.idle = false;
        if (error)
            co_return false;
        buffer.commit(read);
    }

    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    Request parser;
    parser.header_limit(largestHeader);
    parser.body_limit(audience.anonymous ? std::uint64_t(wire::largestEnrolment) : largestBody);
    lowest.expires_after(parts.config.headerTimeout);
    co_await http::async_read_header(stream, buffer, parser, into(error));
    const bool stranger = !error && audience.anonymous && !isEnrolment(parser.get().target());
    if (!error && !stranger && !parser.is_done()) {
        lowest.expires_after(parts.config.bodyTimeout);
        if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
            http::response<http::empty_body> goOn{http::status::continue_, 11};
            co_await http::async_write(stream, goOn, into(error));
        }
        if (!error)
            co_await http::async_read(stream, buffer, parser, into(error));
    }
    if (error || stranger) {
        const int status = stranger ? 401 : statusOf(error);
        if (status == 0)
            co_return false;
        parts.metrics.request(u"refused"_s, status, {});
        log(u"warning"_s, u"request-refused"_s,
            {{u"requestId"_s, id}, {u"status"_s, status}, {u"peer"_s, peer.address}});
        // After a timeout the stream is closed already; a late client finds it so.
        if (status == tooSlow)
            co_return false;
        const HttpResponse refused = parts.service.refusal(status, id);
        const bool sent = co_await send(parts, stream, refused, id, false);
        if (sent)
            co_await readOff(stream);
        co_return false;
    }

    const bool keepAlive = parser.get().keep_alive();
    Exchange exchange;
    exchange.request.method = bytesOf(parser.get().method_string());
    exchange.request.target = bytesOf(parser.get().target());
    exchange.request.contentType = bytesOf(parser.get()[http::field::content_type]);
    exchange.request.body = QByteArray::fromStdString(parser.get().body());
    exchange.request.id = id;
    exchange.request.peer = &peer;
    parser.get().body() = {};
    lowest.expires_never();
    co_await workOn(parts, open, audience.handler, &exchange);
    const bool goesOn = keepAlive && !exchange.response.isLast && parts.mayStay(open);
    const bool sent = co_await send(parts, stream, exchange.response, id, goesOn);
    co_return sent &&goesOn;
}

/// The certificate the other side has shown, as PEM.
QByteArray certificateOf(SSL *connection)
{
    X509 *certificate = SSL_get1_peer_certificate(connection);
    if (certificate == nullptr)
        return {};
    unsigned char *der = nullptr;
    const int size = i2d_X509(certificate, &der);
    X509_free(certificate);
    if (size <= 0)
        return {};
    const QByteArray base64 = QByteArray(reinterpret_cast<char *>(der), size).toBase64();
    OPENSSL_free(der);
    QByteArray pem = "-----BEGIN CERTIFICATE-----\n";
    for (qsizetype at = 0; at < base64.size(); at += 64)
        pem += base64.mid(at, 64) + '\n';
    return pem + "-----END CERTIFICATE-----\n";
}

/// Keeps a connection in the list of open ones for as long as it lives.
class Listed
{
public:
    Listed(Parts &parts, const std::shared_ptr<Open> &open)
        : m_parts(parts)
    {
        if (open->kind != Kind::Admin)
            parts.metrics.connections(1);
        m_kind = open->kind;
        const std::lock_guard lock(parts.mutex);
        m_at = parts.open.insert(parts.open.end(), open);
    }
    ~Listed()
    {
        if (m_kind != Kind::Admin)
            m_parts.metrics.connections(-1);
        (*m_at)->stream = nullptr;
        const std::lock_guard lock(m_parts.mutex);
        m_parts.open.erase(m_at);
    }
    Listed(const Listed &) = delete;
    Listed &operator=(const Listed &) = delete;

private:
    Parts &m_parts;
    Kind m_kind = Kind::Stranger;
    std::list<std::shared_ptr<Open>>::iterator m_at;
};

QString addressOf(const tcp::socket &socket)
{
    Failure error;
    const auto endpoint = socket.remote_endpoint(error);
    return error ? QString() : QString::fromStdString(endpoint.address().to_string());
}

/// Which desk a certificate, which was checked against our authority, names.
QString deskOf(const QByteArray &certificate)
{
    const auto read = Certificate::fromPem(certificate);
    return read ? read->commonName() : QString::fromLatin1(certificate);
}

asio::awaitable<void> secureSession(Parts &parts, tcp::socket socket)
{
    Failure error;
    socket.set_option(tcp::no_delay(true), error);
    Peer peer;
    peer.address = addressOf(socket);
    Secure stream(std::move(socket), parts.tls);
    auto &lowest = beast::get_lowest_layer(stream);
    const auto open = std::make_shared<Open>(lowest, peer.address, Kind::Stranger);
    const Listed listed(parts, open);

    lowest.expires_after(parts.config.handshakeTimeout);
    co_await stream.async_handshake(ssl::stream_base::server, into(error));
    if (error) {
        // OpenSSL's reason names no person: "certificate expired", "unknown ca", …
        log(u"info"_s, u"handshake-failed"_s,
            {{u"peer"_s, peer.address}, {u"reason"_s, QString::fromStdString(error.message())}});
        co_return;
    }
    peer.certificate = certificateOf(stream.native_handle());
    const Audience audience{&parts.service.handler, peer.certificate.isEmpty()};
    if (!audience.anonymous && !parts.promote(*open, deskOf(peer.certificate))) {
        lowest.close();
        co_return;
    }
    beast::flat_buffer buffer(largestHeader + 4096);
    bool goesOn = true;
    while (goesOn)
        goesOn = co_await serveOne(parts, stream, buffer, *open, peer, audience);
    lowest.expires_after(drainPatience);
    co_await stream.async_shutdown(into(error));
    lowest.close();
}

asio::awaitable<void> adminSession(Parts &parts, tcp::socket socket)
{
    Peer peer;
    peer.address = addressOf(socket);
    Plain stream(std::move(socket));
    const auto open = std::make_shared<Open>(stream, peer.address, Kind::Admin);
    const Listed listed(parts, open);
    beast::flat_buffer buffer(largestHeader + 4096);
    const Audience audience{&parts.service.admin};
    bool goesOn = true;
    while (goesOn)
        goesOn = co_await serveOne(parts, stream, buffer, *open, peer, audience);
    stream.close();
}

using SessionOf = asio::awaitable<void> (*)(Parts &, tcp::socket);

/// An exception in a session (out of memory, mostly) ends that session only.
void ended(const std::exception_ptr &thrown)
{
    if (thrown)
        log(u"error"_s, u"session-ended-by-exception"_s);
}

asio::awaitable<void> acceptAll(Parts &parts, tcp::acceptor &acceptor, SessionOf session, Kind kind)
{
    while (acceptor.is_open()) {
        Failure error;
        tcp::socket socket(asio::make_strand(parts.context));
        co_await acceptor.async_accept(socket, into(error));
        if (error == asio::error::operation_aborted || error == asio::error::bad_descriptor)
            co_return;
        if (error) {
            // Out of descriptors, for instance: give others a moment to end.
            asio::steady_timer pause(acceptor.get_executor(), std::chrono::milliseconds(50));
            co_await pause.async_wait(into(error));
            continue;
        }
        if (!parts.makesRoom(kind, addressOf(socket)))
            continue; // closed at once: who is there already is served
        const auto executor = socket.get_executor();
        asio::co_spawn(executor, session(parts, std::move(socket)), ended);
    }
}

/// Nothing new is taken, and whoever waits between two requests is let go.
void beginDrain(Parts &parts)
{
    log(u"info"_s, u"draining"_s);
    asio::post(parts.acceptor.get_executor(), [&parts] {
        Failure error;
        parts.acceptor.close(error);
    });
    const std::lock_guard lock(parts.mutex);
    parts.draining = true;
    for (const auto &open : parts.open) {
        asio::post(open->executor, [open] {
            if (open->stream != nullptr && open->idle)
                open->stream->cancel();
        });
    }
}

/// Waits for the signal, drains, and ends the context at the latest when the time is over.
asio::awaitable<void> awaitEnd(Parts &parts, bool &clean)
{
    asio::signal_set signals(parts.context, SIGTERM, SIGINT);
    Failure error;
    co_await signals.async_wait(into(error));
    beginDrain(parts);
    const auto until = std::chrono::steady_clock::now() + parts.config.drainTimeout;
    asio::steady_timer pause(parts.context);
    while (parts.openCount() > 0 && std::chrono::steady_clock::now() < until) {
        pause.expires_after(std::chrono::milliseconds(20));
        co_await pause.async_wait(into(error));
    }
    clean = parts.openCount() == 0;
    parts.context.stop();
}

} // namespace

bool HttpServer::Parts::prepareTls()
{
    SSL_CTX *native = tls.native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_3_VERSION);
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(native, 0); // a session that is resumed shows no certificate
    // Our certificates carry usages of our own; the role is checked with each request.
    SSL_CTX_set_purpose(native, X509_PURPOSE_ANY);
    Failure error;
    const auto give = [](const QByteArray &pem) {
        return asio::buffer(pem.constData(), std::size_t(pem.size()));
    };
    const QByteArray authority = keys.authority.pem();
    const auto key = keys.hubKey.pem();
    if (!key)
        return false;
    // With its authority: a desk that enrols has only the hash of that one's key.
    const QByteArray chain = keys.hub.pem() + authority;
    tls.use_certificate_chain(give(chain), error);
    if (!error)
        tls.use_private_key(asio::buffer(key->view().data(), std::size_t(key->size())),
                            ssl::context::pem, error);
    if (!error)
        tls.add_certificate_authority(give(authority), error);
    // Asked of everybody; enrolments come without one, all else is refused then.
    if (!error)
        tls.set_verify_mode(ssl::verify_peer, error);
    return !error;
}

HttpServer::HttpServer(const Config &config, const HubKeys &keys, const Service &service,
                       Metrics &metrics)
    : m_parts(std::make_unique<Parts>(config, keys, service, metrics))
{
}

HttpServer::~HttpServer() = default;

Result<void> HttpServer::listen()
{
    if (!m_parts->prepareTls())
        return fail(ErrorCode::HubKeysUnusable, u"TLS refuses them"_s,
                    {m_parts->config.keys, u"TLS refuses them"_s});
    for (const auto &[acceptor, where] :
         {std::pair{&m_parts->acceptor, &m_parts->config.listen},
          std::pair{&m_parts->adminAcceptor, &m_parts->config.admin}}) {
        const Failure error = bindTo(*acceptor, *where);
        if (!error)
            continue;
        const QString address = u"%1:%2"_s.arg(where->host).arg(where->port);
        if (error == asio::error::address_in_use)
            return fail(ErrorCode::PortTaken, u"cannot listen"_s, {address});
        return fail(ErrorCode::ListenRefused, u"cannot listen"_s,
                    {address, QString::fromStdString(error.message())});
    }
    return {};
}

bool HttpServer::run()
{
    std::signal(SIGPIPE, SIG_IGN);
    Parts &parts = *m_parts;
    bool clean = true;
    asio::co_spawn(parts.acceptor.get_executor(),
                   acceptAll(parts, parts.acceptor, secureSession, Kind::Stranger), ended);
    asio::co_spawn(parts.adminAcceptor.get_executor(),
                   acceptAll(parts, parts.adminAcceptor, adminSession, Kind::Admin), ended);
    asio::co_spawn(parts.context, awaitEnd(parts, clean), ended);
    std::vector<std::thread> threads;
    for (unsigned i = 1; i < std::max(2U, std::thread::hardware_concurrency()); ++i)
        threads.emplace_back([&parts] { parts.context.run(); });
    parts.context.run();
    for (std::thread &thread : threads)
        thread.join();
    return clean;
}

} // namespace upgradedesk::hub
