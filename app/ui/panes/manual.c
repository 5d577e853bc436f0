#include "app/ui/panes/manual.h"

#include "app/ui/keys/keys.h"
#include "app/ui/panes/types.h"
#include "app/ui/parts/markup.h"
#include "app/ui/parts/translate.h"
#include "core/catalog/query.h"
#include "core/index/filter.h"

#include <qt6c/qurl.h>

#include <stdlib.h>
#include <string.h>

enum { MARGIN = 14 };

static const vt_manual_page *find_in(const char *language, const char *name)
{
    for (const vt_manual_page *page = vt_manual_pages; page->name; page++) {
        if (strcmp(page->language, language) == 0 && strcmp(page->name, name) == 0) {
            return page;
        }
    }
    return NULL;
}

static const vt_manual_page *find(const char *name)
{
    name = *name ? name : "index";
    /* What stands for "en" in the translations names the folder of their pages. */
    const vt_manual_page *page = find_in(vt_tr("manual", "en"), name);
    return page ? page : find_in("en", name);
}

/* ---- tables ---- */

static void append(vt_str *html, const char *text)
{
    vt_markup_append(html, text, strlen(text));
}

static void begin_row(vt_str *html, const char *code)
{
    vt_str_append_cstr(html, "<tr><td><code>");
    append(html, code);
    vt_str_append_cstr(html, "</code>&nbsp;&nbsp;</td><td>");
}

static void end_row(vt_str *html)
{
    vt_str_append_cstr(html, "</td></tr>\n");
}

static void write_filter_keys(vt_str *html)
{
    vt_str values = VT_STR_INIT;
    const char *key;
    vt_str_append_cstr(html, "<table cellpadding=\"3\">");
    for (size_t i = 0; (key = vt_filter_key(i, &values)); i++) {
        begin_row(html, key);
        append(html, values.data);
        end_row(html);
        vt_str_clear(&values);
    }
    vt_str_append_cstr(html, "</table>");
    vt_str_free(&values);
}

/* Commands first, as the map has them. */
static void write_keys(vt_str *html)
{
    const vt_keymap *map = vt_keys_map();
    vt_str_append_cstr(html, "<table cellpadding=\"3\">");
    for (size_t i = 0; map && i < vt_keymap_count(map); i++) {
        vt_str keys = VT_STR_INIT;
        vt_str text = VT_STR_INIT;
        vt_keys_append_shown(vt_keymap_keys(map, i), &keys);
        if (keys.length > 0) {
            vt_keys_append_text(i, &text);
            begin_row(html, keys.data);
            append(html, text.data);
            end_row(html);
        }
        vt_str_free(&keys);
        vt_str_free(&text);
    }
    vt_str_append_cstr(html, "</table>");
}

static void write_pane_types(vt_str *html)
{
    vt_str_append_cstr(html, "<table cellpadding=\"3\">");
    for (const vt_pane_type *const *type = vt_pane_types; *type; type++) {
        vt_str id = VT_STR_INIT;
        vt_str_append_cstr(&id, (*type)->name);
        vt_str_append_char(&id, ':');
        vt_str_append_cstr(&id, *(*type)->argument ? vt_tr("panes", (*type)->argument) : "");
        begin_row(html, id.data);
        append(html, vt_tr("panes", (*type)->title));
        end_row(html);
        vt_str_free(&id);
    }
    vt_str_append_cstr(html, "</table>");
}

static void write_query_views(vt_str *html)
{
    for (size_t v = 0; v < vt_query_view_count(); v++) {
        const vt_query_view *view = vt_query_view_get(v);
        vt_str_append_cstr(html, "<h3><code>");
        append(html, view->name);
        vt_str_append_cstr(html, "</code></h3><p>");
        append(html, vt_tr("query", view->text));
        vt_str_append_cstr(html, "</p><table cellpadding=\"3\">");
        for (const vt_query_column *column = view->columns; column->name; column++) {
            begin_row(html, column->name);
            append(html, vt_tr("query", column->text));
            end_row(html);
        }
        vt_str_append_cstr(html, "</table>");
    }
}

