#include "tests/support/failing_memory.h"

#include "core/index/albums.h"
#include "core/index/attributes.h"
#include "core/index/tags.h"
#include "core/index/tiny.h"
#include "core/index/view.h"
#include "tests/core/index/library.h"
#include "tests/support/check.h"

enum { ROWS = 300 };

/* Every row stands for something: names in long groups, several folders, sizes that tie in their upper half.
 */
static bool fill(vt_index *index, vt_error *error)
{
    for (int64_t id = 1; id <= 3; id++) {
        char path[32];
        (void)snprintf(path, sizeof path, "/folder %d", (int)id);
        if (!vt_index_add_folder(index, id, path, strlen(path), error)) {
            return false;
        }
    }
    for (int64_t id = 1; id <= ROWS; id++) {
        vt_item_brief item = library_item(id, id % 3 + 1, id % 2 ? "a name that many share" : "b");
        item.mtime_ns = id % 5 ? id : id << 50;
        if (!vt_index_put(index, &item, 1, error)) {
            return false;
        }
    }
    const int64_t ids[] = {1, 2};
    const vt_item_attributes said = {.item_id = 2,
                                     .which = VT_ATTRIBUTE_LABEL | VT_ATTRIBUTES_OF_FILE,
                                     .label = 1,
                                     .file_title = "t",
                                     .file_title_length = 1,
                                     .camera = "c",
                                     .camera_length = 1};
    return vt_index_put_attributes(index, &said, 1, error) && vt_index_put_tag(index, 1, 0, "a", 1, error) &&
           vt_index_put_tag(index, 2, 1, "b", 1, error) && vt_index_set_tags(index, 3, ids, 2, error) &&
           vt_index_put_album(index, 1, 1, "x", 1, error) && vt_index_add_to_album(index, 1, ids, 2, error);
}

static vt_index *make_library(vt_error *error)
{
    vt_index *index = vt_index_create();
    if (!index) {
        vt_error_set(error, VT_ERROR_MEMORY, "create");
        return NULL;
    }
    if (!fill(index, error) || !vt_index_publish(index, error) || !vt_index_remove(index, 7, error) ||
        !vt_index_remove_tag(index, 2, error) || !vt_index_remove_album(index, 1, error) ||
        !vt_index_publish(index, error)) {
        vt_index_free(index);
        return NULL;
    }
    return index;
}

static void index_survives_lack_of_memory(void **state)
{
    (void)state;
    if (!memory_can_fail()) {
        print_message("the sanitizer brings its own malloc\n");
        skip();
    }
    vt_index *index = NULL;
    long in_use = memory_in_use();
    long failures = 0;
    for (; !index; failures++) {
        assert_int_equal(memory_in_use(), in_use);
        vt_error error = VT_ERROR_INIT;
        memory_fails_after(failures);
        index = make_library(&error);
        memory_recovers();
        assert_true(index || error.code == VT_ERROR_MEMORY);
    }
    assert_true(failures > 10);
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    assert_int_equal(vt_snapshot_count(snapshot), ROWS);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
    assert_int_equal(memory_in_use(), in_use);
}

/* A put that failed can be done again. */
static void put_goes_on_after_lack_of_memory(void **state)
{
    (void)state;
    if (!memory_can_fail()) {
        print_message("the sanitizer brings its own malloc\n");
        skip();
    }
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/a");
    vt_item_brief item = library_item(1, 1, "x");
    vt_error error = VT_ERROR_INIT;
    for (long n = 0; memory_fails_after(n), !vt_index_put(index, &item, 1, &error); n++) {
        assert_int_equal(error.code, VT_ERROR_MEMORY);
    }
    memory_recovers();
    const vt_snapshot *old = library_publish(index);
    item.size = 5;
    memory_fails_after(0); /* for the copy of the chunk */
    assert_false(vt_index_put(index, &item, 1, &error));
    memory_recovers();
    library_put(index, item);
    const vt_snapshot *fresh = library_publish(index);
    assert_int_equal(vt_snapshot_count(fresh), 1);
    vt_snapshot_item(old, 0, &item);
    assert_int_equal(item.size, 1000);
    vt_snapshot_item(fresh, 0, &item);
    assert_int_equal(item.size, 5);
    vt_snapshot_release(old);
    vt_snapshot_release(fresh);
    vt_index_free(index);
}

