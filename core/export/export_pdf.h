/*
 * A PDF whose pages are pictures: for contact sheets. ISO 32000-1; a page is one JPEG as wide and high as
 * itself (DCTDecode), so nothing is compressed twice.
 *
 * Threads: one at a time. Written to a stream as it comes: no page is kept.
 */
#ifndef VT_EXPORT_EXPORT_PDF_H
#define VT_EXPORT_EXPORT_PDF_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Pages of one file. */
#define VT_PDF_PAGES_MAX 10000

typedef struct vt_pdf vt_pdf;

/* `stream` is borrowed, and stands at its start. NULL when memory runs out. */
vt_pdf *vt_pdf_create(FILE *stream);
void vt_pdf_free(vt_pdf *pdf); /* NULL is allowed */

/* A JPEG of three channels, `width` x `height` pixels, as a page of `page_width` x `page_height` points (1/72
   inch). VT_ERROR_LIMIT; faults of the stream are told by vt_pdf_finish. */
bool vt_pdf_add_page(vt_pdf *pdf, const void *jpeg, size_t length, unsigned width, unsigned height,
                     double page_width, double page_height, vt_error *error);

/* Writes what stands behind the pages, and flushes. VT_ERROR_NO_SPACE, VT_ERROR_IO; VT_ERROR_USAGE without a
   page. */
bool vt_pdf_finish(vt_pdf *pdf, vt_error *error);

#endif
