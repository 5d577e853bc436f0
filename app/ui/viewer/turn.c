#include "app/ui/viewer/turn.h"

static vt_turn turned(vt_turn turn, int quarters)
{
    return (vt_turn){(turn.quarters + quarters) % 4, turn.mirrored};
}

vt_turn vt_turn_right(vt_turn turn)
{
    return turned(turn, 1);
}

vt_turn vt_turn_left(vt_turn turn)
{
    return turned(turn, 3);
}

/* To mirror after turning is to mirror before and to turn the other way. */
vt_turn vt_turn_flip_across(vt_turn turn)
{
    return (vt_turn){(4 - turn.quarters) % 4, !turn.mirrored};
}

vt_turn vt_turn_flip_down(vt_turn turn)
{
    return turned(vt_turn_flip_across(turn), 2);
}

bool vt_turn_swaps(vt_turn turn)
{
    return turn.quarters % 2 != 0;
}

void vt_turn_to_picture(vt_turn turn, double width, double height, double *x, double *y)
{
    double seen_x = *x;
    double seen_y = *y;
    switch (turn.quarters) {
    case 1:
        *x = seen_y;
        *y = height - seen_x;
        break;
    case 2:
        *x = width - seen_x;
        *y = height - seen_y;
        break;
    case 3:
        *x = width - seen_y;
        *y = seen_x;
        break;
    default:
        break;
    }
    if (turn.mirrored) {
        *x = width - *x;
    }
}
