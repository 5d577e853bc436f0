#include "core/catalog/check.h"

#include "core/base/str.h"
#include "core/catalog/catalog_private.h"
#include "core/catalog/check_private.h"
#include "core/catalog/snapshot.h"
#include "core/catalog/thumbs_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REPAIR "run check with --repair"

static void add_finding(vt_check_report *report, vt_check_finding kind, const char *message)
{
    report->total++;
    report->repaired += kind.repaired;
    report->harmless += kind.harmless && !kind.repaired;
    if (report->count < VT_CHECK_FINDINGS_MAX) {
        vt_check_finding *finding = &report->findings[report->count++];
        *finding = kind;
        snprintf(finding->message, sizeof finding->message, "%s", message);
    }
}

bool vt_check_is_sound(const vt_check_report *report)
{
    return report->repaired + report->harmless == report->total;
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
        const char *said = (const char *)sqlite3_column_text(select, 0);
        if (!vt_db_is_verdict(said ? said : "", &why)) {
            break;
        }
        visit(user, select);
    }
    if (select && rc != SQLITE_DONE && why.code == VT_ERROR_NONE) {
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
        add_finding(user, (vt_check_finding){.rule = "integrity"}, text ? text : "?");
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
    const size_t before = report->total;
    const size_t first = report->count;
    if (!each_fault(db, INTEGRITY_CHECK, report_fault, report, &damage, error)) {
        return false;
    }
    if (damage.code != VT_ERROR_NONE) {
        add_finding(report, (vt_check_finding){.rule = "integrity"}, damage.message);
    }
    *sound = report->total == before;
    if (!*sound && writable && !rebuild_indexes(writable, sound, error)) {
        return false;
    }
    for (size_t i = first; i < report->count; i++) {
        report->findings[i].repaired = *sound;
        add_advice(&report->findings[i], *sound ? "; the indexes were built again"
                                                : "; run check with --repair, or restore a backup");
    }
    report->repaired += *sound ? report->total - before : 0;
    return true;
}

/* With a `writable` connection what the rule can repair is repaired there, in the caller's transaction. */
static bool check_rule(const vt_check_rule *rule, sqlite3 *db, sqlite3 *writable, vt_check_report *report,
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
    snprintf(message, sizeof message, "%lld %s; %s%s%s", (long long)rows, rule->broken,
             repair ? rule->repaired : rule->advice, !repair && rule->repair ? ": " : "",
             !repair && rule->repair ? rule->repaired : "");
    add_finding(
        report,
        (vt_check_finding){.rule = rule->name, .rows = rows, .repaired = repair, .harmless = rule->harmless},
        message);
    return true;
}

/* References of tables that no rule speaks of: those of a later version. */
typedef struct lost_references {
    int64_t rows;
    char table[64];
} lost_references;

static void count_lost(void *user, sqlite3_stmt *row)
{
    static const char *const told[] = {
        "item",
        "failure",
        "tag",
        "item_tag",
        "album_item",
        "note",
        "tiny",
        "fingerprint",
        "look",
        "stack_item",
        "embedded",
        "sidecar",
        "sidecar_said",
        "sidecar_due",
        "sidecar_conflict",
        "sidecar_failure",
    };
    lost_references *lost = user;
    const char *table = (const char *)sqlite3_column_text(row, 0);
    for (size_t i = 0; table && i < sizeof told / sizeof *told; i++) {
        if (strcmp(table, told[i]) == 0) {
            return;
        }
    }
    lost->rows++;
    snprintf(lost->table, sizeof lost->table, "%s", table ? table : "?");
}

static bool check_references(sqlite3 *db, vt_check_report *report, vt_error *error)
{
    lost_references lost = {0};
    vt_error damage = VT_ERROR_INIT;
    if (!each_fault(db, "PRAGMA foreign_key_check", count_lost, &lost, &damage, error)) {
        return false;
    }
    if (lost.rows) {
        char message[sizeof(vt_check_finding){0}.message];
        snprintf(message, sizeof message,
                 "%lld rows refer to rows that are not there, some of them in the table %s; restore a backup",
                 (long long)lost.rows, lost.table);
        add_finding(report, (vt_check_finding){.rule = "foreign-key", .rows = lost.rows}, message);
    }
    return true;
}

