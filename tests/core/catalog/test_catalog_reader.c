#include "core/catalog/fixture.h"
#include "tests/core/catalog/edits.h"

static vt_catalog *catalog;
static vt_catalog_writer *writer;
static vt_catalog_reader *reader;
static vt_arena *arena;

static int set_up(void **state)
{
    int result = fixture_set_up(state);
    catalog = fixture_open(VT_CATALOG_READ_WRITE);
    writer = fixture_writer(catalog);
    reader = fixture_reader(catalog);
    arena = vt_arena_create(0);
    return result;
}

static int tear_down(void **state)
{
    vt_arena_free(arena);
    vt_catalog_reader_free(reader);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    return fixture_tear_down(state);
}

static void commit_paths(const char *const *paths, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        vt_item item = fixture_item(paths[i], (int64_t)i);
        fixture_commit(writer, (vt_batch){.items = &item, .item_count = 1});
    }
}

static void test_an_unknown_item_is_told(void **state)
{
    (void)state;
    vt_item item;
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_catalog_reader_item(reader, 1, &item, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_false(vt_catalog_reader_item_at(reader, "/a/\xff\nb", 6, &item, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_null(strchr(error.message, '\n'));
}

static void test_names_are_bytes(void **state)
{
    (void)state;
    static const char *const paths[] = {
        "/\xff\xfe/\x80.jpg",      "/\xff\xfe/ \t\n.jpg",     "/root.jpg",
        "/\xff\xfe/'\";--%00.jpg", "/\xff\xfe/e\xcc\x81.jpg", "/\xff\xfe/\xc3\xa9.jpg"};
    commit_paths(paths, 6);
    for (size_t i = 0; i < 6; i++) {
        vt_item item;
        assert_true(vt_catalog_reader_item_at(reader, paths[i], strlen(paths[i]), &item, NULL));
        assert_string_equal(item.path, paths[i]);
        assert_int_equal(item.path_length, strlen(paths[i]));
        assert_int_equal(item.media.width, 4000 + i);
    }
    vt_known_file *files = NULL;
    size_t count = 0;
    assert_true(vt_catalog_reader_known_files(reader, "/\xff\xfe", 3, arena, &files, &count, NULL));
    assert_int_equal(count, 5);
    assert_true(vt_catalog_reader_known_files(reader, "/", 1, arena, &files, &count, NULL));
    assert_int_equal(count, 1);
    assert_string_equal(files[0].name, "root.jpg");
}

static void test_very_deep_and_long_paths_come_back(void **state)
{
    (void)state;
    /* 1,000 folders of the longest name there is, 255 bytes */
    size_t length = (size_t)1000 * 256 + 6;
    char *path = malloc(length + 1);
    assert_non_null(path);
    memset(path, 'd', length);
    for (size_t i = 0; i <= 1000; i++) {
        path[i * 256] = '/';
    }
    path[length] = '\0';
    commit_paths((const char *const[]){path}, 1);
    vt_item item;
    assert_true(vt_catalog_reader_item_at(reader, path, length, &item, NULL));
    assert_int_equal(item.path_length, length);
    assert_memory_equal(item.path, path, length);
    assert_int_equal(item.name_at, 256001);
    vt_known_file *files = NULL;
    size_t count = 0;
    assert_true(vt_catalog_reader_known_files(reader, path, 256000, arena, &files, &count, NULL));
    assert_int_equal(count, 1);
    free(path);
}

static void test_known_files_are_sorted_and_found(void **state)
{
    (void)state;
    static const char *const paths[] = {"/a/b.jpg", "/a/a.jpg",     "/a/b",
                                        "/a/B.jpg", "/a/sub/c.jpg", "/ab/d.jpg"};
    commit_paths(paths, 6);
    vt_failure failures[] = {fixture_failure("/a/b", VT_ERROR_CORRUPT),
                             fixture_failure("/a/aa", VT_ERROR_EMPTY),
                             fixture_failure("/a/z", VT_ERROR_TIMEOUT)};
    fixture_commit(writer, (vt_batch){.failures = failures, .failure_count = 3});
    vt_known_file *files = NULL;
    size_t count = 0;
    assert_true(vt_catalog_reader_known_files(reader, "/a", 2, arena, &files, &count, NULL));
    static const char *const expected[] = {"B.jpg", "a.jpg", "aa", "b", "b.jpg", "z"};
    assert_int_equal(count, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_string_equal(files[i].name, expected[i]);
        assert_ptr_equal(vt_known_file_find(files, count, expected[i], strlen(expected[i])), &files[i]);
    }
    assert_null(vt_known_file_find(files, count, "b.jp", 4));
    assert_null(vt_known_file_find(files, count, "b.jpg2", 6));
    assert_null(vt_known_file_find(files, count, "", 0));
    assert_null(vt_known_file_find(NULL, 0, "a", 1));
    /* "b" has an item and a failure: compared with stat is what failed */
    assert_true(files[3].failed && files[3].id > 0);
    assert_int_equal(files[3].size, 77);
    assert_int_equal(files[3].state, VT_ITEM_FAILED);
    assert_true(files[2].failed && files[2].id == 0);
    assert_false(files[4].failed);
    assert_int_equal(files[4].size, 1000);
    assert_true(vt_catalog_reader_known_files(reader, "/nowhere", 8, arena, &files, &count, NULL));
    assert_int_equal(count, 0);
}

typedef struct visits {
    int count, stop_after;
    char seen[256];
    int64_t last;
} visits;

static void note(visits *self, const char *bytes, size_t length)
{
    size_t at = strlen(self->seen);
    snprintf(self->seen + at, sizeof self->seen - at, "%.*s", (int)length, bytes);
}

static bool see_folder(void *user, int64_t id, const char *path, size_t length)
{
    visits *self = user;
    assert_true(id > 0);
    note(self, path, length);
    note(self, " ", 1);
    return ++self->count != self->stop_after;
}

static void test_folders_below_one_another(void **state)
{
    (void)state;
    static const char *const paths[] = {"/a/1.jpg",     "/a/b/2.jpg", "/a-b/3.jpg",
                                        "/a/b/c/4.jpg", "/ab/5.jpg",  "/6.jpg"};
    commit_paths(paths, 6);
    static const struct {
        const char *below, *seen;
    } cases[] = {
        {NULL, "/ /a /a-b /a/b /a/b/c /ab "},
        {"/", "/ /a /a-b /a/b /a/b/c /ab "},
        {"/a", "/a /a/b /a/b/c "},
        {"/a/", "/a /a/b /a/b/c "},
        {"/a/b/c", "/a/b/c "},
        {"/none", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        visits seen = {0};
        assert_true(vt_catalog_reader_each_folder(reader, cases[i].below, see_folder, &seen, NULL));
        assert_string_equal(seen.seen, cases[i].seen);
    }
    visits two = {.stop_after = 2};
    assert_true(vt_catalog_reader_each_folder(reader, NULL, see_folder, &two, NULL));
    assert_int_equal(two.count, 2);
    /* a folder whose last item was removed holds none */
    vt_item item;
    assert_true(vt_catalog_reader_item_at(reader, "/ab/5.jpg", 9, &item, NULL));
    assert_true(vt_catalog_writer_remove(writer, &item.id, 1, NULL));
    visits none = {0};
    assert_true(vt_catalog_reader_each_folder(reader, "/ab", see_folder, &none, NULL));
    assert_int_equal(none.count, 0);
}

static bool see_brief(void *user, const vt_item_brief *item)
{
    visits *self = user;
    assert_true(item->id > self->last);
    self->last = item->id;
    char name[16];
    int length = snprintf(name, sizeof name, "%lld.jpg", (long long)item->id - 1);
    assert_int_equal(item->name_length, length);
    assert_memory_equal(item->name, name, (size_t)length);
    assert_int_equal(item->width, 4000 + item->id - 1);
    assert_int_equal(item->height, 3000);
    assert_int_equal(item->size, 1000 + item->id - 1);
    assert_int_equal(item->kind, VT_KIND_IMAGE);
    assert_int_equal(item->format, VT_FORMAT_JPEG);
    assert_int_equal(item->rating, item->id == 7 ? 5 : 0);
    return ++self->count != self->stop_after;
}

static void test_briefs_come_in_order_of_id_after_one(void **state)
{
    (void)state;
    fixture_fill(writer, 50);
    assert_true(edits_rate(writer, 7, 5, NULL));
    visits all = {0};
    assert_true(vt_catalog_reader_each_brief(reader, 0, see_brief, &all, NULL));
    assert_int_equal(all.count, 50);
    visits some = {.last = 45};
    assert_true(vt_catalog_reader_each_brief(reader, 45, see_brief, &some, NULL));
    assert_int_equal(some.count, 5);
    visits two = {.stop_after = 2};
    assert_true(vt_catalog_reader_each_brief(reader, 0, see_brief, &two, NULL));
    assert_int_equal(two.count, 2);
}

static bool see_failure(void *user, const vt_failure *failure)
{
    visits *self = user;
    assert_string_equal(failure->message, "it is broken");
    assert_int_equal(failure->size, 77);
    assert_int_equal(failure->mtime_ns, 78);
    assert_int_equal(failure->ctime_ns, 79);
    assert_int_equal(failure->ino, 80);
    assert_int_equal(strlen(failure->path), failure->path_length);
    const char *code = vt_error_code_name(failure->code);
    note(self, failure->path, failure->path_length);
    note(self, ":", 1);
    note(self, code, strlen(code));
    note(self, " ", 1);
    return ++self->count != self->stop_after;
}

static void test_failures_come_newest_first(void **state)
{
    (void)state;
    vt_failure failures[] = {fixture_failure("/a/x", VT_ERROR_CORRUPT),
                             fixture_failure("/", VT_ERROR_PERMISSION),
                             fixture_failure("/b", VT_ERROR_TIMEOUT)};
    failures[1].failed_ns = 90;
    failures[2].failed_ns = 85;
    fixture_commit(writer, (vt_batch){.failures = failures, .failure_count = 3});
    visits all = {0};
    assert_true(vt_catalog_reader_each_failure(reader, 0, see_failure, &all, NULL));
    assert_string_equal(all.seen, "/:permission /b:timeout /a/x:corrupt ");
    visits two = {0};
    assert_true(vt_catalog_reader_each_failure(reader, 2, see_failure, &two, NULL));
    assert_int_equal(two.count, 2);
    visits one = {.stop_after = 1};
    assert_true(vt_catalog_reader_each_failure(reader, 0, see_failure, &one, NULL));
    assert_int_equal(one.count, 1);
}

static void test_counts_count(void **state)
{
    (void)state;
    fixture_fill(writer, 5);
    vt_item model = fixture_item("/models/a.stl", 1);
    model.media = (vt_media_info){.kind = VT_KIND_MODEL, .format = VT_FORMAT_STL, .triangles = 12};
    vt_failure failure = fixture_failure("/c/x", VT_ERROR_CORRUPT);
    int64_t missing = 2;
    fixture_commit(writer, (vt_batch){.items = &model,
                                      .item_count = 1,
                                      .failures = &failure,
                                      .failure_count = 1,
                                      .missing_ids = &missing,
                                      .missing_count = 1});
    vt_catalog_counts counts;
    assert_true(vt_catalog_reader_counts(reader, &counts, NULL));
    assert_int_equal(counts.items, 6);
    assert_int_equal(counts.images, 5);
    assert_int_equal(counts.models, 1);
    assert_int_equal(counts.sequences, 0);
    assert_int_equal(counts.missing, 1);
    assert_int_equal(counts.folders, 2);
    assert_int_equal(counts.failures, 1);
}

static void test_between_begin_and_end_nothing_changes(void **state)
{
    (void)state;
    fixture_fill(writer, 5);
    assert_true(vt_catalog_reader_begin(reader, NULL));
    fixture_fill(writer, 9);
    vt_catalog_counts counts;
    assert_true(vt_catalog_reader_counts(reader, &counts, NULL));
    assert_int_equal(counts.items, 5);
    vt_catalog_reader_end(reader);
    assert_true(vt_catalog_reader_counts(reader, &counts, NULL));
    assert_int_equal(counts.items, 9);
}

static bool take_any(void *user, const vt_item_brief *item)
{
    visits *self = user;
    assert_true(item->kind <= VT_KIND_SEQUENCE && item->format < VT_FORMAT_COUNT && item->rating <= 5);
    assert_true(item->state < VT_ITEM_STATE_COUNT && item->watertight <= VT_WATERTIGHT_YES);
    self->count++;
    return true;
}

static void test_numbers_nobody_writes_are_read_as_unknown(void **state)
{
    (void)state;
    fixture_fill(writer, 3);
    fixture_sql(fixture_path,
                "UPDATE item SET kind = 200, format = -1, state = 77, rating = 99, width = -5, "
                "height = 1 << 40, triangles = -1, watertight = 3, orientation = 9, channels = 256");
    visits all = {0};
    assert_true(vt_catalog_reader_each_brief(reader, 0, take_any, &all, NULL));
    assert_int_equal(all.count, 3);
    vt_item item;
    assert_true(vt_catalog_reader_item(reader, 1, &item, NULL));
    assert_int_equal(item.media.width, 0);
    assert_int_equal(item.media.height, 0);
    assert_int_equal(item.media.channels, 0);
    assert_int_equal(item.state, VT_ITEM_UNREAD);
}

static bool see_any_folder(void *user, int64_t id, const char *path, size_t length)
{
    (void)user;
    (void)id;
    (void)path;
    (void)length;
    return true;
}

static void test_damage_is_told_by_every_call(void **state)
{
    (void)state;
    fixture_fill(writer, 2000);
    vt_catalog_reader_free(reader);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    reader = NULL;
    writer = NULL;
    size_t length = 0;
    char *bytes = fixture_slurp(fixture_path, &length);
    /* The roots of the tables come first and stay, as the pages that name them, a few of which come last. */
    const int64_t last_root = fixture_number(fixture_path, "SELECT max(rootpage) FROM sqlite_schema");
    const size_t roots = (size_t)(last_root + 3) * 4096;
    assert_true(roots < length / 2);
    memset(bytes + roots, 0x77, length - roots);
    fixture_spill(fixture_path, bytes, length);
    free(bytes);

    catalog = fixture_open(VT_CATALOG_READ_WRITE);
    reader = fixture_reader(catalog);
    vt_item item;
    vt_known_file *files = NULL;
    size_t count = 0;
    visits seen = {0};
    vt_catalog_counts counts;
    vt_error errors[6] = {VT_ERROR_INIT};
    assert_false(vt_catalog_reader_item(reader, 2000, &item, &errors[0]));
    assert_false(vt_catalog_reader_item_at(reader, "/photos/999.jpg", 15, &item, &errors[1]));
    assert_false(vt_catalog_reader_known_files(reader, "/photos", 7, arena, &files, &count, &errors[2]));
    assert_false(vt_catalog_reader_each_brief(reader, 1990, take_any, &seen, &errors[3]));
    assert_false(vt_catalog_reader_counts(reader, &counts, &errors[4]));
    assert_null(vt_catalog_writer_create(catalog, &errors[5]));
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(errors[i].code, VT_ERROR_CORRUPT);
        assert_non_null(strstr(errors[i].message, "library.vitrine"));
        assert_non_null(strstr(errors[i].message, "restore a backup"));
    }
    /* what is sound is still read */
    assert_true(vt_catalog_reader_each_folder(reader, "/none", see_any_folder, NULL, NULL));
}

#define reader_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        reader_test(test_an_unknown_item_is_told),
        reader_test(test_names_are_bytes),
        reader_test(test_very_deep_and_long_paths_come_back),
        reader_test(test_known_files_are_sorted_and_found),
        reader_test(test_folders_below_one_another),
        reader_test(test_briefs_come_in_order_of_id_after_one),
        reader_test(test_failures_come_newest_first),
        reader_test(test_counts_count),
        reader_test(test_between_begin_and_end_nothing_changes),
        reader_test(test_numbers_nobody_writes_are_read_as_unknown),
        reader_test(test_damage_is_told_by_every_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
