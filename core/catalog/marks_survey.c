#include "core/catalog/marks_survey.h"

#include "core/base/str.h"
#include "core/catalog/db.h"
#include "core/catalog/reader_private.h"
#include "core/catalog/tag_path.h"

#include <stdlib.h>
#include <string.h>

typedef struct tally {
    int64_t tag;
    size_t items;
} tally;

struct vt_marks_survey {
    vt_shared_marks marks;
    sqlite3 *db;
    sqlite3_stmt *values, *tags;
    tally *tallies; /* by tag */
    size_t tally_count, tally_capacity;
};

static bool no_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for what items share");
}

/* ---- one item ---- */

/* Keeps what the first had, and notes whether a later one has something else. */
static bool take_text(sqlite3_stmt *row, int column, bool first, char **text, bool *differs)
{
    const char *now = (const char *)sqlite3_column_text(row, column);
    now = now ? now : "";
    if (first) {
        *text = strdup(now);
        return *text != NULL;
    }
    *differs = *differs || strcmp(*text, now) != 0;
    return true;
}

static bool take_values(vt_marks_survey *of, int64_t id, bool *found, vt_error *error)
{
    vt_shared_marks *marks = &of->marks;
    sqlite3_bind_int64(of->values, 1, id);
    int rc = sqlite3_step(of->values);
    *found = rc == SQLITE_ROW;
    bool done = *found || rc == SQLITE_DONE || vt_db_fail(of->db, rc, "read", error);
    if (*found) {
        bool first = marks->items++ == 0;
        int rating = sqlite3_column_int(of->values, 0);
        int label = sqlite3_column_int(of->values, 1);
        marks->rating = first || rating == marks->rating ? rating : VT_SHARED_DIFFERS;
        marks->label = first || label == marks->label ? label : VT_SHARED_DIFFERS;
        marks->bytes += sqlite3_column_int64(of->values, 4);
        done = (take_text(of->values, 2, first, &marks->title, &marks->title_differs) &&
                take_text(of->values, 3, first, &marks->note, &marks->note_differs)) ||
               no_memory(error);
    }
    sqlite3_reset(of->values);
    return done;
}

/* Where a tag is, or belongs. */
static size_t find_tally(const vt_marks_survey *of, int64_t tag)
{
    size_t low = 0;
    size_t high = of->tally_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (of->tallies[middle].tag < tag) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool count_tag(vt_marks_survey *of, int64_t tag, vt_error *error)
{
    size_t at = find_tally(of, tag);
    if (at < of->tally_count && of->tallies[at].tag == tag) {
        of->tallies[at].items++;
        return true;
    }
    if (of->tally_count == of->tally_capacity) {
        size_t capacity = of->tally_capacity ? of->tally_capacity * 2 : 64;
        tally *grown = realloc(of->tallies, capacity * sizeof *grown);
        if (!grown) {
            return no_memory(error);
        }
        of->tallies = grown;
        of->tally_capacity = capacity;
    }
    memmove(of->tallies + at + 1, of->tallies + at, (of->tally_count - at) * sizeof *of->tallies);
    of->tallies[at] = (tally){tag, 1};
    of->tally_count++;
    return true;
}

static bool take_tags(vt_marks_survey *of, int64_t id, vt_error *error)
{
    int rc = SQLITE_DONE;
    bool done = true;
    sqlite3_bind_int64(of->tags, 1, id);
    while (done && (rc = sqlite3_step(of->tags)) == SQLITE_ROW) {
        done = count_tag(of, sqlite3_column_int64(of->tags, 0), error);
    }
    done = done && (rc == SQLITE_DONE || vt_db_fail(of->db, rc, "read", error));
    sqlite3_reset(of->tags);
    return done;
}

/* ---- the tags ---- */

static int commoner_first(const void *a, const void *b)
{
    const tally *left = a;
    const tally *right = b;
    if (left->items != right->items) {
        return left->items > right->items ? -1 : 1;
    }
    return (left->tag > right->tag) - (left->tag < right->tag);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const vt_shared_tag *)a)->path, ((const vt_shared_tag *)b)->path);
}

static bool name_tags(vt_marks_survey *of, vt_error *error)
{
    vt_shared_marks *marks = &of->marks;
    size_t count = of->tally_count < VT_SHARED_TAGS_MAX ? of->tally_count : VT_SHARED_TAGS_MAX;
    marks->tags = calloc(count + 1, sizeof *marks->tags);
    if (!marks->tags) {
        return no_memory(error);
    }
    bool done = true;
    if (of->tally_count) {
        qsort(of->tallies, of->tally_count, sizeof *of->tallies, commoner_first);
    }
    while (done && marks->tag_count < count) {
        vt_str path = VT_STR_INIT;
        const tally *at = &of->tallies[marks->tag_count];
        done = vt_tag_path_append(of->db, at->tag, &path, error);
        char *text = done ? vt_str_take(&path) : NULL;
        vt_str_free(&path);
        if (done && !text) {
            done = no_memory(error);
        } else if (done) {
            marks->tags[marks->tag_count++] = (vt_shared_tag){text, at->items};
        }
    }
    if (done && count) {
        qsort(marks->tags, count, sizeof *marks->tags, by_path);
    }
    marks->tags_left_out = of->tally_count - count;
    return done;
}

