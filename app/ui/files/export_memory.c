#include "app/ui/files/export_memory.h"

#include <qt6c/qsettings.h>
#include <qt6c/qvariant.h>

static const vt_export_wish standard = {.kind = VT_EXPORT_COPY,
                                        .side = 2048,
                                        .quality = 90,
                                        .paper = VT_SHEET_A4,
                                        .columns = 4,
                                        .captions = VT_SHEET_LINE(VT_SHEET_NAME)};

static QSettings *open_settings(void)
{
    return q_settings_new_scope(QSettings_IniFormat, QSettings_UserScope, "vitrine", "vitrine", NULL);
}

/* What is out of range was written by somebody else. */
static int read_number(QSettings *settings, const char *key, int least, int most, int otherwise)
{
    bool is_number = false;
    QVariant value = q_settings_value(settings, key);
    int number = q_variant_to_int_full(&value, &is_number);
    q_variant_fini(&value);
    return is_number && number >= least && number <= most ? number : otherwise;
}

static void write_number(QSettings *settings, const char *key, int number)
{
    QVariant value = qt_variant_int(number);
    q_settings_set_value(settings, key, &value);
    q_variant_fini(&value);
}

void vt_export_recall(bool use, vt_export_wish *wish)
{
    *wish = standard;
    if (!use) {
        return;
    }
    QSettings *settings = open_settings();
    QVariant folder = q_settings_value(settings, "export/folder");
    wish->folder = q_variant_to_string(&folder);
    q_variant_fini(&folder);
    wish->kind =
        (vt_export_kind)read_number(settings, "export/kind", 0, VT_EXPORT_KIND_COUNT - 1, (int)standard.kind);
    wish->side = read_number(settings, "export/side", 0, VT_EXPORT_SIDE_MAX, standard.side);
    wish->quality = read_number(settings, "export/quality", 1, 100, standard.quality);
    wish->frames = read_number(settings, "export/frames", 0, 1, standard.frames);
    wish->describe = read_number(settings, "export/describe", 0, 1, standard.describe);
    wish->paper = (vt_sheet_paper)read_number(settings, "export/paper", 0, VT_SHEET_PAPER_COUNT - 1,
                                              (int)standard.paper);
    wish->landscape = read_number(settings, "export/landscape", 0, 1, standard.landscape);
    wish->columns = read_number(settings, "export/columns", 1, VT_SHEET_COLUMNS_MAX, standard.columns);
    wish->captions =
        (unsigned)read_number(settings, "export/captions", 0, VT_SHEET_LINES_ALL, (int)standard.captions);
    q_settings_delete(settings);
}

void vt_export_remember(const vt_export_wish *wish)
{
    QSettings *settings = open_settings();
    QVariant folder = qt_variant_string(wish->folder);
    q_settings_set_value(settings, "export/folder", &folder);
    q_variant_fini(&folder);
    write_number(settings, "export/kind", (int)wish->kind);
    write_number(settings, "export/side", wish->side);
    write_number(settings, "export/quality", wish->quality);
    write_number(settings, "export/frames", wish->frames);
    write_number(settings, "export/describe", wish->describe);
    write_number(settings, "export/paper", (int)wish->paper);
    write_number(settings, "export/landscape", wish->landscape);
    write_number(settings, "export/columns", wish->columns);
    write_number(settings, "export/captions", (int)wish->captions);
    q_settings_delete(settings);
}
