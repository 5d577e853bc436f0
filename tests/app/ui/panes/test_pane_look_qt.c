/* Pictures, models and sequences in panes: shown, zoomed, followed, remembered; what is gone or broken is
 * told. */
#include "tests/support/check.h"

#include "tests/app/ui/panes/pane_desk.h"
#include "tests/support/files.h"

#include "app/ui/panes/pane_look.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pane_desk *desk;

static vt_pane_look *look_of(vt_pane_content *content)
{
    return (vt_pane_look *)content;
}

static vt_pane_content *show_item(const char *type, int64_t item)
{
    char provider[64];
    snprintf(provider, sizeof provider, "%s:%lld", type, (long long)item);
    return desk_show(desk, provider);
}

/* The first item of a kind that has been imported. */
static int64_t find_kind(vt_kind kind)
{
    int64_t id = 0;
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(desk->session->engine));
    for (uint32_t row = 0; row < vt_snapshot_count(snapshot) && !id; row++) {
        vt_item_brief item;
        vt_snapshot_item(snapshot, row, &item);
        id = item.kind == kind ? item.id : 0;
    }
    vt_snapshot_release(snapshot);
    assert_true(id > 0);
    return id;
}

static void a_picture_is_shown_and_zoomed(void **state)
{
    (void)state;
    vt_pane_content *content = show_item("image", desk_item(desk, 3));
    assert_int_equal(content->stage, VT_PANE_LOADING);
    desk_wait_stage(desk, content, VT_PANE_READY);
    vt_pane_look *look = look_of(content);
    assert_string_equal(desk_title(content), "0003.ppm");
    assert_true(vt_canvas_has_picture(look->canvas));
    assert_int_equal((int)look->viewport.picture_width, 120);
    desk_screenshot(desk, "pane-image");
    look->mode->zoom(look, 4, 100, 100);
    double zoom = look->viewport.zoom;
    assert_true(zoom > 3);
    size_t length = 0;
    char *state_bytes = content->type->save(content, &length);
    assert_true(content->type->bytes(content) > 120 * 90 * 4);
    content->type->clear(content);
    assert_int_equal(content->stage, VT_PANE_EMPTY);
    assert_false(vt_canvas_has_picture(look->canvas));
    char argument[32];
    snprintf(argument, sizeof argument, "%lld", (long long)desk_item(desk, 3));
    double x = look->viewport.x;
    content->type->show(content, argument);
    content->type->restore(content, state_bytes, length);
    desk_wait_stage(desk, content, VT_PANE_READY);
    assert_true(look->viewport.zoom > zoom * 0.999 && look->viewport.zoom < zoom * 1.001);
    assert_true(look->viewport.x > x - 1 && look->viewport.x < x + 1);
    free(state_bytes);
    desk_destroy(desk, content);
}

static void it_follows_what_is_selected_elsewhere(void **state)
{
    (void)state;
    char argument[32];
    vt_pane_content *content = show_item("image", desk_item(desk, 1));
    snprintf(argument, sizeof argument, "%lld", (long long)desk_item(desk, 1));
    desk_wait_stage(desk, content, VT_PANE_READY);
    assert_true(content->type->is_valid(content, argument));
    const int64_t others[] = {desk_item(desk, 6), desk_item(desk, 7)};
    content->type->select(content, others, 2);
    desk_wait_stage(desk, content, VT_PANE_READY);
    assert_string_equal(desk_title(content), "0006.ppm");
    assert_true(content->type->is_valid(content, argument));
    content->type->select(content, others, 0); /* nothing: the last one stays */
    assert_string_equal(desk_title(content), "0006.ppm");
    const int64_t gone = 99999;
    content->type->select(content, &gone, 1);
    assert_int_equal(content->stage, VT_PANE_FAILED);
    assert_int_equal(content->error.code, VT_ERROR_NOT_FOUND);
    content->type->select(content, others, 1);
    desk_wait_stage(desk, content, VT_PANE_READY);
    desk_destroy(desk, content);
}

