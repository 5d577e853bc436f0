/* `help:PAGE`: a page of the manual in a pane, made when it is first shown. A link opens its page there. */
#include "app/ui/panes/manual.h"
#include "app/ui/panes/manual_shelf.h"
#include "app/ui/panes/pane_types.h"

#include "app/ui/parts/translate.h"
#include "core/base/translatable.h"

#include <qt6c/qurl.h>
#include <qt6c/qvboxlayout.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { IDLE = 4 };

typedef struct help_pane {
    vt_pane_content content;       /* first */
    QBoxLayout *layout;            /* of the content's widget, around the sheet */
    vt_manual_sheet *sheet;        /* NULL: it shows nothing */
    char page[VT_MANUAL_NAME_MAX]; /* that is shown */
} help_pane;

static help_pane *of(vt_pane_content *content)
{
    return (help_pane *)content;
}

/* The keyboard stays with the page that comes in the place of another. */
static void place(help_pane *pane, vt_manual_sheet *sheet)
{
    vt_manual_sheet *before = pane->sheet;
    bool focus = before && q_widget_has_focus(vt_manual_sheet_browser(before));
    pane->sheet = sheet;
    if (sheet) {
        QTextBrowser *browser = vt_manual_sheet_browser(sheet);
        q_boxlayout_add_widget(pane->layout, browser);
        q_widget_show(browser);
        q_widget_set_focus_proxy(pane->content.widget, browser);
        if (focus) {
            q_widget_set_focus(browser);
        }
    } else {
        q_widget_set_focus_proxy(pane->content.widget, NULL);
    }
    vt_manual_sheet_give(before);
}

static void on_link(void *user, const QUrl *link);

static void show(vt_pane_content *content, const char *argument)
{
    help_pane *pane = of(content);
    vt_error error = VT_ERROR_INIT;
    vt_manual_sheet *sheet = vt_manual_sheet_take(argument, pane->content.widget, on_link, pane, &error);
    if (sheet) {
        place(pane, sheet);
        snprintf(pane->page, sizeof pane->page, "%s", argument);
        vt_pane_content_ready(content);
    } else {
        vt_pane_content_fail(content, &error);
    }
}

static void clear(vt_pane_content *content)
{
    of(content)->page[0] = '\0';
    place(of(content), NULL);
    vt_pane_content_empty(content);
}

static void on_link(void *user, const QUrl *link)
{
    help_pane *pane = user;
    char *target = vt_manual_target(link);
    if (target) {
        show(&pane->content, target);
    }
    free(target);
}

static void describe(const vt_pane_content *content, vt_str *text)
{
    if (content->stage == VT_PANE_READY) {
        vt_manual_title(((const help_pane *)content)->page, text);
    }
}

/* "PAGE SCROLL": links may have led away from the page that the pane began with. */
static void *save(const vt_pane_content *content, size_t *length)
{
    const help_pane *pane = (const help_pane *)content;
    vt_str text = VT_STR_INIT;
    vt_str_appendf(&text, "%d %s", pane->sheet ? vt_manual_sheet_place(pane->sheet) : 0, pane->page);
    *length = text.length;
    return vt_str_take(&text);
}

static void restore(vt_pane_content *content, const void *bytes, size_t length)
{
    help_pane *pane = of(content);
    char text[VT_MANUAL_NAME_MAX + 16];
    char *page = text;
    if (length >= sizeof text || content->stage != VT_PANE_READY) {
        return;
    }
    memcpy(text, bytes, length);
    text[length] = '\0';
    long scroll = strtol(text, &page, 10);
    vt_str html = VT_STR_INIT;
    bool is_page = *page == ' ' && vt_manual_write(page + 1, &html, NULL);
    vt_str_free(&html);
    if (is_page && strcmp(page + 1, pane->page) != 0) {
        show(content, page + 1);
    }
    if (is_page && scroll > 0 && scroll < INT32_MAX) {
        vt_manual_sheet_scroll_to(pane->sheet, (int)scroll);
    }
}

static size_t bytes(const vt_pane_content *content)
{
    return vt_manual_sheet_bytes(((const help_pane *)content)->sheet);
}

static void destroy(vt_pane_content *content)
{
    place(of(content), NULL);
    vt_manual_shelf_release();
    q_widget_delete(content->widget);
    free(content);
}

static vt_pane_content *create(const vt_pane_context *context, vt_error *error)
{
    help_pane *pane = calloc(1, sizeof *pane);
    if (!pane) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a pane");
        return NULL;
    }
    QWidget *widget = q_widget_new(NULL);
    pane->layout = (QBoxLayout *)q_vboxlayout_new_widget(widget);
    q_layout_set_contents_margins(pane->layout, 0, 0, 0, 0);
    vt_manual_shelf_retain();
    vt_pane_content_init(&pane->content, &vt_pane_help_type, context, widget);
    return &pane->content;
}

const vt_pane_type vt_pane_help_type = {.name = "help",
                                        .title = VT_TR_NOOP("panes", "Manual"),
                                        .argument = VT_TR_NOOP("panes", "page"),
                                        .icon = VT_ICON_INFO,
                                        .idle = IDLE,
                                        .create = create,
                                        .show = show,
                                        .clear = clear,
                                        .destroy = destroy,
                                        .describe = describe,
                                        .save = save,
                                        .restore = restore,
                                        .bytes = bytes};
