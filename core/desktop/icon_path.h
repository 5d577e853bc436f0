/*
 * Where the picture of a named icon lies: the Icon Theme Specification 0.13, as far as programs' icons need
 * it (hicolor, which every program installs into, then /usr/share/pixmaps). Touches the disk: not for the
 * window's thread. Any thread otherwise.
 */
#ifndef VT_DESKTOP_ICON_PATH_H
#define VT_DESKTOP_ICON_PATH_H

/* The path of a PNG or SVG for `name`, which may be a path itself, best fit for `size` pixels first: owned by
   the caller, free(). NULL if there is none, or memory runs out. Reads $XDG_DATA_HOME and $XDG_DATA_DIRS. */
char *vt_icon_path(const char *name, int size);

#endif
