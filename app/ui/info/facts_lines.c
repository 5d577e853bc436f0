#include "app/ui/info/facts_lines.h"

#include "app/ui/parts/theme.h"

#include <qt6c/qfontmetrics.h>
#include <qt6c/qtextlayout.h>
#include <qt6c/qtextline.h>
#include <qt6c/qtextoption.h>
#include <qt6c/runtime.h>

#include <stdlib.h>
#include <string.h>

enum { LABEL_GAP = 10, ROW_GAP = 4, HEIGHTS = 4, LABEL_SHARE = 5 /* at most 2 of 5 of the width */ };

typedef struct facts_row {
    char *label, *text; /* owned, UTF-8 */
    QString words;      /* the label */
    QTextLayout value;
    int length;      /* of the value, in UTF-16 */
    int top, height; /* at the width it is broken for */
} facts_row;

struct vt_facts_lines {
    facts_row rows[VT_FACTS_MAX];
    size_t count;
    QFont font;
    QTextOption option; /* breaks between words, and within those that are wider than a line */
    int widest;         /* label; -1: not measured */
    int width, height;  /* what the rows are broken for; -1: nothing */
    struct {
        int width, height;
    } known[HEIGHTS]; /* of other widths; the oldest one is replaced */
    size_t oldest;
    int64_t breaks;
};

/* ---- life ---- */

vt_facts_lines *vt_facts_lines_create(void)
{
    vt_facts_lines *lines = calloc(1, sizeof *lines);
    if (lines) {
        q_font_init(&lines->font);
        q_textoption_init(&lines->option);
        q_textoption_set_wrap_mode(&lines->option, QTextOption_WrapAtWordBoundaryOrAnywhere);
        lines->width = lines->widest = -1;
    }
    return lines;
}

static void forget_widths(vt_facts_lines *lines)
{
    lines->width = lines->widest = -1;
    memset(lines->known, 0, sizeof lines->known);
}

static void clear(vt_facts_lines *lines)
{
    while (lines->count > 0) {
        facts_row *row = &lines->rows[--lines->count];
        q_textlayout_fini(&row->value);
        qt_string_release(&row->words);
        free(row->label);
        free(row->text);
    }
    forget_widths(lines);
}

void vt_facts_lines_free(vt_facts_lines *lines)
{
    if (lines) {
        clear(lines);
        q_textoption_fini(&lines->option);
        q_font_fini(&lines->font);
        free(lines);
    }
}

/* ---- texts ---- */

static bool is_shown(const vt_facts_lines *lines, const vt_fact_list *facts)
{
    bool same = lines->count == facts->count;
    for (size_t i = 0; same && i < lines->count; i++) {
        same = strcmp(lines->rows[i].label, facts->facts[i].label) == 0 &&
               strcmp(lines->rows[i].text, facts->facts[i].text) == 0;
    }
    return same;
}

/* A line of a text is one of the layout: Qt's layouts take this sign for its end. */
static QString lines_of(const char *text)
{
    enum { LINE_SEPARATOR = 0x2028 };
    QString words = qt_string_from_utf8(text);
    for (ptrdiff_t i = 0; i < words.size; i++) { /* it is not shared yet */
        words.ptr[i] = words.ptr[i] == '\n' ? LINE_SEPARATOR : words.ptr[i];
    }
    return words;
}

static bool add(vt_facts_lines *lines, const vt_fact *fact)
{
    facts_row *row = &lines->rows[lines->count];
    *row = (facts_row){.label = strdup(fact->label), .text = strdup(fact->text)};
    if (!row->label || !row->text) {
        free(row->label);
        free(row->text);
        return false;
    }
    QString words = lines_of(row->text);
    row->length = (int)words.size;
    row->words = qt_string_from_utf8(row->label);
    q_textlayout_init_string_qs(&row->value, &words);
    q_textlayout_set_font(&row->value, &lines->font);
    q_textlayout_set_text_option(&row->value, &lines->option);
    q_textlayout_set_cache_enabled(&row->value, true); /* of the shapes, from one width to the next */
    qt_string_release(&words);
    lines->count++;
    return true;
}

bool vt_facts_lines_set(vt_facts_lines *lines, const vt_fact_list *facts)
{
    if (is_shown(lines, facts)) {
        return false;
    }
    clear(lines);
    for (size_t i = 0; i < facts->count && add(lines, &facts->facts[i]); i++) {
    }
    return true;
}

void vt_facts_lines_set_font(vt_facts_lines *lines, const QFont *font)
{
    q_font_assign(&lines->font, font);
    for (size_t i = 0; i < lines->count; i++) {
        q_textlayout_set_font(&lines->rows[i].value, font);
    }
    forget_widths(lines);
}

size_t vt_facts_lines_count(const vt_facts_lines *lines)
{
    return lines->count;
}

