/* Which programs open a format: read from desktop entries of a folder of our own. */
#include "tests/support/check.h"

#include "core/desktop/icon_path.h"
#include "core/desktop/mime_types.h"
#include "core/desktop/programs.h"
#include "tests/support/files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char *home;

static void write_entry(const char *folder, const char *id, const char *name, const char *types,
                        const char *more)
{
    char text[1024];
    snprintf(text, sizeof text,
             "[Desktop Entry]\nType=Application\nName=%s\nExec=true %%F\nMimeType=%s\n%s\n", name, types,
             more);
    files_write(files_path(folder, id), text, strlen(text));
}

/* GIO reads the environment once, so all tests share one folder. */
static int set_up(void **state)
{
    (void)state;
    home = files_temporary_folder();
    char *data = strdup(files_folder(home, "data"));
    char *folder = strdup(files_folder(data, "applications"));
    setenv("XDG_DATA_HOME", data, 1);
    setenv("XDG_DATA_DIRS", files_folder(home, "none"), 1);
    setenv("XDG_CONFIG_HOME", files_folder(home, "config"), 1);
    setenv("XDG_CONFIG_DIRS", files_folder(home, "nothing"), 1);
    write_entry(folder, "paint.desktop", "Paint", "image/jpeg;image/png;", "Icon=paint\nPath=/tmp");
    write_entry(folder, "view.desktop", "View", "image/jpeg;", "NoDisplay=true");
    write_entry(folder, "slice.desktop", "Slice", "application/sla;", "Terminal=true");
    write_entry(folder, "all.desktop", "All", "image/jpeg;image/png;model/stl;", "");
    write_entry(folder, "org.vitrine.Vitrine.desktop", "Vitrine", "image/jpeg;image/png;", "");
    write_entry(folder, "gone.desktop", "Gone", "image/jpeg;", "Hidden=true");
    write_entry(folder, "lost.desktop", "Lost", "image/jpeg;", "TryExec=/no/such/program");
    const char *defaults = "[Default Applications]\nimage/jpeg=view.desktop\n";
    files_write(files_path(files_path(home, "config"), "mimeapps.list"), defaults, strlen(defaults));
    const char *cache = "[MIME Cache]\nimage/jpeg=paint.desktop;view.desktop;all.desktop;"
                        "org.vitrine.Vitrine.desktop;gone.desktop;lost.desktop;\n"
                        "image/png=paint.desktop;all.desktop;\napplication/sla=slice.desktop;\n"
                        "model/stl=all.desktop;\n";
    files_write(files_path(folder, "mimeinfo.cache"), cache, strlen(cache));
    free(folder);
    free(data);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    files_remove(home);
    return 0;
}

static bool has(const vt_programs *programs, const char *id)
{
    return vt_programs_find(programs, id) != NULL;
}

static void every_format_has_a_type(void **state)
{
    (void)state;
    assert_null(vt_mime_types(VT_FORMAT_UNKNOWN)[0]);
    assert_null(vt_mime_types((vt_format)99)[0]);
    for (int format = 1; format < VT_FORMAT_COUNT; format++) {
        assert_non_null(strchr(vt_mime_types((vt_format)format)[0], '/'));
    }
}

static void the_standard_one_comes_first(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_programs programs;
    assert_true(vt_programs_for(1u << VT_FORMAT_JPEG, &programs, &error));
    assert_int_equal(programs.count, 3);
    assert_string_equal(programs.list[0].id,
                        "view.desktop"); /* hidden in menus, and for files all the same */
    assert_true(programs.list[0].standard);
    assert_true(has(&programs, "paint.desktop") && has(&programs, "all.desktop"));
    const vt_program *paint = vt_programs_find(&programs, "paint.desktop");
    assert_string_equal(paint->name, "Paint");
    assert_string_equal(paint->icon, "paint");
    assert_string_equal(paint->folder, "/tmp");
    assert_string_equal(paint->command, "true %F");
    assert_false(paint->standard);
    vt_programs_clear(&programs);
}

