#include "core/settings/settings.h"

#include "core/base/clock.h"
#include "core/base/translatable.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the dialogue translates: groups, titles, units, words, helps. */
#define TR(text) VT_TR_NOOP("settings", text)

#define WORK   TR("Work")
#define IMPORT TR("Import and thumbnails")
#define MEMORY TR("Memory")
#define VIEWER TR("Viewer")
#define WINDOW TR("Window")
#define LIMITS TR("Limits of files")

static const char *const sequence_words[] = {TR("off"), TR("careful"), TR("eager"), NULL};
static const char *const ground_words[] = {TR("theme"), TR("black"), TR("grey"), TR("light"), NULL};
static const char *const alike_words[] = {TR("strict"), TR("normal"), TR("loose"), NULL};
static const char *const stack_words[] = {TR("all"), TR("cover"), NULL};
static const char *const language_words[] = {TR("desktop"), TR("english"), TR("german"), NULL};
static const char *const sidecar_words[] = {TR("off"), TR("read"), TR("read-and-write"), NULL};
static const char *const sidecar_name_words[] = {TR("long"), TR("short"), NULL};
static const char *const shared_words[] = {TR("off"), TR("read"), TR("write"), NULL};

/* The standard values of limits are those of vt_limits_default, which a test compares. */
static const vt_setting_info table[VT_SETTING_COUNT] = {
    [VT_SETTING_JOBS] = {"jobs", WORK, TR("Files read at once"), VT_SETTING_NUMBER, 0, 64, 0, "",
                         TR("as many as there are processors, at most 8"),
                         TR("Each is decoded by a helper process of its own."), NULL},
    [VT_SETTING_SEQUENCES] =
        {"sequences", IMPORT, TR("Numbered images as one item"), VT_SETTING_CHOICE, 0, 2, 1, "", NULL,
         TR("Careful joins what is surely a sequence, eager whatever is numbered alike."), sequence_words},
    [VT_SETTING_SHARED_THUMBS] = {"thumbnails.shared", IMPORT, TR("Thumbnails of other programs"),
                                  VT_SETTING_CHOICE, 0, 2, 1, "", NULL,
                                  TR("Read uses what they have left, write leaves ours to them, too. "
                                     "VITRINE_SHARED_THUMBNAILS, if set, wins."),
                                  shared_words},
    [VT_SETTING_SIDECARS] = {"sidecars", IMPORT, TR("XMP side-cars"), VT_SETTING_CHOICE, 0, 2, 1, "", NULL,
                             TR("Ratings, labels, titles, tags and notes in files beside yours, shared with "
                                "other programs. Written some seconds after an edit."),
                             sidecar_words},
    [VT_SETTING_SIDECAR_NAME] = {"sidecar_name", IMPORT, TR("Name of a new side-car"), VT_SETTING_CHOICE, 0,
                                 1, 0, "", NULL,
                                 TR("Long is photo.jpg.xmp, short is photo.xmp where that can be of no other "
                                    "file. Both are read."),
                                 sidecar_name_words},
    [VT_SETTING_MEMORY_SOFT] = {"memory.soft", MEMORY, TR("Memory to stay within"), VT_SETTING_NUMBER, 64,
                                1000000, 300, TR("MB"), NULL,
                                TR("From 70 % on caches shrink, from 80 % on nothing is loaded ahead."),
                                NULL},
    [VT_SETTING_MEMORY_HARD] = {"memory.hard", MEMORY, TR("Memory never to exceed"), VT_SETTING_NUMBER, 96,
                                1000000, 450, TR("MB"), NULL,
                                TR("From 90 % on files are read one at a time. All processes count."), NULL},
    [VT_SETTING_MEMORY_PICTURES] = {"memory.pictures", MEMORY, TR("Pictures of cards kept"),
                                    VT_SETTING_NUMBER, 64, 1000000, 100, TR("MB"), NULL,
                                    TR("Scrolling back shows them without reading. Fewer when memory is "
                                       "short."),
                                    NULL},
    [VT_SETTING_MEMORY_PANES] = {"memory.panes", MEMORY, TR("Unseen panes kept"), VT_SETTING_NUMBER, 1,
                                 1000000, 500, TR("MB"), NULL,
                                 TR("Up to 100, for an hour, so that they come back at once. Fewer when "
                                    "memory is short."),
                                 NULL},
    [VT_SETTING_LOAD_AHEAD] = {"memory.load_ahead", MEMORY, TR("Load ahead of the scroll"), VT_SETTING_SWITCH,
                               0, 1, 1, "", NULL,
                               TR("Thumbnails that are about to be seen are loaded before they are."), NULL},
    [VT_SETTING_VIEWER_GROUND] = {"viewer.background", VIEWER, TR("Around a picture"), VT_SETTING_CHOICE, 0,
                                  3, 0, "", NULL, TR("The key B changes it for a look."), ground_words},
    [VT_SETTING_SLIDE_SECONDS] = {"viewer.slide_seconds", VIEWER, TR("Slide show: each picture stays"),
                                  VT_SETTING_NUMBER, 1, 60, 5, TR("s"), NULL, TR("From when it is there."),
                                  NULL},
    [VT_SETTING_SLIDES_LOOP] = {"viewer.slides_loop", VIEWER, TR("Slide show: begin anew at the end"),
                                VT_SETTING_SWITCH, 0, 1, 0, "", NULL,
                                TR("Otherwise it ends with the last picture."), NULL},
    [VT_SETTING_ALIKE] =
        {
            "duplicates.alike", WINDOW, TR("Images that look alike"), VT_SETTING_CHOICE, 0, 2, 1, "", NULL,
            TR("Strict: the same picture in another size or compression. Loose: pictures of one "
               "scene, too. Holds for the next search for duplicates."),
            alike_words},
    [VT_SETTING_TWINS_FOLLOW] = {"duplicates.follow", WINDOW, TR("Keep duplicates up to date"),
                                 VT_SETTING_SWITCH, 0, 1, 1, "", NULL,
                                 TR("After an import, once files of equal content have been looked for. Only "
                                    "what came or changed is compared, while nothing else is to be done."),
                                 NULL},
    [VT_SETTING_STACKS] = {"stacks.closed", WINDOW, TR("What is done to a closed stack"), VT_SETTING_CHOICE,
                           0, 1, 0, "", NULL,
                           TR("Ratings, tags, albums, export and the trash: of all that is inside, or of the "
                              "cover only."),
                           stack_words},
    [VT_SETTING_LANGUAGE] = {"language", WINDOW, TR("Language"), VT_SETTING_CHOICE, 0, 2, 0, "", NULL,
                             TR("Desktop follows the language of the desktop. Holds from the next start on."),
                             language_words},
    [VT_SETTING_LIMIT_PIXELS] = {VT_LIMIT_PIXELS, LIMITS, TR("Pixels of a picture"), VT_SETTING_NUMBER, 1,
                                 4000, 200, TR("megapixels"), NULL,
                                 TR("Of PNG, GIF, BMP, TGA, PSD, HDR, PNM: decoded at full size."), NULL},
    [VT_SETTING_LIMIT_PIXELS_SCALED] = {VT_LIMIT_PIXELS_SCALED, LIMITS, TR("Pixels of a JPEG or WebP"),
                                        VT_SETTING_NUMBER, 1, 4290, 512, TR("megapixels"), NULL,
                                        TR("These are reduced while they are decoded."), NULL},
    [VT_SETTING_LIMIT_SIDE] = {VT_LIMIT_SIDE, LIMITS, TR("Longest side of a picture"), VT_SETTING_NUMBER, 256,
                               65500, 65500, TR("pixels"), NULL,
                               TR("Longer ones are refused by their header."), NULL},
    [VT_SETTING_LIMIT_IMAGE_FILE] = {VT_LIMIT_IMAGE_FILE, LIMITS, TR("Size of a picture's file"),
                                     VT_SETTING_NUMBER, 1, 65536, 4096, TR("MiB"), NULL,
                                     TR("Larger ones are not opened."), NULL},
    [VT_SETTING_LIMIT_MODEL_FILE] = {VT_LIMIT_MODEL_FILE, LIMITS, TR("Size of a model's file"),
                                     VT_SETTING_NUMBER, 1, 65536, 8192, TR("MiB"), NULL,
                                     TR("Larger ones are not opened."), NULL},
    [VT_SETTING_LIMIT_TRIANGLES] =
        {VT_LIMIT_TRIANGLES, LIMITS, TR("Triangles of a model"), VT_SETTING_NUMBER, 1, 2147, 200,
         TR("million"), NULL, TR("Larger ones are not drawn. From about 9 million on they take longer."),
         NULL},
    [VT_SETTING_LIMIT_SCANS] = {VT_LIMIT_SCANS, LIMITS, TR("Scans of a progressive JPEG"), VT_SETTING_NUMBER,
                                1, 100000, 256, "", NULL, TR("Each costs a pass over the whole picture."),
                                NULL},
    [VT_SETTING_LIMIT_TIME] = {VT_LIMIT_TIME, LIMITS, TR("Time to decode a file"), VT_SETTING_NUMBER, 1, 3600,
                               10, TR("s"), NULL, TR("Then its decoder is stopped."), NULL},
    [VT_SETTING_LIMIT_TIME_PER_MIB] = {VT_LIMIT_TIME_PER_MIB, LIMITS, TR("More time for large files"),
                                       VT_SETTING_NUMBER, 0, 10000, 50, TR("ms for each MiB"), NULL,
                                       TR("Added to the time to decode a file."), NULL},
    [VT_SETTING_LIMIT_TIME_MAX] = {VT_LIMIT_TIME_MAX, LIMITS, TR("Time at most"), VT_SETTING_NUMBER, 1, 3600,
                                   60, TR("s"), NULL, TR("However large the file is."), NULL},
    [VT_SETTING_LIMIT_MEMORY] = {VT_LIMIT_MEMORY, LIMITS, TR("Memory of a decoder"), VT_SETTING_NUMBER, 256,
                                 65536, 1024, TR("MiB"), NULL,
                                 TR("Address space of a helper; a file that needs more is refused."), NULL},
};

