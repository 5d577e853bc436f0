/*
 * Which programs open what is chosen, and their icons: looked up on a worker, for desktop entries and icons
 * may lie on a slow disk.
 */
#ifndef VT_UI_FILES_PROGRAM_SEARCH_H
#define VT_UI_FILES_PROGRAM_SEARCH_H

#include "app/ui/files/chosen.h"
#include "core/desktop/programs.h"

#include <qt6c/qicon.h>
#include <qt6c/qimage.h>
#include <stdbool.h>
#include <stddef.h>

#define VT_PROGRAMS_RECENT_MAX 5

/* Why no program can be offered. */
typedef enum vt_program_search_result {
    VT_PROGRAMS_FOUND,
    VT_PROGRAMS_MISSING, /* none of the files is there */
    VT_PROGRAMS_NONE,    /* no program claims the format */
    VT_PROGRAMS_MIXED    /* some do for each format, but none for all */
} vt_program_search_result;

typedef struct vt_program_group {
    vt_programs programs;
    QImage *icons; /* one each; null ones where there is none */
} vt_program_group;

typedef struct vt_program_search {
    vt_chosen *chosen;                    /* owned */
    char *recent[VT_PROGRAMS_RECENT_MAX]; /* owned: ids, the last used first; NULL behind the last */
    bool all;                             /* also all programs there are */
    /* Found. */
    vt_program_search_result result;
    size_t missing; /* items whose files are not there */
    vt_program_group fitting, used, others;
} vt_program_search;

/* Fills in what is found; blocks. False and VT_ERROR_MEMORY. */
bool vt_program_search_run(vt_program_search *search, vt_error *error);
/* NULL is allowed. */
void vt_program_search_free(vt_program_search *search);

/* The icon of one of a group, for a menu; q_icon_fini. UI thread. */
QIcon vt_program_icon(const vt_program_group *group, size_t at);

#endif
