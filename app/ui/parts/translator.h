/*
 * The language of the window: finds the translations that belong to this program and gives them to vt_tr, and
 * Qt's own to Qt. UI thread only.
 */
#ifndef VT_UI_PARTS_TRANSLATOR_H
#define VT_UI_PARTS_TRANSLATOR_H

#include "core/base/log.h"

#include <stdint.h>

/* After the application object, before the first widget. `language` is the value of VT_SETTING_LANGUAGE. They
   are looked for in share/vitrine/translations beside the folder of the program, as installed and as built.
   Without any the window is English, which the log says if another language was asked for by name. */
void vt_translator_begin(int64_t language, const vt_log *log);
/* Before the application object goes. */
void vt_translator_end(void);

#endif
