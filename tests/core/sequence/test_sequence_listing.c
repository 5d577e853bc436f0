#include "tests/support/check.h"

#include "core/sequence/sequence.h"
#include "core/sequence/sequence_listing.h"
#include "tests/support/failing_memory.h"
#include "tests/support/files.h"

#include <stdlib.h>
#include <string.h>

static vt_scan_file file_named(const char *name)
{
    return (vt_scan_file){.name = name, .name_length = (uint32_t)strlen(name), .size = 7, .ino = 9};
}

static void keeps_copies_in_order(void **state)
{
    (void)state;
    vt_sequence_listing *listing = vt_sequence_listing_create();
    char name[16];
    size_t count;
    for (int i = 0; i < 10000; i++) {
        snprintf(name, sizeof name, "a.%d.png", i);
        vt_scan_file file = file_named(name);
        assert_true(vt_sequence_listing_add(listing, &file, 1, NULL));
    }
    memset(name, 'x', sizeof name);
    const vt_scan_file *files = vt_sequence_listing_files(listing, &count);
    assert_int_equal(count, 10000);
    for (int i = 0; i < 10000; i += 999) {
        snprintf(name, sizeof name, "a.%d.png", i);
        assert_string_equal(files[i].name, name);
        assert_int_equal(files[i].name_length, strlen(name));
        assert_int_equal(files[i].size, 7);
        assert_int_equal(files[i].ino, 9);
    }
    vt_sequence_listing_free(listing);
    vt_sequence_listing_free(NULL);
}

static void is_empty_after_a_reset(void **state)
{
    (void)state;
    vt_sequence_listing *listing = vt_sequence_listing_create();
    for (int files = 1; files <= 100000; files *= 10) { /* few, and more than are kept */
        size_t count;
        for (int i = 0; i < files; i++) {
            vt_scan_file file = file_named("b.png");
            assert_true(vt_sequence_listing_add(listing, &file, 1, NULL));
        }
        vt_sequence_listing_files(listing, &count);
        assert_int_equal(count, files);
        vt_sequence_listing_reset(listing);
        vt_sequence_listing_files(listing, &count);
        assert_int_equal(count, 0);
    }
    vt_sequence_listing_free(listing);
}

static void refuses_more_than_its_limit(void **state)
{
    (void)state;
    vt_sequence_listing *listing = vt_sequence_listing_create();
    vt_scan_file chunk[VT_SCAN_CHUNK];
    vt_error error = VT_ERROR_INIT;
    size_t count;
    for (size_t i = 0; i < VT_SCAN_CHUNK; i++) {
        chunk[i] = file_named("c");
    }
    for (size_t i = 0; i < VT_SEQUENCE_LISTING_MAX / VT_SCAN_CHUNK; i++) {
        assert_true(vt_sequence_listing_add(listing, chunk, VT_SCAN_CHUNK, NULL));
    }
    assert_false(vt_sequence_listing_add(listing, chunk, 1, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_non_null(strstr(error.message, "1048576"));
    vt_sequence_listing_files(listing, &count);
    assert_int_equal(count, VT_SEQUENCE_LISTING_MAX);
    vt_sequence_listing_free(listing);
}

static bool folder_begin(void *user, const char *path, size_t length, bool whole)
{
    (void)path;
    (void)length;
    (void)whole;
    vt_sequence_listing_reset(user);
    return true;
}

static bool found(void *user, const char *path, size_t length, const vt_scan_file *files, size_t count)
{
    (void)path;
    (void)length;
    return vt_sequence_listing_add(user, files, count, NULL);
}

static bool folder_end(void *user, const char *path, size_t length, bool complete)
{
    (void)user;
    (void)path;
    (void)length;
    return complete;
}

static bool trouble(void *user, const char *path, size_t length, const vt_error *error)
{
    (void)user;
    (void)length;
    fail_msg("%s: %s", path, error->message);
    return false;
}

/* A real folder, which the scan tells of in several chunks. */
static void a_scanned_folder_is_grouped_as_a_whole(void **state)
{
    (void)state;
    char *folder = files_temporary_folder();
    for (int i = 1; i <= 600; i++) {
        char name[32];
        snprintf(name, sizeof name, "render.%04d.png", i);
        files_write(files_path(folder, name), "frame", 5);
    }
    files_write(files_path(folder, "poster.png"), "still", 5);
    vt_sequence_listing *listing = vt_sequence_listing_create();
    const vt_scan_visitor visitor = {folder_begin, found, folder_end, trouble, listing};
    vt_scan *scan = vt_scan_create(&(vt_scan_options){0});
    assert_true(vt_scan_walk(scan, folder, &visitor, NULL));
    size_t count, singles;
    const vt_scan_file *files = vt_sequence_listing_files(listing, &count);
    vt_sequences *list =
        vt_sequences_group(files, count, &(vt_sequence_options){.mode = VT_SEQUENCE_CAREFUL}, NULL);
    assert_int_equal(vt_sequences_count(list), 1);
    assert_int_equal(vt_sequences_get(list, 0)->count, 600);
    const uint32_t *single = vt_sequences_singles(list, &singles);
    assert_int_equal(singles, 1);
    assert_string_equal(files[single[0]].name, "poster.png");
    vt_sequences_free(list);
    vt_scan_free(scan);
    vt_sequence_listing_free(listing);
    files_remove(folder);
}

static void survives_memory_running_out(void **state)
{
    (void)state;
    if (!memory_can_fail()) {
        print_message("skipped: memory cannot be made to fail under a sanitizer\n");
        skip();
    }
    char name[256];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    vt_scan_file chunk[VT_SCAN_CHUNK];
    for (size_t i = 0; i < VT_SCAN_CHUNK; i++) {
        chunk[i] = file_named(name);
    }
    long before = memory_in_use(), failures = 0;
    bool done = false;
    for (long n = 0; !done; n++) {
        vt_error error = VT_ERROR_INIT;
        size_t count = 0;
        memory_fails_after(n);
        vt_sequence_listing *listing = vt_sequence_listing_create();
        done = listing && vt_sequence_listing_add(listing, chunk, VT_SCAN_CHUNK, &error) &&
               vt_sequence_listing_add(listing, chunk, VT_SCAN_CHUNK, &error);
        memory_recovers();
        if (listing) {
            vt_sequence_listing_files(listing, &count);
            assert_int_equal(error.code, done ? VT_ERROR_NONE : VT_ERROR_MEMORY);
        }
        assert_int_equal(count % VT_SCAN_CHUNK, 0); /* all of a chunk, or nothing */
        failures += !done;
        vt_sequence_listing_free(listing);
        assert_int_equal(memory_in_use(), before);
    }
    assert_true(failures >= 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_copies_in_order),
        cmocka_unit_test(is_empty_after_a_reset),
        cmocka_unit_test(refuses_more_than_its_limit),
        cmocka_unit_test(a_scanned_folder_is_grouped_as_a_whole),
        cmocka_unit_test(survives_memory_running_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
