/* core/layout/layout_json: what comes back, what is put right, what is refused and where; every truncation.
 */
#include "tests/support/check.h"
/* After check.h, which it needs. */
#include "tests/core/layout/sketch.h"

#include "core/layout/groups.h"
#include "core/layout/layout_json.h"

#define HEAD "{\"format\":\"vitrine-layout\",\"version\":1,"

/* A window with a tree. */
#define TREE(tree) HEAD "\"windows\":[{\"id\":1,\"tree\":" tree "}]}"
#define PANE(id)   "{\"id\":" #id ",\"pane\":\"p:A\"}"

static vt_panes *load(const char *text, vt_layout_report *report, vt_error *error)
{
    return vt_layout_from_json(text, strlen(text), NULL, report, error);
}

static vt_str save(const vt_panes *panes)
{
    vt_str text = VT_STR_INIT;
    assert_true(vt_layout_to_json(panes, VT_JSON_INDENTED, &text, NULL));
    return text;
}

/* Everything a layout can have. */
static vt_panes *make_rich(void)
{
    vt_panes *panes = vt_panes_create("p:A", NULL, NULL);
    vt_pane_id group = 0, other = 0, window = 0;
    assert_non_null(panes);
    split_off(panes, 'A', VT_PANE_RIGHT, 'C');
    split_off(panes, 'C', VT_PANE_BELOW, 'D');
    split_off(panes, 'A', VT_PANE_LEFT, 'B');
    split_off(panes, 'D', VT_PANE_RIGHT, 'E');
    split_off(panes, 'E', VT_PANE_RIGHT, 'F');
    assert_true(vt_panes_set_ratio(panes, pane_of(panes, 'A'), 0.3, NULL));
    assert_true(vt_panes_set_state(panes, pane_of(panes, 'A'), "\0scroll\xFF", 8, NULL));
    assert_true(vt_panes_set_link(panes, pane_of(panes, 'B'), 2, NULL));
    assert_true(vt_panes_group_create(panes,
                                      "M\xC3\xB6"
                                      "bel \"1\"",
                                      &group, NULL));
    assert_true(vt_panes_group_create(panes, "empty", &other, NULL));
    assert_true(vt_panes_set_group(panes, pane_of(panes, 'D'), group, NULL));
    assert_true(vt_panes_group_collapse(panes, group, true, NULL));
    assert_true(vt_panes_detach(panes, pane_of(panes, 'F'), (vt_rect){-30, 40, 640, 480}, &window, NULL));
    assert_true(vt_panes_place_window(panes, window, (vt_rect){-30, 40, 640, 480}, true));
    assert_true(vt_panes_maximise(panes, pane_of(panes, 'C'), NULL));
    assert_string_equal(sketch(panes), "(BA[C(dE)])|F");
    return panes;
}

static void test_everything_comes_back(void **state)
{
    (void)state;
    vt_panes *panes = make_rich();
    vt_str text = save(panes);
    vt_layout_report report;
    vt_error error = VT_ERROR_INIT;
    vt_panes *again = load(text.data, &report, &error);
    if (!again) {
        fail_msg("%s", error.message);
    }
    assert_string_equal(sketch(again), "(BA[C(dE)])|F");
    vt_str second = save(again);
    assert_string_equal(second.data, text.data); /* shares, ids, states, groups, windows: all of it */
    const vt_layout_report clean = {0};
    assert_memory_equal(&report, &clean, sizeof clean);
    vt_panes_window window;
    assert_true(vt_panes_window_at(again, 0, &window));
    assert_int_equal(window.maximised, pane_of(panes, 'C'));
    assert_true(vt_panes_window_at(again, 1, &window));
    assert_true(window.full && vt_rect_equal(window.place, (vt_rect){-30, 40, 640, 480}));
    vt_panes_node node;
    assert_true(vt_panes_find(again, pane_of(again, 'A'), &node));
    assert_int_equal(node.state_length, 8);
    assert_memory_equal(node.state, "\0scroll\xFF", 8);
    /* What happens next happens in both: ids given out, room given back, the way home. */
    for (int i = 0; i < 2; i++) {
        vt_panes *one = i ? again : panes;
        assert_true(vt_panes_attach(one, pane_of(one, 'F'), NULL));
        assert_true(vt_panes_close(one, pane_of(one, 'B'), NULL));
        split_off(one, 'A', VT_PANE_ABOVE, 'G');
    }
    vt_str_free(&text);
    vt_str_free(&second);
    text = save(panes);
    second = save(again);
    assert_string_equal(second.data, text.data);
    vt_str_free(&text);
    vt_str_free(&second);
    vt_panes_free(again);
    vt_panes_free(panes);
}

