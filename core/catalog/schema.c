#include "core/catalog/schema.h"

#include "core/base/clock.h"
#include "core/base/path.h"
#include "core/catalog/db.h"

#include <stdlib.h>

/* The columns of `item` up to watertight are those of the index, in front because SQLite reads a row from its
   start and stops at the last column asked for. An absent fact is NULL, which takes no room. */
static const char catalog_version_1[] =
    "CREATE TABLE migration ("
    "  version INTEGER PRIMARY KEY, note TEXT NOT NULL, program TEXT NOT NULL, applied_ns INTEGER NOT NULL"
    ") STRICT;"
    "CREATE TABLE property (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "INSERT INTO property VALUES ('identity', lower(hex(randomblob(16))));"
    "CREATE TABLE folder (id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE item ("
    "  id INTEGER PRIMARY KEY,"
    "  folder_id INTEGER NOT NULL REFERENCES folder (id),"
    "  name BLOB NOT NULL,"
    "  kind INTEGER NOT NULL, format INTEGER NOT NULL, state INTEGER NOT NULL,"
    "  size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,"
    "  rating INTEGER NOT NULL DEFAULT 0,"
    "  width INTEGER, height INTEGER, triangles INTEGER, watertight INTEGER,"
    "  ctime_ns INTEGER NOT NULL, dev INTEGER NOT NULL, ino INTEGER NOT NULL,"
    "  orientation INTEGER, has_alpha INTEGER, channels INTEGER, bit_depth INTEGER, ascii INTEGER,"
    "  vertices INTEGER, dropped_triangles INTEGER,"
    "  min_x REAL, min_y REAL, min_z REAL, max_x REAL, max_y REAL, max_z REAL, area REAL, volume REAL,"
    "  UNIQUE (folder_id, name)"
    ") STRICT;"
    "CREATE TABLE failure ("
    "  folder_id INTEGER NOT NULL REFERENCES folder (id),"
    "  name BLOB NOT NULL,"
    "  code TEXT NOT NULL, message TEXT NOT NULL,"
    "  size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL, ino INTEGER NOT NULL,"
    "  failed_ns INTEGER NOT NULL,"
    "  PRIMARY KEY (folder_id, name)"
    ") STRICT, WITHOUT ROWID;";

/* What the user gives to items: nothing here is found again by an import. All of it goes with its item, so
   each table has an index that begins with item_id. A tag's path is told by its parents; a UNIQUE constraint
   takes two NULLs for different, so the tags at the top have an index of their own. New columns of `item`
   stand at its end and are NULL in most rows: their indexes are partial and cost an import nothing. A journal
   row is an import that has begun and not ended: its paths, each ended by a NUL. */
static const char catalog_version_2[] =
    "ALTER TABLE item ADD COLUMN label INTEGER;"
    "ALTER TABLE item ADD COLUMN title TEXT;"
    "CREATE INDEX item_by_label ON item (label) WHERE label IS NOT NULL;"
    "CREATE INDEX item_by_title ON item (title) WHERE title IS NOT NULL;"
    "CREATE TABLE tag ("
    "  id INTEGER PRIMARY KEY,"
    "  parent_id INTEGER REFERENCES tag (id) ON DELETE CASCADE,"
    "  name TEXT NOT NULL,"
    "  UNIQUE (parent_id, name)"
    ") STRICT;"
    "CREATE UNIQUE INDEX tag_at_top ON tag (name) WHERE parent_id IS NULL;"
    "CREATE TABLE item_tag ("
    "  item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE,"
    "  tag_id INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,"
    "  PRIMARY KEY (item_id, tag_id)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX item_tag_by_tag ON item_tag (tag_id, item_id);"
    "CREATE TABLE album ("
    "  id INTEGER PRIMARY KEY, name TEXT NOT NULL, created_ns INTEGER NOT NULL, position INTEGER NOT NULL"
    ") STRICT;"
    "CREATE TABLE album_item ("
    "  item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE,"
    "  album_id INTEGER NOT NULL REFERENCES album (id) ON DELETE CASCADE,"
    "  position INTEGER NOT NULL,"
    "  PRIMARY KEY (item_id, album_id)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX album_item_in_order ON album_item (album_id, position, item_id);"
    "CREATE TABLE note ("
    "  item_id INTEGER PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE, text TEXT NOT NULL"
    ") STRICT;"
    "CREATE TABLE import_journal ("
    "  id INTEGER PRIMARY KEY, paths BLOB NOT NULL, options TEXT NOT NULL, begun_ns INTEGER NOT NULL"
    ") STRICT;";

