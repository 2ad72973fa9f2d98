#include "support/runner.h"
#include "support/testfolder.h"

#include <QApplication>

int main(int argc, char *argv[])
{
    const upgradedesk::test::TestFolder folder;
    // Tests run where there is no display, also when CMake asks the program for its list of tests.
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    return upgradedesk::test::runTests(argc, argv);
}
