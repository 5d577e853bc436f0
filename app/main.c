/* The program: everything is behind the table of commands. */
#include "app/cli/command.h"

int main(int argc, char **argv)
{
    return vt_cli_main(argc, argv);
}