/* Pairs of which the first may not be larger than the second. */
static const struct {
    vt_setting low, high;
} pairs[] = {
    {VT_SETTING_MEMORY_SOFT, VT_SETTING_MEMORY_HARD},
    {VT_SETTING_LIMIT_TIME, VT_SETTING_LIMIT_TIME_MAX},
};

const vt_setting_info *vt_setting_get(vt_setting which)
{
    return &table[which];
}

bool vt_setting_find(const char *name, vt_setting *which, vt_error *error)
{
    for (int i = 0; i < VT_SETTING_COUNT; i++) {
        if (strcmp(table[i].name, name) == 0) {
            *which = (vt_setting)i;
            return true;
        }
    }
    return vt_error_set(error, VT_ERROR_USAGE, "there is no setting '%.64s'; 'vitrine config list' has them",
                        name);
}

static bool parse_switch(const vt_setting_info *info, const char *text, int64_t *value, vt_error *error)
{
    *value = strcmp(text, "yes") == 0;
    return *value || strcmp(text, "no") == 0 ||
           vt_error_set(error, VT_ERROR_USAGE, "%s takes yes or no, not '%.64s'", info->name, text);
}

/* "off, read or write" */
static void list_words(const char *const *words, char *text, size_t size)
{
    size_t at = 0;
    for (size_t i = 0; words[i] && at < size; i++) {
        const char *before = i == 0 ? "" : words[i + 1] ? ", " : " or ";
        int length = snprintf(text + at, size - at, "%s%s", before, words[i]);
        at += length > 0 ? (size_t)length : 0;
    }
}