int64_t vt_facts_lines_breaks(const vt_facts_lines *lines)
{
    return lines->breaks;
}

/* ---- lines ---- */

static void measure_labels(vt_facts_lines *lines)
{
    QFontMetrics metrics;
    q_fontmetrics_init(&metrics, &lines->font);
    lines->widest = 0;
    for (size_t i = 0; i < lines->count; i++) {
        int width = q_fontmetrics_horizontal_advance_full_qs(&metrics, &lines->rows[i].words, -1);
        lines->widest = width > lines->widest ? width : lines->widest;
    }
    q_fontmetrics_fini(&metrics);
}

/* Where values begin. */
static int column_of(const vt_facts_lines *lines, int width)
{
    int most = width * 2 / LABEL_SHARE;
    return (lines->widest < most ? lines->widest : most) + LABEL_GAP;
}

static int left_of(const vt_facts_lines *lines, const facts_row *row, int width)
{
    return *row->label ? column_of(lines, width) : 0;
}

/* Breaks a value into lines of at most that width. */
static int break_row(facts_row *row, int width)
{
    double height = 0;
    int end = 0;
    q_textlayout_begin_layout(&row->value);
    do {
        QTextLine line = q_textlayout_create_line(&row->value);
        q_textline_set_line_width(&line, width > 1 ? width : 1);
        const QPointF at = {0, height};
        q_textline_set_position(&line, &at);
        height += q_textline_height(&line);
        int length = q_textline_text_length(&line);
        end = length > 0 ? end + length : row->length;
    } while (end < row->length);
    q_textlayout_end_layout(&row->value);
    return (int)(height + 0.999);
}

static void break_rows(vt_facts_lines *lines, int width)
{
    int top = 0;
    if (lines->width == width) {
        return;
    }
    if (lines->widest < 0) {
        measure_labels(lines);
    }
    for (size_t i = 0; i < lines->count; i++) {
        facts_row *row = &lines->rows[i];
        row->top = top;
        row->height = break_row(row, width - left_of(lines, row, width));
        top += row->height + ROW_GAP;
    }
    lines->width = width;
    lines->height = top;
    lines->breaks++;
}

int vt_facts_lines_height(vt_facts_lines *lines, int width)
{
    if (lines->count == 0) {
        return 0;
    }
    for (size_t i = 0; i < HEIGHTS; i++) {
        if (lines->known[i].width == width && lines->known[i].height > 0) {
            return lines->known[i].height;
        }
    }
    break_rows(lines, width);
    lines->known[lines->oldest].width = width;
    lines->known[lines->oldest].height = lines->height;
    lines->oldest = (lines->oldest + 1) % HEIGHTS;
    return lines->height;
}

/* ---- painting ---- */

/* The part of a row that is selected; empty: none. */
static void selected_of(const vt_facts_range *range, size_t row, int length, int *from, int *to)
{
    bool touched = row >= range->from.row && row <= range->to.row;
    *from = touched && row == range->from.row ? range->from.at : 0;
    *to = !touched ? 0 : row == range->to.row ? range->to.at : length;
}

/* The same of one of its lines, in pixels of the value. */
static bool area_of(const QTextLine *line, int from, int to, QRectF *area)
{
    int first = q_textline_text_start(line);
    int last = first + q_textline_text_length(line);
    int start = from > first ? from : first;
    int end = to < last ? to : last;
    if (start >= end) {
        return false;
    }
    double left = q_textline_cursor_to_x(line, &start);
    double right = q_textline_cursor_to_x(line, &end);
    *area = (QRectF){left < right ? left : right, q_textline_y(line),
                     left < right ? right - left : left - right, q_textline_height(line)};
    return true;
}

static void paint_selected(const facts_row *row, QPainter *painter, QPointF at, int from, int to,
                           const vt_facts_colours *colours)
{
    const QColor ground = vt_theme_color(colours->ground), chosen = vt_theme_color(colours->chosen);
    for (int i = 0; i < q_textlayout_line_count(&row->value); i++) {
        QTextLine line = q_textlayout_line_at(&row->value, i);
        QRectF area;
        if (area_of(&line, from, to, &area)) {
            area.xp += at.xp;
            area.yp += at.yp;
            q_painter_save(painter);
            q_painter_set_clip_rect_full(painter, &area, Qt_IntersectClip);
            q_painter_fill_rectf_color(painter, &area, &ground);
            q_painter_set_pen_color(painter, &chosen);
            q_textline_draw(&line, painter, &at);
            q_painter_restore(painter);
        }
    }
}

