/* `help:PAGE`: a page of the manual in a pane, made when it is first shown. A link opens its page there. */
#include "app/ui/panes/manual.h"
#include "app/ui/panes/pane_types.h"

#include "app/ui/parts/translate.h"
#include "core/base/translatable.h"

#include <qt6c/qscrollbar.h>
#include <qt6c/qtextdocument.h>
#include <qt6c/qurl.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { IDLE = 4, NAME_MAX_BYTES = 64 };

typedef struct help_pane {
    vt_pane_content content; /* first */
    QTextBrowser *browser;
    char page[NAME_MAX_BYTES]; /* that is shown */
} help_pane;

static help_pane *of(vt_pane_content *content)
{
    return (help_pane *)content;
}

static QScrollBar *bar_of(const help_pane *pane)
{
    return q_abstractscrollarea_vertical_scroll_bar(pane->browser);
}

static void show(vt_pane_content *content, const char *argument)
{
    help_pane *pane = of(content);
    vt_error error = VT_ERROR_INIT;
    vt_str html = VT_STR_INIT;
    if (vt_manual_write(argument, &html, &error)) {
        snprintf(pane->page, sizeof pane->page, "%s", argument);
        q_textedit_set_html(pane->browser, html.data);
        vt_pane_content_ready(content);
    } else {
        vt_pane_content_fail(content, &error);
    }
    vt_str_free(&html);
}

static void clear(vt_pane_content *content)
{
    of(content)->page[0] = '\0';
    q_textedit_set_html(of(content)->browser, "");
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
    vt_str_appendf(&text, "%d %s", q_abstractslider_value(bar_of(pane)), pane->page);
    *length = text.length;
    return vt_str_take(&text);
}

static void restore(vt_pane_content *content, const void *bytes, size_t length)
{
    help_pane *pane = of(content);
    char text[NAME_MAX_BYTES + 16];
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
        q_abstractslider_set_value(bar_of(pane), (int)scroll);
    }
}

static void destroy(vt_pane_content *content)
{
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
    pane->browser = vt_manual_browser(NULL);
    q_textbrowser_on_anchor_clicked(pane->browser, pane->browser, on_link, pane);
    vt_pane_content_init(&pane->content, &vt_pane_help_type, context, (QWidget *)pane->browser);
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
                                        .restore = restore};
