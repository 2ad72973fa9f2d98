#include "support/runner.h"
#include "support/testfolder.h"

#include <QCoreApplication>

int main(int argc, char *argv[])
{
    const upgradedesk::test::TestFolder folder;
    const QCoreApplication application(argc, argv);
    return upgradedesk::test::runTests(argc, argv);
}
