/* Programs that are killed, and catalogs that somebody tampered with. */
#include "core/catalog/fixture.h"

#include "core/catalog/check.h"
#include "core/catalog/journal.h"
#include "core/catalog/marks.h"
#include "tests/core/catalog/edits.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#define BATCH 7

static unsigned next_random(void)
{
    static uint64_t state = 1;
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(state >> 33);
}

/* Commits batches for ever and writes a byte to `progress` after each. */
static void import_for_ever(int progress, int round)
{
    vt_catalog *catalog = fixture_try_open(VT_CATALOG_READ_WRITE, NULL);
    vt_catalog_writer *writer = catalog ? vt_catalog_writer_create(catalog, NULL) : NULL;
    for (int b = 0; writer; b++) {
        vt_item items[BATCH];
        char paths[BATCH][300];
        for (int i = 0; i < BATCH; i++) {
            snprintf(paths[i], sizeof paths[i], "/round %d/%0200d.jpg", round, b * BATCH + i);
            items[i] = fixture_item(paths[i], i);
        }
        vt_batch batch = {.items = items, .item_count = BATCH};
        if (!vt_catalog_writer_commit(writer, &batch, NULL, NULL) || write(progress, "x", 1) != 1) {
            break;
        }
    }
    _exit(1);
}

static int64_t read_all(int pipe_end)
{
    char bytes[4096];
    int64_t total = 0;
    ssize_t got = 0;
    while ((got = read(pipe_end, bytes, sizeof bytes)) > 0) {
        total += got;
    }
    return total;
}

static void test_a_killed_import_loses_no_committed_batch(void **state)
{
    (void)state;
    int64_t found_before = 0;
    int64_t all_told = 0;
    for (int round = 0; round < 25; round++) {
        int pipes[2];
        assert_int_equal(pipe(pipes), 0);
        fflush(NULL);
        pid_t child = fork();
        assert_int_not_equal(child, -1);
        if (child == 0) {
            close(pipes[0]);
            import_for_ever(pipes[1], round);
        }
        close(pipes[1]);
        struct timespec moment = {.tv_nsec = (long)(next_random() % 60) * 1000000};
        nanosleep(&moment, NULL);
        kill(child, SIGKILL);
        int status = 0;
        waitpid(child, &status, 0);
        assert_true(WIFSIGNALED(status));
        int64_t told = read_all(pipes[0]);
        close(pipes[0]);
        all_told += told;

        vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
        vt_check_report report;
        assert_true(vt_check_catalog(catalog, NULL, false, &report, NULL));
        assert_int_equal(report.total, 0);
        vt_catalog_close(catalog);
        int64_t found = fixture_number(fixture_path, "SELECT count(*) FROM item");
        /* what was told, or one batch more that was committed but not told yet */
        assert_true(found - found_before == told * BATCH || found - found_before == (told + 1) * BATCH);
        found_before = found;
    }
    assert_true(all_told > 0);
}

static bool take_brief(void *user, const vt_item_brief *item)
{
    /* touches every byte, for the sanitizers */
    for (uint32_t i = 0; i < item->name_length; i++) {
        *(int *)user += item->name[i];
    }
    return true;
}

static bool take_failure(void *user, const vt_failure *failure)
{
    *(int *)user += (int)strlen(failure->message) + (int)strnlen(failure->path, failure->path_length);
    return true;
}

static bool take_folder(void *user, int64_t id, const char *path, size_t length)
{
    (void)id;
    for (size_t i = 0; i < length; i++) {
        *(int *)user += path[i];
    }
    return true;
}

static bool take_tag(void *user, const vt_tag *tag)
{
    *(int *)user += (int)strlen(tag->path) + (int)strlen(tag->name);
    return true;
}

static bool take_album(void *user, const vt_album *album)
{
    *(int *)user += (int)strlen(album->name);
    return true;
}

static bool take_import(void *user, const vt_journal_entry *entry)
{
    const char *at = entry->paths;
    for (size_t i = 0; i < entry->count; i++) {
        *(int *)user += (int)strlen(at);
        at += strlen(at) + 1;
    }
    return true;
}

static void edit(vt_catalog_writer *writer)
{
    const int64_t ids[] = {1, 5, 9, 777};
    const char *tag = "a/b/new";
    vt_error error = VT_ERROR_INIT;
    assert_true(edits_add_tags(writer, ids, 4, &tag, 1, &error) || error.message[0] != '\0');
    edits_rename_tag(writer, "a/b", "c/d", NULL);
    edits_rename_tag(writer, "c", "summer", NULL);
    edits_set_note(writer, ids, 4, "note", NULL);
    edits_move_in_album(writer, 1, ids, 4, 7, NULL);
}

