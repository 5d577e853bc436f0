#include "core/catalog/stamp.h"

#include "core/base/clock.h"
#include "core/base/str.h"
#include "core/catalog/db.h"
#include "core/catalog/reader_private.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static_assert(sizeof(vt_catalog_stamp) == 32 + 10 * sizeof(int64_t), "a stamp has no padding");

/* The longest ticks of file times where fractions of a second are kept (exFAT), and where they are not (FAT).
 */
#define FINE_TICK   (10 * VT_NS_PER_MS)
#define COARSE_TICK (2 * VT_NS_PER_S)

/* A log with anything in it may hold commits; one that is emptied or not there holds none. */
static bool is_without(const char *path, const char *suffix)
{
    struct stat facts;
    vt_str log = VT_STR_INIT;
    vt_str_append_cstr(&log, path);
    vt_str_append_cstr(&log, suffix);
    bool without = !log.failed && (stat(log.data, &facts) != 0 ? errno == ENOENT : facts.st_size == 0);
    vt_str_free(&log);
    return without;
}

static bool look_at_file(const char *path, vt_catalog_stamp *stamp, vt_error *error)
{
    struct stat facts;
    if (stat(path, &facts) != 0) {
        return vt_error_set(error, VT_ERROR_NOT_FOUND, "the catalog has been taken away");
    }
    if (vt_db_on_network(path)) {
        return vt_error_set(error, VT_ERROR_UNSUPPORTED,
                            "the catalog lies on a network or FUSE file system, whose times are not exact");
    }
    if (!is_without(path, "-wal") || !is_without(path, "-journal")) {
        return vt_error_set(error, VT_ERROR_BUSY, "the log beside the catalog is not empty");
    }
    stamp->ino = facts.st_ino;
    stamp->size = facts.st_size;
    stamp->mtime_ns = vt_clock_nanoseconds(facts.st_mtim);
    stamp->ctime_ns = vt_clock_nanoseconds(facts.st_ctim);
    return true;
}

bool vt_catalog_stamp_take(const vt_catalog *catalog, vt_catalog_reader *reader, vt_catalog_stamp *stamp,
                           vt_error *error)
{
    memset(stamp, 0, sizeof *stamp);
    memcpy(stamp->identity, vt_catalog_identity(catalog), sizeof stamp->identity);
    /* The reader's transaction is older than this look: what was committed since is in the log, or has
       changed the file. */
    const struct {
        const char *sql;
        int64_t *value;
    } facts[] = {
        {"PRAGMA user_version", &stamp->version},
        {"PRAGMA schema_version", &stamp->schema},
        {"PRAGMA page_count", &stamp->pages},
        {"PRAGMA freelist_count", &stamp->free_pages},
        {"SELECT max(id) FROM item", &stamp->last_item},
        {"SELECT max(id) FROM folder", &stamp->last_folder},
    };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (!vt_db_integer(vt_catalog_reader_db(reader), facts[i].sql, facts[i].value, error)) {
            return false;
        }
    }
    return look_at_file(vt_catalog_path(catalog), stamp, error);
}

bool vt_catalog_stamp_equal(const vt_catalog_stamp *a, const vt_catalog_stamp *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

bool vt_catalog_stamp_is_settled(const vt_catalog_stamp *stamp)
{
    /* The clock file times are taken from. */
    struct timespec clock;
    if (clock_gettime(CLOCK_REALTIME_COARSE, &clock) != 0) {
        return false;
    }
    int64_t now = vt_clock_nanoseconds(clock);
    int64_t last = stamp->ctime_ns > stamp->mtime_ns ? stamp->ctime_ns : stamp->mtime_ns;
    int64_t tick = stamp->ctime_ns % VT_NS_PER_S ? FINE_TICK : COARSE_TICK;
    return now - last > tick;
}