/* Tiny thumbnails that found no room are taken in later; what was there stays. */
static void tiny_thumbnails_find_room_later(void **state)
{
    (void)state;
    if (!memory_can_fail()) {
        print_message("the sanitizer brings its own malloc\n");
        skip();
    }
    vt_error error = VT_ERROR_INIT;
    vt_index *index = make_library(&error);
    assert_non_null(index);
    vt_tiny tiny = {.item_id = 5, .code = {{1, 2, 3}}};
    memory_fails_after(0);
    assert_false(vt_index_put_tiny(index, &tiny, 1, VT_TINY_REPLACE, &error));
    memory_recovers();
    assert_int_equal(error.code, VT_ERROR_MEMORY);
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    vt_tinythumb shown;
    assert_false(vt_snapshot_tiny(snapshot, 4, &shown));
    assert_true(vt_index_put_tiny(index, &tiny, 1, VT_TINY_REPLACE, &error));
    memory_fails_after(0); /* the block is there now */
    tiny.code.bytes[1] = 7;
    assert_true(vt_index_put_tiny(index, &tiny, 1, VT_TINY_REPLACE, &error));
    memory_recovers();
    assert_true(vt_snapshot_tiny(snapshot, 4, &shown));
    assert_int_equal(shown.bytes[1], 7);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static const vt_view *make_view(const vt_snapshot *snapshot, vt_sort_key key, vt_error *error)
{
    static const char text[] = "(a or b) folder:folder -id:9";
    vt_filter *filter = vt_filter_compile(text, strlen(text), NULL, error);
    vt_view_request request = {.filter = filter,
                               .folder_id = 2,
                               .folder_deep = true,
                               .key = key,
                               .group = (vt_group_by)(key % VT_GROUP_BY_COUNT),
                               .then = {{VT_SORT_CAMERA, true}},
                               .then_count = 1,
                               .positions = true};
    const vt_view *view = filter ? vt_view_build(snapshot, &request, NULL, error) : NULL;
    vt_filter_free(filter);
    return view;
}

static void views_survive_lack_of_memory(void **state)
{
    (void)state;
    if (!memory_can_fail()) {
        print_message("the sanitizer brings its own malloc\n");
        skip();
    }
    vt_error error = VT_ERROR_INIT;
    vt_index *index = make_library(&error);
    assert_non_null(index);
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    for (int key = 0; key < VT_SORT_KEY_COUNT; key++) {
        long in_use = memory_in_use();
        const vt_view *view = NULL;
        long failures = 0;
        for (; !view; failures++) {
            assert_int_equal(memory_in_use(), in_use);
            memory_fails_after(failures);
            view = make_view(snapshot, (vt_sort_key)key, &error);
            memory_recovers();
            assert_true(view || error.code == VT_ERROR_MEMORY);
        }
        assert_true(failures > 5);
        assert_int_equal(vt_view_count(view), ROWS / 3 - 1); /* every third, but for the removed one */
        memory_fails_after(0);
        assert_null(vt_view_reversed(view));
        memory_recovers();
        vt_view_release(view);
        assert_int_equal(memory_in_use(), in_use);
    }
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

/* What came in is sorted into the order at hand, or that order stays what it was. */
static void orders_follow_despite_lack_of_memory(void **state)
{
    (void)state;
    if (!memory_can_fail()) {
        print_message("the sanitizer brings its own malloc\n");
        skip();
    }
    vt_error error = VT_ERROR_INIT;
    vt_index *index = make_library(&error);
    assert_non_null(index);
    vt_view_request request = {.key = VT_SORT_PATH, .group = VT_GROUP_DAY, .positions = true};
    const vt_snapshot *before = vt_index_snapshot(index);
    const vt_view *whole = vt_view_build(before, &request, NULL, &error);
    assert_true(vt_index_remove(index, 4, &error));
    assert_true(vt_index_publish(index, &error));
    const vt_snapshot *now = vt_index_snapshot(index);
    request.order = vt_view_order(whole);
    long in_use = memory_in_use();
    const vt_view *view = NULL;
    long failures = 0;
    for (; !view; failures++) {
        assert_int_equal(memory_in_use(), in_use);
        memory_fails_after(failures);
        view = vt_view_build(now, &request, NULL, &error);
        memory_recovers();
        assert_true(view || error.code == VT_ERROR_MEMORY);
    }
    assert_true(failures > 5);
    assert_int_equal(vt_view_count(view), vt_view_count(whole) - 1);
    vt_view_release(view);
    vt_view_release(whole);
    vt_snapshot_release(before);
    vt_snapshot_release(now);
    vt_index_free(index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(index_survives_lack_of_memory),
        cmocka_unit_test(put_goes_on_after_lack_of_memory),
        cmocka_unit_test(views_survive_lack_of_memory),
        cmocka_unit_test(orders_follow_despite_lack_of_memory),
        cmocka_unit_test(tiny_thumbnails_find_room_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
