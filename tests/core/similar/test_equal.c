#include "support/check.h"

#include "core/similar/equal.h"
#include "support/failing_memory.h"
#include "support/files.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SIZE = VT_EQUAL_BLOCK + 4321, ITEMS_MAX = 64 };

typedef struct stage {
    char *folder;
    char paths[ITEMS_MAX][256];
    vt_equal_item items[ITEMS_MAX];
    uint32_t count;
} stage;

static stage at;

static int set_up(void **unused)
{
    (void)unused;
    at = (stage){.folder = files_temporary_folder()};
    return 0;
}

static int tear_down(void **unused)
{
    (void)unused;
    files_remove(at.folder);
    return 0;
}

/* What an import would have noted of a file that is there. */
static uint32_t add_item(const char *name, uint64_t fingerprint)
{
    struct stat facts;
    const uint32_t i = at.count++;
    (void)snprintf(at.paths[i], sizeof at.paths[i], "%s", files_path(at.folder, name));
    assert_int_equal(lstat(at.paths[i], &facts), 0);
    at.items[i] =
        (vt_equal_item){.path = at.paths[i],
                        .size = (uint64_t)facts.st_size,
                        .mtime_ns = facts.st_mtim.tv_sec * INT64_C(1000000000) + facts.st_mtim.tv_nsec,
                        .dev = facts.st_dev,
                        .ino = facts.st_ino,
                        .fingerprint = fingerprint};
    return i;
}

/* `size` bytes, the last of which is `last`. */
static uint32_t add_file(const char *name, size_t size, char last, uint64_t fingerprint)
{
    char *bytes = calloc(1, size + 1);
    assert_non_null(bytes);
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (char)(i * 7 + i / 1000);
    }
    if (size > 0) {
        bytes[size - 1] = last;
    }
    files_write(files_path(at.folder, name), bytes, size);
    free(bytes);
    return add_item(name, fingerprint);
}

static uint32_t add_link(const char *of, const char *name, uint64_t fingerprint)
{
    assert_int_equal(link(files_path(at.folder, of), files_path(at.folder, name)), 0);
    return add_item(name, fingerprint);
}

static vt_equal_result find(const vt_equal_options *options)
{
    vt_equal_result result;
    vt_error error = VT_ERROR_INIT;
    if (!vt_equal_find(at.items, at.count, options, &result, &error)) {
        fail_msg("%s", error.message);
    }
    return result;
}

/* The members of a group, by item. */
static bool group_has(const vt_equal_result *result, uint32_t group, const uint32_t *items, uint32_t count)
{
    const vt_equal_group *g = &result->groups[group];
    uint32_t found = 0;
    for (uint32_t i = 0; i < g->count; i++) {
        for (uint32_t k = 0; k < count; k++) {
            found += result->members[g->first + i].item == items[k];
        }
    }
    return g->count == count && found == count;
}

static void test_copies(void **unused)
{
    (void)unused;
    uint32_t a[] = {add_file("a", SIZE, 1, 11), add_file("b", SIZE, 1, 11), add_file("c", SIZE, 1, 11)};
    add_file("differs in its last byte", SIZE, 2, 11);
    add_file("differs by its fingerprint", SIZE, 1, 12);
    add_file("is shorter", SIZE - 1, 1, 11);
    uint32_t small[] = {add_file("d", 5, 3, 13), add_file("e", 5, 3, 13)};
    vt_equal_result result = find(NULL);
    assert_int_equal(result.count, 2);
    assert_true(group_has(&result, 0, a, 3) && group_has(&result, 1, small, 2));
    assert_int_equal(result.groups[0].size, SIZE);
    assert_int_equal(result.groups[0].files, 3);
    assert_int_equal(result.groups[1].files, 2);
    assert_int_equal(result.member_count, 5);
    assert_int_equal(result.skipped_count, 0);
    /* Only what still agreed was read. */
    assert_int_equal(result.files_read, 6);
    assert_int_equal(result.bytes_read, 4 * SIZE + 10);
    vt_equal_result_clear(&result);
}

