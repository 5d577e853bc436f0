/*
 * The strokes of the icons, on a grid of 24 x 24. No Qt.
 *
 * A shape is text of commands, each a letter and numbers: M x y (move), L x y (line), Q x1 y1 x y (curve with
 * one control point), C x1 y1 x2 y2 x y (with two), Z (close), O x y r (circle around x y). All are
 * stroked 1.6 wide with round ends; a shape that begins with '*' is filled instead.
 */
#ifndef VT_UI_PARTS_ICON_SHAPES_H
#define VT_UI_PARTS_ICON_SHAPES_H

#include <stdbool.h>

/* One command of a shape. */
typedef struct vt_icon_command {
    char verb;
    double numbers[6];
} vt_icon_command;

/* Reads the command at `*at` and moves `*at` behind it. False at the end of the text or at a fault in it. */
bool vt_icon_command_read(const char **at, vt_icon_command *command);

/* How many numbers a verb takes, -1 for an unknown one. */
int vt_icon_command_numbers(char verb);

/* The shapes of icon number `icon` (see icons.h), ending with NULL; at most 6. */
const char *const *vt_icon_shapes(int icon);

#endif
