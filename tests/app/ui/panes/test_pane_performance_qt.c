/* The Performance centre as a pane's content: it measures while it is seen, in as many panes as there are,
   and fails in words where there is none. */
#include "tests/support/check.h"

#include "app/ui/panes/pane_performance.h"
#include "app/ui/panes/types.h"
#include "app/ui/performance/performance.h"
#include "app/ui/performance/view.h"
#include "tests/core/import/engine_session.h"

#include <qt6c/qapplication.h>

#include <poll.h>
#include <stdlib.h>
#include <string.h>

enum { PATIENCE_MS = 20000, POLL_MS = 5 };

typedef struct bench {
    engine_session *session;
    vt_pictures *pictures;
    vt_monitor *monitor;
    vt_performance *performance;
    vt_pane_context context;
    int applied, said;
} bench;

static void hold(void *user, bool hold_it)
{
    (void)user;
    (void)hold_it;
}

static bool is_held(void *user, bool *any)
{
    (void)user;
    *any = false;
    return false;
}

static void counts(void *user, int64_t *failed, int64_t *tried)
{
    (void)user;
    *failed = *tried = 0;
}

static void show_failures(void *user)
{
    (void)user;
}

static void applied(void *user, const vt_settings *settings)
{
    (void)settings;
    ((bench *)user)->applied++;
}

static void say(void *user, const char *text)
{
    (void)text;
    ((bench *)user)->said++;
}

static const vt_performance_ops ops = {hold, is_held, counts, show_failures, applied, say};

static int set_up(void **state)
{
    bench *all = calloc(1, sizeof *all);
    all->session = session_create();
    session_open(all->session, 2, 1, NULL);
    all->pictures = vt_pictures_create(all->session->engine, 1, NULL);
    all->monitor = vt_monitor_create();
    all->performance = vt_performance_create(&(vt_performance_context){.engine = all->session->engine,
                                                                       .pictures = all->pictures,
                                                                       .monitor = all->monitor,
                                                                       .settings = vt_settings_default(),
                                                                       .ops = &ops,
                                                                       .user = all},
                                             NULL);
    assert_non_null(all->performance);
    all->context = (vt_pane_context){.engine = all->session->engine,
                                     .executor = all->session->executor,
                                     .pictures = all->pictures,
                                     .monitor = all->monitor,
                                     .performance = all->performance};
    *state = all;
    return 0;
}

static int tear_down(void **state)
{
    bench *all = *state;
    vt_performance_free(all->performance);
    vt_monitor_free(all->monitor);
    vt_pictures_free(all->pictures);
    session_close(all->session);
    session_free(all->session);
    free(all);
    return 0;
}

static vt_pane_content *make(const vt_pane_context *context)
{
    const char *argument = NULL;
    const vt_pane_type *type = vt_pane_type_of("performance:", &argument);
    assert_ptr_equal(type, &vt_pane_performance);
    vt_pane_content *content = type->create(context, NULL);
    assert_non_null(content);
    assert_true(q_widget_is_hidden(content->widget));
    type->show(content, argument);
    return content;
}

static uint64_t samples(const bench *all)
{
    const vt_sampler *sampler = vt_performance_sampler(all->performance);
    return sampler ? vt_sampler_count(sampler) : 0;
}

static void turn(int ms)
{
    for (int i = 0; i < ms / POLL_MS; i++) {
        poll(NULL, 0, POLL_MS);
        q_coreapplication_process_events();
    }
}

static void wait_for(const bench *all, uint64_t more_than)
{
    for (int i = 0; i < PATIENCE_MS / POLL_MS && samples(all) <= more_than; i++) {
        turn(POLL_MS);
    }
    assert_true(samples(all) > more_than);
}

static void it_measures_while_a_pane_shows_it(void **state)
{
    bench *all = *state;
    vt_pane_content *first = make(&all->context);
    vt_pane_content *second = make(&all->context);
    assert_int_equal(first->stage, VT_PANE_READY);
    turn(50);
    assert_null(vt_performance_sampler(all->performance)); /* not even memory is taken */
    q_widget_show(first->widget);
    wait_for(all, 0);
    q_widget_show(second->widget);
    q_widget_hide(first->widget);
    wait_for(all, samples(all)); /* one is left that looks */
    q_widget_hide(second->widget);
    turn(100); /* the sample that was under way */
    uint64_t count = samples(all);
    turn(3 * VT_PERFORMANCE_SAMPLE_MS);
    assert_int_equal(samples(all), count);
    q_widget_show(first->widget);
    first->type->clear(first);
    assert_int_equal(first->stage, VT_PANE_EMPTY);
    first->type->destroy(first); /* while it is seen and a sample may be on its way */
    second->type->destroy(second);
    turn(100);
}

static void the_page_is_kept_and_bytes_that_make_no_sense_are_passed_over(void **state)
{
    bench *all = *state;
    vt_pane_content *content = make(&all->context);
    const vt_pane_type *type = content->type;
    vt_performance_place place = {2, 1};
    type->restore(content, &place, sizeof place);
    size_t length = 0;
    vt_performance_place *kept = type->save(content, &length);
    assert_int_equal(length, sizeof place);
    assert_memory_equal(kept, &place, sizeof place);
    free(kept);
    static const vt_performance_place senseless[] = {{-1, 77}, {4, -3}, {1 << 30, 1 << 30}};
    for (size_t i = 0; i < sizeof senseless / sizeof *senseless; i++) {
        type->restore(content, &senseless[i], sizeof place);
        kept = type->save(content, &length);
        assert_true(kept->page == 0 && kept->span == 0);
        free(kept);
    }
    type->restore(content, "x", 1);
    type->destroy(content);
}

static void without_a_centre_it_says_so(void **state)
{
    const bench *all = *state;
    vt_pane_context context = all->context;
    context.performance = NULL;
    vt_pane_content *content = make(&context);
    assert_int_equal(content->stage, VT_PANE_FAILED);
    assert_non_null(strstr(content->error.message, "Performance centre"));
    size_t length;
    assert_null(content->type->save(content, &length));
    content->type->restore(content, "12345678", 8);
    content->type->destroy(content);
}

static void what_goes_wrong_is_told(void **state)
{
    bench *all = *state;
    vt_performance_export(all->performance, VT_PERFORMANCE_TRACE, "/nowhere/trace.json");
    assert_int_equal(all->said, 1); /* there is no trace here */
    vt_performance_export(all->performance, VT_PERFORMANCE_HTML, "/nowhere/report.html");
    for (int i = 0; i < PATIENCE_MS / POLL_MS && all->said < 2; i++) {
        turn(POLL_MS);
    }
    assert_int_equal(all->said, 2);
    vt_performance_clear(all->performance, 9999, "nothing");
    for (int i = 0; i < PATIENCE_MS / POLL_MS && all->said < 3; i++) {
        turn(POLL_MS);
    }
    assert_int_equal(all->said, 3);
    vt_performance_trim(all->performance); /* ends with it */
}

int main(int argc, char **argv)
{
    QApplication *application = q_application_new(&argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_measures_while_a_pane_shows_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_page_is_kept_and_bytes_that_make_no_sense_are_passed_over, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(without_a_centre_it_says_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_goes_wrong_is_told, set_up, tear_down),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    q_application_delete(application);
    return failed;
}