/* Two contents behind one fingerprint, which is a hash of parts: two groups. */
static void test_fingerprints_collide(void **unused)
{
    (void)unused;
    uint32_t a[] = {add_file("a", SIZE, 1, 11), add_file("b", SIZE, 1, 11)};
    uint32_t b[] = {add_file("c", SIZE, 2, 11), add_file("d", SIZE, 2, 11)};
    vt_equal_result result = find(NULL);
    assert_int_equal(result.count, 2);
    assert_true(group_has(&result, 0, a, 2) || group_has(&result, 1, a, 2));
    assert_true(group_has(&result, 0, b, 2) || group_has(&result, 1, b, 2));
    vt_equal_result_clear(&result);
}

/* A file without a fingerprint may be equal to any of its size. */
static void test_unknown_fingerprint(void **unused)
{
    (void)unused;
    uint32_t a[] = {add_file("a", 100, 1, 11), add_file("b", 100, 1, 0)};
    add_file("c", 100, 2, 12);
    vt_equal_result result = find(NULL);
    assert_int_equal(result.count, 1);
    assert_true(group_has(&result, 0, a, 2));
    assert_int_equal(result.files_read, 3);
    vt_equal_result_clear(&result);
}

static void test_hard_links(void **unused)
{
    (void)unused;
    uint32_t mixed[] = {add_file("a", 1000, 1, 11), add_file("b", 1000, 1, 11), add_link("a", "a2", 11),
                        add_link("b", "b2", 11)};
    uint32_t only[] = {add_file("c", 2000, 1, 12), add_link("c", "c2", 12), add_link("c", "c3", 12)};
    vt_equal_result result = find(NULL);
    assert_int_equal(result.count, 2);
    /* What takes up room in vain comes first. */
    assert_true(group_has(&result, 0, mixed, 4) && group_has(&result, 1, only, 3));
    assert_int_equal(result.groups[0].files, 2);
    assert_int_equal(result.groups[1].files, 1);
    assert_int_equal(result.files_read, 2);
    const vt_equal_member *member = result.members + result.groups[0].first;
    for (int i = 0; i < 4; i++) {
        assert_int_equal(member[i].file, i / 2);
    }
    assert_int_equal(member[1].item, member[0].item + 2);
    assert_int_equal(member[3].item, member[2].item + 2);
    vt_equal_result_clear(&result);
}

static void test_none_one_and_empty(void **unused)
{
    (void)unused;
    vt_equal_result result = find(NULL);
    assert_int_equal(result.count, 0);
    vt_equal_result_clear(&result);
    add_file("a", 100, 1, 11);
    add_file("empty", 0, 0, 1);
    add_file("empty too", 0, 0, 1);
    result = find(NULL);
    assert_true(result.count == 0 && result.skipped_count == 0 && result.files_read == 0);
    vt_equal_result_clear(&result);
}

/* Puts something else at the path of an item. */
static void replace(uint32_t item, const char *with)
{
    const char *path = at.paths[item];
    if (strcmp(with, "copy") == 0) {
        /* While the old one is there, so that the new one cannot have its inode. */
        const char *fresh = files_path(at.folder, "fresh");
        files_copy(at.paths[0], fresh, 0);
        assert_int_equal(rename(fresh, path), 0);
        return;
    }
    assert_int_equal(unlink(path), 0);
    if (strcmp(with, "fifo") == 0) {
        assert_int_equal(mkfifo(path, 0600), 0);
    } else if (strcmp(with, "folder") == 0) {
        assert_int_equal(mkdir(path, 0700), 0);
    } else if (strcmp(with, "link") == 0) {
        assert_int_equal(symlink(at.paths[0], path), 0);
    }
}

