/* Side-cars through the whole engine, for tests: an engine over a few pictures, what its items have, and
   edits of them. What cannot be done ends the test. */
#ifndef VT_TESTS_SIDECAR_SESSION_H
#define VT_TESTS_SIDECAR_SESSION_H

#include "core/import/item_edit.h"
#include "core/import/sidecars.h"
#include "core/sidecar/sidecar_read.h"
#include "tests/core/import/engine_session.h"

#include <stdbool.h>

#define PATIENCE_NS (60 * VT_NS_PER_S)

/* With memory limits that no sanitized program meets. */
void sidecar_session_open(engine_session *session, vt_sidecar_use use);
/* A session with `pictures` pictures "NNNN.ppm", opened. */
engine_session *sidecar_session_begin(vt_sidecar_use use, int pictures);

/* Files in the folder of pictures; the second with a rating, a title, and a property of somebody else's. */
void sidecar_write_text(engine_session *session, const char *name, const char *text);
void sidecar_write_plain(engine_session *session, const char *name, int rating, const char *title);
bool sidecar_holds(engine_session *session, const char *name, const char *text);

/* What the side-cars of a picture say; vt_sidecar_free. */
vt_sidecar sidecar_of(engine_session *session, const char *name);

/* Imports the folder of pictures, from beginning to end. */
vt_import_figures sidecar_import(engine_session *session);

/* What the catalog knows of a picture (vt_sidecar_state_free), and what the index shows. */
int64_t sidecar_id_of(engine_session *session, const char *name);
vt_sidecar_state sidecar_state_of(engine_session *session, const char *name);
int sidecar_rating_of(engine_session *session, const char *name);
bool sidecar_has_title(engine_session *session, const char *name, const char *title);
int sidecar_rating_shown(engine_session *session, const char *name);

/* Edits of one picture, until they are in the catalog; `sidecar_on_ready` counts the int it is given up. */
void sidecar_on_ready(void *user, const vt_edit_result *result);
void sidecar_edit(engine_session *session, const char *name, vt_item_edit what);
void sidecar_rate(engine_session *session, const char *name, int rating);
void sidecar_tag(engine_session *session, const char *name, const char *path, bool give);

/* Marks in the catalog, and what the engine tells. */
int64_t sidecar_due(engine_session *session);
vt_sidecars_figures sidecar_figures_of(engine_session *session);
/* Until no mark is left, and the engine says so. */
void sidecar_wait_settled(engine_session *session);
/* Asks for one picture's side-car, and waits for it. */
void sidecar_ask(engine_session *session, const char *name, vt_sidecar_wish wish);

#endif
