/* Side-cars in the window: a rating is in the file beside the picture, what another program says there is
   shown, and what both have changed is for the user to decide. */
#include "tests/support/check.h"

#include "tests/support/files.h"
#include "tests/support/program.h"
#include "tests/support/window_session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PICTURES = 4, LOOKS = 300, LOOK_MS = 100 };

static char *make_pictures(const char *home, const char *sidecars)
{
    char *folder = strdup(files_folder(home, "pictures"));
    for (int i = 0; i < PICTURES; i++) {
        char name[32];
        snprintf(name, sizeof name, "harbour %c.ppm", 'a' + i);
        files_write_picture(files_path(folder, name), 300, 200, (unsigned)i);
    }
    char settings[64];
    snprintf(settings, sizeof settings, "sidecars = %s\n", sidecars);
    files_folder(home, "config");
    files_folder(home, "config/vitrine");
    files_write(files_path(home, "config/vitrine/settings.conf"), settings, strlen(settings));
    return folder;
}

static void write_sidecar(const char *folder, const char *name, int rating, const char *title)
{
    char text[1024];
    snprintf(text, sizeof text,
             "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
             " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
             "  <rdf:Description xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" "
             "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmp:Rating=\"%d\">\n"
             "   <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title>\n"
             "  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n",
             rating, title);
    char *path = strdup(files_path(folder, name));
    files_write(files_path(folder, ".new.tmp"), text, strlen(text));
    assert_int_equal(rename(files_path(folder, ".new.tmp"), path), 0); /* as other programs do it */
    free(path);
}

static bool holds(const char *path, const char *text)
{
    size_t count;
    if (access(path, R_OK) != 0) {
        return false;
    }
    char *bytes = files_read(path, &count);
    bool found = memmem(bytes, count, text, strlen(text)) != NULL;
    free(bytes);
    return found;
}

static void wait_for_file(window_session *session, const char *path, const char *text)
{
    char *name = strdup(path);
    for (int i = 0; i < LOOKS && !holds(name, text); i++) {
        window_session_says(session, "no such line", LOOK_MS);
    }
    if (!holds(name, text)) {
        fail_msg("%s has no %s", name, text);
    }
    free(name);
}

/* What `show` says of a picture once it has `part`. */
static void wait_shown(window_session *session, const char *home, const char *path, const char *part)
{
    char *item = strdup(path);
    program_options options = {.home = home};
    bool found = false;
    for (int i = 0; i < LOOKS && !found; i++) {
        program_result result = program_run(&options, (const char *const[]){"show", item, "--json", NULL});
        found = strstr(result.out, part) != NULL;
        program_result_free(&result);
        if (!found) {
            window_session_says(session, "no such line", LOOK_MS);
        }
    }
    if (!found) {
        fail_msg("%s does not get %s", item, part);
    }
    free(item);
}

static window_session *start(const char *home, const char *folder, bool dark)
{
    assert_int_equal(dark ? setenv("VITRINE_THEME", "dark", 1) : unsetenv("VITRINE_THEME"), 0);
    window_session *session = window_session_start(home, (const char *const[]){folder, NULL});
    window_session_wait(session, "import ended: imported=4 ");
    for (int i = 0; i < LOOKS && window_session_count(session, "view: items=4 ") == 0; i++) {
        window_session_says(session, "view: items=4 ", LOOK_MS);
    }
    window_session_click(session, "Items");
    window_session_key(session, "Home");
    return session;
}

static void a_rating_is_in_the_side_car(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = make_pictures(home, "read-and-write");
    write_sidecar(folder, "harbour b.ppm.xmp", 2, "Harbour at noon");
    window_session *session = start(home, folder, false);
    wait_shown(session, home, files_path(folder, "harbour b.ppm"), "Harbour at noon");
    window_session_key(session, "4");
    window_session_wait(session, "edit: action=make kind=rating changed=1 skipped=0 failed=0");
    wait_for_file(session, files_path(folder, "harbour a.ppm.xmp"), "4");
    window_session_key(session, "Right 5");
    window_session_wait(session, "edit: action=make kind=rating changed=1 skipped=0 failed=0");
    wait_for_file(session, files_path(folder, "harbour b.ppm.xmp"), "xmp:Rating=\"5\"");
    assert_true(holds(files_path(folder, "harbour b.ppm.xmp"), "Harbour at noon"));
    /* Another program changes it: the watched folder tells. */
    write_sidecar(folder, "harbour b.ppm.xmp", 1, "Harbour at night");
    wait_shown(session, home, files_path(folder, "harbour b.ppm"), "Harbour at night");
    wait_shown(session, home, files_path(folder, "harbour b.ppm"), "\"rating\": 1");
    window_session_screenshot(session, "sidecars-followed");
    assert_int_equal(window_session_count(session, "conflicts=1"), 0);
    window_session_key(session, "ctrl+q");
    assert_int_equal(window_session_wait_end(session, 20000), 0);
    window_session_end(session, 0);
    free(folder);
    files_remove(home);
}

