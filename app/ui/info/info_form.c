#include "app/ui/info/info_form_private.h"

#include "app/ui/info/info_text.h"
#include "app/ui/library/edits.h"
#include "app/ui/library/subject.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qfont.h>

#include <stdlib.h>

enum { READ_MS = 60, MARGIN = 14, GAP = 6 };

/* ---- showing ---- */

static void set_text(QLabel *label, vt_str *text)
{
    q_label_set_text(label, text->data);
    vt_str_free(text);
}

/* The item that is shown alone; 0: there are several, or none. */
static int64_t only_item(const vt_info_form *form)
{
    vt_item_brief item = {0};
    if (form->chosen && vt_chosen_count(form->chosen) == 1) {
        vt_chosen_item(form->chosen, 0, &item);
    }
    return item.id;
}

/* The item as it is now, with what the user has just given to it. The snapshot is released by the caller;
   NULL if the item has gone. */
static const vt_snapshot *find_now(const vt_info_form *form, int64_t id, vt_item_brief *item, vt_str *path)
{
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(form->engine));
    uint32_t row = id ? vt_snapshot_find(snapshot, id) : VT_INDEX_NO_ROW;
    if (row == VT_INDEX_NO_ROW || vt_snapshot_removed(snapshot, row)) {
        vt_snapshot_release(snapshot);
        return NULL;
    }
    vt_snapshot_item(snapshot, row, item);
    vt_snapshot_path(snapshot, row, path);
    vt_library_overlay(form->library, row, item);
    return snapshot;
}

/* What the views know by themselves, at once. */
static void show_brief(vt_info_form *form, bool with_facts)
{
    vt_item_brief item;
    vt_str heading = VT_STR_INIT;
    vt_str path = VT_STR_INIT;
    vt_fact_list facts = {.count = 0};
    const vt_snapshot *snapshot = find_now(form, only_item(form), &item, &path);
    if (snapshot) {
        const vt_fact_source source = {.item = &item, .path = path.data, .path_length = path.length};
        vt_mark_field_set(form->rating, item.rating);
        vt_mark_field_set(form->label, item.label);
        vt_str_append_display(&heading, item.name, item.name_length);
        vt_info_build_facts(&source, &facts);
        vt_snapshot_release(snapshot);
    } else if (form->chosen) {
        vt_info_write_count(vt_chosen_count(form->chosen), &heading);
    }
    set_text(form->heading, &heading);
    if (with_facts) {
        vt_facts_view_set(form->facts, &facts);
    }
    vt_facts_clear(&facts);
    vt_str_free(&path);
}

static void on_read(void *user, const vt_info *info)
{
    vt_info_form *form = user;
    vt_item_brief item;
    vt_str path = VT_STR_INIT;
    vt_fact_list facts = {.count = 0};
    bool failed = info->error.code != VT_ERROR_NONE;
    const vt_snapshot *snapshot = info->is_one ? find_now(form, only_item(form), &item, &path) : NULL;
    if (failed) {
        vt_info_build_error(info->error.message, &facts);
    } else if (snapshot) {
        const vt_fact_source source = {.item = &item,
                                       .path = path.data,
                                       .path_length = path.length,
                                       .metadata = &info->metadata,
                                       .media = &info->item.media};
        vt_info_build_facts(&source, &facts);
    } else {
        vt_info_build_sum(info->marks.bytes, &facts);
    }
    if (snapshot) {
        vt_snapshot_release(snapshot);
    }
    vt_facts_view_set(form->facts, &facts);
    vt_facts_clear(&facts);
    vt_str_free(&path);
    /* What was read before an edit is older than what is shown; after it, all is read again. */
    if (!failed && vt_library_edits(form->library) == 0) {
        vt_info_form_show_marks(form, &info->marks);
    }
    if (form->ops->read) {
        form->ops->read(form->user, failed ? &info->error : NULL);
    }
}

static void on_suggested(void *user, const char *const *tags, size_t count)
{
    vt_tag_field_suggest(((vt_info_form *)user)->tags, tags, count);
}

static const vt_info_ops info_ops = {.read = on_read, .suggested = on_suggested};

static void on_later(void *user)
{
    vt_info_form *form = user;
    if (form->target) {
        vt_info_read(form->reader, vt_edit_target_retain(form->target));
    }
}

static void read_in(vt_info_form *form, int delay_ms)
{
    if (form->reader && form->target) {
        q_timer_start_interval(form->later, delay_ms);
    }
}

void vt_info_form_read_in(vt_info_form *form)
{
    read_in(form, READ_MS);
}

/* What is not known yet of other items is shown as empty; the same items stay as they are until they have
   been read again. */
void vt_info_form_show(vt_info_form *form, vt_chosen *chosen, bool same)
{
    bool stays = same && form->chosen && chosen && vt_chosen_count(chosen) == vt_chosen_count(form->chosen);
    if (!form->reader) {
        vt_chosen_unref(chosen);
        return;
    }
    if (!stays) {
        vt_info_form_commit(form);
    }
    vt_chosen_unref(form->chosen);
    vt_edit_target_release(form->target);
    form->chosen = chosen;
    form->target = chosen ? vt_chosen_target(chosen) : NULL;
    if (chosen && !stays) { /* before it is seen: laid out once */
        vt_info_form_show_marks(form, &(vt_shared_marks){.items = vt_chosen_count(chosen)});
        show_brief(form, true);
    }
    q_widget_set_visible(form->page, chosen != NULL);
    q_widget_set_visible(form->nothing, chosen == NULL);
    read_in(form, READ_MS);
}

vt_chosen *vt_info_form_chosen(const vt_info_form *form)
{
    return form->chosen;
}