static bool parse_choice(const vt_setting_info *info, const char *text, int64_t *value, vt_error *error)
{
    for (int64_t i = 0; info->words[i]; i++) {
        if (strcmp(info->words[i], text) == 0) {
            *value = i;
            return true;
        }
    }
    char allowed[256];
    list_words(info->words, allowed, sizeof allowed);
    return vt_error_set(error, VT_ERROR_USAGE, "%s takes %s, not '%.64s'", info->name, allowed, text);
}

bool vt_setting_parse(vt_setting which, const char *text, int64_t *value, vt_error *error)
{
    const vt_setting_info *info = &table[which];
    if (info->type == VT_SETTING_SWITCH) {
        return parse_switch(info, text, value, error);
    }
    if (info->type == VT_SETTING_CHOICE) {
        return parse_choice(info, text, value, error);
    }
    char *end = NULL;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    bool is_number = end != text && *end == '\0' && errno == 0 && text[0] >= '0' && text[0] <= '9';
    if (is_number && number >= info->least && number <= info->most) {
        *value = number;
        return true;
    }
    return vt_error_set(error, VT_ERROR_USAGE,
                        "%s takes a whole number from %" PRId64 " to %" PRId64 "%s%s, not '%.64s'",
                        info->name, info->least, info->most, *info->unit ? ", in " : "", info->unit, text);
}