/* What a picture says of itself (core/decode/metadata.h); a row only where it says something. The date is
   what the camera's clock showed, the offset minutes east of UTC; keywords stand one a line. The rating the
   user gave stands in `item`: this is the file's, -1 for a rejected one. */
static const char catalog_version_3[] =
    "CREATE TABLE metadata ("
    "  item_id INTEGER PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,"
    "  taken_ns INTEGER, taken_offset INTEGER,"
    "  exposure REAL, f_number REAL, iso INTEGER, focal_mm REAL,"
    "  latitude REAL, longitude REAL, altitude REAL,"
    "  rating INTEGER,"
    "  camera TEXT, lens TEXT, title TEXT, description TEXT, creator TEXT, copyright TEXT, keywords TEXT,"
    "  label TEXT"
    ") STRICT;";

/* A tiny thumbnail (core/catalog/tiny.h) of each item whose thumbnail was made once. */
static const char catalog_version_tiny[] =
    "CREATE TABLE tiny ("
    "  item_id INTEGER PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,"
    "  code BLOB NOT NULL"
    ") STRICT;";

/* Numbered files that are shown as one item (core/catalog/sequences.h). A row of `sequence` belongs to an
   item of that kind; what its thumbnail shows is the poster. A choice is the user's word on files numbered
   alike, which outlives the sequence, and keeps the rate for the time when they are one again. */
static const char catalog_version_sequences[] =
    "CREATE TABLE sequence ("
    "  item_id INTEGER PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,"
    "  prefix BLOB NOT NULL, suffix BLOB NOT NULL, width INTEGER NOT NULL,"
    "  ranges TEXT NOT NULL,"
    "  poster INTEGER NOT NULL, poster_size INTEGER NOT NULL, poster_mtime_ns INTEGER NOT NULL,"
    "  poster_ctime_ns INTEGER NOT NULL,"
    "  rate_num INTEGER, rate_den INTEGER"
    ") STRICT;"
    "CREATE TABLE sequence_choice ("
    "  folder_id INTEGER NOT NULL REFERENCES folder (id),"
    "  prefix BLOB NOT NULL, suffix BLOB NOT NULL,"
    "  joined INTEGER NOT NULL,"
    "  rate_num INTEGER, rate_den INTEGER,"
    "  PRIMARY KEY (folder_id, prefix, suffix)"
    ") STRICT, WITHOUT ROWID;";

/* By which a file is known again elsewhere: its inode, and a hash of parts of it (core/import/fingerprint.h).
   Items that were only taken in by name stand in neither index, so that a million of them cost nothing; once
   they are missing they do. A root is a folder that the user imported: `mount` is where the file system it is
   on was mounted then, `volume` says which one that was (core/scan/volume.h). */
static const char catalog_version_identity[] =
    "CREATE INDEX item_by_file ON item (ino, size) WHERE state <> 4;"
    "CREATE TABLE fingerprint ("
    "  item_id INTEGER PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,"
    "  size INTEGER NOT NULL, hash INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX fingerprint_by_content ON fingerprint (hash, size);"
    "CREATE TABLE root ("
    "  id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE,"
    "  mount BLOB NOT NULL, volume TEXT NOT NULL,"
    "  watch INTEGER NOT NULL, scan_at_start INTEGER NOT NULL, offline INTEGER NOT NULL"
    ") STRICT;";

