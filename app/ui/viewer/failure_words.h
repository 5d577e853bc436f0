/*
 * What a picture that cannot be shown is called, and what the user can do about it, by the kind of fault; the
 * reason itself is worded by whoever found it. Constant data, English: whoever shows it translates it in the
 * context "viewer". UI thread only.
 */
#ifndef VT_UI_VIEWER_FAILURE_WORDS_H
#define VT_UI_VIEWER_FAILURE_WORDS_H

#include "core/base/error.h"

#include <stddef.h>

typedef struct vt_failure_words {
    const char *headline;
    const char *advice; /* a sentence */
} vt_failure_words;

/* Never NULL. */
const vt_failure_words *vt_failure_words_of(vt_error_code code);

/* The reason and, behind a line break, the advice in the language of the window, in at most `size` bytes;
 * returns `text`. */
char *vt_failure_detail(char *text, size_t size, const vt_error *error);

#endif
