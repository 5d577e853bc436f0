/* The columns file: it gives the index that the catalog would have given, or it is not used. */
#include "core/index/chunk.h"
#include "tests/core/catalog/edits.h"
#include "tests/core/index/columns_fixture.h"

#include <signal.h>
#include <sys/wait.h>

/* ---- what it gives ---- */

static void gives_what_the_catalog_gives(void **state)
{
    (void)state;
    fill(20000, 9001); /* several sections of both kinds, the last ones not full */
    fixture_sql(fixture_path, "UPDATE item SET state = id % 6, rating = id % 6;"
                              "DELETE FROM item WHERE id % 7 = 0 OR id < 50 OR id BETWEEN 4000 AND 9000;"
                              "UPDATE item SET id = 4611686018427387904 + id WHERE id > 15000;"
                              "UPDATE item SET kind = 99, format = 1000, width = -5 WHERE id = 60");
    write_columns();
    assert_used(VT_CATALOG_READ_WRITE);
    assert_used(VT_CATALOG_READ_WRITE); /* a session without writes leaves it as good as it was */
    assert_used(VT_CATALOG_READ_ONLY);
}

static void edges_of_sections(void **state)
{
    (void)state;
    static const int counts[] = {1, (int)VT_CHUNK_ROWS - 1, (int)VT_CHUNK_ROWS, (int)VT_CHUNK_ROWS + 1};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        unlink(fixture_path);
        fill(counts[i], counts[i]);
        write_columns();
        assert_used(VT_CATALOG_READ_WRITE);
    }
    fixture_sql(fixture_path, "DELETE FROM item"); /* a catalog without items has a file, too */
    write_columns();
    assert_used(VT_CATALOG_READ_WRITE);
}

/* The index that was filled at once goes on living as any other. */
static void goes_on_as_any_index(void **state)
{
    (void)state;
    fill(5000, 3);
    write_columns();
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_ONLY);
    vt_index *both[] = {load_columns(catalog), load_catalog(catalog)};
    assert_non_null(both[0]);
    vt_error error = VT_ERROR_INIT;
    for (int i = 0; i < 2; i++) {
        const vt_item_brief items[] = {
            {.id = 9000, .folder_id = 2, .name = "new.jpg", .name_length = 7, .kind = VT_KIND_IMAGE},
            {.id = 17, .folder_id = 1, .name = "Renamed.JPG", .name_length = 11, .kind = VT_KIND_IMAGE},
        };
        assert_true(vt_index_put(both[i], items, 2, &error));
        assert_true(vt_index_remove(both[i], 40, &error));
        assert_true(vt_index_set_rating(both[i], 41, 5, &error));
        assert_true(vt_index_add_folder(both[i], 70, "/more", 5, &error));
        assert_true(vt_index_publish(both[i], &error));
    }
    assert_same(both[0], both[1]);
    vt_index_free(both[0]);
    vt_index_free(both[1]);
    vt_catalog_close(catalog);
}

/* ---- writes between ---- */

static unsigned random_state;

static unsigned next_random(unsigned limit)
{
    random_state = random_state * 1664525 + 1013904223; /* Numerical Recipes, 7.1 */
    return (random_state >> 8) % limit;
}

static void write_something(vt_catalog_writer *writer)
{
    vt_error error = VT_ERROR_INIT;
    int64_t id = 1 + (int64_t)next_random(600);
    char path[64];
    snprintf(path, sizeof path, "/f%u/random %u.jpg", next_random(4), next_random(200));
    vt_item item = fixture_item(path, next_random(1000));
    vt_failure failure = fixture_failure(path, VT_ERROR_CORRUPT);
    switch (next_random(6)) {
    case 0:
        fixture_commit(writer, (vt_batch){.items = &item, .item_count = 1});
        break;
    case 1:
        assert_true(vt_catalog_writer_remove(writer, &id, 1, &error));
        break;
    case 2: /* there may be no such item any more */
        edits_rate(writer, id, (int)next_random(6), &error);
        break;
    case 3:
        fixture_commit(writer, (vt_batch){.failures = &failure, .failure_count = 1});
        break;
    case 4:
        fixture_commit(writer, (vt_batch){.missing_ids = &id, .missing_count = 1});
        break;
    default:
        edits_set_title(writer, &id, 1, "Title", &error);
    }
}

/* A program that writes and is killed before its end. */
static void write_and_die(void)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        vt_catalog_writer *writer = fixture_writer(fixture_open(VT_CATALOG_READ_WRITE));
        for (int i = 0; i < 3; i++) {
            write_something(writer);
        }
        kill(getpid(), SIGKILL);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
}

static void write_and_end(void)
{
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    for (unsigned i = next_random(4); i > 0; i--) {
        write_something(writer);
    }
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
}

/* Whatever happens between: either the file gives what the catalog gives, or it is not used. */
static void random_lives(void **state)
{
    (void)state;
    fill(600, 4);
    int used = 0, refused = 0, written = 0;
    for (random_state = 1; used + refused < 60;) {
        switch (next_random(4)) {
        case 0:
            write_and_die();
            break;
        case 1:
            write_and_end();
            break;
        case 2:
            fixture_sql(fixture_path, "UPDATE item SET size = size + 1 WHERE id % 97 = 3");
            break;
        default: /* the log of one that was killed keeps it from being written */
            if (is_there(fixture_file("library.vitrine-wal")) == false) {
                write_columns();
                written++;
            }
        }
        vt_catalog *catalog = fixture_open(next_random(2) ? VT_CATALOG_READ_WRITE : VT_CATALOG_READ_ONLY);
        vt_index *quick = load_columns(catalog);
        vt_index *slow = load_catalog(catalog);
        if (quick) {
            assert_same(quick, slow);
        }
        used += quick != NULL;
        refused += quick == NULL;
        vt_index_free(quick);
        vt_index_free(slow);
        vt_catalog_close(catalog);
    }
    assert_true(used >= 5 && refused >= 5 && written >= 5);
}

static void every_state_is_its_own(void **state)
{
    (void)state;
    fill(600, 4);
    assert_refused(VT_ERROR_NOT_FOUND);
    write_columns();
    fixture_sql(fixture_path, "UPDATE item SET rating = 3 WHERE id = 5");
    assert_refused(VT_ERROR_CHANGED);
    write_columns();
    assert_used(VT_CATALOG_READ_WRITE);
    random_state = 3;
    write_and_die();
    assert_refused(VT_ERROR_BUSY); /* what it wrote stands in the log */
    vt_error error = VT_ERROR_INIT;
    assert_null(fixture_try_open(VT_CATALOG_READ_CLOSED, &error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        columns_test(gives_what_the_catalog_gives), columns_test(edges_of_sections),
        columns_test(goes_on_as_any_index),         columns_test(random_lives),
        columns_test(every_state_is_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
