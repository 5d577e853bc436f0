/*
 * The palette of commands: a box over the window in which part of a command's name is typed. The best fit
 * stands first (fuzzy.h), with nothing typed what was run last; each line shows its keys, and one that cannot
 * be run now is grey and says why. Below the ten best stand folders, tags and albums whose name begins so, to
 * go to;
 * '/' typed first shows folders only, '#' tags, '@' albums, '>' commands. They are found on a worker, the
 * best few of each, so that 100,000 of them cost a key nothing. Enter runs, Esc and a click elsewhere close.
 * UI thread only.
 */
#ifndef VT_UI_PALETTE_PALETTE_H
#define VT_UI_PALETTE_PALETTE_H

#include "app/ui/library/library.h"
#include "app/ui/window/commands.h"
#include "core/base/log.h"
#include "core/index/complete.h"

#include <qt6c/qwidget.h>

typedef struct vt_palette vt_palette;

typedef struct vt_palette_ops {
    void (*run)(void *user, vt_command_id id);
    vt_command_need (*missing)(void *user, vt_command_id id); /* VT_NEEDS_NOTHING if it may run */
    /* Shows what is in a place: TAG, ALBUM or FOLDER, its name, and the filter for it. */
    void (*go)(void *user, vt_completion_kind kind, const char *name, const char *filter);
    const vt_tally *(*tally)(void *user); /* what was counted last, or NULL; lent */
    void *user;
} vt_palette_ops;

/* `parent`, over which it stands, owns it; hidden at first. `ops` is copied. */
vt_palette *vt_palette_create(QWidget *parent, vt_library *library, vt_executor *executor,
                              const vt_palette_ops *ops, vt_log log);

/* Before the executor goes: places are not found any more. */
void vt_palette_stop(vt_palette *palette);

/* With nothing typed. */
void vt_palette_show(vt_palette *palette);

#endif
