#include "tests/support/check.h"

#include "tests/core/import/sidecar_session.h"

#include "core/base/clock.h"
#include "tests/core/sidecar/asking.h"
#include "tests/support/files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RDF_NAMESPACE "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

/* One session at a time: what its engine is opened with. */
static vt_settings settings;

void sidecar_session_open(engine_session *session, vt_sidecar_use use)
{
    settings = vt_settings_default();
    settings.values[VT_SETTING_MEMORY_SOFT] = 8192;
    settings.values[VT_SETTING_MEMORY_HARD] = 16384;
    settings.values[VT_SETTING_SIDECARS] = use;
    session_open(session, 3, 1, &(vt_engine_options){.with_index = true, .settings = &settings});
}

engine_session *sidecar_session_begin(vt_sidecar_use use, int pictures)
{
    engine_session *session = session_create();
    session_pictures(session->pictures, pictures, 12, 8);
    sidecar_session_open(session, use);
    return session;
}

void sidecar_write_text(engine_session *session, const char *name, const char *text)
{
    files_write(files_path(session->pictures, name), text, strlen(text));
}

/* A side-car with one rating and one title. */
void sidecar_write_plain(engine_session *session, const char *name, int rating, const char *title)
{
    char text[1024];
    snprintf(text, sizeof text,
             "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"" RDF_NAMESPACE "\">"
             "<rdf:Description xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" "
             "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:mine=\"http://example.org/mine/\" "
             "xmp:Rating=\"%d\" mine:kept=\"as it is\"><dc:title><rdf:Alt><rdf:li "
             "xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF>"
             "</x:xmpmeta>",
             rating, title);
    sidecar_write_text(session, name, text);
}

vt_import_figures sidecar_import(engine_session *session)
{
    import_record record;
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.error.code, VT_ERROR_NONE);
    return record.figures;
}

/* ---- what an item has ---- */

int64_t sidecar_id_of(engine_session *session, const char *name)
{
    vt_error error = VT_ERROR_INIT;
    vt_item item;
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), &error);
    const char *path = files_path(session->pictures, name);
    if (!vt_catalog_reader_item_at(reader, path, strlen(path), &item, &error)) {
        fail_msg("%s: %s", name, error.message);
    }
    int64_t id = item.id;
    vt_catalog_reader_free(reader);
    return id;
}

vt_sidecar_state sidecar_state_of(engine_session *session, const char *name)
{
    vt_error error = VT_ERROR_INIT;
    vt_sidecar_state state = {0};
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), &error);
    if (!vt_sidecars_state(reader, sidecar_id_of(session, name), &state, &error)) {
        fail_msg("%s: %s", name, error.message);
    }
    vt_catalog_reader_free(reader);
    return state;
}

int sidecar_rating_of(engine_session *session, const char *name)
{
    vt_sidecar_state state = sidecar_state_of(session, name);
    int rating = state.ours.rating;
    vt_sidecar_state_free(&state);
    return rating;
}

bool sidecar_has_title(engine_session *session, const char *name, const char *title)
{
    vt_sidecar_state state = sidecar_state_of(session, name);
    bool same = strcmp(state.ours.title ? state.ours.title : "", title) == 0;
    vt_sidecar_state_free(&state);
    return same;
}

int sidecar_rating_shown(engine_session *session, const char *name)
{
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    vt_item_brief item;
    vt_snapshot_item(snapshot, vt_snapshot_find(snapshot, sidecar_id_of(session, name)), &item);
    vt_snapshot_release(snapshot);
    return item.rating;
}

vt_sidecar sidecar_of(engine_session *session, const char *name)
{
    vt_sidecar sidecar;
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_sidecar_read(files_path(session->pictures, name), true, here(), &sidecar, &error));
    return sidecar;
}

bool sidecar_holds(engine_session *session, const char *name, const char *text)
{
    size_t count;
    char *bytes = files_read(files_path(session->pictures, name), &count);
    bool found = memmem(bytes, count, text, strlen(text)) != NULL;
    free(bytes);
    return found;
}

/* ---- doing ---- */

void sidecar_on_ready(void *user, const vt_edit_result *result)
{
    assert_null(result->error);
    ++*(int *)user;
}

void sidecar_edit(engine_session *session, const char *name, vt_item_edit what)
{
    vt_error error = VT_ERROR_INIT;
    int came = 0;
    int64_t id = sidecar_id_of(session, name);
    if (!vt_engine_edit(session->engine, &what, vt_edit_target_of_items(&id, 1), sidecar_on_ready, &came,
                        &error)) {
        fail_msg("%s", error.message);
    }
    session_wait_for(session, &came);
}

void sidecar_rate(engine_session *session, const char *name, int rating)
{
    sidecar_edit(session, name, (vt_item_edit){.kind = VT_EDIT_RATING, .number = rating});
}

void sidecar_tag(engine_session *session, const char *name, const char *path, bool give)
{
    sidecar_edit(
        session, name,
        (vt_item_edit){.kind = give ? VT_EDIT_ADD_TAGS : VT_EDIT_REMOVE_TAGS, .tags = &path, .tag_count = 1});
}

vt_sidecars_figures sidecar_figures_of(engine_session *session)
{
    vt_sidecars_figures figures;
    vt_engine_deliver(session->engine, 0);
    vt_engine_get_sidecars(session->engine, &figures);
    return figures;
}

int64_t sidecar_due(engine_session *session)
{
    vt_error error = VT_ERROR_INIT;
    vt_sidecar_counts counts;
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), &error);
    assert_true(vt_sidecars_count(reader, &counts, &error));
    vt_catalog_reader_free(reader);
    return counts.due;
}

/* Until no mark is left, and the figures say so. */
void sidecar_wait_settled(engine_session *session)
{
    int64_t until = vt_clock_now() + PATIENCE_NS;
    vt_sidecars_figures figures;
    do {
        nanosleep(&(struct timespec){0, 20 * VT_NS_PER_MS}, NULL);
        figures = sidecar_figures_of(session);
        assert_true(vt_clock_now() < until);
    } while (sidecar_due(session) > 0 || figures.running || figures.due > 0);
}

void sidecar_ask(engine_session *session, const char *name, vt_sidecar_wish wish)
{
    vt_error error = VT_ERROR_INIT;
    int64_t id = sidecar_id_of(session, name);
    assert_true(vt_engine_ask_sidecars(session->engine, vt_edit_target_of_items(&id, 1), wish, &error));
    vt_engine_deliver(session->engine, 0);
    int64_t until = vt_clock_now() + PATIENCE_NS;
    vt_sidecars_figures before = sidecar_figures_of(session), now;
    do { /* the mark may come and go between two looks */
        nanosleep(&(struct timespec){0, 20 * VT_NS_PER_MS}, NULL);
        now = sidecar_figures_of(session);
    } while (sidecar_due(session) == 0 && now.written == before.written && now.read == before.read &&
             vt_clock_now() < until - PATIENCE_NS + VT_NS_PER_S);
    sidecar_wait_settled(session);
}
