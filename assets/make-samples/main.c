/*
 * Makes the sample library: `make-samples SAMPLES_FOLDER ICONS_FOLDER`. scripts/samples builds and runs it.
 * Everything is computed, so nobody's rights are touched and every picture can be changed by changing code.
 */
#include "encode.h"
#include "models.h"
#include "pictures.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { JPEG_QUALITY = 84, SAMPLES = 3, FRAMES = 24, FRAME_SIDE = 160 };

static bool save_jpeg(const char *path, picture p)
{
    return write_jpeg(path, p, JPEG_QUALITY);
}

static bool save_turned(const char *path, picture p)
{
    return write_jpeg_turned(path, p, JPEG_QUALITY);
}

static bool save_webp(const char *path, picture p)
{
    return write_webp(path, p, 82.0f);
}

static const struct {
    const char *path;
    painter paint_point;
    int width, height;
    bool (*save)(const char *path, picture p);
} pictures[] = {
    {"Landscapes/mountains at dawn.jpg", paint_mountains_at_dawn, 960, 640, save_jpeg},
    {"Landscapes/aurora.jpg", paint_aurora, 960, 540, save_jpeg},
    {"Landscapes/evening sea.jpg", paint_evening_sea, 960, 640, save_jpeg},
    {"Landscapes/dunes.webp", paint_dunes, 960, 640, save_webp},
    {"Landscapes/birch wood (turned by EXIF).jpg", paint_birch_wood, 600, 800, save_turned},
    {"Landscapes/city at night.jpg", paint_city_at_night, 960, 600, save_jpeg},
    {"Landscapes/balloons.jpg", paint_balloons, 640, 800, save_jpeg},
    {"Space/ringed planet.jpg", paint_ringed_planet, 800, 800, save_jpeg},
    {"Space/nebula.jpg", paint_nebula, 640, 900, save_jpeg},
    {"Objects/spheres.jpg", paint_spheres, 960, 640, save_jpeg},
    {"Objects/flower (transparent).png", paint_flower, 320, 320, write_png},
    {"Patterns/julia set.jpg", paint_julia, 900, 760, save_jpeg},
    {"Patterns/stained glass.jpg", paint_stained_glass, 720, 720, save_jpeg},
    {"Patterns/agate.webp", paint_agate, 800, 640, save_webp},
    {"Patterns/paper waves.jpg", paint_paper_waves, 900, 600, save_jpeg},
    {"Patterns/tiles.png", paint_tiles, 320, 320, write_png_rgb},
    {"Patterns/ink (grey, 16 bit).png", paint_ink, 200, 200, write_png_grey},
    {"Formats/line rose.gif", paint_line_rose, 320, 320, write_gif},
    {"Formats/contour map.bmp", paint_contour_map, 200, 150, write_bmp},
    {"Formats/flower.tga", paint_flower, 180, 180, write_tga},
    {"Formats/paper waves.psd", paint_paper_waves, 240, 180, write_psd},
    {"Formats/agate.ppm", paint_agate, 200, 160, write_ppm},
};

/* The folder of `path` below `root`, created. */
static bool make_folder(const char *root, const char *path)
{
    char folder[4096];
    const char *slash = strrchr(path, '/');
    snprintf(folder, sizeof folder, "%s/%.*s", root, slash ? (int)(slash - path) : 0, path);
    if (mkdir(folder, 0755) != 0 && errno != EEXIST) {
        perror(folder);
        return false;
    }
    return true;
}

static bool make_picture(const char *root, const char *name, painter paint_point, int width, int height,
                         float time, bool (*save)(const char *path, picture p))
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", root, name);
    uint8_t *pixels = paint(paint_point, width, height, SAMPLES, time);
    bool good = pixels && make_folder(root, name) && save(path, (picture){pixels, width, height});
    free(pixels);
    if (!good) {
        fprintf(stderr, "make-samples: cannot make %s\n", path);
    }
    return good;
}

static bool make_sequence(const char *root)
{
    for (int frame = 0; frame < FRAMES; frame++) {
        char name[64];
        snprintf(name, sizeof name, "Turning planet/render.%04d.png", frame + 1);
        if (!make_picture(root, name, paint_turning_planet, FRAME_SIDE, FRAME_SIDE, (float)frame / FRAMES,
                          write_png_rgb)) {
            return false;
        }
    }
    return true;
}

static bool make_hdr(const char *root)
{
    char path[4096];
    const int width = 200, height = 120;
    snprintf(path, sizeof path, "%s/Formats/bright sky.hdr", root);
    float *pixels = paint_float(paint_bright_sky, width, height, SAMPLES);
    bool good = pixels && write_hdr(path, pixels, width, height);
    free(pixels);
    return good;
}

static bool make_icons(const char *folder)
{
    static const int sizes[] = {16, 32, 48, 64, 128, 256, 512};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char name[32];
        snprintf(name, sizeof name, "%d.png", sizes[i]);
        if (!make_picture(folder, name, paint_icon, sizes[i], sizes[i], 0.0f, write_png)) {
            return false;
        }
    }
    return true;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: make-samples SAMPLES_FOLDER ICONS_FOLDER\n");
        return 2;
    }
    const char *samples = argv[1];
    char models[4096];
    bool good = true;
    for (size_t i = 0; good && i < sizeof pictures / sizeof *pictures; i++) {
        good = make_picture(samples, pictures[i].path, pictures[i].paint_point, pictures[i].width,
                            pictures[i].height, 0.0f, pictures[i].save);
    }
    snprintf(models, sizeof models, "%s/Models", samples);
    good = good && make_sequence(samples) && make_hdr(samples) && make_folder(samples, "Models/") &&
           write_models(models) && make_icons(argv[2]);
    return good ? 0 : 1;
}
