/* Memory runs out at each request in turn, ours and SQLite's, in everything the catalog does: each call says
   so or does its work, and afterwards everything works. */
#include "core/catalog/fixture.h"

#include "core/catalog/backup.h"
#include "core/catalog/check.h"
#include "core/catalog/journal.h"
#include "core/catalog/marks.h"
#include "core/catalog/salvage.h"
#include "core/catalog/snapshot.h"
#include "core/catalog/thumbs.h"
#include "core/catalog/tiny.h"
#include "tests/core/catalog/edits.h"

#include <errno.h>

#ifndef VITRINE_SANITIZED

/* glibc's own names of the functions that these definitions replace. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void __libc_free(void *memory);

static int fail_at, requests; /* 0: never */
static long blocks;           /* given and not taken back */

static bool refused(void)
{
    if (++requests != fail_at) {
        return false;
    }
    errno = ENOMEM;
    return true;
}

static void *counted(void *memory)
{
    blocks += memory != NULL;
    return memory;
}

/* NOLINTBEGIN(readability-inconsistent-declaration-parameter-name): glibc's parameters are reserved names. */
void *malloc(size_t size)
{
    return refused() ? NULL : counted(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return refused() ? NULL : counted(__libc_calloc(count, size));
}

void *realloc(void *memory, size_t size)
{
    if (refused()) {
        return NULL;
    }
    return memory ? __libc_realloc(memory, size) : counted(__libc_realloc(NULL, size));
}

void free(void *memory)
{
    blocks -= memory != NULL;
    __libc_free(memory);
}

/* No power fails here: real syncs would only take time. */
int fsync(int file)
{
    (void)file;
    return 0;
}

int fdatasync(int file)
{
    (void)file;
    return 0;
}
/* NOLINTEND(readability-inconsistent-declaration-parameter-name) */

typedef struct tally {
    int told;
    int64_t committed;
} tally;

/* A call that failed must have said why; whether memory was short or a file it needed was not made before. */
static bool note(tally *self, bool done, vt_error *error)
{
    if (!done) {
        assert_int_not_equal(error->code, VT_ERROR_NONE);
        assert_int_not_equal(error->code, VT_ERROR_CORRUPT);
        assert_true(error->message[0] != '\0');
        self->told++;
    }
    vt_error_clear(error);
    return done;
}

static bool any_tiny(void *user, const vt_tiny *tiny)
{
    (void)user;
    (void)tiny;
    return true;
}

static bool any_brief(void *user, const vt_item_brief *item)
{
    (void)user;
    return item->id > 0;
}

static bool any_tag(void *user, const vt_tag *tag)
{
    (void)user;
    return tag->level > 0;
}

static bool any_folder(void *user, int64_t id, const char *path, size_t length)
{
    (void)user;
    return id > 0 && path && length;
}

static bool any_failure(void *user, const vt_failure *failure)
{
    (void)user;
    return failure->path_length > 0;
}

static void edit_some(vt_catalog_writer *writer, int64_t id, tally *self, vt_error *error)
{
    const char *tags[] = {"place/rome", "place/paris"};
    const char *path = "/a";
    int64_t album = 0;
    int64_t import = 0;
    bool tagged = note(self, edits_add_tags(writer, &id, 1, tags, 2, error), error);
    if (tagged) {
        note(self, edits_rename_tag(writer, tags[0], tags[1], error), error);
        note(self, edits_remove_tags(writer, &id, 1, &tags[1], 1, error), error);
    }
    note(self, edits_set_note(writer, &id, 1, "note", error), error);
    note(self, edits_set_title(writer, &id, 1, "title", error), error);
    if (note(self, edits_create_album(writer, "album", &album, error), error) &&
        note(self, edits_add_to_album(writer, album, &id, 1, error), error)) {
        note(self, edits_move_in_album(writer, album, &id, 1, 0, error), error);
    }
    if (note(self, vt_catalog_writer_journal_begin(writer, &path, 1, "", &import, error), error)) {
        note(self, vt_catalog_writer_journal_end(writer, import, error), error);
    }
}

static void write_some(vt_catalog *catalog, tally *self, vt_error *error)
{
    vt_catalog_writer *writer = vt_catalog_writer_create(catalog, error);
    if (!note(self, writer != NULL, error)) {
        return;
    }
    vt_item items[] = {fixture_item("/a/1.jpg", 1), fixture_item("/a/2.jpg", 2), fixture_item("/b/3.jpg", 3)};
    vt_failure failure = fixture_failure("/b/4.jpg", VT_ERROR_CORRUPT);
    vt_batch batch = {.items = items, .item_count = 3, .failures = &failure, .failure_count = 1};
    if (note(self, vt_catalog_writer_commit(writer, &batch, NULL, error), error)) {
        self->committed = 3;
        note(self, edits_rate(writer, items[0].id, 2, error), error);
        edit_some(writer, items[0].id, self, error);
        const vt_tiny tiny = {.item_id = items[1].id, .code = {{9}}};
        note(self, vt_catalog_writer_put_tiny(writer, &tiny, 1, error), error);
    }
    vt_catalog_writer_free(writer);
}

static void read_all(const vt_catalog *catalog, tally *self, vt_error *error)
{
    vt_catalog_reader *reader = vt_catalog_reader_open(catalog, error);
    if (!note(self, reader != NULL, error)) {
        return;
    }
    vt_arena *arena = vt_arena_create(0);
    vt_known_file *files = NULL;
    size_t count = 0;
    vt_item item;
    vt_catalog_counts counts;
    if (arena) {
        note(self, vt_catalog_reader_known_files(reader, "/b", 2, arena, &files, &count, error), error);
    }
    note(self, vt_catalog_reader_each_brief(reader, 0, any_brief, NULL, error), error);
    note(self, vt_catalog_reader_each_folder(reader, "/a", any_folder, NULL, error), error);
    note(self, vt_catalog_reader_each_failure(reader, 0, any_failure, NULL, error), error);
    note(self, vt_catalog_reader_counts(reader, &counts, error), error);
    if (self->committed) {
        vt_item_marks marks;
        note(self, vt_catalog_reader_item_at(reader, "/a/1.jpg", 8, &item, error), error);
        if (note(self, vt_marks_item(reader, 1, &marks, error), error)) {
            vt_item_marks_free(&marks);
        }
    }
    note(self, vt_catalog_reader_each_tiny(reader, 0, any_tiny, NULL, error), error);
    note(self, vt_marks_each_tag(reader, any_tag, NULL, error), error);
    vt_arena_free(arena);
    vt_catalog_reader_free(reader);
}

static void use_thumbs(vt_catalog *catalog, tally *self, vt_error *error)
{
    vt_thumbs *thumbs = vt_thumbs_open(catalog, fixture_file("cache.thumbs"), error);
    if (!note(self, thumbs != NULL, error)) {
        return;
    }
    vt_thumb_key key = {.item_id = 99, .size_class = 256};
    vt_thumb thumb = {.width = 1, .height = 1, .bytes = "x", .length = 1};
    bool found = false;
    vt_check_report report;
    note(self, vt_thumbs_put(thumbs, &key, &thumb, 1, error), error);
    const vt_thumb_key large = {.item_id = 99, .size_class = VT_THUMBS_LARGE};
    vt_thumbs_set_large_limit(thumbs, 0); /* so that it is deleted at once */
    note(self, vt_thumbs_put(thumbs, &large, &thumb, 1, error), error);
    if (note(self, vt_thumbs_get(thumbs, &key, &thumb, &found, error), error)) {
        free((void *)thumb.bytes);
    }
    note(self, vt_check_catalog(catalog, thumbs, true, &report, error), error);
    note(self, vt_thumbs_delete_orphans(thumbs, NULL, error), error);
    vt_thumbs_close(thumbs);
}

static tally session(void)
{
    tally self = {0};
    vt_error error = VT_ERROR_INIT;
    vt_catalog *catalog = fixture_try_open(VT_CATALOG_READ_WRITE, &error);
    if (!note(&self, catalog != NULL, &error)) {
        return self;
    }
    write_some(catalog, &self, &error);
    read_all(catalog, &self, &error);
    use_thumbs(catalog, &self, &error);
    char backup[256];
    snprintf(backup, sizeof backup, "%s", fixture_file("copy.backup"));
    bool backed_up = note(&self, vt_backup_write(catalog, backup, &error), &error);
    note(&self, vt_snapshot_take(catalog, NULL, NULL, &error), &error);
    vt_catalog_close(catalog);
    vt_salvage_report salvaged;
    if (note(&self, vt_salvage(fixture_path, &vt_log_none, &salvaged, &error), &error)) {
        assert_int_equal(salvaged.items, self.committed); /* no row is taken for unreadable */
    }
    vt_salvage_report_free(&salvaged);
    if (backed_up) {
        note(&self, vt_backup_restore(fixture_path, backup, NULL, &vt_log_none, &error), &error);
    }
    return self;
}

static void clear_folder(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -f %s/*", fixture_folder);
    assert_int_equal(system(command), 0);
}

static void test_every_request_for_memory_may_fail(void **state)
{
    (void)state;
    int rounds = 0;
    int told = 0;
    session(); /* what SQLite and the C library keep for good */
    for (int n = 1;; n += 1 + n / 60, rounds++) {
        clear_folder();
        requests = 0;
        long blocks_before = blocks;
        fail_at = n;
        tally first = session();
        int reached = requests;
        fail_at = 0;
        if (blocks != blocks_before) {
            fail_msg("after request %d failed, %ld blocks were not given back", n, blocks - blocks_before);
        }
        if (reached < n) {
            break;
        }
        told += first.told > 0;
        if (first.committed) {
            assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM item"), 3);
        }
        tally second = session();
        if (second.told) {
            fail_msg("after request %d failed, something does not work any more", n);
        }
        assert_int_equal(fixture_number(fixture_path, "SELECT count(*) FROM item"), 3);
    }
    print_message("%d requests failed in turn, %d told\n", rounds, told);
    assert_true(rounds > 100 && told > rounds / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_every_request_for_memory_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

int main(void)
{
    printf("SKIPPED: the sanitizers have a malloc of their own\n");
    return 77;
}

#endif
