#include "app/ui/panes/manual_shelf.h"

#include "app/ui/panes/manual.h"
#include "app/ui/parts/theme.h"
#include "core/base/hash.h"
#include "core/base/str.h"

#include <qt6c/qscrollbar.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a browser and a document of Qt's hold, and for each byte of markup: measured. */
enum { BYTES_ALWAYS = 60000, BYTES_EACH = 40 };

struct vt_manual_sheet {
    QTextBrowser *browser;
    uint64_t words; /* a hash of the markup it shows */
    size_t length;  /* of that */
    const vt_theme *theme;
    char name[VT_MANUAL_NAME_MAX];
    int wanted; /* where to scroll as soon as the page is seen and long enough; 0: it is there */
    bool seen;  /* has its size: before, Qt moves the page in proportion whenever it gets another */
    void (*linked)(void *user, const QUrl *link); /* NULL: on the shelf */
    void *user;
    vt_manual_sheet *next; /* on the shelf */
};

static struct {
    QWidget *widget;       /* never seen: parent of what lies here */
    vt_manual_sheet *idle; /* the newest first */
    size_t idle_count;
    size_t users;
    size_t read;
} shelf;

static void free_sheet(vt_manual_sheet *sheet)
{
    vt_manual_browser_listen(sheet->browser, NULL, NULL);
    q_widget_delete(sheet->browser);
    free(sheet);
}

void vt_manual_shelf_retain(void)
{
    shelf.users++;
}

void vt_manual_shelf_release(void)
{
    if (--shelf.users > 0) {
        return;
    }
    while (shelf.idle) {
        vt_manual_sheet *next = shelf.idle->next;
        free_sheet(shelf.idle);
        shelf.idle = next;
    }
    shelf.idle_count = 0;
    if (shelf.widget) {
        q_widget_delete(shelf.widget);
        shelf.widget = NULL;
    }
}

/* ---- sheets ---- */

static uint64_t hash_of(const vt_str *html)
{
    return vt_hash_add(VT_HASH_INIT, html->data, html->length);
}

static void on_link(void *user, const QUrl *link)
{
    const vt_manual_sheet *sheet = user;
    if (sheet->linked) {
        sheet->linked(sheet->user, link);
    }
}

static QScrollBar *bar_of(const vt_manual_sheet *sheet)
{
    return q_abstractscrollarea_vertical_scroll_bar(sheet->browser);
}

static void on_range(void *user, int least, int most)
{
    vt_manual_sheet *sheet = user;
    (void)least;
    if (sheet->seen && sheet->wanted > 0 && most >= sheet->wanted) {
        vt_manual_sheet_scroll_to(sheet, sheet->wanted);
    }
}

/* The user reads on elsewhere. */
static void on_moved(void *user, int value)
{
    vt_manual_sheet *sheet = user;
    if (sheet->seen && value > 0) {
        sheet->wanted = 0;
    }
}

void vt_manual_sheet_scroll_to(vt_manual_sheet *sheet, int place)
{
    QScrollBar *bar = bar_of(sheet);
    bool reached = sheet->seen && q_abstractslider_maximum(bar) >= place;
    if (reached) {
        q_abstractslider_set_value(bar, place);
    }
    sheet->wanted = reached ? 0 : place;
}

static void set_page(vt_manual_sheet *sheet, const char *name, const vt_str *html)
{
    snprintf(sheet->name, sizeof sheet->name, "%s", name);
    sheet->words = hash_of(html);
    sheet->length = html->length;
    sheet->theme = vt_theme_current();
    q_textedit_set_html(sheet->browser, html->data);
    shelf.read++;
}

/* The page that is seen as it is now, at the place that was read. Where it lies: Qt is going through all its
   widgets, none of which may be deleted. */
static void on_colours(void *user)
{
    vt_manual_sheet *sheet = user;
    vt_str html = VT_STR_INIT;
    if (sheet->linked && sheet->theme != vt_theme_current() && vt_manual_write(sheet->name, &html, NULL)) {
        int place = vt_manual_sheet_place(sheet);
        char name[VT_MANUAL_NAME_MAX];
        memcpy(name, sheet->name, sizeof name);
        set_page(sheet, name, &html);
        vt_manual_sheet_scroll_to(sheet, place);
    }
    vt_str_free(&html);
}