static void what_cannot_be_shown_says_why(void **state)
{
    (void)state;
    static const char *const nonsense[] = {"image:",    "image:0",   "image:-3",
                                           "image:abc", "model:12x", "sequence:99999999999999999999"};
    for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++) {
        vt_pane_content *content = desk_show(desk, nonsense[i]);
        assert_int_equal(content->stage, VT_PANE_FAILED);
        assert_int_equal(content->error.code, VT_ERROR_USAGE);
        assert_false(content->type->is_valid(content, strchr(nonsense[i], ':') + 1));
        desk_destroy(desk, content);
    }
    vt_pane_content *content = show_item("image", 424242);
    assert_int_equal(content->stage, VT_PANE_FAILED);
    assert_int_equal(content->error.code, VT_ERROR_NOT_FOUND);
    desk_destroy(desk, content);
    char path[512];
    snprintf(path, sizeof path, "%s/0005.ppm", desk->session->pictures);
    assert_int_equal(truncate(path, 0), 0);
    content = show_item("image", desk_item(desk, 5));
    desk_wait_stage(desk, content, VT_PANE_FAILED);
    assert_non_null(strstr(content->error.message, "This file is empty"));
    assert_int_equal(unlink(path), 0);
    char argument[32];
    snprintf(argument, sizeof argument, "%lld", (long long)desk_item(desk, 5));
    content->type->show(content, argument);
    desk_wait_stage(desk, content, VT_PANE_FAILED);
    assert_non_null(strstr(content->error.message, "This file is gone"));
    desk_destroy(desk, content);
}

static void cancelled_and_ended_amid_it(void **state)
{
    (void)state;
    for (int i = 0; i < 24; i++) {
        vt_pane_content *content = show_item("image", desk_item(desk, i % 4));
        for (int turn = 0; turn < i % 3; turn++) {
            desk_pump(desk);
        }
        if (i % 2) {
            content->type->cancel(content);
            assert_int_equal(content->stage, VT_PANE_FAILED);
            assert_int_equal(content->error.code, VT_ERROR_CANCELLED);
        }
        desk_destroy(desk, content);
    }
    desk_rest(desk);
}

static void nonsense_as_a_state_is_passed_over(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "[",
                                        "7",
                                        "{\"picture\":[1e300,-1e300,7],\"camera\":[1,2]}",
                                        "{\"picture\":{},\"frame\":-1}",
                                        "{\"item\":-4,\"camera\":[0,0,0,0,0,0,0,0]}",
                                        "{\"picture\":[64,1000,-1000],\"frame\":123456789}"};
    vt_pane_content *content = show_item("image", desk_item(desk, 2));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        content->type->restore(content, texts[i], strlen(texts[i]));
    }
    desk_wait_stage(desk, content, VT_PANE_READY);
    desk_destroy(desk, content);
}

static void a_model_turns(void **state)
{
    (void)state;
    vt_pane_content *content = show_item("model", find_kind(VT_KIND_MODEL));
    desk_wait_stage(desk, content, VT_PANE_READY);
    vt_pane_look *look = look_of(content);
    look->mode->drag(look, VT_CANVAS_LEFT, false, 60, 20);
    look->mode->drag_ended(look);
    look->mode->zoom(look, 1.5, 320, 240);
    desk_rest(desk);
    assert_true(look->camera.yaw < -0.5);
    desk_screenshot(desk, "pane-model");
    size_t length = 0;
    char *bytes = content->type->save(content, &length);
    float yaw = look->camera.yaw;
    look->mode->fit(look, VT_VIEWPORT_FIT);
    assert_true(look->camera.yaw == 0);
    content->type->restore(content, bytes, length);
    assert_true(look->camera.yaw > yaw - 0.001F && look->camera.yaw < yaw + 0.001F);
    free(bytes);
    const int64_t picture = desk_item(desk, 2); /* a model pane that follows shows pictures, too */
    content->type->select(content, &picture, 1);
    desk_wait_stage(desk, content, VT_PANE_READY);
    assert_ptr_equal(look->mode, &vt_pane_image_mode);
    desk_destroy(desk, content);
}

