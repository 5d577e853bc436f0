/* The settings, for the commands. The main thread. */
#ifndef VT_CLI_CONFIG_H
#define VT_CLI_CONFIG_H

#include "app/cli/command.h"
#include "core/settings/settings.h"

/* What the settings' file says; what is wrong with it is told on stderr, and standard values stand in. */
vt_settings vt_cli_settings(const vt_arguments *arguments);

#endif
