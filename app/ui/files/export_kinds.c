#include "app/ui/files/export_kinds.h"

#include "core/base/translatable.h"

enum {
    PICTURE_FIELDS = VT_EXPORT_FIELD_SIDE | VT_EXPORT_FIELD_SEQUENCES | VT_EXPORT_FIELD_DESCRIBE,
    SHEET_FIELDS =
        VT_EXPORT_FIELD_PAPER | VT_EXPORT_FIELD_LANDSCAPE | VT_EXPORT_FIELD_COLUMNS | VT_EXPORT_FIELD_CAPTIONS
};

/* What each kind is called, and which fields it has. */
static const vt_export_kind_info kinds[VT_EXPORT_KIND_COUNT] = {
    [VT_EXPORT_COPY] = {VT_TR_NOOP("export", "Copies of the files"),
                        VT_TR_NOOP("export",
                                   "Side-cars and all frames of sequences included; times are kept."),
                        0},
    [VT_EXPORT_JPEG] = {VT_TR_NOOP("export", "Pictures as JPEG"),
                        VT_TR_NOOP("export", "In sRGB. Transparent parts become white."),
                        PICTURE_FIELDS | VT_EXPORT_FIELD_QUALITY},
    [VT_EXPORT_PNG] = {VT_TR_NOOP("export", "Pictures as PNG"),
                       VT_TR_NOOP("export", "In sRGB, without loss; large files."), PICTURE_FIELDS},
    [VT_EXPORT_WEBP] = {VT_TR_NOOP("export", "Pictures as WebP"),
                        VT_TR_NOOP("export", "In sRGB. Smaller than JPEG, and keeps transparency."),
                        PICTURE_FIELDS | VT_EXPORT_FIELD_QUALITY},
    [VT_EXPORT_SHEET_PDF] = {VT_TR_NOOP("export", "Contact sheet as PDF"),
                             VT_TR_NOOP("export", "One file with all pages."), SHEET_FIELDS},
    [VT_EXPORT_SHEET_PNG] = {VT_TR_NOOP("export", "Contact sheet as PNG"),
                             VT_TR_NOOP("export", "200 dots an inch, one file a page."), SHEET_FIELDS},
    [VT_EXPORT_CSV] = {VT_TR_NOOP("export", "List as CSV"),
                       VT_TR_NOOP("export", "What is known of each item, for spreadsheets: path, size, date, "
                                            "stars, tags and all else."),
                       0},
    [VT_EXPORT_JSON] = {VT_TR_NOOP("export", "List as JSON"),
                        VT_TR_NOOP("export",
                                   "What is known of each item, for programs; as 'vitrine list --json'."),
                        0},
};

const vt_export_kind_info *vt_export_kind_get(vt_export_kind kind)
{
    return &kinds[kind];
}
