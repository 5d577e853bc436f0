/* The list of programs, with a box to look for one: those that fit first, then those used lately, then all.
   Not modal. UI thread only. */
#ifndef VT_UI_FILES_PROGRAM_DIALOG_H
#define VT_UI_FILES_PROGRAM_DIALOG_H

#include "app/ui/files/program_search.h"

#include <qt6c/qwidget.h>

/* The user wants this program for what the search was made for; both are lent for the call. */
typedef void (*vt_program_wanted)(void *user, const vt_program_search *search, const vt_program *program);

/* Takes over `search`; gone when it is closed. `parent` owns it. */
void vt_program_dialog_show(QWidgetRef parent, vt_program_search *search, vt_program_wanted wanted,
                            void *user);

#endif