static void several_formats_need_programs_for_all(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_programs programs;
    assert_true(vt_programs_for(1u << VT_FORMAT_JPEG | 1u << VT_FORMAT_PNG, &programs, &error));
    assert_int_equal(programs.count, 2);
    assert_true(has(&programs, "paint.desktop") && has(&programs, "all.desktop"));
    vt_programs_clear(&programs);
    assert_true(vt_programs_for(1u << VT_FORMAT_PNG | 1u << VT_FORMAT_STL, &programs, &error));
    assert_int_equal(programs.count, 1);
    vt_programs_clear(&programs);
    assert_true(vt_programs_for(1u << VT_FORMAT_WEBP, &programs, &error));
    assert_int_equal(programs.count, 0);
    vt_programs_clear(&programs);
    assert_true(vt_programs_for(0, &programs, &error));
    assert_int_equal(programs.count, 0);
}

static void old_names_of_a_type_count(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_programs programs;
    assert_true(vt_programs_for(1u << VT_FORMAT_STL, &programs, &error));
    assert_true(has(&programs, "slice.desktop") && has(&programs, "all.desktop"));
    assert_true(vt_programs_find(&programs, "slice.desktop")->terminal);
    vt_programs_clear(&programs);
}

static void all_are_those_a_menu_shows(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_programs programs;
    assert_true(vt_programs_all(&programs, &error));
    assert_int_equal(programs.count, 3); /* by name */
    assert_string_equal(programs.list[0].id, "all.desktop");
    assert_string_equal(programs.list[1].id, "paint.desktop");
    assert_string_equal(programs.list[2].id, "slice.desktop");
    vt_programs_clear(&programs);
}

static void ids_are_looked_up(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_programs programs, one;
    const char *const ids[] = {"slice.desktop", NULL, "never-installed.desktop", "paint.desktop"};
    assert_true(vt_programs_of(ids, 4, &programs, &error));
    assert_int_equal(programs.count, 2);
    assert_string_equal(programs.list[0].id, "slice.desktop");
    assert_true(vt_programs_copy_one(&programs.list[1], &one, &error));
    vt_programs_clear(&programs);
    assert_string_equal(one.list[0].id, "paint.desktop");
    assert_string_equal(one.list[0].folder, "/tmp");
    vt_programs_clear(&one);
}

static void icons_are_found_by_size(void **state)
{
    (void)state;
    char *icons = strdup(files_folder(files_path(home, "data"), "icons"));
    char *hicolor = strdup(files_folder(icons, "hicolor"));
    char *small = strdup(files_folder(files_folder(hicolor, "16x16"), "apps"));
    char *large = strdup(files_folder(files_folder(hicolor, "64x64"), "apps"));
    files_write(files_path(small, "paint.png"), "x", 1);
    files_write(files_path(large, "paint.png"), "x", 1);
    files_write(files_path(small, "tiny.png"), "x", 1);
    char *found = vt_icon_path("paint", 32);
    assert_string_equal(found, files_path(large, "paint.png")); /* reduced rather than enlarged */
    char *itself = vt_icon_path(found, 32);
    assert_string_equal(itself, found);
    free(itself);
    free(found);
    found = vt_icon_path("tiny", 32);
    assert_string_equal(found, files_path(small, "tiny.png"));
    free(found);
    assert_null(vt_icon_path("no-such-icon", 32));
    assert_null(vt_icon_path("../../etc/passwd", 32));
    assert_null(vt_icon_path("", 32));
    assert_null(vt_icon_path("/no/such/icon.png", 32));
    free(small);
    free(large);
    free(hicolor);
    free(icons);
}

int main(void)
{
#ifdef __SANITIZE_THREAD__
    /* It knows nothing of the locks of GLib, which has a thread of its own and is not instrumented. */
    puts("skipped: ThreadSanitizer takes what GLib does with its own thread for races");
    return 77;
#endif
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_has_a_type),
        cmocka_unit_test(the_standard_one_comes_first),
        cmocka_unit_test(several_formats_need_programs_for_all),
        cmocka_unit_test(old_names_of_a_type_count),
        cmocka_unit_test(all_are_those_a_menu_shows),
        cmocka_unit_test(ids_are_looked_up),
        cmocka_unit_test(icons_are_found_by_size),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
