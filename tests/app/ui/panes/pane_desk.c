#include "tests/support/check.h"

#include "tests/app/ui/panes/pane_desk.h"

#include "app/ui/parts/theme.h"

#include <qt6c/qpixmap.h>

#include <poll.h>
#include <qt6c/qkeyevent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATIENCE_MS = 20000, POLL_MS = 3, REST_ROUNDS = 40, WIDTH = 640, HEIGHT = 480 };

static void add_menu(void *user, QWidget *widget)
{
    (void)widget;
    ((pane_desk *)user)->menus++;
}

static void say(void *user, const char *text)
{
    pane_desk *desk = user;
    snprintf(desk->said, sizeof desk->said, "%s", text);
}

pane_desk *desk_create(int pictures)
{
    pane_desk *desk = calloc(1, sizeof *desk);
    vt_error error = VT_ERROR_INIT;
    import_record record;
    vt_theme_apply(VT_THEME_LIGHT);
    desk->session = session_create();
    session_pictures(desk->session->pictures, pictures, 120, 90);
    session_open(desk->session, 2, 1, NULL);
    session_import(desk->session, desk->session->pictures, NULL, &record);
    desk->pictures = vt_pictures_create(desk->session->engine, 1, &error);
    assert_non_null(desk->pictures);
    desk->monitor = vt_monitor_create();
    desk->context = (vt_pane_context){.engine = desk->session->engine,
                                      .executor = desk->session->executor,
                                      .pictures = desk->pictures,
                                      .monitor = desk->monitor,
                                      .add_menu = add_menu,
                                      .say = say,
                                      .user = desk,
                                      .log = vt_log_none};
    desk->host = q_widget_new(NULL);
    q_widget_resize(desk->host, WIDTH, HEIGHT);
    q_widget_show(desk->host);
    return desk;
}

void desk_free(pane_desk *desk)
{
    q_widget_delete(desk->host);
    vt_pictures_free(desk->pictures);
    vt_monitor_free(desk->monitor);
    session_close(desk->session);
    session_free(desk->session);
    free(desk);
}

void desk_pump(pane_desk *desk)
{
    vt_engine_deliver(desk->session->engine, 0);
    q_coreapplication_process_events();
}

void desk_wait(pane_desk *desk, bool (*done)(void *user), void *user)
{
    for (int i = 0; i < PATIENCE_MS / POLL_MS && !done(user); i++) {
        poll(NULL, 0, POLL_MS);
        desk_pump(desk);
    }
    assert_true(done(user));
}

typedef struct stage_wish {
    const vt_pane_content *content;
    vt_pane_stage stage;
} stage_wish;

static bool has_stage(void *user)
{
    const stage_wish *wish = user;
    return wish->content->stage == wish->stage;
}

void desk_wait_stage(pane_desk *desk, const vt_pane_content *content, vt_pane_stage stage)
{
    stage_wish wish = {content, stage};
    desk_wait(desk, has_stage, &wish);
    desk_rest(desk);
}

void desk_rest(pane_desk *desk)
{
    for (int i = 0; i < REST_ROUNDS; i++) {
        poll(NULL, 0, POLL_MS);
        desk_pump(desk);
    }
}

static void stage_changed(void *user, vt_pane_content *content)
{
    (void)content;
    ((pane_desk *)user)->stages++;
}

static void selected(void *user, vt_pane_content *content, const int64_t *items, size_t count)
{
    (void)content;
    pane_desk *desk = user;
    desk->selections++;
    desk->selected_count = count < DESK_SELECTED_MAX ? count : DESK_SELECTED_MAX;
    memcpy(desk->selected, items, desk->selected_count * sizeof *items);
}

static void subject_changed(void *user, vt_pane_content *content)
{
    (void)content;
    ((pane_desk *)user)->subjects++;
}

static void opened(void *user, vt_pane_content *content, const char *provider)
{
    (void)content;
    pane_desk *desk = user;
    desk->openings++;
    snprintf(desk->opened, sizeof desk->opened, "%s", provider);
}

void desk_place(pane_desk *desk, vt_pane_content *content)
{
    q_widget_set_parent(content->widget, desk->host);
    q_widget_set_geometry_xywh(content->widget, 0, 0, WIDTH, HEIGHT);
    content->events = (vt_pane_events){stage_changed, selected, subject_changed, opened, desk};
    q_widget_show(content->widget);
}

vt_pane_content *desk_show(pane_desk *desk, const char *provider)
{
    const char *argument = NULL;
    vt_error error = VT_ERROR_INIT;
    const vt_pane_type *type = vt_pane_type_of(provider, &argument);
    assert_non_null(type);
    vt_pane_content *content = type->create(&desk->context, &error);
    assert_non_null(content);
    assert_int_equal(content->stage, VT_PANE_EMPTY);
    desk_place(desk, content);
    type->show(content, argument);
    return content;
}

void desk_destroy(pane_desk *desk, vt_pane_content *content)
{
    (void)desk;
    content->events = (vt_pane_events){.user = NULL};
    content->type->destroy(content);
}

int64_t desk_item(pane_desk *desk, int number)
{
    char name[16];
    int64_t id = 0;
    snprintf(name, sizeof name, "%04d.ppm", number);
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(desk->session->engine));
    for (uint32_t row = 0; row < vt_snapshot_count(snapshot); row++) {
        vt_item_brief item;
        vt_snapshot_item(snapshot, row, &item);
        if (item.name_length == strlen(name) && memcmp(item.name, name, item.name_length) == 0) {
            id = item.id;
        }
    }
    vt_snapshot_release(snapshot);
    assert_true(id > 0);
    return id;
}

const char *desk_title(const vt_pane_content *content)
{
    static char text[512];
    vt_str title = VT_STR_INIT;
    content->type->describe(content, &title);
    snprintf(text, sizeof text, "%s", title.data);
    vt_str_free(&title);
    return text;
}

static void save_picture(pane_desk *desk, const char *folder, const char *name, const char *theme)
{
    char path[512];
    desk_rest(desk);
    snprintf(path, sizeof path, "%s/%s-%s.png", folder, name, theme);
    const QRect whole = q_rect_make(0, 0, WIDTH, HEIGHT);
    QPixmap seen = q_widget_grab(desk->host, &whole);
    assert_true(q_pixmap_save(&seen, path));
    q_pixmap_fini(&seen);
}

void desk_screenshot(pane_desk *desk, const char *name)
{
    const char *folder = getenv("VITRINE_SCREENSHOTS");
    if (folder) {
        save_picture(desk, folder, name, "light");
        vt_theme_apply(VT_THEME_DARK);
        save_picture(desk, folder, name, "dark");
        vt_theme_apply(VT_THEME_LIGHT);
    }
}

void desk_key(void *widget, int key, int modifiers)
{
    QString none = qt_string_from_utf8("");
    QKeyEvent event;
    q_keyevent_init_type_int_keyboardmodifier_string_bool_unsigned_short_full_qs(&event, QEvent_KeyPress, key,
                                                                                 modifiers, &none, false, 1);
    q_coreapplication_send_event(widget, &event);
    q_keyevent_fini(&event);
    qt_string_release(&none);
}