static void test_what_is_left_out(void **unused)
{
    (void)unused;
    uint32_t fine[] = {add_file("a", SIZE, 1, 11), add_file("b", SIZE, 1, 11)};
    static const struct {
        const char *with;
        vt_error_code code;
    } faults[] = {{"nothing", VT_ERROR_NOT_FOUND},
                  {"fifo", VT_ERROR_NOT_REGULAR},
                  {"folder", VT_ERROR_NOT_REGULAR},
                  {"link", VT_ERROR_NOT_REGULAR},
                  {"copy", VT_ERROR_CHANGED}};
    enum { FAULTS = sizeof faults / sizeof *faults };
    for (int i = 0; i < FAULTS; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "fault %d", i);
        replace(add_file(name, SIZE, 1, 11), faults[i].with);
    }
    /* Changed since the catalog looked: in its time, its size, its place. */
    at.items[add_file("time", SIZE, 1, 11)].mtime_ns++;
    add_file("size", SIZE, 1, 11);
    assert_int_equal(truncate(at.paths[at.count - 1], SIZE + 1), 0);
    at.items[add_file("device", SIZE, 1, 11)].dev++;
    const uint32_t changed = at.count;
    /* What is not known excludes nothing. */
    uint32_t unknown = add_file("unknown", SIZE, 1, 11);
    at.items[unknown].mtime_ns = 0;
    at.items[unknown].dev = at.items[unknown].ino = 0;
    uint32_t expected[] = {fine[0], fine[1], unknown};
    vt_equal_result result = find(NULL);
    assert_int_equal(result.count, 1);
    assert_true(group_has(&result, 0, expected, 3));
    assert_int_equal(result.skipped_count, changed - 2);
    for (uint32_t i = 0; i < result.skipped_count; i++) {
        assert_int_equal(result.skipped[i].item, i + 2);
        assert_int_equal(result.skipped[i].code, i < FAULTS ? faults[i].code : VT_ERROR_CHANGED);
    }
    assert_int_equal(result.files_read, 3);
    vt_equal_result_clear(&result);
}

typedef struct meddler {
    uint64_t calls, last, total;
    atomic_bool *cancel;
    int truncate_to; /* of the file that is read first; 0: leave it */
} meddler;

static void meddle(void *user, uint64_t done, uint64_t total)
{
    meddler *m = user;
    assert_true(done >= m->last && done <= total);
    m->calls++;
    m->last = done;
    m->total = total;
    if (m->cancel) {
        atomic_store(m->cancel, true);
    }
    if (m->truncate_to && m->calls == 1) {
        for (uint32_t i = 0; i < at.count; i++) {
            assert_int_equal(truncate(at.paths[i], m->truncate_to), 0);
        }
    }
}

static void test_progress(void **unused)
{
    (void)unused;
    add_file("a", SIZE, 1, 11);
    add_file("b", SIZE, 1, 11);
    add_link("b", "b2", 11);
    unlink(at.paths[add_file("gone", SIZE, 1, 11)]);
    add_file("another", 50, 1, 12);
    meddler m = {0};
    vt_equal_options options = {.progress = meddle, .user = &m};
    vt_equal_result result = find(&options);
    assert_true(m.total == (uint64_t)4 * SIZE && m.last == m.total && m.calls >= 4);
    vt_equal_result_clear(&result);
}

/* A file that becomes shorter or longer while it is read is no copy of anything. */
static void test_changes_while_read(void **unused)
{
    (void)unused;
    static const int sizes[] = {VT_EQUAL_BLOCK, SIZE + 1};
    for (int i = 0; i < 2; i++) {
        at.count = 0;
        add_file("a", SIZE, 1, 11);
        add_file("b", SIZE, 1, 11);
        meddler m = {.truncate_to = sizes[i]};
        vt_equal_options options = {.progress = meddle, .user = &m};
        vt_equal_result result = find(&options);
        assert_int_equal(result.count, 0);
        assert_int_equal(result.skipped_count, 2);
        assert_int_equal(result.skipped[0].code, VT_ERROR_CHANGED);
        assert_int_equal(result.skipped[1].code, VT_ERROR_CHANGED);
        assert_int_equal(result.files_read, 0);
        vt_equal_result_clear(&result);
    }
}

