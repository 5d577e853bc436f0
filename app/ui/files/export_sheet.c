#include "app/ui/files/export_sheet.h"

#include "core/export/export_copy.h"
#include "core/export/export_pdf.h"

#include <qt6c/qbuffer.h>
#include <qt6c/qcolor.h>
#include <qt6c/qfont.h>
#include <qt6c/qfontmetrics.h>
#include <qt6c/qimage.h>
#include <qt6c/qpainter.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Pixels, at 200 dots an inch. */
enum {
    MARGIN = 100,
    GAP = 30,
    CAPTION = 10, /* above and below it */
    CAPTION_LINE = 30,
    CAPTION_FONT = 22,
    QUALITY = 90,
    WRITE_ONLY = 2 /* QIODeviceBase::WriteOnly, for which the binding has no name */
};
/* A picture of which only a small thumbnail is known fills its cell as well as it may. */
#define ENLARGED_MOST    1.5
#define POINTS_PER_PIXEL (72.0 / 200)

static const struct {
    const char *name;
    int width, height; /* upright, at 200 dots an inch */
} papers[VT_SHEET_PAPER_COUNT] = {
    [VT_SHEET_A4] = {"A4", 1654, 2339},
    [VT_SHEET_A3] = {"A3", 2339, 3307},
    [VT_SHEET_LETTER] = {"Letter", 1700, 2200},
};

struct vt_sheet {
    char *folder, *name; /* owned */
    bool pdf;
    int caption;       /* height of what stands below a picture */
    int width, height; /* of a page */
    int columns, rows, cell;
    vt_str made;        /* the file, or the last of several, once it has its name */
    size_t pages, page; /* all, written */
    FILE *stream;       /* of the PDF */
    vt_pdf *document;
    vt_str temporary; /* its path; empty once it has its name */
};

const char *vt_sheet_paper_name(vt_sheet_paper paper)
{
    return papers[paper].name;
}

static int caption_height(unsigned lines)
{
    int count = vt_sheet_line_count(lines);
    return count > 0 ? CAPTION + count * CAPTION_LINE : 0;
}

static vt_sheet lay_out(const vt_sheet_options *options)
{
    int width = papers[options->paper].width;
    int height = papers[options->paper].height;
    vt_sheet sheet = {.pdf = options->pdf,
                      .caption = caption_height(options->captions),
                      .width = options->landscape ? height : width,
                      .height = options->landscape ? width : height,
                      .columns = options->columns,
                      .made = VT_STR_INIT,
                      .temporary = VT_STR_INIT};
    sheet.cell = (sheet.width - 2 * MARGIN - (sheet.columns - 1) * GAP) / sheet.columns;
    /* One picture a row may be wider than the page is high. */
    int highest = sheet.height - 2 * MARGIN - sheet.caption;
    sheet.cell = sheet.cell < highest ? sheet.cell : highest;
    sheet.rows = (sheet.height - 2 * MARGIN + GAP) / (sheet.cell + GAP + sheet.caption);
    size_t cells = vt_sheet_cells_per_page(&sheet);
    sheet.pages = (options->items + cells - 1) / cells;
    return sheet;
}

size_t vt_sheet_pages(const vt_sheet_options *options)
{
    return lay_out(options).pages;
}

static bool open_document(vt_sheet *sheet, vt_error *error)
{
    int file = vt_export_begin(sheet->folder, &sheet->temporary, error);
    if (file < 0) {
        return false;
    }
    sheet->stream = fdopen(file, "w+");
    if (!sheet->stream) {
        close(file);
    }
    sheet->document = sheet->stream ? vt_pdf_create(sheet->stream) : NULL;
    return sheet->document || vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a contact sheet");
}

vt_sheet *vt_sheet_create(const vt_sheet_options *options, vt_error *error)
{
    vt_sheet *sheet = malloc(sizeof *sheet);
    if (!sheet) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a contact sheet");
        return NULL;
    }
    *sheet = lay_out(options);
    sheet->folder = strdup(options->folder);
    sheet->name = strdup(options->name);
    bool done = (sheet->folder && sheet->name) ||
                vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a contact sheet");
    done = done && (!options->pdf || open_document(sheet, error));
    if (!done) {
        vt_sheet_free(sheet);
        return NULL;
    }
    return sheet;
}

