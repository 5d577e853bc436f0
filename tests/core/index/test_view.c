#include "core/index/view.h"

#include "tests/core/index/library.h"
#include "tests/support/check.h"

#include <pthread.h>

/* Ids 1 to 6: e d c b a f, sizes 10 to 60, in /a, /a/b, /ab in turn. */
static vt_index *make_library(void)
{
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/a");
    library_folder(index, 2, "/a/b");
    library_folder(index, 3, "/ab");
    static const char *const names[] = {"e", "d", "c", "b", "a", "f"};
    for (int i = 0; i < 6; i++) {
        vt_item_brief item = library_item(i + 1, i % 3 + 1, names[i]);
        item.size = (i + 1) * 10;
        library_put(index, item);
    }
    return index;
}

static void expect(const vt_view *view, const char *rows)
{
    assert_non_null(view);
    char found[64] = "";
    for (uint32_t i = 0; i < vt_view_count(view); i++) {
        (void)snprintf(found + strlen(found), sizeof found - strlen(found), "%u", vt_view_row(view, i));
    }
    assert_string_equal(found, rows);
}

static void expect_request(const vt_snapshot *snapshot, vt_view_request request, const char *rows)
{
    vt_error error = VT_ERROR_INIT;
    const vt_view *view = vt_view_build(snapshot, &request, NULL, &error);
    expect(view, rows);
    vt_view_release(view);
}

static void filters_and_sorts(void **state)
{
    (void)state;
    vt_index *index = make_library();
    assert_true(vt_index_remove(index, 3, NULL));
    const vt_snapshot *snapshot = library_publish(index);
    vt_filter *filter = vt_filter_compile("size>20", 7, NULL, NULL);
    expect_request(snapshot, (vt_view_request){0}, "01345");
    expect_request(snapshot, (vt_view_request){.key = VT_SORT_NAME}, "43105");
    expect_request(snapshot, (vt_view_request){.key = VT_SORT_NAME, .descending = true}, "50134");
    expect_request(snapshot, (vt_view_request){.filter = filter, .key = VT_SORT_NAME}, "435");
    expect_request(snapshot, (vt_view_request){.folder_id = 1}, "03");
    expect_request(snapshot, (vt_view_request){.folder_id = 1, .folder_deep = true}, "0134");
    expect_request(snapshot, (vt_view_request){.folder_id = 3, .folder_deep = true}, "5");
    expect_request(snapshot, (vt_view_request){.folder_id = 99, .folder_deep = true}, "");
    expect_request(snapshot, (vt_view_request){.below = "/nowhere"}, "");
    expect_request(snapshot, (vt_view_request){.below = "/"}, "01345");
    expect_request(snapshot, (vt_view_request){.filter = filter, .folder_id = 2, .positions = true}, "4");
    vt_filter_free(filter);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void turns_round_and_keeps_its_snapshot(void **state)
{
    (void)state;
    vt_index *index = make_library();
    const vt_snapshot *snapshot = library_publish(index);
    vt_filter *filter = vt_filter_compile("-size:60", 8, NULL, NULL);
    vt_view_request request = {.filter = filter, .key = VT_SORT_NAME, .positions = true};
    const vt_view *view = vt_view_build(snapshot, &request, NULL, NULL);
    vt_filter_free(filter); /* not needed any more */
    assert_ptr_equal(vt_view_snapshot(view), snapshot);
    vt_snapshot_release(snapshot);
    library_put(index, library_item(9, 1, "later"));
    vt_snapshot_release(library_publish(index));

    const vt_view *reversed = vt_view_reversed(view);
    expect(view, "43210");
    expect(reversed, "01234");
    assert_int_equal(vt_view_position(view, 4), 0);
    assert_int_equal(vt_view_position(reversed, 4), 4);
    assert_int_equal(vt_view_position(view, 5), VT_INDEX_NO_ROW);
    assert_int_equal(vt_view_position(reversed, 5), VT_INDEX_NO_ROW);
    bool descending = false;
    assert_int_equal(vt_view_key(reversed, &descending), VT_SORT_NAME);
    assert_true(descending);
    assert_int_equal(vt_view_key(view, NULL), VT_SORT_NAME);

    vt_view_release(view);
    assert_int_equal(vt_snapshot_count(vt_view_snapshot(reversed)), 6);
    expect(vt_view_retain(reversed), "01234");
    vt_view_release(reversed);
    vt_view_release(reversed);
    vt_view_release(NULL);
    vt_index_free(index);
}

static void shows_an_empty_library(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    expect_request(snapshot, (vt_view_request){.key = VT_SORT_PATH, .folder_id = 1, .positions = true}, "");
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void can_be_cancelled(void **state)
{
    (void)state;
    vt_index *index = make_library();
    const vt_snapshot *snapshot = library_publish(index);
    atomic_bool cancelled = true;
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_view_build(snapshot, &(vt_view_request){0}, &cancelled, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

typedef struct shared {
    vt_index *index;
    atomic_bool done;
    atomic_uint faults;
} shared;

/* Builds views of whatever there is: all rows must be shown, names in order. */
static void *build_views(void *user)
{
    shared *with = user;
    unsigned faults = 0;
    vt_filter *filter = vt_filter_compile("folder:a n", 10, NULL, NULL);
    vt_view_request request = {.filter = filter, .key = VT_SORT_NAME, .positions = true};
    bool last = false;
    while (!last) {
        last = atomic_load(&with->done);
        const vt_snapshot *snapshot = vt_index_snapshot(with->index);
        const vt_view *view = vt_view_build(snapshot, &request, NULL, NULL);
        const vt_view *reversed = vt_view_reversed(view);
        vt_view_release(view);
        faults += vt_view_count(reversed) != vt_snapshot_count(snapshot);
        for (uint32_t i = 0; i < vt_view_count(reversed); i++) {
            faults += vt_view_position(reversed, vt_view_row(reversed, i)) != i;
        }
        vt_view_release(reversed);
        vt_snapshot_release(snapshot);
    }
    vt_filter_free(filter);
    atomic_fetch_add(&with->faults, faults);
    return NULL;
}

static void is_built_while_the_index_grows(void **state)
{
    (void)state;
    shared with = {.index = vt_index_create()};
    library_folder(with.index, 1, "/a");
    pthread_t readers[2];
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&readers[i], NULL, build_views, &with), 0);
    }
    char name[32];
    for (int id = 1; id <= 6000; id++) {
        (void)snprintf(name, sizeof name, "n%d", 6000 - id);
        library_put(with.index, library_item(id, 1, name));
        library_put(with.index, library_item(id / 2 + 1, 1, name));
        if (id % 50 == 0) {
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(filters_and_sorts),
        cmocka_unit_test(turns_round_and_keeps_its_snapshot),
        cmocka_unit_test(shows_an_empty_library),
        cmocka_unit_test(can_be_cancelled),
        cmocka_unit_test(is_built_while_the_index_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