static void test_cancel(void **unused)
{
    (void)unused;
    add_file("a", SIZE, 1, 11);
    add_file("b", SIZE, 1, 11);
    for (int at_once = 0; at_once < 2; at_once++) {
        atomic_bool cancelled = at_once;
        meddler m = {.cancel = &cancelled};
        vt_equal_options options = {.cancelled = &cancelled, .progress = meddle, .user = &m};
        vt_equal_result result;
        vt_error error = VT_ERROR_INIT;
        assert_false(vt_equal_find(at.items, at.count, &options, &result, &error));
        assert_int_equal(error.code, VT_ERROR_CANCELLED);
        assert_int_equal(m.calls, !at_once); /* one block was read, and no other one */
        assert_true(result.count == 0 && !result.members && !result.skipped);
    }
}

/* Longer than the kernel takes in one call. */
static void test_long_paths(void **unused)
{
    (void)unused;
    char name[201];
    char *path = calloc(1, 8192);
    assert_non_null(path);
    memset(name, 'n', 200);
    name[200] = '\0';
    uint32_t near = add_file("a", 100, 1, 11);
    uint32_t far = add_file("b", 100, 1, 11);
    assert_int_equal(chdir(at.folder), 0);
    size_t length = (size_t)snprintf(path, 8192, "%s", at.folder);
    while (length < PATH_MAX + 1000) {
        assert_true(mkdir(name, 0700) == 0 && chdir(name) == 0);
        length += (size_t)snprintf(path + length, 8192 - length, "/%s", name);
    }
    files_copy(at.paths[near], "deep", 0);
    assert_int_equal(chdir("/"), 0);
    (void)snprintf(path + length, 8192 - length, "/deep");
    at.items[far] = (vt_equal_item){.path = path, .size = 100, .fingerprint = 11};
    vt_equal_result result = find(NULL);
    assert_int_equal(result.count, 1);
    assert_int_equal(result.groups[0].files, 2);
    vt_equal_result_clear(&result);
    (void)snprintf(path + length, 8192 - length, "/none");
    result = find(NULL);
    assert_int_equal(result.skipped_count, 1);
    assert_int_equal(result.skipped[0].code, VT_ERROR_NOT_FOUND);
    vt_equal_result_clear(&result);
    free(path);
}

static void test_memory_runs_out(void **unused)
{
    (void)unused;
    if (!memory_can_fail()) {
        print_message("skipped: memory does not run out under a sanitizer\n");
        skip();
    }
    add_file("a", 100, 1, 11);
    add_file("b", 100, 1, 11);
    const long before = memory_in_use();
    long failures = 0;
    for (bool done = false; !done; failures += !done) {
        vt_equal_result result;
        vt_error error = VT_ERROR_INIT;
        memory_fails_after(failures);
        done = vt_equal_find(at.items, at.count, NULL, &result, &error);
        memory_recovers();
        assert_int_equal(error.code, done ? VT_ERROR_NONE : VT_ERROR_MEMORY);
        assert_int_equal(result.count, done);
        vt_equal_result_clear(&result);
        assert_int_equal(memory_in_use(), before);
    }
    assert_true(failures >= 5);
}

#define STAGED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAGED(test_copies),     STAGED(test_fingerprints_collide), STAGED(test_unknown_fingerprint),
        STAGED(test_hard_links), STAGED(test_none_one_and_empty),   STAGED(test_what_is_left_out),
        STAGED(test_progress),   STAGED(test_changes_while_read),   STAGED(test_cancel),
        STAGED(test_long_paths), STAGED(test_memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
