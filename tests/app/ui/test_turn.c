/* app/ui/viewer/turn: turning and mirroring a picture that is looked at. */
#include "tests/support/check.h"

#include "app/ui/viewer/turn.h"

#define WIDTH  40.0
#define HEIGHT 30.0

/* The picture's point seen at the top left corner, a bit inside. */
static void expect_corner(vt_turn turn, double expected_x, double expected_y)
{
    double x = 1;
    double y = 2;
    vt_turn_to_picture(turn, WIDTH, HEIGHT, &x, &y);
    assert_true(x == expected_x && y == expected_y);
}

static void a_turn_moves_the_corners(void **state)
{
    (void)state;
    vt_turn turn = {0};
    expect_corner(turn, 1, 2);
    turn = vt_turn_right(turn);
    assert_true(vt_turn_swaps(turn));
    expect_corner(turn, 2, HEIGHT - 1); /* what was at the lower left */
    turn = vt_turn_right(turn);
    assert_false(vt_turn_swaps(turn));
    expect_corner(turn, WIDTH - 1, HEIGHT - 2);
    turn = vt_turn_right(turn);
    expect_corner(turn, WIDTH - 2, 1);
    turn = vt_turn_right(turn);
    expect_corner(turn, 1, 2);
    expect_corner(vt_turn_left(turn), WIDTH - 2, 1);
}

static void a_flip_is_of_what_is_seen(void **state)
{
    (void)state;
    vt_turn turn = {0};
    expect_corner(vt_turn_flip_across(turn), WIDTH - 1, 2);
    expect_corner(vt_turn_flip_down(turn), 1, HEIGHT - 2);
    turn = vt_turn_right(turn);
    expect_corner(vt_turn_flip_across(turn), 2, 1);
    expect_corner(vt_turn_flip_down(turn), WIDTH - 2, HEIGHT - 1);
}

static void what_is_done_is_undone(void **state)
{
    (void)state;
    for (int quarters = 0; quarters < 4; quarters++) {
        for (int mirrored = 0; mirrored <= 1; mirrored++) {
            vt_turn turn = {quarters, mirrored != 0};
            const vt_turn back[] = {
                vt_turn_left(vt_turn_right(turn)), vt_turn_flip_across(vt_turn_flip_across(turn)),
                vt_turn_flip_down(vt_turn_flip_down(turn)),
                vt_turn_right(vt_turn_right(vt_turn_flip_down(vt_turn_flip_across(turn))))};
            for (int i = 0; i < 4; i++) {
                assert_int_equal(back[i].quarters, quarters);
                assert_int_equal(back[i].mirrored, mirrored);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_turn_moves_the_corners),
        cmocka_unit_test(a_flip_is_of_what_is_seen),
        cmocka_unit_test(what_is_done_is_undone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
