/* Alerts: told once, cleared once, quiet while a figure swings. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/perf/alert.h"

#include <string.h>

#define AT(seconds) (1000 * VT_NS_PER_S + (int64_t)((seconds)*1e9))

static void is_told_once_after_it_has_lasted(void **state)
{
    (void)state;
    vt_alerts alerts = {0};
    const vt_alert_rule *rule = vt_alert_rule_get(VT_ALERT_MEMORY);
    double hold = (double)rule->hold_ns / 1e9;
    assert_int_equal(vt_alerts_note(&alerts, VT_ALERT_MEMORY, 0.99, AT(0)), VT_ALERT_NOTHING);
    assert_int_equal(vt_alerts_note(&alerts, VT_ALERT_MEMORY, 0.5, AT(1)),
                     VT_ALERT_NOTHING); /* it was short */
    assert_int_equal(vt_alerts_note(&alerts, VT_ALERT_MEMORY, 0.99, AT(2)), VT_ALERT_NOTHING);
    assert_int_equal(vt_alerts_note(&alerts, VT_ALERT_MEMORY, 0.99, AT(2 + hold - 0.1)), VT_ALERT_NOTHING);
    assert_false(vt_alerts_is_on(&alerts, VT_ALERT_MEMORY));
    assert_int_equal(vt_alerts_note(&alerts, VT_ALERT_MEMORY, 0.99, AT(2 + hold)), VT_ALERT_RAISED);
    assert_true(vt_alerts_is_on(&alerts, VT_ALERT_MEMORY));
    for (int i = 0; i < 100; i++) { /* about the limit, never well */
        double value = i % 2 ? 0.96 : 0.9;
        assert_int_equal(vt_alerts_note(&alerts, VT_ALERT_MEMORY, value, AT(20 + i)), VT_ALERT_NOTHING);
    }
    assert_int_equal(vt_alerts_note(&alerts, VT_ALERT_MEMORY, 0.7, AT(130)), VT_ALERT_CLEARED);
    assert_int_equal(vt_alerts_note(&alerts, VT_ALERT_MEMORY, 0.7, AT(131)), VT_ALERT_NOTHING);
}

static void one_that_comes_back_is_not_repeated_soon(void **state)
{
    (void)state;
    vt_alerts alerts = {0};
    double pause = (double)vt_alert_rule_get(VT_ALERT_STALL)->pause_ns / 1e9;
    assert_int_equal(vt_alerts_note(&alerts, VT_ALERT_STALL, 200e6, AT(0)), VT_ALERT_RAISED);
    assert_int_equal(vt_alerts_note(&alerts, VT_ALERT_STALL, 0, AT(1)), VT_ALERT_CLEARED);
    assert_int_equal(vt_alerts_note(&alerts, VT_ALERT_STALL, 200e6, AT(2)), VT_ALERT_NOTHING);
    assert_true(vt_alerts_is_on(&alerts, VT_ALERT_STALL)); /* shown where it is looked for */
    assert_int_equal(vt_alerts_note(&alerts, VT_ALERT_STALL, 0, AT(3)),
                     VT_ALERT_NOTHING); /* nor is its end */
    assert_int_equal(vt_alerts_note(&alerts, VT_ALERT_STALL, 200e6, AT(pause)), VT_ALERT_RAISED);
}

static void less_can_be_too_little(void **state)
{
    (void)state;
    vt_alerts alerts = {0};
    assert_int_equal(vt_alerts_note(&alerts, VT_ALERT_DISK, 1e9, AT(0)), VT_ALERT_NOTHING);
    assert_int_equal(vt_alerts_note(&alerts, VT_ALERT_DISK, 1e8, AT(1)), VT_ALERT_RAISED);
    assert_int_equal(vt_alerts_note(&alerts, VT_ALERT_DISK, 3e8, AT(2)), VT_ALERT_NOTHING);
    assert_int_equal(vt_alerts_note(&alerts, VT_ALERT_DISK, 1e9, AT(3)), VT_ALERT_CLEARED);
    assert_false(vt_alerts_is_on(&alerts, VT_ALERT_MEMORY)); /* each for itself */
}

static void every_rule_makes_sense(void **state)
{
    (void)state;
    for (int i = 0; i < VT_ALERT_COUNT; i++) {
        const vt_alert_rule *rule = vt_alert_rule_get((vt_alert_id)i);
        assert_true(rule->below ? rule->clear > rule->raise : rule->clear < rule->raise);
        assert_true(rule->pause_ns > 0 && rule->hold_ns >= 0);
        assert_true(strlen(rule->name) > 2 && strlen(rule->title) > 5 && strlen(rule->advice) > 5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_told_once_after_it_has_lasted),
        cmocka_unit_test(one_that_comes_back_is_not_repeated_soon),
        cmocka_unit_test(less_can_be_too_little),
        cmocka_unit_test(every_rule_makes_sense),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
