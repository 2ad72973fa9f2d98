#pragma once

#include "card/catalogue.h"
#include "core/jsonreader.h"

#include <optional>

namespace upgradedesk
{

/// Fills a Catalogue from its file and checks the schema on the way.
class CatalogueReader
{
public:
    [[nodiscard]] static Result<Catalogue> read(const JsonFile &file);

private:
    explicit CatalogueReader(const JsonFile &file);

    void readProducts();
    void readIssuers();
    void readApplications();
    void readRest();
    void checkReferences();

    void readProduct(JsonReader &row);
    void readApplication(JsonReader &row);
    [[nodiscard]] NumberField readNumber(JsonReader &row);
    [[nodiscard]] QString productKey(JsonReader &row, const QString &key);
    [[nodiscard]] QString digitsText(JsonReader &row, const QString &key);
    [[nodiscard]] QByteArray hexText(JsonReader &row, const QString &key);

    std::optional<Error> m_error;
    JsonReader m_root;
    Catalogue m_catalogue;
};

} // namespace upgradedesk
