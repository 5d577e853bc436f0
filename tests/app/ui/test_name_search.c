/* Finding a row by the beginning of its name. */
#include "tests/support/check.h"

#include "app/ui/table/name_search.h"
#include "tests/core/index/library.h"

#include <string.h>

enum { FOLDER = 1 };

/* A view by name of these, in the order they stand here. */
static const vt_view *show(vt_index **index, const char *const *names, size_t count, bool descending)
{
    *index = vt_index_create();
    library_folder(*index, FOLDER, "/pictures");
    for (size_t i = 0; i < count; i++) {
        library_put(*index, library_item((int64_t)i + 1, FOLDER, names[i]));
    }
    const vt_snapshot *snapshot = library_publish(*index);
    vt_view_request request = {.key = VT_SORT_NAME, .descending = descending, .positions = true};
    const vt_view *view = vt_view_build(snapshot, &request, NULL, NULL);
    vt_snapshot_release(snapshot);
    assert_non_null(view);
    return view;
}

static const char *const few[] = {"Apple.png", "apricot.png", "boat.png", "\xC3\x84pfel.webp", "\xFFodd"};
enum { FEW = sizeof few / sizeof few[0] };

/* Where names stand is the order's business: asked for by their number, 0 to FEW - 1. */
static int64_t place_of(const vt_view *view, int number)
{
    return vt_view_position(view, (uint32_t)number);
}

static void finds_a_beginning_in_either_case(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        int found; /* -1: none */
    } tries[] = {
        {"apple", 0},        {"APPLE", 0}, {"Apr", 1},           {"b", 2},   {"\xC3\xA4pf", 3},
        {"\xC3\x84PFEL", 3}, {"\xFFo", 4}, {"pple", -1},         {"ax", -1}, {"boat.pngx", -1},
        {"boat.png", 2},     {"c", -1},    {"boat.png.png", -1},
    };
    vt_index *index = NULL;
    const vt_view *view = show(&index, few, FEW, false);
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        int64_t wanted = tries[i].found < 0 ? -1 : place_of(view, tries[i].found);
        int64_t found = vt_name_search(view, tries[i].typed, 0, NULL);
        if (found != wanted) {
            fail_msg("%s: row %lld, not %lld", tries[i].typed, (long long)found, (long long)wanted);
        }
    }
    vt_view_release(view);
    vt_index_free(index);
}

static void goes_on_behind_and_round(void **state)
{
    (void)state;
    static const char *const names[] = {"a1", "a2", "a3", "b"};
    for (int descending = 0; descending < 2; descending++) {
        vt_index *index = NULL;
        const vt_view *view = show(&index, names, 4, descending);
        int64_t first = descending ? 1 : 0; /* of those with an "a" */
        for (int64_t from = first; from < first + 3; from++) {
            assert_int_equal(vt_name_search(view, "a", from, NULL), from);
        }
        int64_t b = descending ? 0 : 3;
        assert_int_equal(vt_name_search(view, "a", b, NULL), first);
        assert_int_equal(vt_name_search(view, "b", first, NULL), b);
        assert_int_equal(vt_name_search(view, "a", -1, NULL), first); /* no row is current */
        assert_int_equal(vt_name_search(view, "a", 4, NULL), first);  /* or one that is gone */
        assert_int_equal(vt_name_search(view, "", 2, NULL), 2);
        vt_view_release(view);
        vt_index_free(index);
    }
}

static void looks_at_no_more_than_its_limit(void **state)
{
    (void)state;
    char name[VT_NAME_SEARCH_MAX + 2];
    char typed[VT_NAME_SEARCH_MAX + 2];
    memset(name, 'n', sizeof name);
    memset(typed, 'N', sizeof typed);
    name[sizeof name - 1] = typed[sizeof typed - 1] = '\0';
    typed[VT_NAME_SEARCH_MAX] = 'x'; /* beyond */
    const char *const names[] = {name, "nnn"};
    vt_index *index = NULL;
    const vt_view *view = show(&index, names, 2, false);
    assert_int_equal(vt_name_search(view, typed, 0, NULL), place_of(view, 0));
    typed[VT_NAME_SEARCH_MAX - 1] = 'x';
    assert_int_equal(vt_name_search(view, typed, 0, NULL), -1);
    vt_view_release(view);
    vt_index_free(index);
}

static void finds_nothing_when_cancelled_or_empty(void **state)
{
    (void)state;
    vt_index *index = NULL;
    const vt_view *view = show(&index, few, FEW, false);
    atomic_bool cancelled = true;
    assert_int_equal(vt_name_search(view, "apple", 0, &cancelled), -1);
    atomic_store(&cancelled, false);
    assert_int_equal(vt_name_search(view, "apple", 0, &cancelled), place_of(view, 0));
    vt_view_release(view);
    vt_index_free(index);
    view = show(&index, NULL, 0, false);
    assert_int_equal(vt_name_search(view, "apple", 0, NULL), -1);
    vt_view_release(view);
    vt_index_free(index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_a_beginning_in_either_case),
        cmocka_unit_test(goes_on_behind_and_round),
        cmocka_unit_test(looks_at_no_more_than_its_limit),
        cmocka_unit_test(finds_nothing_when_cancelled_or_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
