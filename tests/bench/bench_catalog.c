/*
 * What the catalog's writer and readers cost beside SQLite itself.
 *
 * The peer is SQLite in the same run, on the same disk: the table and the settings of the catalog (made by
 * the catalog itself), one prepared INSERT, the same rows in transactions of the same size. What the writer
 * adds is looking for the path, the folders, the numbers, the counts. Rounds alternate and the best of each
 * counts, for the machine is shared.
 *
 * usage: bench_catalog [ITEMS [ROUNDS]]   (100000 items, 3 rounds)
 */
#include "core/base/clock.h"
#include "core/catalog/catalog.h"
#include "core/catalog/reader.h"
#include "core/catalog/snapshot.h"
#include "core/catalog/thumbs.h"
#include "core/catalog/writer.h"
#include "tests/core/catalog/edits.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BATCH   1000
#define FOLDER  500 /* files a folder */
#define PATH_AT 64

typedef struct library {
    vt_item *items;
    char *paths;
    size_t count;
} library;

static char folder[] = "/tmp/vitrine-bench-XXXXXX";

static void stop(const char *what)
{
    fprintf(stderr, "bench_catalog: %s\n", what);
    exit(1);
}

static library make_library(size_t count)
{
    library made = {
        .items = calloc(count, sizeof *made.items), .paths = calloc(count, PATH_AT), .count = count};
    if (!made.items || !made.paths) {
        stop("out of memory");
    }
    for (size_t i = 0; i < count; i++) {
        char *path = made.paths + i * PATH_AT;
        int length = snprintf(path, PATH_AT, "/home/user/pictures/%05zu/IMG_%07zu.jpg", i / FOLDER, i);
        made.items[i] = (vt_item){
            .path = path,
            .path_length = (uint32_t)length,
            .size = 2000000 + (int64_t)i,
            .mtime_ns = 1700000000000000000 + (int64_t)i * 1000,
            .ctime_ns = 1700000000000000000 + (int64_t)i * 1000,
            .dev = 64769,
            .ino = 1000000 + i,
            .media = {.kind = VT_KIND_IMAGE,
                      .format = VT_FORMAT_JPEG,
                      .orientation = 1,
                      .channels = 3,
                      .bit_depth = 8,
                      .width = 4032,
                      .height = 3024},
        };
    }
    return made;
}

static void path_of(char *path, size_t size, const char *name)
{
    snprintf(path, size, "%s/%s", folder, name);
}

static void delete_catalog(const char *name)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", ".lock"};
    for (size_t i = 0; i < 4; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s%s", folder, name, suffixes[i]);
        unlink(path);
    }
}

static vt_catalog *open_catalog(const char *name)
{
    char path[128];
    path_of(path, sizeof path, name);
    vt_catalog_options options = {.mode = VT_CATALOG_READ_WRITE, .log = vt_log_none};
    vt_error error = VT_ERROR_INIT;
    vt_catalog *catalog = vt_catalog_open(path, &options, &error);
    if (!catalog) {
        stop(error.message);
    }
    return catalog;
}

/* Nanoseconds of wall time and of this thread's processor time. */
typedef struct cost {
    int64_t wall, cpu;
} cost;

static cost now(void)
{
    return (cost){vt_clock_now(), vt_clock_thread_cpu()};
}

static void keep_best(cost *best, cost since)
{
    cost at = now();
    int64_t wall = at.wall - since.wall;
    int64_t cpu = at.cpu - since.cpu;
    if (best->wall == 0 || wall < best->wall) {
        best->wall = wall;
    }
    if (best->cpu == 0 || cpu < best->cpu) {
        best->cpu = cpu;
    }
}

static void run_sql(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        stop(sqlite3_errmsg(db));
    }
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
        stop(sqlite3_errmsg(db));
    }
    return statement;
}

