#pragma once

namespace upgradedesk::test
{

/// Runs the tests that are linked into the program, as its command line says; the program's exit
/// code.
int runTests(int argc, char **argv);

} // namespace upgradedesk::test
