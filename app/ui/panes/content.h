/*
 * What a pane of a workspace shows: the provider interface of document 002, as widgets.
 *
 * A provider id is "TYPE:ARGUMENT", such as `browse:file:///home/me|kind:model`; TYPE finds a vt_pane_type in
 * the table of types.h. A content of that type is made hidden and without parent, is told what to show, and
 * may be told again, for it goes back to a pool when its pane does not need it any more
 * (core/layout/provider_cache.h, which keeps contents that are unseen, and the states of those it let go).
 *
 *     create -> show(argument) -> [restore(state)] -> ... -> [save] -> clear -> show(another) -> ... ->
 * destroy
 *
 * show() never waits: what takes longer than a few milliseconds runs on the context's executor, and meanwhile
 * the content is VT_PANE_LOADING, for which its pane shows progress and Cancel. A content that has failed
 * says why, and its pane shows that with Retry, which calls show() again. UI thread only.
 */
#ifndef VT_UI_PANES_CONTENT_H
#define VT_UI_PANES_CONTENT_H

#include "app/ui/files/chosen.h"
#include "app/ui/library/pictures.h"
#include "app/ui/library/subject.h"
#include "app/ui/parts/icons.h"
#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/str.h"
#include "core/import/engine.h"
#include "core/perf/monitor.h"
#include "core/task/executor.h"

#include <qt6c/qwidget.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What contents are made from; borrowed for as long as there are any. */
typedef struct vt_pane_context {
    vt_engine *engine;
    vt_library
        *library; /* of the window: its rules hold in panes, too, and edits go by way of it; NULL: none */
    vt_executor *executor; /* filtering, sorting, reading of files and of the catalog */
    vt_pictures *pictures;
    vt_monitor *monitor;
    struct vt_activity *activity;       /* app/ui/activity; NULL: `activity:` fails in words */
    struct vt_performance *performance; /* app/ui/performance; NULL: `performance:` fails in words */
    /* Gives a widget that shows items the menu that items have elsewhere; NULL: there is none. */
    void (*add_menu)(void *user, QWidget *widget);
    /* Some words for some seconds; NULL: they go to the log. */
    void (*say)(void *user, const char *text);
    void *user; /* of the two */
    vt_log log;
} vt_pane_context;

typedef enum vt_pane_stage {
    VT_PANE_EMPTY, /* shows nothing: made, or cleared */
    VT_PANE_LOADING,
    VT_PANE_READY,
    VT_PANE_FAILED
} vt_pane_stage;

typedef struct vt_pane_content vt_pane_content;

/* What a content tells the pane it is in; any may be NULL, and all are while it is in none. */
typedef struct vt_pane_events {
    void (*stage_changed)(void *user, vt_pane_content *content); /* or its progress or its title */
    /* The user selected these items: for panes that are linked with this one. */
    void (*selected)(void *user, vt_pane_content *content, const int64_t *items, size_t count);
    /* What commands act on has changed: see vt_pane_type. */
    void (*subject_changed)(void *user, vt_pane_content *content);
    /* The user wants to see this, beside it: a double click on a card, a link in a page. */
    void (*opened)(void *user, vt_pane_content *content, const char *provider);
    void *user;
} vt_pane_events;

/* A kind of content; a const table. `argument` is what stands behind the colon, UTF-8. */
typedef struct vt_pane_type {
    const char *name;     /* "browse": in provider ids, so it never changes */
    const char *title;    /* translatable, context "panes": "Cards" */
    const char *argument; /* translatable: what the argument is, "folder|filter"; "" if there is none */
    vt_icon icon;
    size_t idle; /* contents kept in the pool: few where one is heavy */
    /* NULL and `error` when memory runs out. */
    vt_pane_content *(*create)(const vt_pane_context *context, vt_error *error);
    /* Begins to show; the stage is LOADING, READY or FAILED when it returns. What it showed before is gone.
     */
    void (*show)(vt_pane_content *content, const char *argument);
    /* Ends what it began, forgets what it showed; is EMPTY then. */
    void (*clear)(vt_pane_content *content);
    void (*destroy)(vt_pane_content *content); /* with its widget */
    /* Stops loading: is FAILED then, with VT_ERROR_CANCELLED. NULL: nothing takes long. */
    void (*cancel)(vt_pane_content *content);
    /* Appends what the header of the pane says besides the type's title: a folder's name, a file's name. */
    void (*describe)(const vt_pane_content *content, vt_str *text);
    /* Scroll position, zoom, selection, filter: bytes (free()); NULL: nothing worth keeping. May be NULL. */
    void *(*save)(const vt_pane_content *content, size_t *length);
    /* Right after show(), perhaps while it is still loading: takes effect when it can. The bytes may come
       from a file: those that make no sense are passed over. May be NULL. */
    void (*restore)(vt_pane_content *content, const void *bytes, size_t length);
    size_t (*bytes)(const vt_pane_content *content); /* held, roughly; NULL: few */
    /* False if it shows what is not so any more. NULL: always true. */
    bool (*is_valid)(const vt_pane_content *content, const char *argument);
    /* A linked pane selected these items. NULL: does not follow. */
    void (*select)(vt_pane_content *content, const int64_t *items, size_t count);
    /* The same by the items themselves, however many, which it takes over; NULL: the above is enough. */
    void (*follow)(vt_pane_content *content, vt_chosen *chosen);
    /* Puts the cursor where the user says what to look for; false if that is nowhere. NULL: nowhere, ever. */
    bool (*find)(vt_pane_content *content);
    /* What commands act on while the pane has the keyboard, in constant time; it is asked only while the
       stage is READY. NULL: nothing, ever. */
    vt_subject (*subject)(const vt_pane_content *content);
    /* Those items, unless they are selected in the library of the subject; NULL if there are none or memory
       runs out. */
    vt_chosen *(*chosen)(const vt_pane_content *content);
    /* Rows of the catalog have changed or arrived. NULL: does not matter. */
    void (*rows_changed)(vt_pane_content *content);
} vt_pane_type;

/* The first member of every type's own struct. Fields are read by panes, and written by the functions below
   and by create(). */
struct vt_pane_content {
    const vt_pane_type *type;
    const vt_pane_context *context;
    QWidget *widget; /* the content's own; the pane only shows, places and hides it */
    vt_pane_events events;
    vt_pane_stage stage;
    double progress; /* of loading, 0 to 1; negative: unknown */
    vt_error error;  /* if it has failed */
};

/* For create(). */
void vt_pane_content_init(vt_pane_content *content, const vt_pane_type *type, const vt_pane_context *context,
                          QWidget *widget);

/* For contents: another stage, and the pane is told. */
void vt_pane_content_load(vt_pane_content *content, double progress);
void vt_pane_content_ready(vt_pane_content *content);
void vt_pane_content_fail(vt_pane_content *content, const vt_error *error);
void vt_pane_content_empty(vt_pane_content *content);
/* What describe() says has changed. */
void vt_pane_content_titled(vt_pane_content *content);
void vt_pane_content_selected(vt_pane_content *content, const int64_t *items, size_t count);
void vt_pane_content_subject_changed(vt_pane_content *content);
void vt_pane_content_opened(vt_pane_content *content, const char *provider);
/* To the user, as the context can. */
void vt_pane_content_say(const vt_pane_content *content, const char *text);

/* What commands act on while its pane has the keyboard: nothing unless it is READY. */
vt_subject vt_pane_content_subject(const vt_pane_content *content);
/* Those items, taken now; NULL if there are none or memory runs out. */
vt_chosen *vt_pane_content_chosen(const vt_pane_content *content);

#endif