/* Works on the user's files (core/catalog/file_journal.h) that have begun and not ended; a row of `trashed`
   is an item whose file is in the trash, and since when. */
static const char catalog_version_files[] =
    "CREATE TABLE file_work (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, begun_ns INTEGER NOT NULL) "
    "STRICT;"
    "CREATE TABLE file_step ("
    "  work_id INTEGER NOT NULL REFERENCES file_work (id) ON DELETE CASCADE,"
    "  position INTEGER NOT NULL, item INTEGER NOT NULL,"
    "  origin BLOB NOT NULL, target BLOB, row_only INTEGER NOT NULL, done INTEGER NOT NULL,"
    "  dev INTEGER NOT NULL, ino INTEGER NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,"
    "  PRIMARY KEY (work_id, position)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE trashed ("
    "  item_id INTEGER PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE, trashed_ns INTEGER NOT NULL"
    ") STRICT;";

/* What was last agreed between an item and its side-cars (core/catalog/sidecars.h), so that a later look
   tells who has changed what; size and time are of the long name and of the short one, NULL: it was not
   there; tags stand one a line. A row of `sidecar_due` is an item whose side-car is to be looked at, since
   the edit at `since_ns`. */
static const char catalog_version_sidecars[] =
    "CREATE TABLE sidecar ("
    "  item_id INTEGER PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,"
    "  long_size INTEGER, long_mtime_ns INTEGER, short_size INTEGER, short_mtime_ns INTEGER,"
    "  rating INTEGER, label INTEGER, title TEXT, note TEXT, tags TEXT"
    ") STRICT;"
    "CREATE TABLE sidecar_due ("
    "  item_id INTEGER PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,"
    "  wish INTEGER NOT NULL, since_ns INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX sidecar_due_by_time ON sidecar_due (since_ns, item_id);"
    "CREATE TABLE sidecar_conflict ("
    "  item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE,"
    "  field INTEGER NOT NULL, theirs TEXT NOT NULL,"
    "  PRIMARY KEY (item_id, field)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE sidecar_failure ("
    "  item_id INTEGER PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,"
    "  wish INTEGER NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL"
    ") STRICT;";

/* How pictures look, and what was found twice at the last search (core/catalog/twins.h). */
static const char catalog_version_twins[] =
    "CREATE TABLE look ("
    "  item_id INTEGER PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,"
    "  hash INTEGER NOT NULL, structure INTEGER NOT NULL, version INTEGER NOT NULL"
    ") STRICT;"
    "CREATE TABLE twins ("
    "  kind INTEGER PRIMARY KEY, found_ns INTEGER NOT NULL, last_id INTEGER NOT NULL, members BLOB NOT NULL"
    ") STRICT;";

/* Stacks made by hand (core/catalog/stacks.h). A stack has no row of its own: its number is what its members
   share, and the first of them in order is its cover. */
static const char catalog_version_stacks[] =
    "CREATE TABLE stack_item ("
    "  item_id INTEGER PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,"
    "  stack_id INTEGER NOT NULL, position INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX stack_item_in_order ON stack_item (stack_id, position, item_id);";

/* Named workspaces (core/catalog/workspaces.h); the texts are those of core/layout/layout_json.h. */
static const char catalog_version_workspaces[] =
    "CREATE TABLE workspace ("
    "  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
    "  text BLOB NOT NULL, previous BLOB NOT NULL, last INTEGER NOT NULL"
    ") STRICT;";

/* Works that have ended stay for being undone (core/catalog/file_finished.h): since when, of how many items
   and files; `undoes` is the ended work that one under way takes back. */
static const char catalog_version_finished[] = "ALTER TABLE file_work ADD COLUMN ended_ns INTEGER;"
                                               "ALTER TABLE file_work ADD COLUMN undoes INTEGER;"
                                               "ALTER TABLE file_work ADD COLUMN items INTEGER;"
                                               "ALTER TABLE file_work ADD COLUMN files INTEGER;";

