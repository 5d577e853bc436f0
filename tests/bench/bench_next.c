/*
 * The next picture in the viewer: from the key to the end of its painting, for photographs of 12 megapixels
 * that were read ahead, in the real window on a virtual display. The peer in the same run is the jump to a
 * picture that nobody read ahead.
 *
 * usage: bench_next
 */
#include "tests/support/files.h"
#include "tests/support/window_session.h"

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

enum { WIDTH = 4000, HEIGHT = 3000, COUNT = 12, STEPS = 5 };

/* Waves with some noise: about as many bytes as a photograph has. */
static void write_photograph(const char *path, unsigned seed)
{
    static uint8_t row[WIDTH * 3];
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    FILE *file = fopen(path, "wb");
    JSAMPROW rows[1] = {row};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_stdio_dest(&jpeg, file);
    jpeg.image_width = WIDTH;
    jpeg.image_height = HEIGHT;
    jpeg.input_components = 3;
    jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, 90, TRUE);
    jpeg_start_compress(&jpeg, TRUE);
    unsigned noise = seed * 2654435761U + 1;
    for (unsigned y = 0; y < HEIGHT; y++) {
        for (unsigned x = 0; x < WIDTH * 3; x++) {
            noise = noise * 1664525U + 1013904223U;
            row[x] = (uint8_t)((x / 16 + y / 9 * (seed + 1)) % 200 + (noise >> 27));
        }
        jpeg_write_scanlines(&jpeg, rows, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    fclose(file);
}

static double go(window_session *session, const char *key, int row)
{
    char text[48];
    snprintf(text, sizeof text, "viewer: opened row=%d ", row);
    window_session_key(session, key);
    window_session_wait(session, text);
    window_session_wait(session, "viewer: painted after_ms=");
    return window_session_value(session, "after_ms");
}

int main(void)
{
    if (!window_session_possible()) {
        fprintf(stderr, "bench_next: no window can be opened here\n");
        return 77;
    }
    char *folder = files_temporary_folder();
    char *pictures = strdup(files_folder(folder, "pictures"));
    for (int i = 0; i < COUNT; i++) {
        char name[32];
        snprintf(name, sizeof name, "%02d.jpg", i);
        write_photograph(files_path(pictures, name), (unsigned)i);
    }
    window_session *session = window_session_start(folder, (const char *const[]){pictures, NULL});
    window_session_wait_both(session, "import ended: imported=12 ", "view: items=12 ");
    window_session_click(session, "Items");
    window_session_key(session, "Home Return");
    window_session_wait(session, "viewer: picture ");
    double sum = 0, worst = 0;
    for (int row = 1; row <= STEPS; row++) {
        char here[48];
        snprintf(here, sizeof here, "ahead row=%d is here", row);
        window_session_wait(session, here);
        double took = go(session, "Right", row);
        sum += took;
        worst = took > worst ? took : worst;
    }
    double cold = go(session, "End", COUNT - 1);
    printf("viewer_next_12_megapixels %.2f ms <=20 (worst of %d: %.2f)\n", sum / STEPS, STEPS, worst);
    printf("viewer_jump_12_megapixels %.2f ms - (not read ahead)\n", cold);
    window_session_end(session, SIGTERM);
    free(pictures);
    files_remove(folder);
    return 0;
}
