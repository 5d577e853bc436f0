/*
 * Contact sheets: pictures in rows and columns on pages of paper, with captions below them; painted into
 * images of 200 dots an inch, so any thread may do it, and written as PNGs ("contact sheet 01.png") or pages
 * of one PDF.
 */
#ifndef VT_UI_FILES_EXPORT_SHEET_H
#define VT_UI_FILES_EXPORT_SHEET_H

#include "app/ui/files/sheet_caption.h"
#include "core/base/error.h"
#include "core/base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_SHEET_COLUMNS_MAX 12

/* Pixels as vt_picture has them; NULL: it could not be shown, and its cell says so. */
typedef struct vt_sheet_cell {
    uint8_t *pixels; /* owned by whoever fills it in, free() */
    uint32_t width, height;
    char *caption; /* lines as vt_sheet_caption makes them; likewise; NULL: none */
} vt_sheet_cell;

typedef enum vt_sheet_paper {
    VT_SHEET_A4,
    VT_SHEET_A3,
    VT_SHEET_LETTER,
    VT_SHEET_PAPER_COUNT
} vt_sheet_paper;

/* "A4", ... */
const char *vt_sheet_paper_name(vt_sheet_paper paper);

typedef struct vt_sheet_options {
    const char *folder; /* absolute, there */
    const char *name;   /* of the file, without its extension */
    bool pdf;
    vt_sheet_paper paper;
    bool landscape;
    int columns;       /* 1 to VT_SHEET_COLUMNS_MAX */
    unsigned captions; /* sheet_caption.h */
    size_t items;      /* that there will be */
} vt_sheet_options;

/* How many pages that makes; `folder` and `name` are not looked at. */
size_t vt_sheet_pages(const vt_sheet_options *options);

typedef struct vt_sheet vt_sheet;

/* NULL and `error`. */
vt_sheet *vt_sheet_create(const vt_sheet_options *options, vt_error *error);
/* Removes what is not finished. NULL is allowed. */
void vt_sheet_free(vt_sheet *sheet);

size_t vt_sheet_cells_per_page(const vt_sheet *sheet);
/* The longer side of the pictures it shows best, in pixels. */
int vt_sheet_picture_side(const vt_sheet *sheet);

/* Paints and writes a page. One thread at a time. */
bool vt_sheet_add_page(vt_sheet *sheet, const vt_sheet_cell *cells, size_t count, vt_error *error);
/* The last page has been added: the file gets its name, which goes to `made` (whole path; NULL allowed; of
   several PNGs the last one's). */
bool vt_sheet_finish(vt_sheet *sheet, vt_str *made, vt_error *error);

#endif
