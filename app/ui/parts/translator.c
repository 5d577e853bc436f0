#include "app/ui/parts/translator.h"

#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"

#include <qt6c/qcoreapplication.h>
#include <qt6c/qlocale.h>
#include <qt6c/qtranslator.h>

#include <stdlib.h>
#include <string.h>

enum { DESKTOP, ENGLISH, GERMAN };

static QTranslator *own, *qts; /* NULL: none */

/* QTranslator says "" for what it does not know. */
static char *translate(const char *context, const char *text, int64_t count)
{
    char *found = q_translator_translate_full(own, context, text, NULL, (int)count);
    if (found && !*found) {
        free(found);
        found = NULL;
    }
    return found;
}

/* Without a name the system's locale decides. NULL if there is none in `folder`. */
static QTranslator *load(const char *file, const char *folder, const char *name)
{
    QTranslator *made = q_translator_new(NULL);
    QLocale locale;
    if (name) {
        q_locale_init_string(&locale, name);
    } else {
        locale = q_locale_system();
    }
    bool done =
        q_translator_load_locale_string_string_string_string_full(made, &locale, file, "_", folder, ".qm");
    q_locale_fini(&locale);
    if (!done) {
        q_translator_delete(made);
        made = NULL;
    }
    return made;
}

static char *own_folder(void)
{
    vt_str path = VT_STR_INIT;
    char *programs = q_coreapplication_application_dir_path();
    vt_str_appendf(&path, "%s/../share/vitrine/translations", programs ? programs : "");
    free(programs);
    char *folder = path.failed ? NULL : strdup(path.data);
    vt_str_free(&path);
    return folder;
}

void vt_translator_begin(int64_t language, const vt_log *log)
{
    static const char *const names[] = {[DESKTOP] = NULL, [GERMAN] = "de"};
    if (language == ENGLISH || language > GERMAN) {
        return;
    }
    char *folder = own_folder();
    own = folder ? load("vitrine", folder, names[language]) : NULL;
    if (own) {
        vt_tr_set_source(translate);
        /* what stands between thousands, and before decimals */
        vt_wording_set_signs(*vt_tr("number", ","), *vt_tr("number", "."));
        qts = load("qtbase", "/usr/share/qt6/translations", names[language]);
        if (qts) {
            q_coreapplication_install_translator(qts);
        }
        q_coreapplication_install_translator(own); /* goes first: see app/ui/parts/qt_texts.h */
    } else if (names[language]) {
        vt_log_write(log, VT_LOG_WARN, "there are no translations into '%s' in %s: the window is in English",
                     names[language], folder ? folder : "");
    }
    free(folder);
}

void vt_translator_end(void)
{
    vt_tr_set_source(NULL);
    if (qts) {
        q_coreapplication_remove_translator(qts);
        q_translator_delete(qts);
    }
    if (own) {
        q_coreapplication_remove_translator(own);
        q_translator_delete(own);
    }
    own = qts = NULL;
}