void vt_info_form_read_again(vt_info_form *form)
{
    if (form->chosen) {
        show_brief(form, false);
        read_in(form, READ_MS);
    }
}

/* ---- what the library tells ---- */

/* What is done to these items is seen before it is written; of one item it is known whatever is done to
   which. */
static void items_changed(void *user, const vt_item_edit *edit)
{
    vt_info_form *form = user;
    bool is_meant = edit && (form->editing || (form->ops->is_meant && form->ops->is_meant(form->user)));
    if (!form->chosen) {
        return;
    }
    switch (is_meant ? edit->kind : VT_EDIT_KIND_COUNT) {
    case VT_EDIT_RATING:
        vt_mark_field_set(form->rating, edit->number);
        break;
    case VT_EDIT_LABEL:
        vt_mark_field_set(form->label, edit->number);
        break;
    case VT_EDIT_ADD_TAGS:
    case VT_EDIT_REMOVE_TAGS:
        for (size_t i = 0; i < edit->tag_count; i++) {
            vt_tag_field_change(form->tags, edit->tags[i], edit->kind == VT_EDIT_ADD_TAGS);
        }
        break;
    case VT_EDIT_KIND_COUNT:
        show_brief(form, false);
        break;
    default:
        break;
    }
}

static void edit_ended(void *user, const vt_edit_result *result)
{
    (void)result;
    read_in(user, 0);
}

/* ---- making it ---- */

static void make_heading(vt_info_form *form, QVBoxLayout *layout)
{
    QLabel *heading = q_label_new_empty(form->page);
    q_label_set_text_format(heading, Qt_PlainText);
    q_label_set_word_wrap(heading, true);
    q_label_set_text_interaction_flags(heading, Qt_TextSelectableByMouse);
    QFont font;
    q_font_init_font(&font, q_widget_font(heading));
    q_font_set_bold(&font, true);
    q_widget_set_font(heading, &font);
    q_font_fini(&font);
    q_boxlayout_add_widget(layout, heading);
    form->heading = heading;
}

static bool make_page(vt_info_form *form, const char *nothing)
{
    QScrollArea *area = &form->area;
    QWidget *inside = q_widget_new(area);
    QVBoxLayout *outer = q_vboxlayout_new_widget(inside);
    q_layout_set_contents_margins(outer, MARGIN, MARGIN, MARGIN, MARGIN);
    form->nothing = (QWidget *)q_label_new(nothing, inside);
    q_label_set_word_wrap((QLabel *)form->nothing, true);
    q_widget_set_foreground_role(form->nothing, QPalette_PlaceholderText);
    form->page = q_widget_new(inside);
    QVBoxLayout *layout = q_vboxlayout_new_widget(form->page);
    q_layout_set_contents_margins(layout, 0, 0, 0, 0);
    q_boxlayout_set_spacing(layout, GAP);
    make_heading(form, layout);
    vt_info_form_make_fields(form, layout);
    form->facts = vt_facts_view_create(form->page);
    if (!form->facts) {
        return false;
    }
    q_boxlayout_add_widget(layout, vt_facts_view_widget(form->facts));
    q_boxlayout_add_widget(outer, form->nothing);
    q_boxlayout_add_widget(outer, form->page);
    q_boxlayout_add_stretch_full(outer, 1);
    q_widget_set_visible(form->page, false);
    q_scrollarea_set_widget(area, inside);
    q_scrollarea_set_widget_resizable(area, true);
    q_frame_set_frame_shape(area, QFrame_NoFrame);
    q_widget_set_focus_policy(area, Qt_NoFocus);
    return true;
}

static void form_finish(void *self)
{
    vt_info_form_stop(self);
}

static qt_subclass form_class = {
    .base = &qt_class_QScrollArea, .instance_size = sizeof(vt_info_form), .finish = form_finish};

vt_info_form *vt_info_form_create(QWidgetRef parent, vt_engine *engine, vt_executor *executor,
                                  const char *nothing, const vt_info_form_ops *ops, void *user)
{
    vt_error error = VT_ERROR_INIT;
    vt_info_form *form = qt_subclass_allocate(&form_class);
    q_scrollarea_init(&form->area, parent);
    qt_subclass_install(&form_class, form);
    form->engine = engine;
    form->ops = ops;
    form->user = user;
    form->reader = vt_info_reader_create(&form->area, engine, executor, &info_ops, form);
    form->library = form->reader ? vt_library_create(engine, executor, &error) : NULL;
    if (!form->library) {
        q_widget_delete(&form->area);
        return NULL;
    }
    vt_library_listen(
        form->library,
        &(vt_library_listener){.items_changed = items_changed, .edit_ended = edit_ended, .user = form});
    form->later = q_timer_new(&form->area);
    q_timer_set_single_shot(form->later, true);
    q_timer_on_timeout(form->later, &form->area, on_later, form);
    if (!make_page(form, nothing)) {
        q_widget_delete(&form->area);
        return NULL;
    }
    return form;
}

void vt_info_form_stop(vt_info_form *form)
{
    if (form->reader) {
        if (form->page) {
            vt_info_form_commit(form);
        }
        vt_info_reader_free(form->reader);
        vt_edit_target_release(form->target);
        vt_chosen_unref(form->chosen);
        vt_library_free(form->library);
        form->library = NULL;
        form->reader = NULL;
        form->target = NULL;
        form->chosen = NULL;
    }
}

QWidget *vt_info_form_widget(vt_info_form *form)
{
    return (QWidget *)&form->area;
}

void vt_info_form_edit_tags(vt_info_form *form)
{
    vt_tag_field_focus(form->tags);
}
