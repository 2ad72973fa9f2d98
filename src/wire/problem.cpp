#include "wire/problem.h"

#include "wire/jsonfields.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::wire
{
namespace
{

constexpr qsizetype largestProblem = 16 * 1024;
constexpr qsizetype longestSentence = 500;
constexpr qsizetype longestProblemWord = 64;

} // namespace

QByteArray encodeProblem(const Problem &problem)
{
    QJsonObject object{{u"type"_s, problem.type},     {u"title"_s, problem.title},
                       {u"status"_s, problem.status}, {u"detail"_s, problem.detail},
                       {u"code"_s, problem.code},     {u"requestId"_s, problem.requestId}};
    insertStamp(object, problem.stamp);
    return compact(object);
}

Result<Problem> decodeProblem(QByteArrayView text)
{
    return decodeObject(text, largestProblem, u"problem"_s, [](JsonFields &fields) {
        Problem problem;
        problem.type = fields.text(u"type"_s, longestSentence);
        problem.title = fields.text(u"title"_s, longestSentence, true);
        const qint64 status = fields.count(u"status"_s);
        if (status < 400 || status > 599)
            fields.refuse(u"status"_s);
        problem.status = int(status);
        problem.detail = fields.text(u"detail"_s, longestSentence, true);
        problem.code = fields.text(u"code"_s, longestProblemWord);
        problem.requestId = fields.text(u"requestId"_s, longestProblemWord, true);
        problem.stamp = takeStamp(fields);
        return problem;
    });
}

} // namespace upgradedesk::wire