static void on_shown(void *user)
{
    vt_manual_sheet *sheet = user;
    sheet->seen = true;
    if (sheet->wanted > 0) {
        vt_manual_sheet_scroll_to(sheet, sheet->wanted);
    }
}

static const vt_manual_browser_ops browser_ops = {.recoloured = on_colours, .shown = on_shown};

static vt_manual_sheet *create_sheet(void)
{
    vt_manual_sheet *sheet = calloc(1, sizeof *sheet);
    if (sheet) {
        sheet->browser = vt_manual_browser(NULL);
        q_textbrowser_on_anchor_clicked(sheet->browser, sheet->browser, on_link, sheet);
        q_abstractslider_on_range_changed(bar_of(sheet), sheet->browser, on_range, sheet);
        q_abstractslider_on_value_changed(bar_of(sheet), sheet->browser, on_moved, sheet);
        vt_manual_browser_listen(sheet->browser, &browser_ops, sheet);
    }
    return sheet;
}

static vt_manual_sheet *unlink_sheet(vt_manual_sheet **at)
{
    vt_manual_sheet *sheet = *at;
    *at = sheet->next;
    shelf.idle_count--;
    return sheet;
}

/* The page as it would be read now. */
static vt_manual_sheet *take_idle(const vt_str *html)
{
    uint64_t words = hash_of(html);
    for (vt_manual_sheet **at = &shelf.idle; *at; at = &(*at)->next) {
        if ((*at)->words == words && (*at)->length == html->length && (*at)->theme == vt_theme_current()) {
            return unlink_sheet(at);
        }
    }
    return NULL;
}

static vt_manual_sheet *take_oldest(void)
{
    vt_manual_sheet **at = &shelf.idle;
    while ((*at)->next) {
        at = &(*at)->next;
    }
    return unlink_sheet(at);
}

/* Another page onto a sheet: the one that lies on the shelf for longest, if that is full. */
static vt_manual_sheet *read_page(const char *name, const vt_str *html)
{
    vt_manual_sheet *sheet = shelf.idle_count < VT_MANUAL_SHELF_MAX ? create_sheet() : take_oldest();
    if (sheet) {
        set_page(sheet, name, html);
    }
    return sheet;
}

vt_manual_sheet *vt_manual_sheet_take(const char *name, QWidget *parent,
                                      void (*linked)(void *user, const QUrl *link), void *user,
                                      vt_error *error)
{
    vt_str html = VT_STR_INIT;
    vt_manual_sheet *sheet = NULL;
    if (vt_manual_write(name, &html, error)) {
        sheet = take_idle(&html);
        sheet = sheet ? sheet : read_page(name, &html);
        if (!sheet) {
            vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a page of the manual");
        }
    }
    vt_str_free(&html);
    if (sheet) {
        sheet->linked = linked;
        sheet->user = user;
        q_widget_set_parent(sheet->browser, parent);
    }
    return sheet;
}

void vt_manual_sheet_give(vt_manual_sheet *sheet)
{
    if (!sheet) {
        return;
    }
    if (!shelf.widget) {
        shelf.widget = q_widget_new(NULL);
    }
    sheet->linked = NULL;
    q_widget_set_parent(sheet->browser, shelf.widget); /* hides it */
    sheet->wanted = 0;
    sheet->seen = false;
    q_abstractslider_set_value(bar_of(sheet), 0);
    sheet->next = shelf.idle;
    shelf.idle = sheet;
    if (++shelf.idle_count > VT_MANUAL_SHELF_MAX) {
        free_sheet(take_oldest());
    }
}

int vt_manual_sheet_place(const vt_manual_sheet *sheet)
{
    return sheet->wanted > 0 ? sheet->wanted : q_abstractslider_value(bar_of(sheet));
}

QTextBrowser *vt_manual_sheet_browser(const vt_manual_sheet *sheet)
{
    return sheet->browser;
}

size_t vt_manual_sheet_bytes(const vt_manual_sheet *sheet)
{
    return sheet ? BYTES_ALWAYS + BYTES_EACH * sheet->length : 0;
}

void vt_manual_shelf_count(size_t *read, size_t *idle)
{
    *read = shelf.read;
    *idle = shelf.idle_count;
}
