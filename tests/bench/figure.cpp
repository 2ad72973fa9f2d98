#include "figure.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace upgradedesk::bench
{

void print(const Figure &figure)
{
    QJsonObject line{{u"part"_s, figure.part},
                     {u"name"_s, figure.name},
                     {u"value"_s, figure.value},
                     {u"unit"_s, figure.unit},
                     {u"aim"_s, figure.aim}};
    if (figure.limit)
        line[u"limit"_s] = *figure.limit;
    if (figure.met)
        line[u"met"_s] = *figure.met;
    if (figure.ratio)
        line[u"ratio"_s] = *figure.ratio;
    std::puts(QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

void giveUp(const QString &why)
{
    std::fprintf(stderr, "could not measure: %s\n", why.toUtf8().constData());
    std::exit(EXIT_FAILURE);
}

double quantile(std::vector<double> values, double share)
{
    std::ranges::sort(values);
    const auto at = size_t(std::ceil(share * double(values.size())));
    return values.at(std::clamp<size_t>(at, 1, values.size()) - 1);
}

} // namespace upgradedesk::bench
