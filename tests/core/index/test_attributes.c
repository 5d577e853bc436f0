#include "core/index/attributes.h"

#include "tests/core/catalog/edits.h"
#include "tests/core/catalog/fixture.h"
#include "tests/core/index/library.h"
#include "tests/support/check.h"

#include <pthread.h>

static void put(vt_index *index, vt_item_attributes item)
{
    item.title_length = item.title ? (uint32_t)strlen(item.title) : 0;
    item.file_title_length = item.file_title ? (uint32_t)strlen(item.file_title) : 0;
    item.camera_length = item.camera ? (uint32_t)strlen(item.camera) : 0;
    vt_error error = VT_ERROR_INIT;
    if (!vt_index_put_attributes(index, &item, 1, &error)) {
        fail_msg("%s", error.message);
    }
}

static vt_item_brief brief_of(const vt_snapshot *snapshot, uint32_t row)
{
    vt_item_brief item;
    vt_snapshot_item(snapshot, row, &item);
    return item;
}

static void expect(const vt_snapshot *snapshot, uint32_t row, int label, const char *title,
                   const char *camera, int64_t taken)
{
    vt_item_brief item = brief_of(snapshot, row);
    assert_int_equal(item.label, label);
    assert_string_equal(item.title, title);
    assert_int_equal(item.title_length, strlen(title));
    assert_string_equal(item.camera, camera);
    assert_int_equal(item.camera_length, strlen(camera));
    assert_int_equal(item.taken_ns, taken);
}

static vt_index *make_library(int rows)
{
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/a");
    for (int64_t id = 1; id <= rows; id++) {
        library_put(index, library_item(id, 1, "x"));
    }
    return index;
}