static bool check_rows(sqlite3 *db, sqlite3 *writable, vt_check_report *report, vt_error *error)
{
    /* One transaction: a repair that fails leaves everything as it was. */
    if (writable && !vt_db_exec(writable, "BEGIN IMMEDIATE", "repair", error)) {
        return false;
    }
    bool done = true;
    for (size_t i = 0; done && i < vt_check_rule_count; i++) {
        done = check_rule(&vt_check_rules[i], writable ? writable : db, writable, report, error);
    }
    done = done && (!writable || vt_db_exec(writable, "COMMIT", "repair", error));
    if (writable && !sqlite3_get_autocommit(writable)) {
        sqlite3_exec(writable, "ROLLBACK", NULL, NULL, NULL);
    }
    return done && check_references(db, report, error);
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
        add_finding(report, (vt_check_finding){.rule = "thumbnails-integrity", .repaired = repair}, message);
        return true;
    }
    static const struct {
        vt_thumbs_unused kind;
        const char *rule, *text;
    } kinds[] = {
        {VT_THUMBS_OF_NO_ITEM, "thumbnail-orphan", "items have thumbnails but are not in the catalog"},
        {VT_THUMBS_OF_OLD_CONTENT, "thumbnail-stale",
         "items have thumbnails of what their files were before"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        int64_t items = 0;
        if (!vt_thumbs_count_unused(thumbs, kinds[i].kind, &items, error) ||
            (repair && items && !vt_thumbs_delete_unused(thumbs, kinds[i].kind, NULL, error))) {
            return false;
        }
        if (items) {
            snprintf(message, sizeof message, "%lld %s; %s", (long long)items, kinds[i].text,
                     repair ? "deleted" : REPAIR ": deleted");
            add_finding(report,
                        (vt_check_finding){
                            .rule = kinds[i].rule, .rows = items, .repaired = repair, .harmless = true},
                        message);
        }
    }
    return true;
}

/* Before the first change. A damaged catalog gives no copy that can be verified: what is repaired of that,
 * the indexes, loses nothing, and then the copy is made before the rows are touched. */
static bool take_snapshot(vt_catalog *catalog, bool damage_is_known, vt_check_report *report, vt_error *error)
{
    vt_error why = VT_ERROR_INIT;
    char *path = NULL;
    if (report->snapshot[0]) {
        return true;
    }
    if (vt_snapshot_take(catalog, NULL, &path, &why)) {
        snprintf(report->snapshot, sizeof report->snapshot, "%s", path);
        free(path);
        return true;
    }
    if (!damage_is_known || why.code != VT_ERROR_CORRUPT) {
        if (error) {
            *error = why;
        }
        return false;
    }
    return true;
}

static void report_schema(void *user, const char *message, bool repaired)
{
    add_finding(user, (vt_check_finding){.rule = "schema", .repaired = repaired}, message);
}

/* What is so damaged that its tables cannot be told is for check_integrity to find. */
static bool check_schema(const vt_catalog *catalog, sqlite3 *db, sqlite3 *writable, vt_check_report *report,
                         bool *right, vt_error *error)
{
    vt_error why = VT_ERROR_INIT;
    if (vt_check_schema(db, writable, catalog->version, report_schema, report, right, &why)) {
        return true;
    }
    *right = why.code == VT_ERROR_CORRUPT;
    if (!*right && error) {
        *error = why;
    }
    return *right;
}

static bool look(const vt_catalog *catalog, sqlite3 *db, vt_thumbs *thumbs, vt_check_report *report,
                 size_t *of_catalog, vt_error *error)
{
    bool sound = false;
    /* Rows of a damaged file, or of tables that are not as we know them, prove nothing and must not be
     * "repaired". */
    if (!check_schema(catalog, db, NULL, report, &sound, error) ||
        (sound && !check_integrity(db, NULL, report, &sound, error)) ||
        (sound && !check_rows(db, NULL, report, error))) {
        return false;
    }
    *of_catalog = report->total;
    return !sound || !thumbs || check_thumbs(thumbs, false, report, error);
}

static bool put_right(vt_catalog *catalog, sqlite3 *db, sqlite3 *writable, vt_thumbs *thumbs,
                      vt_check_report *report, size_t of_catalog, vt_error *error)
{
    *report = (vt_check_report){0};
    bool sound = false;
    if (of_catalog == 0) {
        return !thumbs || check_thumbs(thumbs, true, report, error);
    }
    return take_snapshot(catalog, true, report, error) &&
           check_schema(catalog, db, writable, report, &sound, error) &&
           (!sound || check_integrity(db, writable, report, &sound, error)) &&
           (!sound ||
            (take_snapshot(catalog, false, report, error) && check_rows(db, writable, report, error) &&
             (!thumbs || check_thumbs(thumbs, true, report, error))));
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
    size_t of_catalog = 0;
    bool done = db && look(catalog, db, thumbs, report, &of_catalog, error);
    if (done && repair && report->total) {
        done = put_right(catalog, db, writable, thumbs, report, of_catalog, error);
    }
    vt_db_close(db);
    if (writable) {
        vt_catalog_give_back(catalog);
    }
    return done;
}