static void insert_raw(sqlite3 *db, sqlite3_stmt *put_folder, sqlite3_stmt *put_item, const library *all)
{
    for (size_t i = 0; i < all->count; i++) {
        const vt_item *item = &all->items[i];
        uint32_t name_at = vt_path_split(item->path, item->path_length);
        if (i % BATCH == 0) {
            run_sql(db, "BEGIN IMMEDIATE");
        }
        if (i % FOLDER == 0) {
            sqlite3_bind_blob(put_folder, 1, item->path, (int)name_at - 1, SQLITE_STATIC);
            if (sqlite3_step(put_folder) != SQLITE_DONE) {
                stop(sqlite3_errmsg(db));
            }
            sqlite3_reset(put_folder);
        }
        sqlite3_bind_int64(put_item, 1, (sqlite3_int64)(i / FOLDER) + 1);
        sqlite3_bind_blob(put_item, 2, item->path + name_at, (int)(item->path_length - name_at),
                          SQLITE_STATIC);
        const sqlite3_int64 numbers[] = {item->media.kind,
                                         item->media.format,
                                         item->state,
                                         item->size,
                                         item->mtime_ns,
                                         item->media.width,
                                         item->media.height,
                                         item->ctime_ns,
                                         (sqlite3_int64)item->dev,
                                         (sqlite3_int64)item->ino,
                                         item->media.orientation,
                                         item->media.channels,
                                         item->media.bit_depth};
        for (int n = 0; n < (int)(sizeof numbers / sizeof *numbers); n++) {
            sqlite3_bind_int64(put_item, n + 3, numbers[n]);
        }
        if (sqlite3_step(put_item) != SQLITE_DONE) {
            stop(sqlite3_errmsg(db));
        }
        sqlite3_reset(put_item);
        if (i % BATCH == BATCH - 1 || i == all->count - 1) {
            run_sql(db, "COMMIT");
        }
    }
}

static void measure_raw(const library *all, cost *best)
{
    delete_catalog("raw.vitrine");
    vt_catalog_close(open_catalog("raw.vitrine"));
    char path[128];
    path_of(path, sizeof path, "raw.vitrine");
    sqlite3 *db = NULL;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) {
        stop("cannot open the peer's catalog");
    }
    sqlite3_wal_autocheckpoint(db, 4096);
    run_sql(db, "PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16384; PRAGMA foreign_keys=ON; "
                "PRAGMA cell_size_check=ON");
    sqlite3_stmt *put_folder = prepare(db, "INSERT INTO folder (path) VALUES (?)");
    sqlite3_stmt *put_item =
        prepare(db, "INSERT INTO item (folder_id, name, kind, format, state, size, mtime_ns, width, height, "
                    "ctime_ns, dev, "
                    "ino, orientation, channels, bit_depth) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    cost since = now();
    insert_raw(db, put_folder, put_item, all);
    keep_best(best, since);
    sqlite3_finalize(put_folder);
    sqlite3_finalize(put_item);
    sqlite3_close(db);
}

static void commit_all(vt_catalog_writer *writer, const library *all, vt_outcome expected)
{
    size_t done = 0;
    for (size_t i = 0; i < all->count; i += BATCH) {
        size_t count = all->count - i < BATCH ? all->count - i : BATCH;
        vt_batch batch = {.items = all->items + i, .item_count = count};
        vt_commit result;
        vt_error error = VT_ERROR_INIT;
        if (!vt_catalog_writer_commit(writer, &batch, &result, &error)) {
            stop(error.message);
        }
        done += expected == VT_OUTCOME_INSERTED ? result.inserted : result.unchanged;
    }
    if (done != all->count) {
        stop("not every item was committed as expected");
    }
}

static bool sum_brief(void *user, const vt_item_brief *item)
{
    *(int64_t *)user += item->width != 0;
    return true;
}