void vt_sheet_free(vt_sheet *sheet)
{
    if (sheet) {
        vt_pdf_free(sheet->document);
        if (sheet->stream) {
            fclose(sheet->stream);
        }
        if (sheet->temporary.length) {
            unlink(sheet->temporary.data);
        }
        vt_str_free(&sheet->temporary);
        vt_str_free(&sheet->made);
        free(sheet->name);
        free(sheet->folder);
        free(sheet);
    }
}

size_t vt_sheet_cells_per_page(const vt_sheet *sheet)
{
    return (size_t)sheet->columns * (size_t)(sheet->rows > 0 ? sheet->rows : 1);
}

int vt_sheet_picture_side(const vt_sheet *sheet)
{
    return sheet->cell;
}

/* ---- painting ---- */

static void draw_text(QPainter *painter, QRect area, int align, const QFontMetrics *metrics, const char *text)
{
    int width = area.x2 - area.x1 + 1;
    char *elided = q_fontmetrics_elided_text(metrics, text, Qt_ElideMiddle, width);
    q_painter_draw_text_rect(painter, &area, align, elided ? elided : "");
    free(elided);
}

static void draw_picture(QPainter *painter, const vt_sheet *sheet, int x, int y, const vt_sheet_cell *cell)
{
    double side = sheet->cell;
    double scale = side / (cell->width > cell->height ? cell->width : cell->height);
    scale = scale > ENLARGED_MOST ? ENLARGED_MOST : scale;
    int width = (int)(cell->width * scale + 0.5), height = (int)(cell->height * scale + 0.5);
    width = width > 0 ? width : 1;
    height = height > 0 ? height : 1;
    QImage image;
    q_image_init_data(&image, cell->pixels, (int)cell->width, (int)cell->height, (long long)cell->width * 4,
                      QImage_Format_ARGB32_Premultiplied);
    int left = x + (sheet->cell - width) / 2, top = y + (sheet->cell - height) / 2;
    const QRect target = {left, top, left + width - 1, top + height - 1};
    q_painter_draw_image_rect(painter, &target, &image);
    q_image_fini(&image);
}

/* Each line is elided by itself. */
static void draw_caption(QPainter *painter, QPoint at, int width, const QFontMetrics *metrics,
                         const char *caption)
{
    char line[512];
    for (const char *end; (end = strchr(caption, '\n')); caption = end + 1, at.yp += CAPTION_LINE) {
        size_t length = (size_t)(end - caption);
        length = length < sizeof line ? length : vt_utf8_cut(caption, sizeof line - 1);
        memcpy(line, caption, length);
        line[length] = '\0';
        draw_text(painter, (QRect){at.xp, at.yp, at.xp + width - 1, at.yp + CAPTION_LINE - 1}, Qt_AlignCenter,
                  metrics, line);
    }
}

static void draw_cell(QPainter *painter, const vt_sheet *sheet, size_t at, const vt_sheet_cell *cell,
                      const QFontMetrics *metrics)
{
    int column = (int)at % sheet->columns, row = (int)at / sheet->columns;
    int x = MARGIN + column * (sheet->cell + GAP);
    int y = MARGIN + row * (sheet->cell + GAP + sheet->caption);
    if (cell->pixels) {
        draw_picture(painter, sheet, x, y, cell);
    } else {
        draw_text(painter, (QRect){x, y, x + sheet->cell - 1, y + sheet->cell - 1}, Qt_AlignCenter, metrics,
                  "cannot be shown");
    }
    if (sheet->caption > 0 && cell->caption) {
        draw_caption(painter, (QPoint){x, y + sheet->cell + CAPTION / 2}, sheet->cell, metrics,
                     cell->caption);
    }
}

