#include "app/ui/parts/icon_shapes.h"

#include <stddef.h>
#include <stdlib.h>

enum { MAX_SHAPES = 7 };

/* In the order of vt_icon. */
static const char *const shapes[][MAX_SHAPES] = {
    /* add folder */
    {"M 3 18 L 3 6 Q 3 5 4 5 L 9 5 L 11 7.5 L 20 7.5 Q 21 7.5 21 8.5 L 21 18 Q 21 19 20 19 L 4 19 Q 3 19 3 "
     "18 Z",
     "M 12 10.5 L 12 16", "M 9.2 13.2 L 14.8 13.2"},
    /* folder */
    {"M 3 18 L 3 6 Q 3 5 4 5 L 9 5 L 11 7.5 L 20 7.5 Q 21 7.5 21 8.5 L 21 18 Q 21 19 20 19 L 4 19 Q 3 19 3 "
     "18 Z"},
    /* library */
    {"M 4 4.5 L 8 4.5 L 8 19.5 L 4 19.5 Z", "M 8 7 L 12 7 L 12 19.5 L 8 19.5",
     "M 13.6 8.2 L 17.2 7.2 L 20.4 18.8 L 16.8 19.8 Z"},
    /* grid */
    {"M 4 4 L 10 4 L 10 10 L 4 10 Z", "M 14 4 L 20 4 L 20 10 L 14 10 Z", "M 4 14 L 10 14 L 10 20 L 4 20 Z",
     "M 14 14 L 20 14 L 20 20 L 14 20 Z"},
    /* table */
    {"M 3.5 5 L 20.5 5 L 20.5 19 L 3.5 19 Z", "M 3.5 9.5 L 20.5 9.5", "M 3.5 14.2 L 20.5 14.2",
     "M 9.5 9.5 L 9.5 19"},
    /* search */
    {"O 10.5 10.5 6", "M 15 15 L 20 20"},
    /* image */
    {"M 3.5 5 L 20.5 5 L 20.5 19 L 3.5 19 Z", "O 8.5 9.5 1.6",
     "M 4 17.5 L 10 12.5 L 13 15 L 16.5 11.5 L 20 15"},
    /* model: a cube */
    {"M 12 3.2 L 20 7.5 L 20 16.5 L 12 20.8 L 4 16.5 L 4 7.5 Z", "M 4 7.5 L 12 12 L 20 7.5",
     "M 12 12 L 12 20.8"},
    /* sequence */
    {"M 3.5 6 L 20.5 6 L 20.5 18 L 3.5 18 Z", "M 7.5 6 L 7.5 18", "M 16.5 6 L 16.5 18", "M 3.5 12 L 7.5 12",
     "M 16.5 12 L 20.5 12"},
    /* broken picture */
    {"M 3.5 5 L 20.5 5 L 20.5 19 L 3.5 19 Z", "M 12.5 5 L 10 10 L 14 13 L 11 19"},
    /* warning */
    {"M 12 4 L 21 19.5 L 3 19.5 Z", "M 12 10 L 12 14", "M 12 16.6 L 12 16.7"},
    /* close */
    {"M 6 6 L 18 18", "M 18 6 L 6 18"},
    /* back */
    {"M 19.5 12 L 4.5 12", "M 10.5 6 L 4.5 12 L 10.5 18"},
    /* previous */
    {"M 14.5 5.5 L 8 12 L 14.5 18.5"},
    /* next */
    {"M 9.5 5.5 L 16 12 L 9.5 18.5"},
    /* zoom in */
    {"O 10.5 10.5 6", "M 15 15 L 20 20", "M 10.5 8 L 10.5 13", "M 8 10.5 L 13 10.5"},
    /* zoom out */
    {"O 10.5 10.5 6", "M 15 15 L 20 20", "M 8 10.5 L 13 10.5"},
    /* fit */
    {"M 4 9 L 4 4 L 9 4", "M 15 4 L 20 4 L 20 9", "M 20 15 L 20 20 L 15 20", "M 9 20 L 4 20 L 4 15"},
    /* actual size, 1:1 */
    {"M 5.5 8.5 L 7.5 7 L 7.5 17", "M 16 8.5 L 18 7 L 18 17", "M 12 10 L 12 10.1", "M 12 14 L 12 14.1"},
    /* sort ascending */
    {"M 7 19 L 7 5", "M 3.8 8.2 L 7 5 L 10.2 8.2", "M 13 7 L 16 7", "M 13 12 L 18 12", "M 13 17 L 20.5 17"},
    /* sort descending */
    {"M 7 5 L 7 19", "M 3.8 15.8 L 7 19 L 10.2 15.8", "M 13 7 L 20.5 7", "M 13 12 L 18 12",
     "M 13 17 L 16 17"},
    /* play */
    {"*M 8 5 L 19 12 L 8 19 Z"},
    /* pause */
    {"M 8.5 6 L 8.5 18", "M 15.5 6 L 15.5 18"},
    /* expanded: what belongs to it stands below */
    {"M 5.5 9 L 12 15.5 L 18.5 9"},
    /* collapsed */
    {"M 9 5.5 L 15.5 12 L 9 18.5"},
    /* check */
    {"M 5.5 12.5 L 10 17 L 18.5 7.5"},
    /* partly checked */
    {"M 6 12 L 18 12"},
    /* star: ten points on two circles */
    {"*M 12 2 L 14.65 8.36 L 21.51 8.91 L 16.28 13.39 L 17.88 20.09 L 12 16.5 L 6.12 20.09 L 7.72 13.39 L "
     "2.49 "
     "8.91 L 9.35 8.36 Z"},
    /* rotate left */
    {"M 5 12.5 C 5 8.2 8.2 5.5 12 5.5 C 16 5.5 19 8.6 19 12.5 C 19 16.4 16 19.5 12 19.5 C 10 19.5 8.4 18.9 7 "
     "17.6",
     "M 2.2 9.8 L 5 12.8 L 8 10"},
    /* rotate right */
    {"M 19 12.5 C 19 8.2 15.8 5.5 12 5.5 C 8 5.5 5 8.6 5 12.5 C 5 16.4 8 19.5 12 19.5 C 14 19.5 15.6 18.9 17 "
     "17.6",
     "M 21.8 9.8 L 19 12.8 L 16 10"},
    /* info */
    {"O 12 12 8.2", "M 12 11.2 L 12 16", "M 12 8.1 L 12 8.2"},
    /* full screen */
    {"M 4 8.5 L 4 4 L 8.5 4", "M 15.5 4 L 20 4 L 20 8.5", "M 20 15.5 L 20 20 L 15.5 20",
     "M 8.5 20 L 4 20 L 4 15.5", "M 9 9 L 15 9 L 15 15 L 9 15 Z"},
    /* more */
    {"O 5.5 12 0.7", "O 12 12 0.7", "O 18.5 12 0.7"},
    /* loop */
    {"M 5 11 C 5 8 7 6.5 9.5 6.5 L 19 6.5", "M 16 3.5 L 19 6.5 L 16 9.5",
     "M 19 13 C 19 16 17 17.5 14.5 17.5 L 5 17.5", "M 8 14.5 L 5 17.5 L 8 20.5"},
    /* stack */
    {"M 4 10 L 15 10 L 15 20 L 4 20 Z", "M 7 7 L 18 7 L 18 17", "M 10 4 L 21 4 L 21 14"},
    /* open stack: what was behind stands beside */
    {"M 3 7 L 10 7 L 10 17 L 3 17 Z", "M 13.5 7.5 L 13.5 16.5", "M 17 8.5 L 17 15.5",
     "M 20.5 9.5 L 20.5 14.5"},
    /* panes */
    {"M 3.5 5 L 20.5 5 L 20.5 19 L 3.5 19 Z", "M 13 5 L 13 19", "M 13 12 L 20.5 12"},
    /* note */
    {"M 5 4 L 19 4 L 19 15 L 14 20 L 5 20 Z", "M 14 20 L 14 15 L 19 15", "M 8.5 8.5 L 15.5 8.5",
     "M 8.5 12 L 15.5 12"},
    /* performance: a gauge */
    {"M 4.2 17.5 C 1.6 11.5 5.6 5 12 5 C 18.4 5 22.4 11.5 19.8 17.5 Z", "M 12 14.5 L 15.8 9.4",
     "O 12 14.5 1.2"},
};

int vt_icon_command_numbers(char verb)
{
    switch (verb) {
    case 'M':
    case 'L':
        return 2;
    case 'Q':
        return 4;
    case 'C':
        return 6;
    case 'O':
        return 3;
    case 'Z':
        return 0;
    default:
        return -1;
    }
}

bool vt_icon_command_read(const char **at, vt_icon_command *command)
{
    const char *text = *at;
    while (*text == ' ' || *text == '*') {
        text++;
    }
    int count = vt_icon_command_numbers(*text);
    if (count < 0) {
        return false;
    }
    command->verb = *text++;
    for (int i = 0; i < count; i++) {
        char *end;
        command->numbers[i] = strtod(text, &end);
        if (end == text) {
            return false;
        }
        text = end;
    }
    *at = text;
    return true;
}

const char *const *vt_icon_shapes(int icon)
{
    static const char *const none[] = {NULL};
    return icon >= 0 && (size_t)icon < sizeof shapes / sizeof *shapes ? shapes[icon] : none;
}