static void test_what_is_put_right(void **state)
{
    (void)state;
    static const struct {
        const char *text, *sketch;
        vt_layout_report report;
    } cases[] = {
        {TREE(PANE(2)), "A", {0}},
        {HEAD "\"new\":{\"a\":[1,{}]},\"windows\":[{\"later\":null,\"id\":1,\"tree\":{\"colour\":3,\"id\":2,"
              "\"pane\":\"p:A\"}}]}",
         "A",
         {.members_ignored = 3}},
        /* Members in another order; ratios that sum to something else; none at all. */
        {TREE(
             "{\"children\":[" PANE(3) "," PANE(4) "],\"ratios\":[0.2,0.2],\"split\":\"vertical\",\"id\":2}"),
         "[AA]",
         {.splits_mended = 1}},
        {TREE("{\"id\":2,\"split\":\"horizontal\",\"children\":[" PANE(3) "," PANE(4) "]}"), "(AA)", {0}},
        {TREE("{\"id\":2,\"split\":\"horizontal\",\"ratios\":[],\"children\":[" PANE(3) "," PANE(4) "]}"),
         "(AA)",
         {0}},
        /* A split of one, and rows within rows. */
        {TREE("{\"id\":2,\"split\":\"horizontal\",\"children\":[" PANE(3) "]}"), "A", {.splits_mended = 1}},
        {TREE("{\"id\":2,\"split\":\"horizontal\",\"ratios\":[0.5,0.5],\"children\":[" PANE(
             3) ",{\"id\":4,"
                "\"split\":"
                "\"horizontal\""
                ",\"ratios\":["
                "0.5,0.5],"
                "\"children\":"
                "[" PANE(5) "," PANE(6) "]}]}"),
         "(AAA)",
         {.splits_mended = 1}},
        {TREE("{\"id\":2,\"split\":\"vertical\",\"children\":[{\"id\":9,\"split\":\"horizontal\","
              "\"children\":[{\"id\":4,"
              "\"split\":\"vertical\",\"children\":[" PANE(5) "," PANE(6) "]}]}," PANE(7) "]}"),
         "[AAA]",
         {.splits_mended = 2}},
        /* A group that is not there, one that would hide all, a maximised pane that is none. */
        {TREE("{\"id\":2,\"pane\":\"p:A\",\"group\":77}"), "A", {.groups_missing = 1}},
        {HEAD "\"windows\":[{\"id\":1,\"maximised\":88,\"tree\":{\"id\":2,\"pane\":\"p:A\",\"group\":3}}],"
              "\"groups\":[{\"id\":3,\"name\":\"G\",\"collapsed\":true}]}",
         "A",
         {.groups_missing = 1}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_layout_report report;
        vt_error error = VT_ERROR_INIT;
        vt_panes *panes = load(cases[i].text, &report, &error);
        if (!panes) {
            fail_msg("%zu: %s", i, error.message);
        }
        assert_string_equal(sketch(panes), cases[i].sketch);
        assert_memory_equal(&report, &cases[i].report, sizeof report);
        vt_panes_free(panes);
    }
    vt_panes *panes = load(TREE("{\"id\":2,\"split\":\"horizontal\",\"ratios\":[0.1,0.3],\"children\":[" PANE(
                               3) ",{"
                                  "\"id\":4,\"pane\":\"p:B\"}]}"),
                           NULL, NULL);
    assert_non_null(panes);
    assert_true(share_of(panes, 'A') > 0.2499 && share_of(panes, 'A') < 0.2501);
    vt_panes_free(panes);
}

static void test_what_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        vt_error_code code;
        const char *words;
    } cases[] = {
        {"", VT_ERROR_CORRUPT, "line 1, column 1"},
        {"[]", VT_ERROR_CORRUPT, "object"},
        {"{}", VT_ERROR_CORRUPT, "no layout of Vitrine"},
        {"{\"format\":\"other\",\"version\":1,\"windows\":[]}", VT_ERROR_CORRUPT, "no layout of Vitrine"},
        {"{\"format\":\"vitrine-layout\",\"version\":0}", VT_ERROR_LIMIT, "number from 1"},
        {"{\"windows\":7,\"format\":\"vitrine-layout\",\n\"version\":2}", VT_ERROR_VERSION,
         "line 2, column 11: written by a newer"},
        {HEAD "\"windows\":[]}", VT_ERROR_CORRUPT, "without windows"},
        {"{\"format\":\"vitrine-layout\",\"version\":1}", VT_ERROR_CORRUPT, "without windows"},
        {HEAD "\"windows\":[{\"id\":1}]}", VT_ERROR_CORRUPT, "without a tree"},
        {HEAD "\"windows\":[{\"tree\":" PANE(2) "}]}", VT_ERROR_CORRUPT, "without an id"},
        {HEAD "\"windows\":[{\"id\":2,\"tree\":" PANE(2) "}]}", VT_ERROR_CORRUPT, "2 is there twice"},
        {HEAD "\"windows\":[{\"id\":1,\"tree\":" PANE(2) "},{\"id\":1,\"tree\":" PANE(3) "}]}",
         VT_ERROR_CORRUPT, "twice"},
        {HEAD "\"windows\":[{\"id\":1,\"tree\":" PANE(2) ",\"tree\":" PANE(3) "}]}", VT_ERROR_CORRUPT,
         "one tree"},
        {HEAD "\"windows\":[{\"id\":1,\"tree\":" PANE(2) "}],\"windows\":[]}", VT_ERROR_CORRUPT, "twice"},
        {HEAD "\"windows\":[{\"id\":1,\"place\":[1,2,3],\"tree\":" PANE(2) "}]}", VT_ERROR_CORRUPT,
         "a place is"},
        {HEAD "\"windows\":[{\"id\":1,\"place\":[1,2,3,4,5],\"tree\":" PANE(2) "}]}", VT_ERROR_CORRUPT,
         "a place is"},
        {HEAD "\"windows\":[{\"id\":1,\"place\":[1,2,-3,4],\"tree\":" PANE(2) "}]}", VT_ERROR_LIMIT,
         "from 0"},
        {TREE("{\"id\":2}"), VT_ERROR_CORRUPT, "either a pane or a split"},
        {TREE("{\"pane\":\"p:A\"}"), VT_ERROR_CORRUPT, "without an id"},
        {TREE("{\"id\":-2,\"pane\":\"p:A\"}"), VT_ERROR_LIMIT, "from 1"},
        {TREE("{\"id\":4294967297,\"pane\":\"p:A\"}"), VT_ERROR_LIMIT, "from 1"},
        {TREE("{\"id\":1.5,\"pane\":\"p:A\"}"), VT_ERROR_CORRUPT, "whole number"},
        {TREE("{\"id\":2,\"pane\":\"none\"}"), VT_ERROR_CORRUPT, "provider id"},
        {TREE("{\"id\":2,\"pane\":\"p:\\u0000\"}"), VT_ERROR_CORRUPT, "provider id"},
        {TREE("{\"id\":2,\"pane\":\"p:A\",\"pane\":\"p:B\"}"), VT_ERROR_CORRUPT, "one thing"},
        {TREE("{\"id\":2,\"pane\":\"p:A\",\"split\":\"vertical\"}"), VT_ERROR_CORRUPT, "either a pane"},
        {TREE("{\"id\":2,\"pane\":\"p:A\",\"state\":\"abc\"}"), VT_ERROR_CORRUPT, "base64"},
        {TREE("{\"id\":2,\"pane\":\"p:A\",\"state\":\"ab=c\"}"), VT_ERROR_CORRUPT, "base64"},
        {TREE("{\"id\":2,\"pane\":\"p:A\",\"state\":\"abb=\",\"state\":\"\"}"), VT_ERROR_CORRUPT, "base64"},
        {TREE("{\"id\":2,\"pane\":\"p:A\",\"link\":10}"), VT_ERROR_LIMIT, "from 0 to 9"},
        {TREE("{\"id\":2,\"pane\":\"p:A\",\"home\":{\"beside\":3}}"), VT_ERROR_CORRUPT, "a home is"},
        {TREE("{\"id\":2,\"pane\":\"p:A\",\"home\":{\"beside\":3,\"side\":\"left\",\"ratio\":1}}"),
         VT_ERROR_CORRUPT, "a home is"},
        {TREE("{\"id\":2,\"split\":\"diagonal\",\"children\":[" PANE(3) "," PANE(4) "]}"), VT_ERROR_CORRUPT,
         "\"horizontal\" or"},
        {TREE("{\"id\":2,\"split\":\"vertical\",\"split\":\"vertical\",\"children\":[" PANE(3) "," PANE(
             4) "]}"),
         VT_ERROR_CORRUPT, "once"},
        {TREE("{\"id\":2,\"split\":\"vertical\",\"children\":[]}"), VT_ERROR_CORRUPT, "with children"},
        {TREE("{\"id\":2,\"split\":\"vertical\"}"), VT_ERROR_CORRUPT, "with children"},
        {TREE("{\"id\":2,\"split\":\"vertical\",\"children\":[" PANE(3) "," PANE(3) "]}"), VT_ERROR_CORRUPT,
         "3 is there twice"},
        {TREE("{\"id\":2,\"split\":\"vertical\",\"children\":[" PANE(3) "],\"children\":[]}"),
         VT_ERROR_CORRUPT, "children are there twice"},
        {TREE("{\"id\":2,\"split\":\"vertical\",\"ratios\":[0.5],\"children\":[" PANE(3) "," PANE(4) "]}"),
         VT_ERROR_CORRUPT, "2 children with 1 ratios"},
        {TREE("{\"id\":2,\"split\":\"vertical\",\"ratios\":[0.5,0],\"children\":[" PANE(3) "," PANE(4) "]}"),
         VT_ERROR_CORRUPT, "above 0"},
        {TREE("{\"id\":2,\"split\":\"vertical\",\"ratios\":[0.5,-1],\"children\":[" PANE(3) "," PANE(4) "]}"),
         VT_ERROR_CORRUPT, "above 0"},
        {TREE(
             "{\"id\":2,\"split\":\"vertical\",\"ratios\":[0.5,NaN],\"children\":[" PANE(3) "," PANE(4) "]}"),
         VT_ERROR_CORRUPT, "value should"},
        {TREE("{\"id\":2,\"split\":\"vertical\",\"ratios\":[0.5,1e999],\"children\":[" PANE(3) "," PANE(
             4) "]}"),
         VT_ERROR_LIMIT, "too large"},
        {TREE("{\"id\":2,\"split\":\"vertical\",\"ratios\":[0.5],\"ratios\":[1],\"children\":[" PANE(3) "]}"),
         VT_ERROR_CORRUPT, "ratios are there twice"},
        {TREE(PANE(2)) "x", VT_ERROR_CORRUPT, "behind its end"},
        {HEAD "\"groups\":[{\"id\":2}],\"windows\":[]}", VT_ERROR_CORRUPT, "without a name"},
        {HEAD "\"groups\":[{\"name\":\"G\"}],\"windows\":[]}", VT_ERROR_CORRUPT, "without an id"},
        {HEAD "\"groups\":[{\"id\":2,\"name\":\"\"}],\"windows\":[]}", VT_ERROR_CORRUPT,
         "the name of a group"},
        {HEAD "\"groups\":[{\"id\":2,\"name\":\"G\"},{\"id\":3,\"name\":\"G\"}],\"windows\":[]}",
         VT_ERROR_CORRUPT, "same name"},
        {HEAD "\"groups\":[{\"id\":2,\"name\":\"G\"},{\"id\":2,\"name\":\"H\"}],\"windows\":[]}",
         VT_ERROR_CORRUPT, "twice"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_error error = VT_ERROR_INIT;
        vt_panes *panes = load(cases[i].text, NULL, &error);
        if (panes || error.code != cases[i].code || !strstr(error.message, cases[i].words)) {
            fail_msg("%s\n%s: %s", cases[i].text, panes ? "taken" : vt_error_code_name(error.code),
                     error.message);
        }
        assert_non_null(strstr(error.message, "layout, line "));
    }
}

