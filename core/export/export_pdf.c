#include "core/export/export_pdf.h"

#include <errno.h>
#include <stdlib.h>

/* Objects: 1 the catalog, 2 the list of pages, then three for each page: itself, what is drawn, the picture.
 */
enum { FIRST_PAGE_OBJECT = 3, OBJECTS_PER_PAGE = 3 };

struct vt_pdf {
    FILE *stream;           /* borrowed */
    long *offsets;          /* owned; of each object */
    size_t pages, capacity; /* in pages */
    int fault;              /* the first errno */
};

static void note_fault(vt_pdf *pdf, bool good)
{
    if (!good && !pdf->fault) {
        pdf->fault = errno ? errno : EIO;
    }
}

vt_pdf *vt_pdf_create(FILE *stream)
{
    vt_pdf *pdf = calloc(1, sizeof *pdf);
    if (pdf) {
        pdf->stream = stream;
        /* Four bytes beyond ASCII tell programs that transfer files that this is no text (7.5.2). */
        note_fault(pdf, fputs("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", stream) >= 0);
    }
    return pdf;
}

void vt_pdf_free(vt_pdf *pdf)
{
    if (pdf) {
        free(pdf->offsets);
        free(pdf);
    }
}

/* Numbers of PDF have a point, whatever the locale. */
static void put_points(vt_pdf *pdf, double points)
{
    long hundredths = (long)(points * 100 + 0.5);
    note_fault(pdf, fprintf(pdf->stream, "%ld.%02ld", hundredths / 100, hundredths % 100) > 0);
}

static void begin_object(vt_pdf *pdf, size_t page, int which)
{
    size_t at = page * OBJECTS_PER_PAGE + (size_t)which;
    pdf->offsets[at] = ftell(pdf->stream);
    note_fault(pdf, fprintf(pdf->stream, "%zu 0 obj\n", FIRST_PAGE_OBJECT + at) > 0);
}

static void put_page(vt_pdf *pdf, size_t page, double width, double height)
{
    size_t first = FIRST_PAGE_OBJECT + page * OBJECTS_PER_PAGE;
    begin_object(pdf, page, 0);
    fputs("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ", pdf->stream);
    put_points(pdf, width);
    fputc(' ', pdf->stream);
    put_points(pdf, height);
    note_fault(pdf, fprintf(pdf->stream,
                            "] /Contents %zu 0 R /Resources << /XObject << /P %zu 0 R >> >> >>\nendobj\n",
                            first + 1, first + 2) > 0);
}

/* "width 0 0 height 0 0 cm /P Do": the picture, which is 1 x 1, over the whole page. */
static void put_drawing(vt_pdf *pdf, size_t page, double width, double height)
{
    char drawing[96];
    long w = (long)(width * 100 + 0.5), h = (long)(height * 100 + 0.5);
    int length = snprintf(drawing, sizeof drawing, "q %ld.%02ld 0 0 %ld.%02ld 0 0 cm /P Do Q", w / 100,
                          w % 100, h / 100, h % 100);
    begin_object(pdf, page, 1);
    note_fault(
        pdf, fprintf(pdf->stream, "<< /Length %d >>\nstream\n%s\nendstream\nendobj\n", length, drawing) > 0);
}

bool vt_pdf_add_page(vt_pdf *pdf, const void *jpeg, size_t length, unsigned width, unsigned height,
                     double page_width, double page_height, vt_error *error)
{
    if (pdf->pages >= VT_PDF_PAGES_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT, "more than %d pages; choose fewer items, or more columns",
                            VT_PDF_PAGES_MAX);
    }
    if (pdf->pages == pdf->capacity) {
        size_t capacity = pdf->capacity ? pdf->capacity * 2 : 16;
        long *grown = realloc(pdf->offsets, capacity * OBJECTS_PER_PAGE * sizeof *grown);
        if (!grown) {
            return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for pages");
        }
        pdf->offsets = grown;
        pdf->capacity = capacity;
    }
    size_t page = pdf->pages++;
    put_page(pdf, page, page_width, page_height);
    put_drawing(pdf, page, page_width, page_height);
    begin_object(pdf, page, 2);
    note_fault(pdf, fprintf(pdf->stream,
                            "<< /Type /XObject /Subtype /Image /Width %u /Height %u /ColorSpace /DeviceRGB "
                            "/BitsPerComponent 8 /Filter /DCTDecode /Length %zu >>\nstream\n",
                            width, height, length) > 0);
    note_fault(pdf, fwrite(jpeg, 1, length, pdf->stream) == length);
    note_fault(pdf, fputs("\nendstream\nendobj\n", pdf->stream) >= 0);
    return true;
}

/* Each line of the table has 20 bytes (7.5.4). */
static void put_table(vt_pdf *pdf, long root, long list)
{
    size_t objects = pdf->pages * OBJECTS_PER_PAGE;
    long table = ftell(pdf->stream);
    fprintf(pdf->stream, "xref\n0 %zu\n0000000000 65535 f \n", objects + FIRST_PAGE_OBJECT);
    fprintf(pdf->stream, "%010ld 00000 n \n%010ld 00000 n \n", root, list);
    for (size_t i = 0; i < objects; i++) {
        fprintf(pdf->stream, "%010ld 00000 n \n", pdf->offsets[i]);
    }
    note_fault(pdf, fprintf(pdf->stream, "trailer\n<< /Size %zu /Root 1 0 R >>\nstartxref\n%ld\n%%%%EOF\n",
                            objects + FIRST_PAGE_OBJECT, table) > 0);
}

bool vt_pdf_finish(vt_pdf *pdf, vt_error *error)
{
    if (pdf->pages == 0) {
        return vt_error_set(error, VT_ERROR_USAGE, "a PDF needs a page; choose items that can be shown");
    }
    long root = ftell(pdf->stream);
    fputs("1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n", pdf->stream);
    long list = ftell(pdf->stream);
    fputs("2 0 obj\n<< /Type /Pages /Kids [", pdf->stream);
    for (size_t i = 0; i < pdf->pages; i++) {
        fprintf(pdf->stream, " %zu 0 R", FIRST_PAGE_OBJECT + i * OBJECTS_PER_PAGE);
    }
    fprintf(pdf->stream, " ] /Count %zu >>\nendobj\n", pdf->pages);
    put_table(pdf, root, list);
    note_fault(pdf, fflush(pdf->stream) == 0 && !ferror(pdf->stream));
    if (pdf->fault == ENOSPC || pdf->fault == EDQUOT) {
        return vt_error_set(
            error, VT_ERROR_NO_SPACE,
            "cannot write the PDF: the disk is full; make room on it, or choose another folder");
    }
    return !pdf->fault || vt_error_set_errno(error, pdf->fault, "cannot write the PDF");
}
