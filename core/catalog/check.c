#include "core/catalog/check.h"

#include "core/base/str.h"
#include "core/catalog/catalog_private.h"
#include "core/catalog/thumbs_private.h"

#include <stdio.h>
#include <string.h>

/* A rule about rows: what breaks it, and what puts that right without guessing (NULL: nothing does). */
typedef struct row_rule {
    const char *name;
    const char *count;
    const char *repair;
    const char *broken;   /* after the number of rows */
    const char *advice;   /* where it is not repaired */
    const char *repaired; /* where it is */
} row_rule;

/* What the next import finds out by itself is set to "unread" (4); the numbers are those of record.h and
 * media.h. */
#define UNREAD     "UPDATE item SET state = 4 WHERE "
#define LOOK_AGAIN "the next import reads their files again"
#define REPAIR     "run check with --repair"

#define BAD_KIND   "kind NOT BETWEEN 0 AND 3"
#define BAD_STATE  "state NOT BETWEEN 0 AND 4"
#define BAD_RATING "rating NOT BETWEEN 0 AND 5"
#define BAD_FACTS                                                                                            \
    "state = 0 AND (kind = 0 OR (kind = 1 AND (coalesce(width, 0) <= 0 OR coalesce(height, 0) <= 0)))"
#define BAD_SIZE "size < 0 AND state <> 4"
#define BAD_NAME "length(name) = 0 OR instr(name, x'2f') > 0 OR instr(name, x'00') > 0"
#define BAD_PATH                                                                                             \
    "substr(path, 1, 1) <> x'2f' OR instr(path, x'00') > 0 OR (length(path) > 1 AND substr(path, -1) = "     \
    "x'2f')"
#define NO_FAILURE                                                                                           \
    "state = 3 AND NOT EXISTS (SELECT 1 FROM failure "                                                       \
    "WHERE failure.folder_id = item.folder_id AND failure.name = item.name)"
#define LOST_ITEM    "NOT EXISTS (SELECT 1 FROM folder WHERE folder.id = item.folder_id)"
#define LOST_FAILURE "NOT EXISTS (SELECT 1 FROM folder WHERE folder.id = failure.folder_id)"

_Static_assert(VT_KIND_SEQUENCE == 3 && VT_ITEM_STATE_COUNT == 5 && VT_ITEM_UNREAD == 4 &&
                   VT_ITEM_FAILED == 3,
               "the rules name these by number");

static const row_rule row_rules[] = {
    {"item-kind", "SELECT count(*) FROM item WHERE " BAD_KIND,
     "UPDATE item SET kind = 0, format = 0, state = 4 WHERE " BAD_KIND, "items of a kind that does not exist",
     REPAIR, LOOK_AGAIN},
    {"item-state", "SELECT count(*) FROM item WHERE " BAD_STATE, UNREAD BAD_STATE,
     "items in a state that does not exist", REPAIR, LOOK_AGAIN},
    {"item-rating", "SELECT count(*) FROM item WHERE " BAD_RATING,
     "UPDATE item SET rating = max(0, min(5, rating)) WHERE " BAD_RATING,
     "items with a rating other than 0 to 5", REPAIR, "set to the nearest rating"},
    {"item-facts", "SELECT count(*) FROM item WHERE " BAD_FACTS, UNREAD BAD_FACTS,
     "items marked as read without a kind, a width or a height", REPAIR, LOOK_AGAIN},
    {"item-size", "SELECT count(*) FROM item WHERE " BAD_SIZE, UNREAD BAD_SIZE, "items of a negative size",
     REPAIR, LOOK_AGAIN},
    {"item-failure", "SELECT count(*) FROM item WHERE " NO_FAILURE, UNREAD NO_FAILURE,
     "items marked as failed without a failure", REPAIR, LOOK_AGAIN},
    {"item-name", "SELECT count(*) FROM item WHERE " BAD_NAME, NULL, "items whose name is no file name",
     "restore a backup", ""},
    {"folder-path", "SELECT count(*) FROM folder WHERE " BAD_PATH, NULL,
     "folders whose path is not absolute and clean", "restore a backup", ""},
    {"foreign-key", "SELECT count(*) FROM failure WHERE " LOST_FAILURE,
     "DELETE FROM failure WHERE " LOST_FAILURE, "failures of folders that are not there", REPAIR,
     "forgotten"},
    {"foreign-key", "SELECT count(*) FROM item WHERE " LOST_ITEM, NULL, "items of folders that are not there",
     "restore a backup, it knows their paths", ""},
};

