/* app/ui/parts/icon_shapes: every icon can be read to its end and stays inside its square. */
#include "tests/support/check.h"

#include "app/ui/parts/icon_shapes.h"

#include <string.h>

enum { SHAPES_MAX = 6, SIDE = 24, ICONS_AT_LEAST = 20 };

static int icon_count(void)
{
    int count = 0;
    while (vt_icon_shapes(count)[0]) {
        count++;
    }
    return count;
}

static void check_inside(int icon, const vt_icon_command *command)
{
    double margin = command->verb == 'O' ? command->numbers[2] : 0;
    int pairs = command->verb == 'O' ? 1 : vt_icon_command_numbers(command->verb) / 2;
    for (int i = 0; i < 2 * pairs; i++) {
        if (command->numbers[i] - margin < 1 || command->numbers[i] + margin > SIDE - 1) {
            fail_msg("icon %d: %c leaves the square", icon, command->verb);
        }
    }
}

static void every_icon_is_well_formed(void **state)
{
    (void)state;
    assert_true(icon_count() >= ICONS_AT_LEAST);
    for (int icon = 0; icon < icon_count(); icon++) {
        const char *const *shapes = vt_icon_shapes(icon);
        int count = 0;
        for (; shapes[count]; count++) {
            const char *at = shapes[count];
            vt_icon_command command = {0};
            bool has_start = false;
            int commands = 0;
            while (vt_icon_command_read(&at, &command)) {
                has_start = has_start || command.verb == 'M' || command.verb == 'O';
                assert_true(has_start); /* a line begins somewhere */
                check_inside(icon, &command);
                commands++;
            }
            assert_true(commands > 0);
            assert_int_equal(strspn(at, " "), strlen(at)); /* read to its end */
        }
        assert_true(count <= SHAPES_MAX);
    }
}

static void there_is_nothing_beyond_the_table(void **state)
{
    (void)state;
    assert_null(vt_icon_shapes(-1)[0]);
    assert_null(vt_icon_shapes(1000)[0]);
}

static void commands_are_read_one_by_one(void **state)
{
    (void)state;
    const char *at = "*M 1 2.5 C 1 2 3 4 5 6 Z";
    vt_icon_command command = {0};
    assert_true(vt_icon_command_read(&at, &command));
    assert_int_equal(command.verb, 'M');
    assert_true(command.numbers[0] == 1 && command.numbers[1] == 2.5);
    assert_true(vt_icon_command_read(&at, &command));
    assert_int_equal(command.verb, 'C');
    assert_true(command.numbers[5] == 6);
    assert_true(vt_icon_command_read(&at, &command));
    assert_int_equal(command.verb, 'Z');
    assert_false(vt_icon_command_read(&at, &command));
}

static void faults_end_the_reading(void **state)
{
    (void)state;
    static const char *const faults[] = {"", " ", "X 1 2", "M 1", "M 1 two", "L", "O 1 2"};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        const char *at = faults[i];
        vt_icon_command command = {0};
        assert_false(vt_icon_command_read(&at, &command));
    }
    assert_int_equal(vt_icon_command_numbers('x'), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_icon_is_well_formed),
        cmocka_unit_test(there_is_nothing_beyond_the_table),
        cmocka_unit_test(commands_are_read_one_by_one),
        cmocka_unit_test(faults_end_the_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