/* ---- all ---- */

vt_marks_survey *vt_marks_survey_begin(vt_catalog_reader *reader, vt_error *error)
{
    vt_marks_survey *survey = calloc(1, sizeof *survey);
    if (!survey) {
        no_memory(error);
        return NULL;
    }
    survey->db = vt_catalog_reader_db(reader);
    survey->values = vt_db_prepare(survey->db,
                                   "SELECT rating, coalesce(label, 0), title, note.text, size FROM item "
                                   "LEFT JOIN note ON note.item_id = item.id WHERE item.id = ?1",
                                   error);
    survey->tags = survey->values
                       ? vt_db_prepare(survey->db, "SELECT tag_id FROM item_tag WHERE item_id = ?1", error)
                       : NULL;
    if (!survey->tags) {
        vt_marks_survey_free(survey);
        return NULL;
    }
    return survey;
}

void vt_marks_survey_free(vt_marks_survey *survey)
{
    if (survey) {
        sqlite3_finalize(survey->values);
        sqlite3_finalize(survey->tags);
        vt_shared_marks_free(&survey->marks);
        free(survey->tallies);
        free(survey);
    }
}

bool vt_marks_survey_add(vt_marks_survey *survey, const int64_t *ids, size_t count, vt_error *error)
{
    for (size_t i = 0; i < count; i++) {
        bool found = false;
        if (!take_values(survey, ids[i], &found, error) || (found && !take_tags(survey, ids[i], error))) {
            return false;
        }
    }
    return true;
}

bool vt_marks_survey_end(vt_marks_survey *survey, vt_shared_marks *marks, vt_error *error)
{
    *marks = (vt_shared_marks){0};
    if (!name_tags(survey, error)) {
        return false;
    }
    *marks = survey->marks;
    survey->marks = (vt_shared_marks){0};
    if (marks->title_differs) {
        marks->title[0] = '\0';
    }
    if (marks->note_differs) {
        marks->note[0] = '\0';
    }
    return true;
}

void vt_shared_marks_free(vt_shared_marks *marks)
{
    for (size_t i = 0; i < marks->tag_count; i++) {
        free(marks->tags[i].path);
    }
    free(marks->tags);
    free(marks->title);
    free(marks->note);
    *marks = (vt_shared_marks){0};
}

/* ---- tags while they are typed ---- */

/* ?1: what the name contains; ?2: how many; ?3: the name of the level above, NULL for any. */
static const char complete_sql[] =
    "SELECT id FROM tag WHERE instr(lower(name), lower(?1)) > 0 "
    "AND (?3 IS NULL OR parent_id IN (SELECT id FROM tag WHERE lower(name) = lower(?3))) "
    "ORDER BY instr(lower(name), lower(?1)) > 1, length(name), name LIMIT ?2";

/* What stands between the last two slashes of `typed`. */
static const char *level_above(const char *typed, const char *slash, int *length)
{
    const char *at = slash;
    while (at > typed && at[-1] != '/') {
        at--;
    }
    *length = (int)(slash - at);
    return at;
}

bool vt_marks_complete_tag(vt_catalog_reader *reader, const char *typed, size_t limit,
                           vt_tag_path_visitor visit, void *user, vt_error *error)
{
    /* More than are wanted: some are of another branch. */
    enum { CANDIDATES = 20 };
    sqlite3 *db = vt_catalog_reader_db(reader);
    const char *slash = strrchr(typed, '/');
    sqlite3_stmt *select = vt_db_prepare(db, complete_sql, error);
    if (!select) {
        return false;
    }
    sqlite3_bind_text(select, 1, slash ? slash + 1 : typed, -1, SQLITE_STATIC);
    sqlite3_bind_int64(select, 2, (sqlite3_int64)limit * CANDIDATES);
    if (slash) {
        int length = 0;
        const char *above = level_above(typed, slash, &length);
        sqlite3_bind_text(select, 3, above, length, SQLITE_STATIC);
    }
    int rc = SQLITE_DONE;
    bool done = true;
    vt_str path = VT_STR_INIT;
    for (size_t count = 0; done && count < limit && (rc = sqlite3_step(select)) == SQLITE_ROW;) {
        vt_str_clear(&path);
        done = vt_tag_path_append(db, sqlite3_column_int64(select, 0), &path, error);
        if (done && strcasestr(path.data, typed)) {
            count++;
            if (!visit(user, path.data)) {
                break;
            }
        }
    }
    done = done && (rc == SQLITE_ROW || rc == SQLITE_DONE || vt_db_fail(db, rc, "read", error));
    sqlite3_finalize(select);
    vt_str_free(&path);
    return done;
}
