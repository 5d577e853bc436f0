/* GIF 89a, one frame: ordered dithering to a colour cube, then LZW with codes of growing width. */
#include "encode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEVELS = 6, COLOURS = 256, CODE_BITS = 8, CLEAR = 256, END = 257, FIRST = 258, CODES_MAX = 4096 };

typedef struct bit_writer {
    FILE *file;
    uint8_t block[255]; /* sub-block being filled */
    int used;
    uint32_t bits; /* not yet in the block, lowest first */
    int count;
} bit_writer;

static void flush_block(bit_writer *to)
{
    if (to->used) {
        putc(to->used, to->file);
        fwrite(to->block, 1, (size_t)to->used, to->file);
        to->used = 0;
    }
}

static void put_code(bit_writer *to, uint32_t code, int width)
{
    to->bits |= code << to->count;
    to->count += width;
    while (to->count >= 8) {
        to->block[to->used++] = (uint8_t)to->bits;
        to->bits >>= 8;
        to->count -= 8;
        if (to->used == (int)sizeof to->block) {
            flush_block(to);
        }
    }
}

static void compress(bit_writer *to, const uint8_t *pixels, size_t count)
{
    static uint16_t next[CODES_MAX]
                        [COLOURS]; /* the code of a known string with one more pixel, 0 if unknown */
    int width = CODE_BITS + 1, codes = FIRST;
    memset(next, 0, sizeof next);
    put_code(to, CLEAR, width);
    uint32_t current = pixels[0];
    for (size_t i = 1; i < count; i++) {
        uint32_t longer = next[current][pixels[i]];
        if (longer) {
            current = longer;
            continue;
        }
        put_code(to, current, width);
        if (codes < CODES_MAX) {
            next[current][pixels[i]] = (uint16_t)codes;
            /* The reader is one code behind: it needs the wider code one step later. */
            width += codes == 1 << width;
            codes++;
        } else {
            put_code(to, CLEAR, width);
            memset(next, 0, sizeof next);
            width = CODE_BITS + 1;
            codes = FIRST;
        }
        current = pixels[i];
    }
    put_code(to, current, width);
    put_code(to, END, width);
    put_code(to, 0, 7); /* the last bits */
    flush_block(to);
}

/* The cube's index of a pixel, with a 4 x 4 Bayer pattern against banding. */
static uint8_t cube_index(const uint8_t *rgba, int x, int y)
{
    static const uint8_t bayer[4][4] = {{0, 8, 2, 10}, {12, 4, 14, 6}, {3, 11, 1, 9}, {15, 7, 13, 5}};
    int index = 0;
    for (int channel = 0; channel < 3; channel++) {
        int level = (rgba[channel] * (LEVELS - 1) * 16 + bayer[y & 3][x & 3] * 255) / (255 * 16);
        index = index * LEVELS + (level < LEVELS ? level : LEVELS - 1);
    }
    return (uint8_t)index;
}

bool write_gif(const char *path, picture p)
{
    size_t count = (size_t)p.width * (size_t)p.height;
    uint8_t *pixels = malloc(count);
    FILE *file = fopen(path, "wb");
    if (!pixels || !file) {
        perror(path);
        free(pixels);
        return file ? fclose(file) && false : false;
    }
    for (size_t i = 0; i < count; i++) {
        pixels[i] = cube_index(p.rgba + i * 4, (int)(i % (size_t)p.width), (int)(i / (size_t)p.width));
    }
    const uint8_t size[4] = {(uint8_t)p.width, (uint8_t)(p.width >> 8), (uint8_t)p.height,
                             (uint8_t)(p.height >> 8)};
    fputs("GIF89a", file);
    fwrite(size, 1, sizeof size, file);
    fwrite((const uint8_t[]){0xf7, 0, 0}, 1, 3, file); /* a palette of 256 colours follows */
    for (int i = 0; i < COLOURS; i++) {
        int inside = i < LEVELS * LEVELS * LEVELS ? i : 0;
        putc(inside / (LEVELS * LEVELS) * 255 / (LEVELS - 1), file);
        putc(inside / LEVELS % LEVELS * 255 / (LEVELS - 1), file);
        putc(inside % LEVELS * 255 / (LEVELS - 1), file);
    }
    fwrite((const uint8_t[]){',', 0, 0, 0, 0}, 1, 5, file); /* the frame covers everything */
    fwrite(size, 1, sizeof size, file);
    putc(0, file);
    putc(CODE_BITS, file);
    bit_writer bits = {.file = file};
    compress(&bits, pixels, count);
    fwrite((const uint8_t[]){0, ';'}, 1, 2, file);
    free(pixels);
    bool good = !ferror(file);
    return fclose(file) == 0 && good;
}