static void add_finding(vt_check_report *report, const char *rule, int64_t rows, bool repaired,
                        const char *message)
{
    report->total++;
    report->repaired += repaired;
    if (report->count < VT_CHECK_FINDINGS_MAX) {
        vt_check_finding *finding = &report->findings[report->count++];
        *finding = (vt_check_finding){.rule = rule, .rows = rows, .repaired = repaired};
        snprintf(finding->message, sizeof finding->message, "%s", message);
    }
}

/* What a pragma that lists faults says: a call of `fault` for each. */
typedef void (*fault_visitor)(void *user, sqlite3_stmt *row);

/* `damage` is what kept SQLite from looking on, a finding of its own; other failures make this false. */
static bool each_fault(sqlite3 *db, const char *pragma, fault_visitor visit, void *user, vt_error *damage,
                       vt_error *error)
{
    vt_error why = VT_ERROR_INIT;
    sqlite3_stmt *select = vt_db_prepare(db, pragma, &why);
    int rc = SQLITE_DONE;
    while (select && (rc = sqlite3_step(select)) == SQLITE_ROW) {
        visit(user, select);
    }
    if (select && rc != SQLITE_DONE) {
        vt_db_fail(db, rc, "check", &why);
    }
    sqlite3_finalize(select);
    if (why.code == VT_ERROR_CORRUPT) {
        *damage = why;
    } else if (why.code != VT_ERROR_NONE) {
        if (error) {
            *error = why;
        }
        return false;
    }
    return true;
}

static void report_fault(void *user, sqlite3_stmt *row)
{
    const char *text = (const char *)sqlite3_column_text(row, 0);
    if (!text || strcmp(text, "ok") != 0) {
        add_finding(user, "integrity", 0, false, text ? text : "?");
    }
}

/* What SQLite reports says nothing of what to do. */
static void add_advice(vt_check_finding *finding, const char *advice)
{
    const size_t room = sizeof finding->message - strlen(advice) - 1;
    size_t length = vt_utf8_cut(finding->message, room);
    snprintf(finding->message + length, sizeof finding->message - length, "%s", advice);
}

#define INTEGRITY_CHECK "PRAGMA main.integrity_check(32)"

/* An index says nothing that its table does not: if building the indexes again makes the file sound, nothing
 * is lost. */
static bool rebuild_indexes(sqlite3 *db, bool *sound, vt_error *error)
{
    vt_check_report again = {0};
    vt_error damage = VT_ERROR_INIT;
    bool done = true;
    *sound = false;
    if (sqlite3_exec(db, "BEGIN IMMEDIATE; REINDEX", NULL, NULL, NULL) == SQLITE_OK) {
        done = each_fault(db, INTEGRITY_CHECK, report_fault, &again, &damage, error);
        if (done && again.total == 0 && damage.code == VT_ERROR_NONE) {
            done = vt_db_exec(db, "COMMIT", "repair", error);
            *sound = done;
        }
    }
    if (!sqlite3_get_autocommit(db)) {
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    }
    return done;
}