void vt_setting_format(vt_setting which, int64_t value, char text[VT_SETTING_TEXT_SIZE])
{
    const vt_setting_info *info = &table[which];
    if (info->type == VT_SETTING_SWITCH) {
        snprintf(text, VT_SETTING_TEXT_SIZE, "%s", value ? "yes" : "no");
    } else if (info->type == VT_SETTING_CHOICE && value >= info->least && value <= info->most) {
        snprintf(text, VT_SETTING_TEXT_SIZE, "%s", info->words[value]);
    } else {
        snprintf(text, VT_SETTING_TEXT_SIZE, "%" PRId64, value);
    }
}

vt_settings vt_settings_default(void)
{
    vt_settings settings;
    for (int i = 0; i < VT_SETTING_COUNT; i++) {
        settings.values[i] = table[i].standard;
    }
    return settings;
}

bool vt_settings_check(const vt_settings *settings, vt_setting *first, vt_setting *second, vt_error *error)
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        int64_t low = settings->values[pairs[i].low];
        int64_t high = settings->values[pairs[i].high];
        if (low <= high) {
            continue;
        }
        if (first) {
            *first = pairs[i].low;
        }
        if (second) {
            *second = pairs[i].high;
        }
        return vt_error_set(error, VT_ERROR_USAGE,
                            "%s (%" PRId64 " %s) must not be more than %s (%" PRId64
                            " %s); change the other, too",
                            table[pairs[i].low].name, low, table[pairs[i].low].unit,
                            table[pairs[i].high].name, high, table[pairs[i].high].unit);
    }
    return true;
}

vt_limits vt_settings_limits(const vt_settings *settings)
{
    const int64_t *values = settings->values;
    enum { MEGA = 1000000, MIB = 1 << 20 };
    return (vt_limits){
        .max_side = (uint32_t)values[VT_SETTING_LIMIT_SIDE],
        .max_scans = (uint32_t)values[VT_SETTING_LIMIT_SCANS],
        .max_pixels = (uint64_t)values[VT_SETTING_LIMIT_PIXELS] * MEGA,
        .max_pixels_scaled = (uint64_t)values[VT_SETTING_LIMIT_PIXELS_SCALED] * MEGA,
        .max_image_bytes = (uint64_t)values[VT_SETTING_LIMIT_IMAGE_FILE] * MIB,
        .max_model_bytes = (uint64_t)values[VT_SETTING_LIMIT_MODEL_FILE] * MIB,
        .max_triangles = (uint64_t)values[VT_SETTING_LIMIT_TRIANGLES] * MEGA,
        .max_memory = (uint64_t)values[VT_SETTING_LIMIT_MEMORY] * MIB,
        .wall_ns = values[VT_SETTING_LIMIT_TIME] * VT_NS_PER_S,
        .wall_ns_per_mib = values[VT_SETTING_LIMIT_TIME_PER_MIB] * VT_NS_PER_MS,
        .wall_ns_cap = values[VT_SETTING_LIMIT_TIME_MAX] * VT_NS_PER_S,
    };
}

vt_memory_limits vt_settings_memory(const vt_settings *settings)
{
    return (vt_memory_limits){settings->values[VT_SETTING_MEMORY_SOFT] * VT_MEMORY_MB,
                              settings->values[VT_SETTING_MEMORY_HARD] * VT_MEMORY_MB};
}

void vt_settings_set_quotas(const vt_settings *settings, vt_registry *registry)
{
    static const struct {
        vt_setting setting;
        vt_quota quota;
    } quotas[] = {{VT_SETTING_MEMORY_PICTURES, VT_QUOTA_PICTURES}, {VT_SETTING_MEMORY_PANES, VT_QUOTA_PANES}};
    for (size_t i = 0; i < sizeof quotas / sizeof *quotas; i++) {
        vt_registry_set_quota(registry, quotas[i].quota, settings->values[quotas[i].setting] * VT_MEMORY_MB);
    }
}