static void measure_reading(vt_catalog *catalog, const library *all, cost *briefs, cost *known)
{
    vt_error error = VT_ERROR_INIT;
    vt_catalog_reader *reader = vt_catalog_reader_open(catalog, &error);
    vt_arena *arena = vt_arena_create(0);
    int64_t seen = 0;
    size_t files_seen = 0;
    cost since = now();
    if (!reader || !arena || !vt_catalog_reader_each_brief(reader, 0, sum_brief, &seen, &error)) {
        stop(error.message);
    }
    keep_best(briefs, since);
    since = now();
    for (size_t i = 0; i < all->count; i += FOLDER) {
        const vt_item *item = &all->items[i];
        vt_known_file *files = NULL;
        size_t count = 0;
        if (!vt_catalog_reader_known_files(reader, item->path,
                                           vt_path_split(item->path, item->path_length) - 1, arena, &files,
                                           &count, &error)) {
            stop(error.message);
        }
        files_seen += count;
        vt_arena_reset(arena);
    }
    keep_best(known, since);
    if ((size_t)seen != all->count || files_seen != all->count) {
        stop("not every item was read");
    }
    vt_arena_free(arena);
    vt_catalog_reader_free(reader);
}

typedef struct costs {
    cost raw, insert, again, briefs, known, put, get, rate, tag, snapshot;
    int64_t longest_step; /* of a snapshot, ns */
} costs;

/* Items edited in one call: a selection of everything in a large folder. */
#define EDITED 10000

static void measure_edits(vt_catalog_writer *writer, const library *all, costs *best)
{
    static int64_t ids[EDITED];
    const size_t count = all->count < EDITED ? all->count : EDITED;
    for (size_t i = 0; i < count; i++) {
        ids[i] = all->items[i].id;
    }
    const char *tag = "place/italy/rome";
    vt_error error = VT_ERROR_INIT;
    cost since = now();
    if (!edits_set_rating(writer, ids, count, 4, &error)) {
        stop(error.message);
    }
    keep_best(&best->rate, since);
    since = now();
    if (!edits_add_tags(writer, ids, count, &tag, 1, &error)) {
        stop(error.message);
    }
    keep_best(&best->tag, since);
}

/* How long a step of a snapshot takes: what the writer waits at most where it waits at all. */
typedef struct stepping {
    int64_t since, longest;
} stepping;

static bool note_step(void *user)
{
    stepping *self = user;
    int64_t at = vt_clock_now();
    self->longest = at - self->since > self->longest ? at - self->since : self->longest;
    self->since = at;
    return true;
}

static void measure_snapshot(vt_catalog *catalog, costs *best)
{
    stepping steps = {.since = vt_clock_now()};
    vt_snapshot_options options = {.go_on = note_step, .user = &steps};
    vt_error error = VT_ERROR_INIT;
    char *path = NULL;
    cost since = now();
    if (!vt_snapshot_take(catalog, &options, &path, &error)) {
        stop(error.message);
    }
    keep_best(&best->snapshot, since);
    best->longest_step = steps.longest > best->longest_step ? steps.longest : best->longest_step;
    unlink(path);
    free(path);
}

