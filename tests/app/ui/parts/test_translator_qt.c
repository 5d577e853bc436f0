/* What Qt says by itself is in the language of the window, whether Qt's own translations are installed or
 * not. */
#include "tests/support/check.h"

#include "app/ui/keys/keys.h"
#include "app/ui/parts/qt_texts.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/translator.h"
#include "core/base/str.h"

#include <qt6c/qapplication.h>
#include <qt6c/qkeysequence.h>

#include <stdlib.h>
#include <string.h>

enum { ENGLISH = 1, GERMAN = 2 };

static bool has_german; /* lrelease was there when it was built */

static int begin_german(void **state)
{
    (void)state;
    vt_log log = {0};
    vt_translator_begin(GERMAN, &log);
    has_german = strcmp(vt_tr("window", "Name"), "Name") != 0 || strcmp(vt_tr("keys", " or "), " or ") != 0;
    return 0;
}

static int end_language(void **state)
{
    (void)state;
    vt_translator_end();
    return 0;
}

static void require_german(void)
{
    if (!has_german) {
        fprintf(stderr, "skipped: the translations were not built (lrelease)\n");
        skip();
    }
}

static void check_keys(const char *keys, const char *shown)
{
    vt_str text = VT_STR_INIT;
    vt_keys_append_shown(keys, &text);
    assert_string_equal(text.data, shown);
    vt_str_free(&text);
}

static void keys_have_one_name(void **state)
{
    (void)state;
    require_german();
    check_keys("Ctrl+Shift+Del", "Strg+Umschalt+Entf");
    check_keys("PgUp; Home", "Bild auf oder Pos1");
    check_keys("Space", "Leertaste");
    check_keys("Ctrl+Return", "Strg+Eingabe"); /* as our own texts say it */
}

/* The file of settings has them in English, whatever the window says. */
static void keys_are_kept_in_english(void **state)
{
    (void)state;
    QKeySequence sequence;
    q_keysequence_init_text(&sequence, "Ctrl+Shift+PgDown");
    char *kept = q_keysequence_to_string(&sequence);
    assert_string_equal(kept, "Ctrl+Shift+PgDown");
    free(kept);
    q_keysequence_fini(&sequence);
}

static void all_of_them_are_translated(void **state)
{
    (void)state;
    require_german();
    for (size_t i = 0; i < vt_qt_text_count(); i++) {
        const vt_qt_text *text = vt_qt_text_get(i);
        char *shown = q_coreapplication_translate_full(text->context, text->text, NULL, -1);
        assert_non_null(shown);
        if (strcmp(vt_tr(text->context, text->text), shown) != 0) {
            fail_msg("%s: %s is shown as %s", text->context, text->text, shown);
        }
        free(shown);
    }
    char *cancel = q_coreapplication_translate_full("QPlatformTheme", "Cancel", NULL, -1);
    assert_string_equal(cancel, "Abbrechen");
    free(cancel);
}

static void without_translations_it_is_english(void **state)
{
    (void)state;
    vt_log log = {0};
    vt_translator_begin(ENGLISH, &log);
    check_keys("Ctrl+Shift+Del", "Ctrl+Shift+Del");
    vt_translator_end();
}

int main(int count, char **arguments)
{
    setenv("QT_QPA_PLATFORM", "offscreen", 1);
    QApplication *application = q_application_new(&count, arguments);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keys_have_one_name, begin_german, end_language),
        cmocka_unit_test_setup_teardown(keys_are_kept_in_english, begin_german, end_language),
        cmocka_unit_test_setup_teardown(all_of_them_are_translated, begin_german, end_language),
        cmocka_unit_test(without_translations_it_is_english),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    q_application_delete(application);
    return failed;
}