static void rows_begin_without(void **state)
{
    (void)state;
    vt_index *index = make_library(2);
    const vt_snapshot *snapshot = library_publish(index);
    expect(snapshot, 1, 0, "", "", VT_TAKEN_UNKNOWN);
    size_t before, after, names;
    vt_index_memory(index, &before, &names);
    put(index, (vt_item_attributes){.item_id = 2,
                                    .which = VT_ATTRIBUTES_OF_FILE | VT_ATTRIBUTE_TITLE | VT_ATTRIBUTE_LABEL,
                                    .taken_ns = VT_TAKEN_UNKNOWN});
    vt_index_memory(index, &after, &names);
    assert_int_equal(before, after); /* nothing takes no room */
    put(index, (vt_item_attributes){.item_id = 99, .which = VT_ATTRIBUTE_LABEL, .label = 1}); /* nobody */
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void snapshots_stay_as_they_are(void **state)
{
    (void)state;
    vt_index *index = make_library(3);
    const vt_snapshot *first = library_publish(index);
    put(index, (vt_item_attributes){.item_id = 2,
                                    .which = VT_ATTRIBUTES_OF_FILE,
                                    .taken_ns = 5,
                                    .file_title = "of the file",
                                    .camera = "X100"});
    put(index, (vt_item_attributes){.item_id = 2, .which = VT_ATTRIBUTE_LABEL, .label = 3});
    const vt_snapshot *second = library_publish(index);
    put(index, (vt_item_attributes){.item_id = 2, .which = VT_ATTRIBUTE_TITLE, .title = "mine"});
    put(index, (vt_item_attributes){.item_id = 1, .which = VT_ATTRIBUTE_CAMERA, .camera = "X100"});
    const vt_snapshot *third = library_publish(index);
    put(index, (vt_item_attributes){.item_id = 2, .which = VT_ATTRIBUTE_TITLE, .title = ""});
    const vt_metadata_brief none = {.item_id = 1, .taken_ns = VT_TAKEN_UNKNOWN, .camera = "", .title = ""};
    assert_true(vt_index_put_metadata(index, &none, NULL));
    const vt_snapshot *fourth = library_publish(index);

    expect(first, 1, 0, "", "", VT_TAKEN_UNKNOWN);
    expect(second, 1, 3, "of the file", "X100", 5);
    expect(second, 0, 0, "", "", VT_TAKEN_UNKNOWN);
    expect(third, 1, 3, "mine", "X100", 5);
    expect(third, 0, 0, "", "X100", VT_TAKEN_UNKNOWN);
    expect(fourth, 1, 3, "of the file", "X100", 5);
    expect(fourth, 0, 0, "", "", VT_TAKEN_UNKNOWN);
    /* One camera stands there once. */
    assert_ptr_equal(brief_of(third, 0).camera, brief_of(third, 1).camera);
    vt_snapshot_release(first);
    vt_snapshot_release(second);
    vt_snapshot_release(third);
    vt_snapshot_release(fourth);
    vt_index_free(index);
}

static void a_changed_record_keeps_them(void **state)
{
    (void)state;
    vt_index *index = make_library(2);
    put(index, (vt_item_attributes){.item_id = 1,
                                    .which = VT_ATTRIBUTE_LABEL | VT_ATTRIBUTE_TITLE | VT_ATTRIBUTE_TAKEN,
                                    .label = 2,
                                    .title = "mine",
                                    .taken_ns = 7});
    vt_snapshot_release(library_publish(index));
    vt_item_brief item = library_item(1, 1, "renamed");
    item.size = 5;
    library_put(index, item);
    const vt_snapshot *snapshot = library_publish(index);
    expect(snapshot, 0, 2, "mine", "", 7);
    assert_int_equal(brief_of(snapshot, 0).size, 5);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

/* Many texts, over blocks and chunks, some of them shared: each row keeps its own. */
static void many_texts_stay_apart(void **state)
{
    (void)state;
    enum { ROWS = 9000, CAMERAS = 37 };
    vt_index *index = make_library(ROWS);
    char title[32], camera[32];
    for (int id = ROWS; id > 0; id--) {
        (void)snprintf(title, sizeof title, "title %d", id / 2);
        (void)snprintf(camera, sizeof camera, "camera %d", id % CAMERAS);
        put(index, (vt_item_attributes){.item_id = id,
                                        .which = VT_ATTRIBUTE_FILE_TITLE | VT_ATTRIBUTE_CAMERA,
                                        .file_title = title,
                                        .camera = camera});
    }
    const vt_snapshot *snapshot = library_publish(index);
    for (int id = 1; id <= ROWS; id++) {
        (void)snprintf(title, sizeof title, "title %d", id / 2);
        (void)snprintf(camera, sizeof camera, "camera %d", id % CAMERAS);
        expect(snapshot, (uint32_t)id - 1, 0, title, camera, VT_TAKEN_UNKNOWN);
    }
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void refuses_endless_texts(void **state)
{
    (void)state;
    vt_index *index = make_library(1);
    const vt_item_attributes item = {
        .item_id = 1, .which = VT_ATTRIBUTE_CAMERA, .camera = "x", .camera_length = 40000};
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_index_put_attributes(index, &item, 1, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_non_null(strstr(error.message, "item 1"));
    vt_index_free(index);
}

typedef struct shared {
    vt_index *index;
    atomic_bool done;
    atomic_uint faults;
} shared;

/* Whatever is published is whole: label, title and date of a row were put together. */
static void *read_rows(void *user)
{
    shared *with = user;
    unsigned faults = 0;
    bool last = false;
    while (!last) {
        last = atomic_load(&with->done);
        const vt_snapshot *snapshot = vt_index_snapshot(with->index);
        for (uint32_t row = 0; row < vt_snapshot_count(snapshot); row++) {
            vt_item_brief item = brief_of(snapshot, row);
            char title[32];
            (void)snprintf(title, sizeof title, "%lld", (long long)item.taken_ns);
            bool none = item.taken_ns == VT_TAKEN_UNKNOWN;
            faults += strcmp(item.title, none ? "" : title) != 0;
            faults += item.label != (none ? 0 : item.taken_ns % 16);
        }
        vt_snapshot_release(snapshot);
    }
    atomic_fetch_add(&with->faults, faults);
    return NULL;
}

static void readers_see_whole_rows(void **state)
{
    (void)state;
    enum { ROWS = 300, ROUNDS = 3000 };
    shared with = {.index = make_library(ROWS)};
    vt_snapshot_release(library_publish(with.index));
    pthread_t readers[2];
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&readers[i], NULL, read_rows, &with), 0);
    }
    char title[32];
    for (int i = 0; i < ROUNDS; i++) {
        (void)snprintf(title, sizeof title, "%d", i);
        put(with.index,
            (vt_item_attributes){.item_id = i % ROWS + 1,
                                 .which = VT_ATTRIBUTE_LABEL | VT_ATTRIBUTE_TITLE | VT_ATTRIBUTE_TAKEN,
                                 .label = (uint8_t)(i % 16),
                                 .title = title,
                                 .taken_ns = i});
        if (i % 20 == 0) {
            vt_snapshot_release(library_publish(with.index));
        }
    }
    atomic_store(&with.done, true);
    for (int i = 0; i < 2; i++) {
        pthread_join(readers[i], NULL);
    }
    assert_int_equal(with.faults, 0);
    vt_index_free(with.index);
}

/* ---- loading ---- */

static const char *const paths[] = {"/a/1.jpg", "/a/2.jpg", "/b/3.jpg", "/b/4.stl"};

static void fill_catalog(vt_catalog_writer *writer)
{
    vt_item items[4];
    vt_metadata said[4] = {0};
    const vt_metadata *metadata[4];
    for (int i = 0; i < 4; i++) {
        items[i] = fixture_item(paths[i], i);
        metadata[i] = &said[i];
    }
    vt_metadata_set_taken_ns(&said[0], INT64_C(1700000000000000000));
    vt_metadata_set(&said[0], VT_METADATA_CAMERA, "FUJIFILM X100", 13);
    vt_metadata_set(&said[1], VT_METADATA_CAMERA, "FUJIFILM X100", 13);
    vt_metadata_set(&said[1], VT_METADATA_TITLE, "caf\xC3\xA9", 5);
    vt_metadata_set(&said[2], VT_METADATA_TITLE, "hidden", 6);
    vt_metadata_set(&said[3], VT_METADATA_LENS, "of no interest", 14);
    fixture_commit(writer, (vt_batch){.items = items, .item_count = 4, .metadata = metadata});
    const int64_t third = items[2].id;
    vt_error error = VT_ERROR_INIT;
    assert_true(edits_set_title(writer, &third, 1, "shown", &error));
    assert_true(edits_set_label(writer, &third, 1, 5, &error));
}

static vt_index *load(vt_catalog *catalog, vt_error *error)
{
    vt_catalog_reader *reader = fixture_reader(catalog);
    vt_index *index = vt_index_create();
    assert_true(vt_index_load(index, reader, NULL, NULL, error));
    if (!vt_index_load_attributes(index, reader, NULL, error)) {
        vt_index_free(index);
        index = NULL;
    }
    vt_catalog_reader_free(reader);
    return index;
}

static void loads_what_the_catalog_holds(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fill_catalog(writer);
    vt_catalog_writer_free(writer);
    vt_index *index = load(catalog, NULL);
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    expect(snapshot, 0, 0, "", "FUJIFILM X100", INT64_C(1700000000000000000));
    expect(snapshot, 1, 0, "caf\xC3\xA9", "FUJIFILM X100", VT_TAKEN_UNKNOWN);
    expect(snapshot, 2, 5, "shown", "", VT_TAKEN_UNKNOWN);
    expect(snapshot, 3, 0, "", "", VT_TAKEN_UNKNOWN);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
    vt_catalog_close(catalog);
}

/* What no program of ours wrote is made fit to be shown. */
static void loads_a_hostile_catalog(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fill_catalog(writer);
    vt_catalog_writer_free(writer);
    fixture_sql(fixture_path,
                "UPDATE item SET title = CAST(x'611B5B62FF63' AS TEXT), label = 300 WHERE id = 3;"
                "UPDATE metadata SET camera = CAST(x'1B5B41FF' AS TEXT), taken_ns = 9223372036854775807 "
                "WHERE item_id = 1;"
                "UPDATE metadata SET title = printf('%.*c', 5000, 'x') WHERE item_id = 2");
    vt_index *index = load(catalog, NULL);
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    expect(snapshot, 0, 0, "", "[A\xC3\xBF", VT_TAKEN_UNKNOWN); /* Latin-1, as of a file */
    assert_true(brief_of(snapshot, 1).title_length < 5000);
    expect(snapshot, 2, 0,
           "a\xEF\xBF\xBD[b\xEF\xBF\xBD"
           "c",
           "", VT_TAKEN_UNKNOWN);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
    vt_catalog_close(catalog);
}

static void loading_can_be_cancelled(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fill_catalog(writer);
    vt_catalog_writer_free(writer);
    vt_catalog_reader *reader = fixture_reader(catalog);
    vt_index *index = vt_index_create();
    assert_true(vt_index_load(index, reader, NULL, NULL, NULL));
    vt_error error = VT_ERROR_INIT;
    const atomic_bool cancelled = true;
    assert_false(vt_index_load_attributes(index, reader, &cancelled, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    vt_index_free(index);
    vt_catalog_reader_free(reader);
    vt_catalog_close(catalog);
}

static void an_empty_pass_publishes_nothing(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 3);
    vt_catalog_writer_free(writer);
    vt_index *index = load(catalog, NULL);
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    assert_int_equal(vt_snapshot_version(snapshot), 1);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
    vt_catalog_close(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_begin_without),          cmocka_unit_test(snapshots_stay_as_they_are),
        cmocka_unit_test(a_changed_record_keeps_them), cmocka_unit_test(many_texts_stay_apart),
        cmocka_unit_test(refuses_endless_texts),       cmocka_unit_test(readers_see_whole_rows),
        fixture_test(loads_what_the_catalog_holds),    fixture_test(loads_a_hostile_catalog),
        fixture_test(loading_can_be_cancelled),        fixture_test(an_empty_pass_publishes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
