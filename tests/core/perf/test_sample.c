/* Samples: each figure is read as its row says, gaps are none, and memory is constant for a day. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/perf/graphs.h"
#include "core/perf/rss.h"
#include "core/perf/sample.h"

#include <string.h>

#define BEGUN (INT64_C(77) * VT_NS_PER_S)

static double read_one(vt_figure figure, const vt_sample *before, const vt_sample *now, int64_t passed)
{
    double value = -1;
    return vt_figure_read(figure, before, now, passed, &value) ? value : -1;
}

static void figures_are_read_as_their_rows_say(void **state)
{
    (void)state;
    const vt_sample before = {
        .items = 10, .cpu_ui_ns = 100, .frames = 5, .frame_ns = 50, .cache_hits = 1, .cache_misses = 9};
    const vt_sample now = {.items = 30,
                           .cpu_ui_ns = 100 + VT_NS_PER_S / 4,
                           .frames = 7,
                           .frame_ns = 50 + 2 * VT_NS_PER_MS,
                           .cache_hits = 4,
                           .cache_misses = 10,
                           .waiting_import = 12,
                           .stall_ns = 7};
    assert_true(read_one(VT_FIGURE_ITEMS, &before, &now, VT_NS_PER_S / 2) == 40);
    assert_true(read_one(VT_FIGURE_CPU_UI, &before, &now, VT_NS_PER_S / 2) == 50);
    assert_true(read_one(VT_FIGURE_FRAME, &before, &now, 1) == (double)VT_NS_PER_MS);
    assert_true(read_one(VT_FIGURE_HITS, &before, &now, 1) == 75);
    assert_true(read_one(VT_FIGURE_WAITING_IMPORT, &before, &now, 1) == 12);
    assert_true(read_one(VT_FIGURE_STALL, NULL, &now, 0) == 7);
}

static void what_cannot_be_read_is_left_out(void **state)
{
    (void)state;
    const vt_sample before = {.items = 30, .frames = 7, .frame_ns = 70, .cache_hits = 3};
    const vt_sample now = {.items = 20, .frames = 7, .frame_ns = 70, .cache_hits = 3};
    assert_true(read_one(VT_FIGURE_ITEMS, NULL, &now, 5) == -1);
    assert_true(read_one(VT_FIGURE_ITEMS, &before, &now, 0) == -1);
    assert_true(read_one(VT_FIGURE_ITEMS, &before, &now, 5) == 0); /* a sum that shrank */
    assert_true(read_one(VT_FIGURE_FRAME, &before, &now, 5) == -1);
    assert_true(read_one(VT_FIGURE_HITS, &before, &now, 5) == -1);
}

static void every_figure_has_a_row_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < VT_FIGURE_COUNT; i++) {
        const vt_figure_row *row = vt_figure_get((vt_figure)i);
        assert_true(*row->name && *row->title);
        assert_true(row->field + sizeof(int64_t) <= sizeof(vt_sample));
        for (int j = 0; j < i; j++) {
            assert_string_not_equal(row->name, vt_figure_get((vt_figure)j)->name);
        }
    }
    assert_ptr_equal(vt_figure_get((vt_figure)999), vt_figure_get(VT_FIGURE_FRAME));
    for (int i = 0; i < VT_GRAPH_COUNT; i++) {
        const vt_graph_row row = vt_graph_get(i);
        assert_true(row.last >= row.first && row.last - row.first < VT_GRAPH_LINES_MAX);
        for (int j = (int)row.first; j <= (int)row.last; j++) {
            assert_int_equal(vt_figure_get((vt_figure)j)->unit, vt_figure_get(row.first)->unit);
        }
        assert_true(!row.budget || (row.budget->unit == VT_BUDGET_BYTES) ==
                                       (vt_figure_get(row.first)->unit == VT_UNIT_BYTES));
    }
}

