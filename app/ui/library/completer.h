/*
 * Completions of filters (core/index/complete.h), found on a worker: asked for with every key, answered for
 * the last question only. UI thread only.
 */
#ifndef VT_UI_LIBRARY_COMPLETER_H
#define VT_UI_LIBRARY_COMPLETER_H

#include "app/ui/library/library.h"
#include "core/index/complete.h"

#include <stddef.h>

#define VT_COMPLETER_TEXTS_MAX 3

typedef struct vt_completer vt_completer;

/* Where something is to be completed. */
typedef struct vt_completer_text {
    const char *text;
    size_t cursor; /* bytes before it */
} vt_completer_text;

/* `completions`, one for each text that was asked for, are lent for the call. */
typedef void (*vt_completed)(void *user, const vt_completions *completions, size_t count);

/* `library` and `executor` are borrowed. NULL when memory runs out. */
vt_completer *vt_completer_create(vt_library *library, vt_executor *executor, vt_completed completed,
                                  void *user);
/* Waits for a search that is at work. NULL is allowed. */
void vt_completer_free(vt_completer *completer);

/* Copies the texts; an answer to an earlier question does not come any more. `tally` (NULL allowed) is
   retained for the search: then names have counts, and those with more items come first. */
void vt_completer_ask(vt_completer *completer, const vt_completer_text *texts, size_t count,
                      const vt_tally *tally);

/* No answer is wanted any more. */
void vt_completer_forget(vt_completer *completer);

#endif
