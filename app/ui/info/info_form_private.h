/* Private to the form: its fields, shared by its files. */
#ifndef VT_UI_INFO_INFO_FORM_PRIVATE_H
#define VT_UI_INFO_INFO_FORM_PRIVATE_H

#include "app/ui/info/facts_view.h"
#include "app/ui/info/info_form.h"
#include "app/ui/info/info_reader.h"
#include "app/ui/info/mark_field.h"
#include "app/ui/info/note_field.h"
#include "app/ui/info/tag_field.h"
#include "app/ui/library/library.h"

#include <qt6c/qlabel.h>
#include <qt6c/qlineedit.h>
#include <qt6c/qscrollarea.h>
#include <qt6c/qtimer.h>
#include <qt6c/qvboxlayout.h>

struct vt_info_form {
    QScrollArea area; /* first */
    vt_engine *engine;
    vt_library *library; /* owned; without a view: what is done to items by way of any is heard of here */
    const vt_info_form_ops *ops;
    void *user;
    vt_info_reader *reader; /* NULL: it has been stopped */
    QTimer *later;          /* reading, once the selection rests */
    vt_chosen *chosen;      /* what is shown; NULL: nothing */
    vt_edit_target *target; /* the same, for edits */
    bool editing;           /* what is done to items right now is done here */
    QWidget *page, *nothing;
    QLabel *heading;
    vt_facts_view *facts;
    vt_mark_field *rating, *label;
    QLineEdit *title;
    vt_tag_field *tags;
    vt_note_field *note;
};

/* info_form.c: what is shown is read anew, once nothing more comes for a moment. */
void vt_info_form_read_in(vt_info_form *form);

/* info_fields.c: what the user gives to items. Fields go to the end of `layout`, which is the page's. */
void vt_info_form_make_fields(vt_info_form *form, QVBoxLayout *layout);
void vt_info_form_show_marks(vt_info_form *form, const vt_shared_marks *marks);
/* What was typed belongs to the items it was typed for. */
void vt_info_form_commit(vt_info_form *form);

#endif
