/* The Performance centre as a pane's content: it measures while it is seen, in as many panes as there are,
   and fails in words where there is none. */
#include "tests/support/check.h"

#include "app/ui/panes/pane_performance.h"
#include "app/ui/panes/types.h"
#include "app/ui/performance/budgets_page.h"
#include "app/ui/performance/performance.h"
#include "app/ui/performance/view.h"
#include "app/ui/window/response.h"
#include "core/base/clock.h"
#include "tests/core/import/engine_session.h"

#include <qt6c/invoke.h>
#include <qt6c/qapplication.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qmodelindex.h>
#include <qt6c/qtableview.h>
#include <qt6c/qvariant.h>

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

static const vt_performance_ops ops = {hold, is_held, counts, show_failures, show_failures, applied, say};

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

/* ---- an answer that is late ---- */

enum { LATE_MS = 250 };

typedef struct sluggish {
    QWidget widget; /* first */
    vt_trace *trace;
} sluggish;

static void dawdle(QWidget *self, QKeyEvent *event)
{
    (void)event;
    int64_t begin = vt_clock_now();
    poll(NULL, 0, LATE_MS);
    vt_trace_note(((sluggish *)self)->trace, "dawdling", begin, vt_clock_now());
}

static const QWidgetVirtuals sluggish_virtuals = {.key_press_event = dawdle};
static qt_subclass sluggish_class = {
    .base = &qt_class_QWidget, .virtuals = &sluggish_virtuals, .instance_size = sizeof(sluggish)};

static void press_key(sluggish *widget)
{
    QKeyEvent event;
    q_keyevent_init_type_int_keyboardmodifier_string_bool_unsigned_short(&event, QEvent_KeyPress, Qt_Key_A,
                                                                         0);
    q_coreapplication_send_event(&widget->widget, &event);
    q_keyevent_fini(&event);
}

/* What the table of that name shows in a cell; owned by the caller. */
static char *cell(vt_budgets_page *page, const char *name, int row, int column)
{
    const QList *children = q_object_children((QObject *)vt_budgets_page_widget(page));
    for (ptrdiff_t i = 0; i < (ptrdiff_t)children->size; i++) {
        QObject *child = ((QObject **)children->ptr)[i];
        char *called = strcmp(qt_class_name(child), "QTableView") == 0
                           ? q_widget_accessible_name((QWidget *)child)
                           : NULL;
        bool is_it = called && strcmp(called, name) == 0;
        free(called);
        if (is_it) {
            const QModelIndex none = {.r = -1, .c = -1};
            QAbstractItemModel *model = q_abstractitemview_model((QTableView *)child);
            QModelIndex index = q_abstractitemmodel_index(model, row, column, &none);
            QVariant value = q_abstractitemmodel_data(model, &index);
            char *text = q_variant_to_string(&value);
            q_variant_fini(&value);
            return text;
        }
    }
    fail_msg("there is no table \"%s\"", name);
    return NULL;
}

static void check_cell(vt_budgets_page *page, int column, const char *expected)
{
    char *text = cell(page, "What took too long", 0, column);
    assert_string_equal(text, expected);
    free(text);
}

static size_t violations(const bench *all, vt_violation *newest)
{
    uint64_t total = 0;
    vt_monitor_violations(all->monitor, newest, 1, &total);
    return (size_t)total;
}

/* From the key until it is painted, and where nothing is, until it was dealt with. */
static void a_late_answer_is_a_violation_with_what_ran_then(void **state)
{
    bench *all = *state;
    vt_trace *trace = vt_trace_create(64, NULL);
    vt_monitor_set_trace(all->monitor, trace);
    sluggish *widget = qt_subclass_allocate(&sluggish_class);
    q_widget_init(&widget->widget, NULL);
    qt_subclass_install(&sluggish_class, widget);
    widget->trace = trace;
    vt_response *response = vt_response_create(&widget->widget, all->monitor);
    vt_violation late;
    int64_t begin = vt_clock_now();
    press_key(widget);
    vt_response_painted(response); /* amid it: that is no answer */
    assert_int_equal(violations(all, &late), 0);
    turn(POLL_MS);
    vt_response_painted(response);
    assert_int_equal(violations(all, &late), 1);
    assert_string_equal(late.operation, "answer to the user");
    assert_ptr_equal(late.budget, vt_budget_get(VT_BUDGET_UI_RESPONSE));
    assert_true(late.level >= VT_BUDGET_WARNING);
    assert_true(late.begin >= begin && late.end <= vt_clock_now());
    assert_true(late.end - late.begin >= LATE_MS * VT_NS_PER_MS);
    assert_true(vt_clock_wall() - late.wall < 60 * VT_NS_PER_S);
    vt_budgets_page *page = vt_budgets_page_create(&widget->widget, all->performance, NULL, NULL);
    vt_budgets_page_update(page);
    char took[32];
    vt_budget_format(VT_BUDGET_NANOSECONDS, late.end - late.begin, took, sizeof took);
    check_cell(page, 1, "answer to the user");
    check_cell(page, 2, took);
    check_cell(page, 3, "100.0 ms");
    check_cell(page, 4, "dawdling \u00d71");
    char *when = cell(page, "What took too long", 0, 0);
    assert_int_equal(strlen(when), strlen("12:34:56"));
    free(when);
    press_key(widget);
    for (int i = 0; i < PATIENCE_MS / POLL_MS && violations(all, &late) < 2; i++) {
        turn(POLL_MS); /* nobody paints */
    }
    assert_int_equal(violations(all, &late), 2);
    vt_operation_summary summary;
    vt_operation answered = vt_monitor_operation(all->monitor, "answer to the user", NULL, NULL);
    vt_monitor_summarise(all->monitor, answered, &summary);
    assert_int_equal(summary.count, 2);
    vt_monitor_set_trace(all->monitor, NULL);
    q_widget_delete(&widget->widget);
    vt_trace_free(trace);
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
        cmocka_unit_test_setup_teardown(a_late_answer_is_a_violation_with_what_ran_then, set_up, tear_down),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    q_application_delete(application);
    return failed;
}