/* `*sound` is false if the rows cannot be relied on. */
static bool check_integrity(sqlite3 *db, sqlite3 *writable, vt_check_report *report, bool *sound,
                            vt_error *error)
{
    vt_error damage = VT_ERROR_INIT;
    if (!each_fault(db, INTEGRITY_CHECK, report_fault, report, &damage, error)) {
        return false;
    }
    if (damage.code != VT_ERROR_NONE) {
        add_finding(report, "integrity", 0, false, damage.message);
    }
    *sound = report->total == 0;
    if (!*sound && writable && !rebuild_indexes(writable, sound, error)) {
        return false;
    }
    for (size_t i = 0; i < report->count; i++) {
        report->findings[i].repaired = *sound;
        add_advice(&report->findings[i], *sound ? "; the indexes were built again"
                                                : "; run check with --repair, or restore a backup");
    }
    report->repaired = *sound ? report->total : 0;
    return true;
}

static bool check_rule(const row_rule *rule, sqlite3 *db, sqlite3 *writable, vt_check_report *report,
                       vt_error *error)
{
    int64_t rows = 0;
    if (!vt_db_integer(db, rule->count, &rows, error)) {
        return false;
    }
    if (rows == 0) {
        return true;
    }
    bool repair = writable && rule->repair;
    if (repair && !vt_db_exec(writable, rule->repair, "repair", error)) {
        return false;
    }
    char message[sizeof(vt_check_finding){0}.message];
    snprintf(message, sizeof message, "%lld %s; %s", (long long)rows, rule->broken,
             repair ? rule->repaired : rule->advice);
    add_finding(report, rule->name, rows, repair, message);
    return true;
}

static bool check_thumbs(vt_thumbs *thumbs, bool repair, vt_check_report *report, vt_error *error)
{
    char verdict[160];
    if (!vt_thumbs_verify(thumbs, verdict, sizeof verdict, error)) {
        return false;
    }
    char message[sizeof(vt_check_finding){0}.message];
    if (*verdict) {
        if (repair && !vt_thumbs_make_anew(thumbs, verdict, error)) {
            return false;
        }
        snprintf(message, sizeof message, "the thumbnails are damaged (%s); %s", verdict,
                 repair ? "they are made anew" : "they are made anew when needed");
        add_finding(report, "thumbnails-integrity", 0, repair, message);
        return true;
    }
    int64_t orphans = 0;
    if (!vt_thumbs_count_orphans(thumbs, &orphans, error)) {
        return false;
    }
    if (orphans == 0) {
        return true;
    }
    if (repair && !vt_thumbs_delete_orphans(thumbs, NULL, error)) {
        return false;
    }
    snprintf(message, sizeof message, "%lld items have thumbnails but are not in the catalog; %s",
             (long long)orphans, repair ? "deleted" : REPAIR);
    add_finding(report, "thumbnail-orphan", orphans, repair, message);
    return true;
}

static bool check_all(sqlite3 *db, sqlite3 *writable, vt_thumbs *thumbs, vt_check_report *report,
                      vt_error *error)
{
    bool sound = false;
    if (!check_integrity(db, writable, report, &sound, error)) {
        return false;
    }
    if (!sound) {
        return true; /* rows of a damaged file prove nothing, and must not be "repaired" */
    }
    for (size_t i = 0; i < sizeof row_rules / sizeof *row_rules; i++) {
        if (!check_rule(&row_rules[i], db, writable, report, error)) {
            return false;
        }
    }
    return !thumbs || check_thumbs(thumbs, writable != NULL, report, error);
}

bool vt_check_catalog(vt_catalog *catalog, vt_thumbs *thumbs, bool repair, vt_check_report *report,
                      vt_error *error)
{
    *report = (vt_check_report){0};
    sqlite3 *writable = NULL;
    if (repair && !(writable = vt_catalog_lend(catalog, error))) {
        return false;
    }
    sqlite3 *db = vt_catalog_connect(catalog, error);
    bool done = db && check_all(db, writable, thumbs, report, error);
    vt_db_close(db);
    if (writable) {
        vt_catalog_give_back(catalog);
    }
    return done;
}
