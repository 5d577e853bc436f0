/* Generated pictures and models: always the same for the same number. Any thread. */
#ifndef VT_BENCH_DATA_H
#define VT_BENCH_DATA_H

#include "core/base/error.h"
#include "core/export/export_picture.h"

#include <stddef.h>
#include <stdint.h>

/* A file in memory: free(). */
typedef struct vt_bench_bytes {
    char *data;
    size_t size;
} vt_bench_bytes;

/* A picture of slopes and noise, as hard to pack as a photograph. */
bool vt_bench_make_picture(vt_picture_format format, uint32_t width, uint32_t height, uint32_t number,
                           vt_bench_bytes *bytes, vt_error *error);

/* A closed torus with waves, as a binary STL of 2 * `rings` * `rings` triangles. */
bool vt_bench_make_model(uint32_t rings, uint32_t number, vt_bench_bytes *bytes, vt_error *error);

/* Writes the bytes to a new file. */
bool vt_bench_write_file(const char *path, const vt_bench_bytes *bytes, vt_error *error);

/* A folder of `count` files, two thirds of them JPEG, the others PNG and STL, `per_folder` in each folder
   below it. Made once: if it is there already, nothing happens. Takes some seconds for a thousand. */
bool vt_bench_make_files(const char *folder, uint32_t count, uint32_t per_folder, vt_error *error);

#endif
