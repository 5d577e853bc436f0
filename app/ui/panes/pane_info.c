/* `info:ITEM`: what is known of an item, or of those that a linked pane selects; `info:` waits for these.
   Read in the background (app/ui/info/info_reader.h). */
#include "app/ui/panes/pane_item.h"
#include "app/ui/panes/pane_types.h"

#include "app/ui/info/info_reader.h"
#include "app/ui/info/info_text.h"
#include "app/ui/parts/markup.h"
#include "app/ui/parts/translate.h"
#include "core/base/translatable.h"

#include <qt6c/qevent.h>
#include <qt6c/qtextbrowser.h>

#include <stdlib.h>
#include <string.h>

enum { IDLE = 4, MARGIN = 14, STARS = 5 };

typedef struct info_pane {
    vt_pane_content content; /* first */
    QTextBrowser *page;
    vt_info_reader *reader; /* owned */
    vt_pane_item item;      /* if it is one; id 0: none, or several */
    int64_t *ids;           /* owned; what is shown */
    size_t count;
} info_pane;

static info_pane *of(vt_pane_content *content)
{
    return (info_pane *)content;
}

/* ---- words ---- */

static void add_line(vt_str *html, const char *name, const char *value)
{
    if (value && *value) {
        vt_str_append_cstr(html, "<p><b>");
        vt_str_append_cstr(html, name);
        vt_str_append_cstr(html, "</b><br>");
        vt_markup_append(html, value, strlen(value));
        vt_str_append_cstr(html, "</p>");
    }
}

static void add_heading(const info_pane *pane, vt_str *html)
{
    vt_str_append_cstr(html, "<h3>");
    if (pane->item.brief.id) {
        vt_markup_append(html, pane->item.name.data, pane->item.name.length);
    } else {
        vt_info_write_count(pane->count, html);
    }
    vt_str_append_cstr(html, "</h3>");
}

static void add_marks(vt_str *html, const vt_shared_marks *marks)
{
    vt_str text = VT_STR_INIT;
    for (int i = 0; i < STARS && marks->rating > 0; i++) {
        vt_str_append_cstr(&text, i < marks->rating ? "\u2605" : "\u2606");
    }
    add_line(html, vt_tr("panes", "Rating"), text.data);
    add_line(html, vt_tr("info", "Title"),
             marks->title_differs ? vt_tr("info", "Various titles") : marks->title);
    vt_str_clear(&text);
    for (size_t i = 0; i < marks->tag_count; i++) {
        vt_str_append_cstr(&text, i ? ", " : "");
        vt_str_append_cstr(&text, marks->tags[i].path);
    }
    add_line(html, vt_tr("info", "Tags"), text.data);
    add_line(html, vt_tr("info", "Note"), marks->note);
    vt_str_free(&text);
}

static void on_read(void *user, const vt_info *info)
{
    info_pane *pane = user;
    vt_str html = VT_STR_INIT;
    if (pane->content.stage == VT_PANE_EMPTY || pane->count == 0) {
        return;
    }
    if (info->error.code != VT_ERROR_NONE) {
        vt_pane_content_fail(&pane->content, &info->error);
        return;
    }
    add_heading(pane, &html);
    add_marks(&html, &info->marks);
    if (info->is_one && pane->item.brief.id) {
        vt_info_write_facts(&pane->item.brief, pane->item.path.data, pane->item.path.length, &info->metadata,
                            &info->item.media, &html);
    } else {
        vt_info_write_sum(info->marks.bytes, &html);
    }
    q_textedit_set_html(pane->page, html.data);
    vt_str_free(&html);
    vt_pane_content_ready(&pane->content);
}

static void on_suggested(void *user, const char *const *tags, size_t count)
{
    (void)user;
    (void)tags;
    (void)count;
}

static const vt_info_ops info_ops = {.read = on_read, .suggested = on_suggested};

/* ---- showing ---- */

static void read_again(info_pane *pane)
{
    vt_edit_target *target = vt_edit_target_of_items(pane->ids, pane->count);
    if (target) {
        vt_info_read(pane->reader, target);
    }
}

static void forget(info_pane *pane)
{
    vt_pane_item_clear(&pane->item);
    free(pane->ids);
    pane->ids = NULL;
    pane->count = 0;
}

static void show_nothing(info_pane *pane)
{
    vt_str html = VT_STR_INIT;
    vt_str_append_cstr(&html, "<p>");
    vt_str_append_cstr(&html,
                       vt_tr("panes", "Select an item in a pane that is linked with this one to see what is "
                                      "known of it."));
    vt_str_append_cstr(&html, "</p>");
    q_textedit_set_html(pane->page, html.data);
    vt_str_free(&html);
    vt_pane_content_ready(&pane->content);
}