/* What pictures carry in themselves (core/catalog/embedded.h). `given` of a tag is 1 where the picture gave
   it, NULL for all else, which takes no room. Earlier versions kept a picture's keywords as a text without
   levels and gave none: pictures that have any, a rating or a label look changed, so that the next scan reads
   them once more. To do it here would take as long as that, and nothing could be used meanwhile. */
static const char catalog_version_embedded[] =
    "CREATE TABLE embedded ("
    "  item_id INTEGER PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,"
    "  rating INTEGER, label INTEGER, given INTEGER NOT NULL, tags TEXT"
    ") STRICT;"
    "ALTER TABLE item_tag ADD COLUMN given INTEGER;"
    "UPDATE item SET ctime_ns = 0 WHERE id IN (SELECT item_id FROM metadata "
    "WHERE rating IS NOT NULL OR label IS NOT NULL OR keywords IS NOT NULL);";

/* What each of two side-cars of one item said (core/sidecar/sidecar_news.h), in the terms of `sidecar`; name
   0 is the long one, 1 the short one. There are two rows or none. */
static const char catalog_version_sidecar_pairs[] =
    "CREATE TABLE sidecar_said ("
    "  item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE, name INTEGER NOT NULL,"
    "  rating INTEGER, label INTEGER, title TEXT, note TEXT, tags TEXT,"
    "  PRIMARY KEY (item_id, name)"
    ") STRICT, WITHOUT ROWID;";

static const vt_migration catalog_steps[] = {
    {1, "first catalog", catalog_version_1},
    {2, "labels, titles, notes, tags, albums, imports under way", catalog_version_2},
    {3, "what pictures say of themselves", catalog_version_3},
    {4, "tiny thumbnails", catalog_version_tiny},
    {5, "numbered files that are one sequence", catalog_version_sequences},
    {6, "by what files are known again, folders that were imported", catalog_version_identity},
    {7, "works on files, and the trash", catalog_version_files},
    {8, "side-cars", catalog_version_sidecars},
    {9, "how pictures look, and what is there twice", catalog_version_twins},
    {10, "stacks made by hand", catalog_version_stacks},
    {11, "workspaces", catalog_version_workspaces},
    {12, "works on files that have ended can be undone", catalog_version_finished},
    {13, "what pictures carry in themselves is given to items", catalog_version_embedded},
    {14, "what each of two side-cars said", catalog_version_sidecar_pairs},
};

const vt_schema vt_catalog_schema = {
    .application_id = VT_CATALOG_APPLICATION_ID,
    .name = "catalog",
    .steps = catalog_steps,
    .step_count = sizeof catalog_steps / sizeof *catalog_steps,
};

/* The store belongs to one catalog: `property` holds that one's identity. Size and time are those of the file
   that a thumbnail shows. */
static const char thumbs_version_1[] =
    "CREATE TABLE migration ("
    "  version INTEGER PRIMARY KEY, note TEXT NOT NULL, program TEXT NOT NULL, applied_ns INTEGER NOT NULL"
    ") STRICT;"
    "CREATE TABLE property (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE thumbnail ("
    "  item_id INTEGER NOT NULL, size_class INTEGER NOT NULL,"
    "  size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,"
    "  width INTEGER NOT NULL, height INTEGER NOT NULL, codec INTEGER NOT NULL,"
    "  bytes BLOB NOT NULL,"
    "  UNIQUE (item_id, size_class)"
    ") STRICT;";

/* Those of 512 pixels in the order they came: what they hold is limited (thumbs_limit.c). */
static const char thumbs_version_2[] =
    "CREATE INDEX thumbnail_large ON thumbnail (size_class) WHERE size_class = 512;";

static const vt_migration thumbs_steps[] = {
    {1, "first store", thumbs_version_1},
    {2, "which are large", thumbs_version_2},
};