/* `count` times `opening`, `middle`, `count` times `closing`, within a window. */
static vt_error_code refused_code(const char *opening, const char *middle, const char *closing, int count)
{
    vt_str text = VT_STR_INIT;
    vt_error error = VT_ERROR_INIT;
    vt_str_append_cstr(&text, HEAD "\"windows\":[{\"id\":1,\"tree\":");
    for (int i = 0; i < count; i++) {
        vt_str_appendf(&text, opening, i + 10);
    }
    vt_str_append_cstr(&text, middle);
    for (int i = 0; i < count; i++) {
        vt_str_appendf(&text, closing, i + 2000010);
    }
    vt_str_append_cstr(&text, "}]}");
    vt_panes *panes = load(text.data, NULL, &error);
    if (panes) {
        sketch(panes);
    }
    vt_panes_free(panes);
    vt_str_free(&text);
    return error.code;
}

static void test_hostile_sizes(void **state)
{
    (void)state;
    static const char row[] = "{\"id\":%d,\"split\":\"horizontal\",\"children\":[";
    static const char end[] = ",{\"id\":%d,\"pane\":\"p:A\"}]}";
    assert_int_equal(refused_code(row, PANE(2), end, VT_PANES_DEPTH_MAX), VT_ERROR_NONE);
    assert_int_equal(refused_code(row, PANE(2), end, VT_PANES_DEPTH_MAX + 1), VT_ERROR_LIMIT);
    assert_int_equal(refused_code(row, PANE(2), end, 10000), VT_ERROR_LIMIT);
    assert_int_equal(refused_code("[", "", "]", 10000), VT_ERROR_LIMIT);
    static const char pane[] = "{\"id\":%d,\"pane\":\"p:A\"},";
    for (int count = VT_PANES_MAX; count <= 1000000; count = count == VT_PANES_MAX ? count + 1 : count * 16) {
        vt_str text = VT_STR_INIT;
        vt_error error = VT_ERROR_INIT;
        vt_str_append_cstr(&text, HEAD
                           "\"windows\":[{\"id\":1,\"tree\":{\"id\":2,\"split\":\"vertical\",\"children\":[");
        for (int i = 1; i < count; i++) {
            vt_str_appendf(&text, pane, i + 10);
        }
        vt_str_append_cstr(&text, PANE(3) "]}}]}");
        vt_panes *panes = load(text.data, NULL, &error);
        assert_int_equal(panes != NULL, count == VT_PANES_MAX);
        assert_int_equal(error.code, panes ? VT_ERROR_NONE : VT_ERROR_LIMIT);
        vt_panes_free(panes);
        vt_str_free(&text);
    }
    /* Ratios without children, a long text, more bytes than are read at all. */
    vt_str text = VT_STR_INIT;
    vt_error error = VT_ERROR_INIT;
    vt_str_append_cstr(&text,
                       HEAD "\"windows\":[{\"id\":1,\"tree\":{\"id\":2,\"split\":\"vertical\",\"ratios\":[1");
    for (int i = 0; i < 100000; i++) {
        vt_str_append_cstr(&text, ",1");
    }
    vt_str_append_cstr(&text, "]}}]}");
    assert_null(load(text.data, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    vt_str_clear(&text);
    vt_str_append_cstr(&text, HEAD "\"windows\":[{\"id\":1,\"tree\":{\"id\":2,\"pane\":\"p:");
    for (int i = 0; i < VT_PANES_PROVIDER_MAX; i++) {
        vt_str_append_char(&text, 'x');
    }
    vt_str_append_cstr(&text, "\"}}]}");
    assert_null(load(text.data, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_null(vt_layout_from_json(text.data, VT_LAYOUT_JSON_BYTES_MAX + 1, NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    vt_str_free(&text);
}

static void test_every_truncation_is_refused(void **state)
{
    (void)state;
    vt_panes *panes = make_rich();
    vt_str text = VT_STR_INIT;
    assert_true(vt_layout_to_json(panes, VT_JSON_COMPACT, &text, NULL));
    for (size_t length = 0; length < text.length; length++) {
        vt_error error = VT_ERROR_INIT;
        assert_null(vt_layout_from_json(text.data, length, NULL, NULL, &error));
        assert_int_equal(error.code, VT_ERROR_CORRUPT);
    }
    vt_str_free(&text);
    vt_panes_free(panes);
}

static bool knows_images(void *user, const char *provider)
{
    (void)user;
    return strncmp(provider, "image:", 6) == 0;
}

static void test_missing_screens_and_providers(void **state)
{
    (void)state;
    vt_panes *panes = make_rich();
    vt_pane_id window = 0;
    assert_true(vt_panes_detach(panes, pane_of(panes, 'E'), (vt_rect){5000, 3000, 700, 500}, &window, NULL));
    assert_true(vt_panes_set_provider(panes, pane_of(panes, 'A'), "image:7", NULL));
    vt_str text = save(panes);
    const vt_rect screens[] = {{0, 0, 1920, 1080}, {-1280, 0, 1280, 1024}};
    const vt_layout_load how = {screens, 2, knows_images, NULL};
    vt_layout_report report;
    vt_panes *again = vt_layout_from_json(text.data, text.length, &how, &report, NULL);
    assert_non_null(again);
    assert_int_equal(report.windows_moved, 1); /* the one at -30, 40 stands on the second screen */
    assert_int_equal(report.providers_unknown, 5);
    assert_int_equal(vt_panes_pane_count(again), 6); /* they stay */
    vt_panes_window seen;
    assert_true(vt_panes_find_window(again, window, &seen));
    assert_true(vt_rect_equal(seen.place, (vt_rect){1220, 580, 700, 500}));
    vt_panes_free(again);
    vt_str_free(&text);
    vt_panes_free(panes);
}

/* A group, saved apart, is a layout like any other. */
static void test_a_group_apart(void **state)
{
    (void)state;
    vt_panes *panes = make_rich();
    vt_panes_group group;
    assert_true(vt_panes_group_at(panes, 0, &group));
    vt_panes *picked = vt_panes_pick(panes, group.id, NULL);
    assert_non_null(picked);
    vt_str text = save(picked);
    vt_panes *again = load(text.data, NULL, NULL);
    assert_non_null(again);
    assert_true(vt_panes_graft(panes, again, pane_of(panes, 'A'), VT_PANE_BELOW, NULL, NULL));
    assert_string_equal(sketch(panes), "(B[AD][C(dE)])|F");
    vt_panes_free(again);
    vt_str_free(&text);
    vt_panes_free(picked);
    vt_panes_free(panes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_everything_comes_back),
                                       cmocka_unit_test(test_what_is_put_right),
                                       cmocka_unit_test(test_what_is_refused),
                                       cmocka_unit_test(test_hostile_sizes),
                                       cmocka_unit_test(test_every_truncation_is_refused),
                                       cmocka_unit_test(test_missing_screens_and_providers),
                                       cmocka_unit_test(test_a_group_apart)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
