/* core/perf when memory runs out. */
#include "tests/support/check.h"
#include "tests/support/failing_memory.h"

#include "core/perf/heartbeat.h"
#include "core/perf/monitor.h"
#include "core/perf/reporter.h"

static void what_cannot_be_measured_is_told(void **state)
{
    (void)state;
    if (!memory_can_fail()) {
        print_message("the sanitizer brings its own malloc\n");
        skip();
    }
    vt_error error = VT_ERROR_INIT;
    memory_fails_after(0);
    vt_monitor *none = vt_monitor_create();
    vt_heartbeat *no_heartbeat = vt_heartbeat_create(1, 0, &error);
    memory_recovers();
    assert_null(none);
    assert_null(no_heartbeat);
    assert_int_equal(error.code, VT_ERROR_MEMORY);

    vt_monitor *monitor = vt_monitor_create();
    vt_error_clear(&error);
    memory_fails_after(0);
    vt_operation operation = vt_monitor_operation(monitor, "sort", NULL, &error);
    memory_recovers();
    assert_int_equal(operation, -1);
    assert_int_equal(error.code, VT_ERROR_MEMORY);
    assert_int_equal(vt_monitor_operation_count(monitor), 0);
    assert_int_equal(vt_monitor_operation(monitor, "sort", NULL, NULL), 0); /* later it works */

    vt_str text = VT_STR_INIT;
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_str, &text, VT_JSON_COMPACT);
    memory_fails_after(0);
    vt_report_json(monitor, &json);
    memory_recovers();
    assert_false(vt_json_end(&json, &error));
    assert_int_equal(error.code, VT_ERROR_MEMORY);
    vt_str_free(&text);
    vt_monitor_free(monitor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_cannot_be_measured_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