static void measure_catalog(const library *all, costs *best)
{
    delete_catalog("own.vitrine");
    vt_catalog *catalog = open_catalog("own.vitrine");
    vt_error error = VT_ERROR_INIT;
    vt_catalog_writer *writer = vt_catalog_writer_create(catalog, &error);
    if (!writer) {
        stop(error.message);
    }
    cost since = now();
    commit_all(writer, all, VT_OUTCOME_INSERTED);
    keep_best(&best->insert, since);
    since = now();
    commit_all(writer, all, VT_OUTCOME_UNCHANGED);
    keep_best(&best->again, since);
    measure_reading(catalog, all, &best->briefs, &best->known);
    measure_edits(writer, all, best);
    measure_snapshot(catalog, best);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

/* Thumbnails of 12 KB, as 256 pixels of a photo take. */
#define THUMBS       4000
#define THUMBS_BATCH 50
#define THUMB_BYTES  12000

static void measure_thumbs(costs *best)
{
    char path[128];
    path_of(path, sizeof path, "own.thumbs");
    delete_catalog("own.thumbs");
    vt_catalog *catalog = open_catalog("own.vitrine");
    vt_error error = VT_ERROR_INIT;
    vt_thumbs *thumbs = vt_thumbs_open(catalog, path, &error);
    static unsigned char bytes[THUMB_BYTES];
    vt_thumb_key keys[THUMBS_BATCH];
    vt_thumb batch[THUMBS_BATCH];
    if (!thumbs) {
        stop(error.message);
    }
    cost since = now();
    for (int i = 0; i < THUMBS; i += THUMBS_BATCH) {
        for (int t = 0; t < THUMBS_BATCH; t++) {
            keys[t] = (vt_thumb_key){.item_id = i + t + 1, .size_class = 256};
            batch[t] = (vt_thumb){.width = 256, .height = 192, .bytes = bytes, .length = sizeof bytes};
        }
        if (!vt_thumbs_put(thumbs, keys, batch, THUMBS_BATCH, &error)) {
            stop(error.message);
        }
    }
    keep_best(&best->put, since);
    since = now();
    for (int i = 0; i < THUMBS; i++) {
        vt_thumb_key key = {.item_id = (int64_t)i * 1009 % THUMBS + 1, .size_class = 256};
        vt_thumb thumb;
        bool found = false;
        if (!vt_thumbs_get(thumbs, &key, &thumb, &found, &error) || !found) {
            stop("a thumbnail was not found");
        }
        free((void *)thumb.bytes);
    }
    keep_best(&best->get, since);
    vt_thumbs_close(thumbs);
    vt_catalog_close(catalog);
}

static void report(const char *name, const cost *best, size_t count)
{
    printf("catalog_%s %.2f us - (%.0f a second, %.2f us of processor time)\n", name,
           (double)best->wall / 1e3 / (double)count, (double)count * 1e9 / (double)best->wall,
           (double)best->cpu / 1e3 / (double)count);
}

int main(int argc, char **argv)
{
    long items = argc > 1 ? strtol(argv[1], NULL, 10) : 100000;
    long rounds = argc > 2 ? strtol(argv[2], NULL, 10) : 3;
    if (items < 1 || items > 10000000 || rounds < 1 || !mkdtemp(folder)) {
        stop("usage: bench_catalog [ITEMS [ROUNDS]]");
    }
    library all = make_library((size_t)items);
    costs best = {0};
    for (long round = 0; round < rounds; round++) {
        measure_raw(&all, &best.raw);
        measure_catalog(&all, &best);
        measure_thumbs(&best);
    }
    fprintf(stderr, "catalog, %ld items, best of %ld rounds, SQLite %s\n", items, rounds,
            sqlite3_libversion());
    report("insert_sqlite_alone", &best.raw, all.count);
    report("insert", &best.insert, all.count);
    report("commit_unchanged", &best.again, all.count);
    report("read_brief", &best.briefs, all.count);
    report("read_known", &best.known, all.count);
    report("put_thumbnail_12kb", &best.put, THUMBS);
    report("get_thumbnail_12kb", &best.get, THUMBS);
    printf("catalog_rate_10000_items %.1f ms - (one call, on the disk when it returns)\n",
           (double)best.rate.wall / 1e6);
    printf("catalog_tag_10000_items %.1f ms -\n", (double)best.tag.wall / 1e6);
    printf("catalog_snapshot %.0f ms - (verified and synced)\n", (double)best.snapshot.wall / 1e6);
    printf("catalog_snapshot_longest_step %.1f ms - (of all rounds)\n", (double)best.longest_step / 1e6);
    printf("catalog_insert_over_sqlite %.2f x -\n", (double)best.insert.wall / (double)best.raw.wall);
    printf("catalog_insert_cpu_over_sqlite %.2f x -\n", (double)best.insert.cpu / (double)best.raw.cpu);
    delete_catalog("raw.vitrine");
    delete_catalog("own.vitrine");
    delete_catalog("own.thumbs");
    rmdir(folder);
    free(all.items);
    free(all.paths);
    return 0;
}
