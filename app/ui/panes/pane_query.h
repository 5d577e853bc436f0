/*
 * Private to panes: `query:`: its fields, and its result as rows, which are items where a column is called
 * item_id (core/catalog/query.h). UI thread only.
 */
#ifndef VT_UI_PANES_PANE_QUERY_H
#define VT_UI_PANES_PANE_QUERY_H

#include "app/ui/panes/content.h"
#include "app/ui/panes/pane_rows.h"
#include "app/ui/panes/pane_work.h"
#include "core/catalog/query.h"

#include <qt6c/qlabel.h>
#include <qt6c/qplaintextedit.h>
#include <qt6c/qpushbutton.h>

typedef struct vt_pane_query vt_pane_query;

struct vt_pane_query {
    vt_pane_content content; /* first */
    vt_query_result *result; /* owned; NULL: none */
    uint32_t *order;         /* owned; rows as they are shown, NULL: as they came */
    vt_pane_work *work;
    QPlainTextEdit *text;
    QPushButton *run;
    QLabel *status;
    vt_pane_rows *rows;
    size_t chosen; /* rows that are selected, where they are items */
};

extern const vt_pane_rows_ops vt_pane_query_rows;

/* For the table of the type: the items of the selected rows. */
vt_subject vt_pane_query_subject(const vt_pane_content *content);
vt_chosen *vt_pane_query_chosen(const vt_pane_content *content);

#endif
