/* Imports that have begun and not ended. */
#include "core/catalog/fixture.h"

#include "core/catalog/journal.h"

#include <signal.h>
#include <sys/wait.h>

typedef struct found {
    int entries;
    vt_journal_entry last;
    char paths[64], options[64];
} found;

static bool note_entry(void *user, const vt_journal_entry *entry)
{
    found *self = user;
    self->entries++;
    self->last = *entry;
    size_t at = 0;
    for (size_t i = 0; i < entry->count; i++) {
        size_t length = strlen(entry->paths + at) + 1;
        assert_true(at + length <= sizeof self->paths);
        memcpy(self->paths + at, entry->paths + at, length);
        at += length;
    }
    snprintf(self->options, sizeof self->options, "%s", entry->options);
    return true;
}

static found list(const vt_catalog *catalog)
{
    vt_catalog_reader *reader = fixture_reader(catalog);
    found result = {0};
    assert_true(vt_catalog_reader_each_import(reader, note_entry, &result, NULL));
    vt_catalog_reader_free(reader);
    return result;
}

static const char *const paths[] = {"/photos", "/\xff\n/models"};

static void test_an_import_is_listed_until_it_ends(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    assert_int_equal(list(catalog).entries, 0);
    int64_t first = 0;
    int64_t second = 0;
    assert_true(vt_catalog_writer_journal_begin(writer, paths, 2, "{\"hidden\":true}", &first, NULL));
    assert_true(vt_catalog_writer_journal_begin(writer, paths, 1, NULL, &second, NULL));
    assert_int_not_equal(first, second);
    found now = list(catalog);
    assert_int_equal(now.entries, 2);
    assert_int_equal(now.last.id, second);
    assert_int_equal(now.last.count, 1);
    assert_string_equal(now.options, "");
    assert_true(now.last.begun_ns > INT64_C(1600000000000000000));
    assert_true(vt_catalog_writer_journal_end(writer, second, NULL));
    assert_true(vt_catalog_writer_journal_end(writer, second, NULL));
    now = list(catalog);
    assert_int_equal(now.entries, 1);
    assert_int_equal(now.last.id, first);
    assert_int_equal(now.last.count, 2);
    assert_memory_equal(now.paths, "/photos\0/\xff\n/models", 18);
    assert_string_equal(now.options, "{\"hidden\":true}");
    assert_true(vt_catalog_writer_journal_end(writer, first, NULL));
    assert_int_equal(list(catalog).entries, 0);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static void test_an_import_needs_paths(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    const char *const empty[] = {"/a", ""};
    int64_t id = 5;
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_catalog_writer_journal_begin(writer, paths, 0, "", &id, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_int_equal(id, 0);
    vt_error_clear(&error);
    assert_false(vt_catalog_writer_journal_begin(writer, empty, 2, "", &id, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_int_equal(list(catalog).entries, 0);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

static void test_an_import_that_was_killed_is_still_listed(void **state)
{
    (void)state;
    fflush(NULL);
    pid_t child = fork();
    assert_int_not_equal(child, -1);
    if (child == 0) {
        vt_catalog *catalog = fixture_try_open(VT_CATALOG_READ_WRITE, NULL);
        vt_catalog_writer *writer = catalog ? vt_catalog_writer_create(catalog, NULL) : NULL;
        int64_t id = 0;
        if (writer && vt_catalog_writer_journal_begin(writer, paths, 2, "x", &id, NULL)) {
            kill(getpid(), SIGKILL);
        }
        _exit(1);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    found now = list(catalog);
    assert_int_equal(now.entries, 1);
    assert_int_equal(now.last.count, 2);
    vt_catalog_close(catalog);
}

static void test_a_journal_somebody_tampered_with(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    fixture_sql(fixture_path, "INSERT INTO import_journal (paths, options, begun_ns) VALUES "
                              "(x'2f61002f62', '', 0), (x'', '', 0)");
    found now = list(catalog);
    assert_int_equal(now.entries, 2);
    assert_int_equal(now.last.count, 0);
    assert_string_equal(now.paths, "/a"); /* what has no end is not handed out */
    vt_catalog_close(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_an_import_is_listed_until_it_ends),
        fixture_test(test_an_import_needs_paths),
        fixture_test(test_an_import_that_was_killed_is_still_listed),
        fixture_test(test_a_journal_somebody_tampered_with),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
