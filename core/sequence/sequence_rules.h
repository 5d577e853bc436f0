/*
 * Rules: what speaks against files that are numbered alike being the frames of a sequence.
 *
 * Cameras, phones, scanners and people number pictures too. The two mistakes weigh differently: a sequence
 * left as single files is shown as it lies on the disk and can be grouped eagerly; photographs swallowed by a
 * sequence seem lost. So in doubt there is no sequence. A const table of rules; a new one is a function and a
 * line. They see names, sizes and times, what a scan knows; no file is opened.
 *
 *  - Names of cameras: JPEGs of eight letters and digits whose last four are digits, DSC_0012, P1010001. DCF
 *    prescribes that (JEITA CP-3461, 3.2.2) and leaves the first four to the maker; Nikon, to the user.
 *    Other formats of that form count as frames: walk0001.png.
 *  - Words before the number that cameras, phones, scanners and screenshots write: IMG, PXL, Scan, page.
 *  - A number that is part of a date or time of day: 2024-01-05, 20240105_102231.
 *  - A number in brackets: file managers tell copies apart like that.
 *  - A number with a word that follows at once: "star_37pt12step". It counts something.
 *  - A bare number: one with neither leading zeros nor a separator before it ("boat3.png"); and a name that
 *    is nothing but a number of fewer than four digits, as pages of comics and tracks of albums are.
 *  - Scattered numbers: more than one gap for every four frames. What remains of photographs after choosing.
 *  - Sizes that jump: neighbours differ by more than a factor of 4, more often than once in four times.
 *    Frames resemble their neighbours, and so do their files.
 *  - Times that are too far apart: more than a day between neighbours, more often than not.
 *  - Weak evidence asks for more of the same. Evidence is strong with three digits or more behind a dot,
 * which is how renderers write, or with four or more, in a format that is not photographic. All else people
 * and their programs write too: "holiday-0012.jpg", "smiley012.png", "figure_7.png". Then it takes 24 frames,
 *    a second of film, and sizes of which nine in ten differ from the one before by a quarter at most. Frames
 *    of a video do that; photographs and drawings hardly ever: their sizes follow what they show.
 *
 * Threads: constant data, any thread.
 */
#ifndef VT_SEQUENCE_SEQUENCE_RULES_H
#define VT_SEQUENCE_SEQUENCE_RULES_H

#include "core/decode/media.h"
#include "core/scan/scan.h"
#include "core/sequence/sequence_name.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum vt_sequence_verdict {
    VT_SEQUENCE_TAKEN,
    VT_SEQUENCE_NO_IMAGES, /* models, or a format that is not known */
    VT_SEQUENCE_CAMERA,
    VT_SEQUENCE_WORD,
    VT_SEQUENCE_DATE,
    VT_SEQUENCE_BRACKETS,
    VT_SEQUENCE_COUNTED,
    VT_SEQUENCE_BARE,
    VT_SEQUENCE_SCATTERED,
    VT_SEQUENCE_SIZES,
    VT_SEQUENCE_TIMES,
    VT_SEQUENCE_WEAK,
    VT_SEQUENCE_SPLIT, /* the user said so; no rule does */
    VT_SEQUENCE_VERDICT_COUNT
} vt_sequence_verdict;

/* Files numbered alike. All is borrowed for the call. */
typedef struct vt_sequence_series {
    vt_sequence_pattern pattern;
    const char *name;       /* of the first file */
    vt_sequence_name parts; /* of `name` */
    vt_format format;       /* what the extension promises */
    bool padded;            /* some number begins with a 0 that pads it */
    size_t gaps;
    const vt_scan_file *files; /* the whole listing */
    const uint32_t *members;   /* `count` places in it, ascending by frame; 2 or more */
    size_t count;
} vt_sequence_series;

/* The first rule that speaks against it, in the order of the numbers above; VT_SEQUENCE_TAKEN if none does.
 */
vt_sequence_verdict vt_sequence_judge(const vt_sequence_series *series);

/* The same of what a single name (NUL-terminated) tells: a file that no rule up to VT_SEQUENCE_COUNTED speaks
   against may be a frame. */
vt_sequence_verdict vt_sequence_judge_name(const char *name, const vt_sequence_name *parts);

/* For logs and JSON: "sizes". Never NULL. */
const char *vt_sequence_verdict_name(vt_sequence_verdict verdict);

#endif