static void paint(const vt_sheet *sheet, const vt_sheet_cell *cells, size_t count, QImage *page)
{
    QPainter painter;
    QFont font;
    QFontMetrics metrics;
    char number[48];
    const QColor white = q_color_make_globalcolor(Qt_white), black = q_color_make_globalcolor(Qt_black);
    const QRect whole = {0, 0, sheet->width - 1, sheet->height - 1};
    q_painter_init_on(&painter, page);
    q_font_init(&font);
    q_font_set_pixel_size(&font, CAPTION_FONT);
    q_fontmetrics_init(&metrics, &font);
    q_painter_fill_rect_color(&painter, &whole, &white);
    q_painter_set_render_hint(&painter, QPainter_SmoothPixmapTransform);
    q_painter_set_font(&painter, &font);
    q_painter_set_pen_color(&painter, &black);
    for (size_t i = 0; i < count; i++) {
        draw_cell(&painter, sheet, i, &cells[i], &metrics);
    }
    snprintf(number, sizeof number, "%zu / %zu", sheet->page + 1, sheet->pages);
    draw_text(&painter,
              (QRect){MARGIN, sheet->height - MARGIN, sheet->width - MARGIN, sheet->height - MARGIN / 3},
              Qt_AlignRight | Qt_AlignVCenter, &metrics, number);
    q_painter_end(&painter);
    q_painter_fini(&painter);
    q_fontmetrics_fini(&metrics);
    q_font_fini(&font);
}

/* ---- writing ---- */

static bool add_to_pdf(vt_sheet *sheet, const QImage *page, vt_error *error)
{
    QBuffer *buffer = q_buffer_new(NULL);
    q_iodevice_open(buffer, WRITE_ONLY);
    bool saved = q_image_save_iodevice_char_int_full(page, buffer, "JPG", QUALITY);
    const QByteArray *bytes = q_buffer_data(buffer);
    bool done =
        saved ? vt_pdf_add_page(sheet->document, bytes->ptr, (size_t)bytes->size, (unsigned)sheet->width,
                                (unsigned)sheet->height, sheet->width * POINTS_PER_PIXEL,
                                sheet->height * POINTS_PER_PIXEL, error)
              : vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a page");
    q_buffer_delete(buffer);
    return done;
}

static bool write_png(vt_sheet *sheet, const QImage *page, vt_error *error)
{
    vt_str temporary = VT_STR_INIT;
    vt_str name = VT_STR_INIT;
    int file = vt_export_begin(sheet->folder, &temporary, error);
    bool done = file >= 0;
    vt_str_append_cstr(&name, sheet->name);
    if (sheet->pages > 1) {
        vt_str_appendf(&name, " %02zu", sheet->page + 1);
    }
    vt_str_append_cstr(&name, ".png");
    if (done) {
        close(file);
        if (!q_image_save_full(page, temporary.data, "PNG", -1)) {
            unlink(temporary.data);
            done = vt_error_set(error, VT_ERROR_IO, "cannot write %s/%s; look whether its disk is full",
                                sheet->folder, name.data);
        }
    }
    vt_str *made = sheet->page == 0 ? &sheet->made : NULL; /* of several the first */
    done = done && vt_export_finish(temporary.data, sheet->folder, name.data, made, error);
    vt_str_free(&name);
    vt_str_free(&temporary);
    return done;
}

bool vt_sheet_add_page(vt_sheet *sheet, const vt_sheet_cell *cells, size_t count, vt_error *error)
{
    QImage page;
    const QSize size = {sheet->width, sheet->height};
    q_image_init_size_format(&page, &size, QImage_Format_RGB32);
    bool done = !q_image_is_null(&page) || vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a page");
    if (done) {
        paint(sheet, cells, count, &page);
        done = sheet->pdf ? add_to_pdf(sheet, &page, error) : write_png(sheet, &page, error);
    }
    q_image_fini(&page);
    sheet->page += done;
    return done;
}

static bool finish_document(vt_sheet *sheet, vt_error *error)
{
    vt_str name = VT_STR_INIT;
    bool done = vt_pdf_finish(sheet->document, error);
    bool closed = fclose(sheet->stream) == 0;
    sheet->stream = NULL;
    done = done && (closed || vt_error_set_errno(error, errno, "cannot write to %s", sheet->folder));
    vt_str_appendf(&name, "%s.pdf", sheet->name);
    if (done) { /* whatever comes of it, the temporary name is gone */
        done = vt_export_finish(sheet->temporary.data, sheet->folder, name.data, &sheet->made, error);
        vt_str_clear(&sheet->temporary);
    }
    vt_str_free(&name);
    return done;
}

bool vt_sheet_finish(vt_sheet *sheet, vt_str *made, vt_error *error)
{
    bool done = !sheet->pdf || finish_document(sheet, error);
    if (done && made) {
        vt_str_append(made, sheet->made.data, sheet->made.length);
    }
    return done;
}