static void write_query_functions(vt_str *html)
{
    vt_str_append_cstr(html, "<p>");
    for (const char *const *name = vt_query_functions; *name; name++) {
        vt_str_append_cstr(html, name == vt_query_functions ? "<code>" : ", <code>");
        append(html, *name);
        vt_str_append_cstr(html, "</code>");
    }
    vt_str_append_cstr(html, "</p>");
}

static const struct {
    const char *mark;
    void (*write)(vt_str *html);
} tables[] = {{"{{filter-keys}}", write_filter_keys},
              {"{{keys}}", write_keys},
              {"{{pane-types}}", write_pane_types},
              {"{{query-views}}", write_query_views},
              {"{{query-functions}}", write_query_functions}};

/* ---- pages ---- */

/* The table whose mark stands here; its length goes to `*length`. */
static void (*table_at(const char *text, size_t *length))(vt_str *html)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        *length = strlen(tables[i].mark);
        if (strncmp(text, tables[i].mark, *length) == 0) {
            return tables[i].write;
        }
    }
    return NULL;
}

bool vt_manual_write(const char *name, vt_str *html, vt_error *error)
{
    const vt_manual_page *page = find(name);
    if (!page) {
        return vt_error_set(error, VT_ERROR_NOT_FOUND,
                            "the manual has no page \"%s\"; its first page, \"index\", lists them", name);
    }
    for (const char *at = page->text; *at;) {
        const char *mark = strstr(at, "{{");
        size_t plain = mark ? (size_t)(mark - at) : strlen(at);
        size_t length = 0;
        vt_str_append(html, at, plain);
        at += plain;
        if (mark) {
            void (*write)(vt_str *) = table_at(at, &length);
            if (write) {
                write(html);
            }
            at += write ? length : 2;
        }
    }
    return !html->failed || vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a page of the manual");
}

void vt_manual_title(const char *name, vt_str *title)
{
    const vt_manual_page *page = find(name);
    const char *from = page ? strstr(page->text, "<h1>") : NULL;
    const char *to = from ? strstr(from, "</h1>") : NULL;
    if (to) {
        vt_str_append(title, from + 4, (size_t)(to - from) - 4);
    }
}

typedef struct manual_browser {
    QTextBrowser browser; /* first */
    const vt_manual_browser_ops *ops;
    void *user;
} manual_browser;

static void browser_change(QTextBrowser *self, QEvent *event)
{
    const manual_browser *of = (manual_browser *)self;
    q_textedit_base_change_event(self, event);
    if (q_event_type(event) == QEvent_PaletteChange && of->ops) {
        of->ops->recoloured(of->user);
    }
}

static void browser_show(QTextBrowser *self, QShowEvent *event)
{
    const manual_browser *of = (manual_browser *)self;
    q_textedit_base_show_event(self, event);
    if (of->ops) {
        of->ops->shown(of->user);
    }
}

static const QTextBrowserVirtuals browser_virtuals = {.change_event = browser_change,
                                                      .show_event = browser_show};
static qt_subclass browser_class = {
    .base = &qt_class_QTextBrowser, .virtuals = &browser_virtuals, .instance_size = sizeof(manual_browser)};

QTextBrowser *vt_manual_browser(QWidgetRef parent)
{
    manual_browser *of = qt_subclass_allocate(&browser_class);
    q_textbrowser_init(&of->browser, parent);
    qt_subclass_install(&browser_class, of);
    of->ops = NULL;
    of->user = NULL;
    QTextBrowser *browser = &of->browser;
    q_textbrowser_set_open_links(browser, false);
    q_frame_set_frame_shape(browser, QFrame_NoFrame);
    q_textdocument_set_document_margin(q_textedit_document(browser), MARGIN);
    q_widget_set_accessible_name(browser, vt_tr("panes", "Page of the manual"));
    return browser;
}

void vt_manual_browser_listen(QTextBrowser *browser, const vt_manual_browser_ops *ops, void *user)
{
    manual_browser *of = (manual_browser *)browser;
    of->ops = ops;
    of->user = user;
}

char *vt_manual_target(const QUrl *link)
{
    char *scheme = q_url_scheme(link);
    char *target = scheme && strcmp(scheme, "help") == 0 ? q_url_path(link) : NULL;
    free(scheme);
    return target;
}