static bool has_moved(void *user)
{
    const vt_pane_look *look = user;
    return look->frame > 2;
}

static void a_sequence_plays(void **state)
{
    (void)state;
    vt_pane_content *content = show_item("sequence", find_kind(VT_KIND_SEQUENCE));
    desk_wait_stage(desk, content, VT_PANE_READY);
    vt_pane_look *look = look_of(content);
    assert_true(look->facts->frames > 4);
    desk_screenshot(desk, "pane-sequence");
    assert_true(look->mode->key(look, Qt_Key_End));
    assert_int_equal(look->frame, look->facts->frames - 1);
    assert_true(look->mode->key(look, Qt_Key_Home));
    assert_true(look->mode->key(look, Qt_Key_Space));
    desk_wait(desk, has_moved, look);
    assert_true(look->mode->key(look, Qt_Key_Space));
    assert_false(vt_player_is_playing(look->player));
    assert_true(look->mode->key(look, Qt_Key_Home));
    assert_true(look->mode->key(look, Qt_Key_Right));
    size_t length = 0;
    char *bytes = content->type->save(content, &length);
    char argument[32];
    snprintf(argument, sizeof argument, "%lld", (long long)look->item.brief.id);
    content->type->show(content, argument);
    content->type->restore(content, bytes, length);
    desk_wait_stage(desk, content, VT_PANE_READY);
    assert_int_equal(look->frame, 1);
    assert_true(look->mode->key(look, Qt_Key_Space)); /* destroyed while it plays */
    desk_pump(desk);
    free(bytes);
    desk_destroy(desk, content);
    desk_rest(desk);
}

static void a_changed_file_is_read_again(void **state)
{
    (void)state;
    char path[512];
    import_record record;
    vt_pane_content *content = show_item("image", desk_item(desk, 8));
    desk_wait_stage(desk, content, VT_PANE_READY);
    vt_pane_look *look = look_of(content);
    snprintf(path, sizeof path, "%s/0008.ppm", desk->session->pictures);
    char header[] = "P6 4 2 255\n012345678901234567890123";
    files_write(path, header, sizeof header - 1);
    session_import(desk->session, desk->session->pictures, NULL, &record);
    char argument[32];
    snprintf(argument, sizeof argument, "%lld", (long long)look->item.brief.id);
    assert_false(content->type->is_valid(content, argument));
    content->type->rows_changed(content);
    desk_wait_stage(desk, content, VT_PANE_READY);
    assert_int_equal((int)look->viewport.picture_width, 4);
    assert_true(content->type->is_valid(content, argument));
    desk_destroy(desk, content);
}

int main(int argc, char **argv)
{
    QApplication *application = q_application_new(&argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_is_shown_and_zoomed),
        cmocka_unit_test(it_follows_what_is_selected_elsewhere),
        cmocka_unit_test(what_cannot_be_shown_says_why),
        cmocka_unit_test(cancelled_and_ended_amid_it),
        cmocka_unit_test(nonsense_as_a_state_is_passed_over),
        cmocka_unit_test(a_model_turns),
        cmocka_unit_test(a_sequence_plays),
        cmocka_unit_test(a_changed_file_is_read_again),
    };
    import_record record;
    desk = desk_create(DESK_PICTURES);
    session_import(desk->session, VT_SAMPLES "/Models", NULL, &record);
    session_import(desk->session, VT_SAMPLES "/Turning planet",
                   &(vt_import_options){.sequences = VT_SEQUENCE_EAGER}, &record);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    desk_free(desk);
    q_application_delete(application);
    return failed;
}