static void the_sampler_keeps_series_and_the_last_values(void **state)
{
    (void)state;
    vt_sampler *sampler = vt_sampler_create(BEGUN);
    double value;
    assert_false(vt_sampler_last(sampler, VT_FIGURE_ITEMS, &value));
    vt_sampler_note(sampler, BEGUN, &(vt_sample){.items = 100, .waiting_import = 3});
    assert_false(vt_sampler_last(sampler, VT_FIGURE_ITEMS, &value));
    assert_true(vt_sampler_last(sampler, VT_FIGURE_WAITING_IMPORT, &value) && value == 3);
    vt_sampler_note(sampler, BEGUN + VT_NS_PER_S, &(vt_sample){.items = 150});
    assert_true(vt_sampler_last(sampler, VT_FIGURE_ITEMS, &value) && value == 50);
    vt_sampler_pause(sampler); /* what passes while nobody looks is no rate */
    vt_sampler_note(sampler, BEGUN + 100 * VT_NS_PER_S, &(vt_sample){.items = 9000});
    assert_true(vt_sampler_last(sampler, VT_FIGURE_ITEMS, &value) && value == 50);
    assert_int_equal(vt_sampler_count(sampler), 3);
    vt_sampler_free(sampler);
    vt_sampler_free(NULL);
}

static void a_day_takes_no_more_memory_than_a_minute(void **state)
{
    (void)state;
    enum { SAMPLES = 24 * 60 * 60 * 2 };
    vt_sampler *sampler = vt_sampler_create(BEGUN);
    size_t bytes = vt_sampler_bytes(sampler);
    vt_sample sample = {0};
    int64_t at = BEGUN;
    int64_t after_a_minute = 0;
    for (int i = 0; i < SAMPLES; i++, at += VT_NS_PER_S / 2) {
        sample.items += i % 100;
        sample.stall_ns = i == 1000 ? VT_NS_PER_S : 1;
        vt_sampler_note(sampler, at, &sample);
        after_a_minute = i == 120 ? vt_rss_self().current : after_a_minute;
    }
    assert_int_equal(vt_sampler_bytes(sampler), bytes);
    assert_true(bytes < 3 << 20);
    assert_true(vt_rss_self().current - after_a_minute < 2 << 20);
    static vt_graph_data data;
    vt_graph_read(sampler, 1, VT_SERIES_SESSION, at, &data);
    double greatest = 0;
    for (size_t i = 0; i < data.count; i++) {
        greatest = data.greatest[0][i] > greatest ? data.greatest[0][i] : greatest;
    }
    assert_true(greatest == (double)VT_NS_PER_S); /* a second among a day is still seen */
    print_message("a sampler holds %zu kB\n", bytes / 1000);
    vt_sampler_free(sampler);
}

/* Frames are looked at in each sample; a commit's time is a mean of what seldom happens. */
static void a_pause_of_the_sampling_parts_a_line(void **state)
{
    (void)state;
    static const int seconds[] = {0, 1, 3, 20, 21, 60};
    static vt_graph_data data;
    size_t slots[VT_SERIES_SLOTS];
    vt_sampler *sampler = vt_sampler_create(BEGUN);
    vt_sample sample = {0};
    for (size_t i = 0; i < sizeof seconds / sizeof *seconds; i++) {
        sample.commits++;
        sample.commit_ns += VT_NS_PER_MS;
        vt_sampler_note(sampler, BEGUN + seconds[i] * VT_NS_PER_S, &sample);
    }
    vt_graph_row memory = vt_graph_get(2);
    vt_graph_read(sampler, 2, VT_SERIES_SESSION, BEGUN + 70 * VT_NS_PER_S, &data);
    size_t from = 0;
    assert_int_equal(vt_graph_stretch(&memory, &data, 5, &from, slots), 3);
    assert_int_equal(slots[0], 0);
    assert_int_equal(slots[2], 3);
    assert_int_equal(vt_graph_stretch(&memory, &data, 5, &from, slots), 2);
    assert_int_equal(slots[1], 21);
    assert_int_equal(vt_graph_stretch(&memory, &data, 5, &from, slots), 1);
    assert_int_equal(slots[0], 60);
    assert_int_equal(vt_graph_stretch(&memory, &data, 5, &from, slots), 0);
    from = 0;
    vt_graph_row commits = vt_graph_get(9);
    vt_graph_read(sampler, 9, VT_SERIES_SESSION, BEGUN + 70 * VT_NS_PER_S, &data);
    assert_string_equal(commits.name, "commits");
    assert_int_equal(vt_graph_stretch(&commits, &data, 0, &from, slots), 5); /* between six readings */
    assert_true(vt_graph_is_filled(&memory) && vt_graph_is_filled(&commits));
    vt_graph_row tasks = vt_graph_get(5);
    assert_false(vt_graph_is_filled(&tasks));
    vt_sampler_free(sampler);
}