const vt_schema vt_thumbs_schema = {
    .application_id = VT_THUMBS_APPLICATION_ID,
    .name = "thumbnails store",
    .steps = thumbs_steps,
    .step_count = sizeof thumbs_steps / sizeof *thumbs_steps,
};

int vt_schema_newest(const vt_schema *schema)
{
    return schema->steps[schema->step_count - 1].version;
}

bool vt_schema_version(const vt_schema *schema, sqlite3 *db, int *version, vt_error *error)
{
    int64_t application = 0;
    int64_t number = 0;
    int64_t objects = 0;
    if (!vt_db_integer(db, "PRAGMA application_id", &application, error) ||
        !vt_db_integer(db, "PRAGMA user_version", &number, error) ||
        !vt_db_integer(db, "SELECT count(*) FROM sqlite_schema", &objects, error)) {
        return false;
    }
    *version = (int)number;
    bool empty = application == 0 && number == 0 && objects == 0;
    bool ours = application == schema->application_id;
    if (empty || (ours && number >= 0 && number <= vt_schema_newest(schema))) {
        return true;
    }
    char *shown = vt_path_display(sqlite3_db_filename(db, "main"));
    if (!ours) {
        vt_error_set(error, VT_ERROR_UNSUPPORTED,
                     "%s is a database of another program, not a Vitrine %s; name another file",
                     shown ? shown : "the file", schema->name);
    } else {
        vt_error_set(error, VT_ERROR_VERSION,
                     "%s has version %d, this program (Vitrine " VITRINE_VERSION
                     ") knows version %d of a %s at most; use a newer Vitrine",
                     shown ? shown : "the file", *version, vt_schema_newest(schema), schema->name);
    }
    free(shown);
    return false;
}

static bool note_step(sqlite3 *db, const vt_migration *step, vt_error *error)
{
    sqlite3_stmt *insert = vt_db_prepare(db, "INSERT INTO migration VALUES (?, ?, ?, ?)", error);
    if (!insert) {
        return false;
    }
    sqlite3_bind_int(insert, 1, step->version);
    sqlite3_bind_text(insert, 2, step->note, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 3, VITRINE_VERSION, -1, SQLITE_STATIC);
    sqlite3_bind_int64(insert, 4, vt_clock_wall());
    bool done = vt_db_run(insert, "upgrade", error);
    sqlite3_finalize(insert);
    return done;
}

/* All steps from `version` on, within a transaction. */
static bool run_steps(const vt_schema *schema, sqlite3 *db, int version, int wanted, vt_error *error)
{
    for (size_t i = 0; i < schema->step_count; i++) {
        const vt_migration *step = &schema->steps[i];
        if (step->version > version && step->version <= wanted &&
            !(vt_db_exec(db, step->sql, "upgrade", error) && note_step(db, step, error))) {
            return false;
        }
    }
    return true;
}

/* One transaction for all steps: whoever is killed amid them leaves the old version or the wanted one, never
   one between, and of a new file nothing. */
bool vt_schema_migrate_to(const vt_schema *schema, sqlite3 *db, int wanted, vt_error *error)
{
    int version = 0;
    if (!vt_schema_version(schema, db, &version, error)) {
        return false;
    }
    if (version >= wanted) {
        return true;
    }
    char *numbers = sqlite3_mprintf("PRAGMA application_id=%d; PRAGMA user_version=%d; COMMIT",
                                    schema->application_id, wanted);
    if (!numbers) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    bool done = vt_db_exec(db, "BEGIN IMMEDIATE", "upgrade", error);
    if (done) {
        done = run_steps(schema, db, version, wanted, error) && vt_db_exec(db, numbers, "upgrade", error);
        if (!done && !sqlite3_get_autocommit(db)) {
            sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
        }
    }
    sqlite3_free(numbers);
    return done;
}

bool vt_schema_migrate(const vt_schema *schema, sqlite3 *db, vt_error *error)
{
    return vt_schema_migrate_to(schema, db, vt_schema_newest(schema), error);
}