/* Whatever the file says, every call ends in a result or in an error with a message. */
static void use_everything(void)
{
    vt_error error = VT_ERROR_INIT;
    vt_catalog *catalog = fixture_try_open(VT_CATALOG_READ_WRITE, &error);
    if (!catalog) {
        assert_true(error.message[0] != '\0');
        return;
    }
    int sum = 0;
    vt_catalog_reader *reader = fixture_reader(catalog);
    vt_arena *arena = vt_arena_create(0);
    vt_known_file *files = NULL;
    size_t count = 0;
    vt_item item;
    vt_catalog_counts counts;
    vt_catalog_reader_each_brief(reader, INT64_MIN, take_brief, &sum, NULL);
    vt_catalog_reader_each_failure(reader, 0, take_failure, &sum, NULL);
    vt_catalog_reader_each_folder(reader, NULL, take_folder, &sum, NULL);
    vt_catalog_reader_counts(reader, &counts, NULL);
    vt_catalog_reader_known_files(reader, "/photos", 7, arena, &files, &count, NULL);
    vt_item_marks marks;
    vt_marks_each_tag(reader, take_tag, &sum, NULL);
    vt_marks_each_album(reader, take_album, &sum, NULL);
    vt_catalog_reader_each_import(reader, take_import, &sum, NULL);
    if (vt_marks_item(reader, 5, &marks, NULL)) {
        sum += (int)strlen(marks.note);
        vt_item_marks_free(&marks);
    }
    for (int64_t id = 1; id < 200; id += 13) {
        vt_catalog_reader_item(reader, id, &item, NULL);
    }
    vt_arena_free(arena);
    vt_catalog_reader_free(reader);
    vt_catalog_writer *writer = vt_catalog_writer_create(catalog, NULL);
    if (writer) {
        item = fixture_item("/photos/new.jpg", 1);
        vt_failure failure = fixture_failure("/photos/7.jpg", VT_ERROR_CORRUPT);
        vt_batch batch = {.items = &item, .item_count = 1, .failures = &failure, .failure_count = 1};
        error.code = VT_ERROR_NONE;
        assert_true(vt_catalog_writer_commit(writer, &batch, NULL, &error) || error.message[0] != '\0');
        edit(writer);
        vt_catalog_writer_free(writer);
    }
    static vt_check_report report;
    vt_check_catalog(catalog, NULL, true, &report, NULL);
    vt_catalog_close(catalog);
}

static void test_tampered_catalogs_crash_nothing(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 200);
    vt_failure failure = fixture_failure("/photos/bad.jpg", VT_ERROR_CORRUPT);
    fixture_commit(writer, (vt_batch){.failures = &failure, .failure_count = 1});
    int64_t ids[100];
    for (int i = 0; i < 100; i++) {
        ids[i] = i + 1;
    }
    const char *tags[] = {"a/b/c", "summer"};
    int64_t id = 0;
    assert_true(edits_add_tags(writer, ids, 100, tags, 2, NULL));
    assert_true(edits_set_note(writer, ids, 50, "a note", NULL));
    assert_true(edits_create_album(writer, "album", &id, NULL));
    assert_true(edits_add_to_album(writer, id, ids, 100, NULL));
    assert_true(vt_catalog_writer_journal_begin(writer, tags, 2, "options", &id, NULL));
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    size_t length = 0;
    char *bytes = fixture_slurp(fixture_path, &length);
    char *copy = malloc(length);
    assert_non_null(copy);
    for (int round = 0; round < 300; round++) {
        memcpy(copy, bytes, length);
        unsigned changes = 1 + next_random() % 8;
        for (unsigned c = 0; c < changes; c++) {
            /* the headers of pages steer the most */
            size_t at = next_random() % length;
            at = c % 2 ? at / 4096 * 4096 + at % 64 : at;
            copy[at] = (char)next_random();
        }
        unlink(fixture_file("library.vitrine-wal"));
        unlink(fixture_file("library.vitrine-shm"));
        fixture_spill(fixture_path, copy, length);
        use_everything();
    }
    free(copy);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_a_killed_import_loses_no_committed_batch),
        fixture_test(test_tampered_catalogs_crash_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