static void graphs_stack_and_round_their_scales(void **state)
{
    (void)state;
    vt_sampler *sampler = vt_sampler_create(BEGUN);
    static vt_graph_data data;
    vt_graph_read(sampler, 2, VT_SERIES_MINUTE, BEGUN, &data);
    assert_true(data.top == 100e6); /* nothing noted: the scale is there all the same */
    assert_int_equal(data.lines, 6);
    vt_sampler_note(sampler, BEGUN, &(vt_sample){.memory_index = 100000000, .memory_rest = 150000000});
    vt_graph_read(sampler, 2, VT_SERIES_MINUTE, BEGUN, &data);
    assert_int_equal(data.count, 1);
    assert_true(data.mean[0][0] == 100e6 && data.mean[1][0] == 100e6 && data.mean[5][0] == 250e6);
    assert_true(data.top == 500e6);
    vt_graph_read(sampler, -1, VT_SERIES_MINUTE, BEGUN, &data);
    assert_int_equal(data.lines, 1);
    vt_sampler_free(sampler);
}

static void figures_are_written_with_fitting_units(void **state)
{
    (void)state;
    static const struct {
        vt_figure_unit unit;
        double value;
        const char *text;
    } cases[] = {{VT_UNIT_NANOSECONDS, 16.7e6, "16.7 ms"},
                 {VT_UNIT_BYTES, 2.5e8, "250.0 MB"},
                 {VT_UNIT_BYTES_PER_SECOND, 1.25e7, "12.5 MB/s"},
                 {VT_UNIT_PERCENT, 45.2, "45 %"},
                 {VT_UNIT_PERCENT, 1.25, "1.2 %"},
                 {VT_UNIT_PERCENT, 0, "0 %"},
                 {VT_UNIT_COUNT, 1234, "1234"},
                 {VT_UNIT_PER_SECOND, 83.4, "83 /s"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[32];
        vt_figure_format(cases[i].unit, cases[i].value, text, sizeof text);
        assert_string_equal(text, cases[i].text);
    }
}

static void a_copy_is_what_was_noted_so_far(void **state)
{
    (void)state;
    vt_sampler *sampler = vt_sampler_create(0);
    vt_sampler_note(sampler, VT_NS_PER_S, &(vt_sample){.memory_rest = 100});
    vt_sampler_note(sampler, 2 * VT_NS_PER_S, &(vt_sample){.memory_rest = 200});
    vt_sampler *copy = vt_sampler_copy(sampler);
    assert_non_null(copy);
    vt_sampler_note(sampler, 3 * VT_NS_PER_S, &(vt_sample){.memory_rest = 900});
    double value;
    assert_true(vt_sampler_last(copy, VT_FIGURE_MEMORY_REST, &value));
    assert_true(value == 200);
    assert_int_equal(vt_sampler_count(copy), 2);
    static vt_series_point points[VT_SERIES_SLOTS];
    int64_t width;
    size_t count = vt_series_read(vt_sampler_series(copy, VT_FIGURE_MEMORY_REST), VT_SERIES_SESSION,
                                  3 * VT_NS_PER_S, points, &width);
    double most = 0;
    for (size_t i = 0; i < count; i++) {
        most = points[i].greatest > most ? points[i].greatest : most;
    }
    assert_true(most == 200);
    vt_sampler_free(sampler);
    vt_sampler_note(copy, 4 * VT_NS_PER_S, &(vt_sample){.memory_rest = 300});
    assert_int_equal(vt_sampler_count(copy), 3);
    vt_sampler_free(copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_read_as_their_rows_say),
        cmocka_unit_test(what_cannot_be_read_is_left_out),
        cmocka_unit_test(every_figure_has_a_row_of_its_own),
        cmocka_unit_test(the_sampler_keeps_series_and_the_last_values),
        cmocka_unit_test(a_day_takes_no_more_memory_than_a_minute),
        cmocka_unit_test(a_pause_of_the_sampling_parts_a_line),
        cmocka_unit_test(graphs_stack_and_round_their_scales),
        cmocka_unit_test(figures_are_written_with_fitting_units),
        cmocka_unit_test(a_copy_is_what_was_noted_so_far),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
