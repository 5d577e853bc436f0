/*
 * What is known of the chosen items, and what the user gives to them: rating, label, title, tags, note; for
 * several items what they share. It is the inside of the item panel and of `info:` panes.
 *
 * Edits go to the items that are shown; what was typed into a text box belongs to those that were shown when
 * typing began, and is written on Enter or when the box is left. UI thread only.
 */
#ifndef VT_UI_INFO_INFO_FORM_H
#define VT_UI_INFO_INFO_FORM_H

#include "app/ui/files/chosen.h"
#include "core/import/engine.h"
#include "core/task/executor.h"

#include <qt6c/qwidget.h>

#include <stdbool.h>

typedef struct vt_info_form vt_info_form;

typedef struct vt_info_form_ops {
    void (*say)(void *user, const char *text); /* what could not be done */
    void (*left)(void *user);                  /* Escape: the view gets the keyboard back */
    void (*read)(void *user,
                 const vt_error *error); /* all is shown, or (not NULL) why not; NULL: is not told */
    /* The items shown are those that commands act on: what is done by a command is seen before it is written,
       whatever it is done to. NULL: never; then only one's own edits are. */
    bool (*is_meant)(void *user);
} vt_info_form_ops;

/* Owned by `parent` (NULL: to be given one); borrows the rest. `nothing` is said while no items are shown.
   NULL when memory runs out. */
vt_info_form *vt_info_form_create(QWidgetRef parent, vt_engine *engine, vt_executor *executor,
                                  const char *nothing, const vt_info_form_ops *ops, void *user);
/* Writes what was typed and waits for what is being read; nothing is told after. */
void vt_info_form_stop(vt_info_form *form);

QWidget *vt_info_form_widget(vt_info_form *form);

/* Shows these items, which it takes over; NULL: none. `same`: those that are shown already, at other places
   perhaps. Nothing typed is lost. */
void vt_info_form_show(vt_info_form *form, vt_chosen *chosen, bool same);
/* What is shown; lent; NULL: nothing. */
vt_chosen *vt_info_form_chosen(const vt_info_form *form);
/* Their rows have changed. */
void vt_info_form_read_again(vt_info_form *form);

/* Puts the cursor where tags are typed. */
void vt_info_form_edit_tags(vt_info_form *form);

#endif