static void show_items(info_pane *pane, const int64_t *ids, size_t count)
{
    vt_error error = VT_ERROR_INIT;
    vt_str one = VT_STR_INIT;
    int64_t *copy = malloc(count * sizeof *copy);
    forget(pane);
    if (!copy) {
        vt_error_set(&error, VT_ERROR_MEMORY, "out of memory for a pane");
        vt_pane_content_fail(&pane->content, &error);
        return;
    }
    memcpy(copy, ids, count * sizeof *copy);
    pane->ids = copy;
    pane->count = count;
    vt_str_appendf(&one, "%lld", (long long)ids[0]);
    bool found =
        count != 1 || vt_pane_item_find(&pane->item, pane->content.context->engine, one.data, &error);
    vt_str_free(&one);
    if (!found) {
        vt_pane_content_fail(&pane->content, &error);
        return;
    }
    vt_pane_content_load(&pane->content, -1);
    read_again(pane);
}

static void show(vt_pane_content *content, const char *argument)
{
    vt_error error = VT_ERROR_INIT;
    info_pane *pane = of(content);
    int64_t id = vt_pane_item_id(argument);
    forget(pane);
    if (!*argument) {
        show_nothing(pane);
    } else if (id) {
        show_items(pane, &id, 1);
    } else {
        vt_pane_item_find(&pane->item, content->context->engine, argument, &error);
        vt_pane_content_fail(content, &error);
    }
}

static void clear(vt_pane_content *content)
{
    forget(of(content));
    q_textedit_set_html(of(content)->page, "");
    vt_pane_content_empty(content);
}

static void describe(const vt_pane_content *content, vt_str *text)
{
    const info_pane *pane = (const info_pane *)content;
    if (pane->item.brief.id) {
        vt_str_append(text, pane->item.name.data, pane->item.name.length);
    } else if (pane->count > 1) {
        vt_info_write_count(pane->count, text);
    }
}

static bool is_valid(const vt_pane_content *content, const char *argument)
{
    const info_pane *pane = (const info_pane *)content;
    return !*argument || pane->count != 1 || vt_pane_item_is_same(&pane->item, content->context->engine);
}

static void select_items(vt_pane_content *content, const int64_t *ids, size_t count)
{
    if (count > 0 && content->stage != VT_PANE_EMPTY) {
        show_items(of(content), ids, count);
    }
}

static void rows_changed(vt_pane_content *content)
{
    info_pane *pane = of(content);
    if (pane->count == 1 && !vt_pane_item_is_same(&pane->item, content->context->engine)) {
        int64_t id = pane->ids[0];
        show_items(pane, &id, 1);
    } else if (pane->count > 0) {
        read_again(pane);
    }
}

typedef struct page_widget {
    QTextBrowser browser; /* first */
    info_pane *pane;
} page_widget;

/* The facts have colours of the theme in them. */
static void page_change(QTextBrowser *self, QEvent *event)
{
    const page_widget *page = (page_widget *)self;
    q_textedit_base_change_event(self, event);
    if (q_event_type(event) == QEvent_PaletteChange && page->pane && page->pane->count > 0) {
        read_again(page->pane);
    }
}

static const QTextBrowserVirtuals page_virtuals = {.change_event = page_change};
static qt_subclass page_class = {
    .base = &qt_class_QTextBrowser, .virtuals = &page_virtuals, .instance_size = sizeof(page_widget)};

static void destroy(vt_pane_content *content)
{
    info_pane *pane = of(content);
    ((page_widget *)pane->page)->pane = NULL;
    vt_info_reader_free(pane->reader);
    forget(pane);
    q_widget_delete(content->widget);
    free(pane);
}

static vt_pane_content *create(const vt_pane_context *context, vt_error *error)
{
    info_pane *pane = calloc(1, sizeof *pane);
    if (!pane) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a pane");
        return NULL;
    }
    pane->item = (vt_pane_item)VT_PANE_ITEM_INIT;
    page_widget *page = qt_subclass_allocate(&page_class);
    q_textbrowser_init(&page->browser, NULL);
    qt_subclass_install(&page_class, page);
    pane->page = &page->browser;
    q_textbrowser_set_open_links(pane->page, false);
    q_frame_set_frame_shape(pane->page, QFrame_NoFrame);
    q_textdocument_set_document_margin(q_textedit_document(pane->page), MARGIN);
    q_widget_set_accessible_name(pane->page, vt_tr("panes", "What is known of the item"));
    vt_pane_content_init(&pane->content, &vt_pane_info_type, context, (QWidget *)pane->page);
    page->pane = pane;
    pane->reader = vt_info_reader_create(pane->page, context->engine, context->executor, &info_ops, pane);
    if (!pane->reader) {
        destroy(&pane->content);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a pane");
        return NULL;
    }
    return &pane->content;
}

const vt_pane_type vt_pane_info_type = {.name = "info",
                                        .title = VT_TR_NOOP("panes", "Information"),
                                        .argument = VT_TR_NOOP("panes", "item, or nothing: of linked panes"),
                                        .icon = VT_ICON_INFO,
                                        .idle = IDLE,
                                        .create = create,
                                        .show = show,
                                        .clear = clear,
                                        .destroy = destroy,
                                        .describe = describe,
                                        .is_valid = is_valid,
                                        .select = select_items,
                                        .rows_changed = rows_changed};
