#include "app/ui/restore_offer.h"

#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "core/base/str.h"
#include "core/catalog/backup.h"
#include "core/catalog/catalog.h"
#include "core/catalog/snapshot.h"

#include <qt6c/qmessagebox.h>
#include <qt6c/qpushbutton.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static QMessageBox *make_box(const char *text)
{
    QMessageBox *box = q_messagebox_new(NULL);
    q_widget_set_window_title(box, vt_tr("window", "Vitrine cannot start"));
    q_messagebox_set_icon(box, QMessageBox_Critical);
    q_messagebox_set_text_format(box, Qt_PlainText);
    q_messagebox_set_text(box, text);
    return box;
}

static bool ask(const vt_error *error, const char *snapshot)
{
    char date[32];
    vt_str text = VT_STR_INIT;
    vt_wording_date(date, sizeof date, vt_snapshot_time(snapshot));
    vt_str_appendf(&text, "%s\n\n", error->message);
    vt_tr_append_with(
        &text, "window",
        "There is a sound copy of the library of %1. Restoring it brings back all of then. What "
        "came since is lost: tags, ratings, notes and albums; files that were imported since have to be "
        "imported again. The damaged file is kept beside it.\n\n\"vitrine check --repair\" saves "
        "what can be read instead.",
        date);
    QMessageBox *box = make_box(text.data);
    vt_str_free(&text);
    QPushButton *restore = q_messagebox_add_button_string_buttonrole(
        box, vt_tr("window", "&Restore the copy"), QMessageBox_AcceptRole);
    QPushButton *close =
        q_messagebox_add_button_string_buttonrole(box, vt_tr("window", "Close"), QMessageBox_RejectRole);
    q_messagebox_set_default_button(box, close);
    q_dialog_exec(box);
    bool wanted = (void *)q_messagebox_clicked_button(box) == (void *)restore;
    q_widget_delete(box);
    return wanted;
}

void vt_restore_tell(const char *why)
{
    QMessageBox *box = make_box(why);
    q_messagebox_add_button_string_buttonrole(box, vt_tr("window", "Close"), QMessageBox_RejectRole);
    q_dialog_exec(box);
    q_widget_delete(box);
}

vt_restore_answer vt_restore_offer(const vt_ui_options *options, const vt_error *error)
{
    vt_error why = VT_ERROR_INIT;
    char *standard = options->catalog_path ? NULL : vt_catalog_default_path(NULL);
    const char *path = options->catalog_path ? options->catalog_path : standard;
    char *snapshot = path && error->code == VT_ERROR_CORRUPT ? vt_snapshot_newest_sound(path, NULL) : NULL;
    vt_restore_answer answer = snapshot ? VT_RESTORE_NOT : VT_RESTORE_NOTHING;
    if (snapshot && ask(error, snapshot)) {
        if (vt_backup_restore(path, snapshot, NULL, &options->log, &why)) {
            answer = VT_RESTORE_DONE;
        } else {
            fprintf(stderr, "vitrine: %s\n", why.message);
            vt_restore_tell(why.message);
        }
    }
    free(snapshot);
    free(standard);
    return answer;
}
