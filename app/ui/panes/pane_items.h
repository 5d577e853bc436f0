/*
 * Private to panes: what `browse:` and `table:` have in common: a view of the library of their own, a filter
 * box above it, what is selected in it, and all of that as a state.
 *
 * Each has its own vt_library over the same engine. The rows of the index and the order they are sorted in
 * are shared, so one more costs some bytes a row of the index at most. UI thread only.
 */
#ifndef VT_UI_PANES_PANE_ITEMS_H
#define VT_UI_PANES_PANE_ITEMS_H

#include "app/ui/filter/filter_box.h"
#include "app/ui/library/library.h"
#include "app/ui/panes/content.h"
#include "app/ui/parts/empty_page.h"
#include "core/base/json_reader.h"
#include "core/base/json_writer.h"

#include <qt6c/qhboxlayout.h>
#include <qt6c/qlabel.h>
#include <qt6c/qstackedwidget.h>
#include <qt6c/qtimer.h>
#include <qt6c/qvboxlayout.h>

/* More selected items than these are not told to linked panes. */
#define VT_PANE_SELECTED_MAX 1024

typedef struct vt_pane_items vt_pane_items;

/* What the two differ in; a const table. */
typedef struct vt_pane_items_view {
    const char *name; /* for a screen reader; translatable */
    bool has_folder;  /* the argument is FOLDER|FILTER */
    bool is_cards;
    QWidget *(*make)(vt_pane_items *items, QWidgetRef parent); /* NULL when memory runs out */
    void (*stop)(vt_pane_items *items);                        /* before the widget goes; NULL */
    void (*fill_bar)(vt_pane_items *items, QHBoxLayout *bar);  /* behind the filter; NULL */
    void (*set_icons)(vt_pane_items *items);                   /* in the theme's colours; NULL */
    void (*reset)(vt_pane_items *items);                       /* as it was made */
    void (*reveal)(vt_pane_items *items, int64_t row);         /* scrolls to it */
    int64_t (*scroll)(const vt_pane_items *items);
    void (*scroll_to)(vt_pane_items *items, int64_t value);
    void (*save)(const vt_pane_items *items, vt_json_writer *json); /* members of its own */
    /* One of these; false if it is none of them. */
    bool (*restore)(vt_pane_items *items, const vt_json_text *key, vt_json_reader *json);
} vt_pane_items_view;

/* The first member of both. */
struct vt_pane_items {
    vt_pane_content content; /* first */
    const vt_pane_items_view *view;
    vt_library *library; /* owned */
    vt_filter_box *box;
    QLabel *trouble; /* with the filter */
    QStackedWidget *pages;
    QWidget *widget; /* of the view */
    vt_empty_page *empty;
    QTimer *pause;  /* after the last key in the filter box */
    QTimer *settle; /* what is set in one go is shown in one go; then the place of the state is taken */
    vt_str folder;  /* path; "" for everything */
    bool following; /* what is selected comes from elsewhere */
    bool view_is_new;
    bool setting; /* the filter box is written by us */
    bool begun;   /* its view is being built, or was */
    bool has_place;
    int64_t item, scroll;        /* of the state, until they can be taken */
    vt_pane_items *next, **link; /* all of them */
};

/* Makes the parts of `items`, of which nothing is set yet; false and `error` when memory runs out, and it may
   only be ended then. */
bool vt_pane_items_make(vt_pane_items *items, const vt_pane_type *type, const vt_pane_context *context,
                        const vt_pane_items_view *view, vt_error *error);

/* For the table of the type. */
void vt_pane_items_show(vt_pane_content *content, const char *argument);
void vt_pane_items_clear(vt_pane_content *content);
void vt_pane_items_destroy(vt_pane_content *content);
void vt_pane_items_cancel(vt_pane_content *content);
void vt_pane_items_describe(const vt_pane_content *content, vt_str *text);
size_t vt_pane_items_bytes(const vt_pane_content *content);
void vt_pane_items_select(vt_pane_content *content, const int64_t *ids, size_t count);
void vt_pane_items_rows_changed(vt_pane_content *content);
bool vt_pane_items_find(vt_pane_content *content);
vt_subject vt_pane_items_subject(const vt_pane_content *content);

/* pane_items_filter.c: the bar with the box, to the end of `layout`; a text in it that is not applied; for
   the library's listener. */
void vt_pane_items_make_bar(vt_pane_items *items, QVBoxLayout *layout);
void vt_pane_items_write_filter(vt_pane_items *items, const char *text);
void vt_pane_items_filter_failed(void *user, const vt_error *error, size_t position);
void vt_pane_items_filter_worked(void *user, const vt_error *lacks, size_t position);

/* pane_items_state.c */
void *vt_pane_items_save(const vt_pane_content *content, size_t *length);
void vt_pane_items_restore(vt_pane_content *content, const void *bytes, size_t length);

/* The user opens a row. */
void vt_pane_items_open(void *user, int64_t row);

/* A text of the filter box, as if it had been typed, and at once. */
void vt_pane_items_set_filter(vt_pane_items *items, const char *text);

#endif
