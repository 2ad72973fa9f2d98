#include "tlsclient.h"

#include "figure.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

using namespace Qt::StringLiterals;

namespace upgradedesk::bench
{
namespace
{

template <auto release>
struct Release {
    template <typename T>
    void operator()(T *thing) const
    {
        release(thing);
    }
};
using Bio = std::unique_ptr<BIO, Release<BIO_free>>;
using X509Pointer = std::unique_ptr<X509, Release<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;

Bio memory(const QByteArray &bytes)
{
    return Bio(BIO_new_mem_buf(bytes.constData(), int(bytes.size())));
}

X509Pointer certificateOf(const QByteArray &pem)
{
    return X509Pointer(PEM_read_bio_X509(memory(pem).get(), nullptr, nullptr, nullptr));
}

int connectedTo(int port)
{
    const int handle = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(quint16(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(handle, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
        giveUp(u"the hub takes no connection"_s);
    const int one = 1;
    ::setsockopt(handle, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return handle;
}

} // namespace

struct TlsClient::Connection {
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context{SSL_CTX_new(TLS_client_method()),
                                                              SSL_CTX_free};
    std::unique_ptr<SSL, decltype(&SSL_free)> ssl{nullptr, SSL_free};
    int handle = -1;
    QByteArray left; ///< of what came, not yet used
};

TlsClient::TlsClient(int port, const QByteArray &authority, const QByteArray &certificate,
                     const QByteArray &key)
    : m_connection(std::make_unique<Connection>())
{
    SSL_CTX *const context = m_connection->context.get();
    SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
    const Key secret(PEM_read_bio_PrivateKey(memory(key).get(), nullptr, nullptr, nullptr));
    if (X509_STORE_add_cert(SSL_CTX_get_cert_store(context), certificateOf(authority).get()) != 1 ||
        SSL_CTX_use_certificate(context, certificateOf(certificate).get()) != 1 ||
        SSL_CTX_use_PrivateKey(context, secret.get()) != 1)
        giveUp(u"keys of a desk"_s);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    m_connection->handle = connectedTo(port);
    m_connection->ssl.reset(SSL_new(context));
    SSL_set_fd(m_connection->ssl.get(), m_connection->handle);
    if (SSL_connect(m_connection->ssl.get()) != 1)
        giveUp(u"TLS with the hub"_s);
}

TlsClient::~TlsClient()
{
    m_connection->ssl.reset();
    ::close(m_connection->handle);
}

QByteArray TlsClient::post(const QByteArray &path, const QByteArray &body)
{
    SSL *const ssl = m_connection->ssl.get();
    QByteArray &bytes = m_connection->left;
    const QByteArray request = "POST " + path +
                               " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                               "Content-Length: " +
                               QByteArray::number(body.size()) + "\r\n\r\n" + body;
    if (SSL_write(ssl, request.constData(), int(request.size())) != request.size())
        giveUp(u"the hub hung up"_s);
    std::array<char, 16384> piece{};
    const auto more = [&] {
        const int size = SSL_read(ssl, piece.data(), int(piece.size()));
        if (size <= 0)
            giveUp(u"the hub hung up before it answered"_s);
        bytes.append(piece.data(), size);
    };
    qsizetype head = 0;
    while ((head = bytes.indexOf("\r\n\r\n")) < 0)
        more();
    const QByteArray lines = bytes.first(head).toLower();
    const qsizetype at = lines.indexOf("content-length:");
    if (!lines.startsWith("http/1.1 200") || at < 0)
        giveUp(u"the hub answered: "_s + QString::fromLatin1(lines.left(60)));
    const qsizetype size =
        lines.mid(at + 15, lines.indexOf('\n', at) - at - 15).trimmed().toLongLong();
    while (bytes.size() < head + 4 + size)
        more();
    const QByteArray answer = bytes.mid(head + 4, size);
    bytes.remove(0, head + 4 + size);
    return answer;
}

} // namespace upgradedesk::bench