/* Three pictures in conflict, and one whose side-car cannot be read. */
static window_session *start_with_conflicts(const char *home, const char *folder, bool dark)
{
    for (int i = 0; i < 3; i++) {
        char name[32];
        snprintf(name, sizeof name, "harbour %c.ppm.xmp", 'a' + i);
        write_sidecar(folder, name, 2, "Harbour at noon");
    }
    window_session *session = start(home, folder, dark);
    wait_shown(session, home, files_path(folder, "harbour c.ppm"), "Harbour at noon");
    window_session_key(session, "ctrl+a 4");
    window_session_wait(session, "edit: action=make kind=rating changed=4 skipped=0 failed=0");
    for (int i = 0; i < 3; i++) {
        char name[32];
        snprintf(name, sizeof name, "harbour %c.ppm.xmp", 'a' + i);
        write_sidecar(folder, name, 1, "Harbour at noon");
    }
    files_write(files_path(folder, "harbour d.ppm.xmp"), "no XML", 6);
    for (int i = 0; i < LOOKS && window_session_count(session, "conflicts=3 failures=1") == 0; i++) {
        window_session_says(session, "conflicts=3 failures=1", LOOK_MS);
    }
    assert_true(window_session_count(session, "conflicts=3 failures=1") > 0);
    window_session_key(session, "alt+f d");
    window_session_place(session, "Keep mine");
    for (int i = 0; i < LOOKS && window_session_count(session, "sidecar list: conflicts=3 failures=1") == 0;
         i++) {
        window_session_says(session, "sidecar list: conflicts=3 failures=1", LOOK_MS);
    }
    return session;
}

static void what_both_have_changed_is_decided(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = make_pictures(home, "read");
    window_session *session = start_with_conflicts(home, folder, false);
    window_session_screenshot(session, "sidecars-conflicts");
    window_place table = window_session_place(session, "Conflicts and failures of side-cars");
    window_session_do(session, "mousemove %d %d click 1", table.x + 80, table.y + 40); /* the first row */
    window_session_click(session, "Keep mine");
    window_session_wait(session, "sidecar list: conflicts=2 failures=1");
    wait_for_file(session, files_path(folder, "harbour a.ppm.xmp"), "xmp:Rating=\"4\"");
    window_session_click(session, "Take all of theirs");
    window_session_wait(session, "sidecar list: conflicts=0 failures=1");
    wait_shown(session, home, files_path(folder, "harbour b.ppm"), "\"rating\": 1");
    wait_shown(session, home, files_path(folder, "harbour c.ppm"), "\"rating\": 1");
    assert_true(holds(files_path(folder, "harbour c.ppm.xmp"), "xmp:Rating=\"1\""));
    window_session_key(session, "ctrl+z"); /* one step: both are back */
    window_session_wait(session, "edit: action=undo kind=take-sidecar changed=2 skipped=0 failed=0");
    wait_shown(session, home, files_path(folder, "harbour b.ppm"), "\"rating\": 4");
    wait_shown(session, home, files_path(folder, "harbour c.ppm"), "\"rating\": 4");
    window_session_key(session, "ctrl+shift+z");
    window_session_wait(session, "edit: action=redo kind=take-sidecar changed=2 skipped=0 failed=0");
    wait_shown(session, home, files_path(folder, "harbour c.ppm"), "\"rating\": 1");
    write_sidecar(folder, "harbour d.ppm.xmp", 4, "Mended");
    window_session_wait(session, "sidecar list: conflicts=0 failures=0");
    window_session_screenshot(session, "sidecars-settled");
    window_session_key(session, "ctrl+q");
    assert_int_equal(window_session_wait_end(session, 20000), 0);
    window_session_end(session, 0);
    free(folder);
    files_remove(home);
}

static void it_is_read_well_in_the_dark(void **state)
{
    (void)state;
    char *home = files_temporary_folder();
    char *folder = make_pictures(home, "read");
    window_session *session = start_with_conflicts(home, folder, true);
    window_session_screenshot(session, "sidecars-dark");
    /* What is chosen is written although the settings only read, and only that. */
    window_session_click(session, "Items");
    window_session_key(session, "End alt+i n");
    window_session_wait(session, "message: The side-car of 1 item is written");
    window_session_screenshot(session, "sidecars-asked");
    window_session_key(session, "ctrl+q");
    assert_int_equal(window_session_wait_end(session, 20000), 0);
    window_session_end(session, 0);
    free(folder);
    files_remove(home);
}

int main(void)
{
    if (!window_session_possible()) {
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rating_is_in_the_side_car),
        cmocka_unit_test(what_both_have_changed_is_decided),
        cmocka_unit_test(it_is_read_well_in_the_dark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
