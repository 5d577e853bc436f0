/* Edits through an engine, for tests: a catalog of items without files, edits that are waited for. */
#ifndef VT_TESTS_EDIT_SESSION_H
#define VT_TESTS_EDIT_SESSION_H

#include "core/import/item_edit.h"
#include "tests/core/import/engine_session.h"

/* Makes a catalog of items "/made/N.jpg" that no file stands behind: nothing here looks at files. */
void edit_session_fill(const char *path, int count);

typedef struct edit_answer {
    int came;
    size_t changed, skipped;
    uint64_t version;
    vt_error error;
} edit_answer;

/* A vt_edit_ready whose `user` is an edit_answer. */
void edit_session_ready(void *user, const vt_edit_result *result);

/* Rows [first, last) of a view of everything. */
vt_edit_target *edit_session_rows(engine_session *session, int64_t first, int64_t last);

/* Edits, and waits until that is written; fails the test if it cannot be. Takes over `target`. */
void edit_session_edit(engine_session *session, const vt_item_edit *edit, vt_edit_target *target);
void edit_session_edit_rows(engine_session *session, const vt_item_edit *edit, int64_t first, int64_t last);
/* The same of an album or a tag itself. */
void edit_session_edit_itself(engine_session *session, const vt_item_edit *edit);
/* The same, which may fail. */
edit_answer edit_session_try(engine_session *session, const vt_item_edit *edit);
void edit_session_undo(engine_session *session);
/* With nothing skipped. */
void edit_session_redo(engine_session *session);

/* How many items the filter finds: what stands beside the rows is found without a new start. */
uint32_t edit_session_found(engine_session *session, const char *text);

#endif