static void paint_label(const vt_facts_lines *lines, const facts_row *row, QPainter *painter, int width,
                        uint32_t rgb)
{
    QTextLine first = q_textlayout_line_at(&row->value, 0);
    int room = column_of(lines, width) - LABEL_GAP;
    QFontMetrics metrics;
    q_fontmetrics_init(&metrics, &lines->font);
    QString shown = q_fontmetrics_elided_text_full_qs(&metrics, &row->words, Qt_ElideRight, room + 1, 0);
    q_fontmetrics_fini(&metrics);
    const QPointF at = {0, row->top + q_textline_ascent(&first)}; /* on one line with the value */
    const QColor color = vt_theme_color(rgb);
    q_painter_set_pen_color(painter, &color);
    q_painter_draw_text_qs(painter, &at, &shown);
    qt_string_release(&shown);
}

void vt_facts_lines_paint(vt_facts_lines *lines, QPainter *painter, int width, const vt_facts_range *selected,
                          const vt_facts_colours *colours)
{
    break_rows(lines, width);
    q_painter_set_font(painter, &lines->font);
    for (size_t i = 0; i < lines->count; i++) {
        const facts_row *row = &lines->rows[i];
        const QPointF at = {left_of(lines, row, width), row->top};
        const QColor value = vt_theme_color(*row->label ? colours->value : colours->alone);
        int from = 0, to = 0;
        if (*row->label) {
            paint_label(lines, row, painter, width, colours->label);
        }
        q_painter_set_pen_color(painter, &value);
        for (int line = 0; line < q_textlayout_line_count(&row->value); line++) {
            QTextLine each = q_textlayout_line_at(&row->value, line);
            q_textline_draw(&each, painter, &at);
        }
        selected_of(selected, i, row->length, &from, &to);
        if (from < to) {
            paint_selected(row, painter, at, from, to, colours);
        }
    }
}

/* ---- places ---- */

vt_facts_place vt_facts_lines_at(vt_facts_lines *lines, int width, double x, double y)
{
    vt_facts_place place = {0, 0};
    if (lines->count == 0) {
        return place;
    }
    break_rows(lines, width);
    while (place.row + 1 < lines->count && y >= lines->rows[place.row + 1].top) {
        place.row++;
    }
    const facts_row *row = &lines->rows[place.row];
    int count = q_textlayout_line_count(&row->value);
    int number = 0;
    for (; number + 1 < count; number++) {
        QTextLine next = q_textlayout_line_at(&row->value, number + 1);
        if (y < row->top + q_textline_y(&next)) {
            break;
        }
    }
    QTextLine line = q_textlayout_line_at(&row->value, number);
    place.at = q_textline_x_to_cursor(&line, x - left_of(lines, row, width));
    return place;
}

vt_facts_range vt_facts_lines_word(const vt_facts_lines *lines, vt_facts_place place)
{
    vt_facts_range range = {place, place};
    if (place.row < lines->count) {
        const QTextLayout *value = &lines->rows[place.row].value;
        int length = lines->rows[place.row].length;
        int end = place.at < length
                      ? q_textlayout_next_cursor_position_full(value, place.at, QTextLayout_SkipWords)
                      : length;
        range.from.at =
            end > 0 ? q_textlayout_previous_cursor_position_full(value, end, QTextLayout_SkipWords) : 0;
        range.to.at = end;
    }
    return range;
}

vt_facts_range vt_facts_lines_value(const vt_facts_lines *lines, size_t row)
{
    return (vt_facts_range){{row, 0}, {row, row < lines->count ? lines->rows[row].length : 0}};
}

vt_facts_range vt_facts_lines_all(const vt_facts_lines *lines)
{
    vt_facts_range range = vt_facts_lines_value(lines, lines->count > 0 ? lines->count - 1 : 0);
    range.from = (vt_facts_place){0, 0};
    return range;
}

vt_facts_range vt_facts_range_make(vt_facts_place a, vt_facts_place b)
{
    bool turned = b.row < a.row || (b.row == a.row && b.at < a.at);
    return turned ? (vt_facts_range){b, a} : (vt_facts_range){a, b};
}

bool vt_facts_range_is_empty(const vt_facts_range *range)
{
    return range->from.row == range->to.row && range->from.at == range->to.at;
}

void vt_facts_lines_append(const vt_facts_lines *lines, const vt_facts_range *range, vt_str *text)
{
    for (size_t i = range->from.row; i <= range->to.row && i < lines->count; i++) {
        const facts_row *row = &lines->rows[i];
        int from = 0, to = 0;
        selected_of(range, i, row->length, &from, &to);
        if (from >= to) {
            continue;
        }
        if (range->from.row != range->to.row && *row->label) {
            vt_str_append_cstr(text, row->label);
            vt_str_append_cstr(text, ": ");
        }
        QString words = qt_string_from_utf8(row->text);
        const QString part = {NULL, words.ptr + from, to - from}; /* lent */
        char *bytes = qt_string_to_utf8(&part);
        vt_str_append_cstr(text, bytes ? bytes : "");
        free(bytes);
        qt_string_release(&words);
        if (range->from.row != range->to.row) {
            vt_str_append_char(text, '\n');
        }
    }
}
