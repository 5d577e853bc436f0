/* Cells of what the user gave to an item: what they say, and what a file gets. See table_columns.h. */
#ifndef VT_UI_TABLE_COLUMN_MARKS_H
#define VT_UI_TABLE_COLUMN_MARKS_H

#include "app/ui/table/table_columns.h"

void vt_column_say_title(const vt_table_row *row, vt_str *text);
void vt_column_write_title(const vt_table_row *row, vt_csv *csv);
void vt_column_say_rating(const vt_table_row *row, vt_str *text);
void vt_column_write_rating(const vt_table_row *row, vt_csv *csv);
void vt_column_say_label(const vt_table_row *row, vt_str *text);
void vt_column_write_label(const vt_table_row *row, vt_csv *csv);
void vt_column_say_tags(const vt_table_row *row, vt_str *text);
void vt_column_write_tags(const vt_table_row *row, vt_csv *csv);
void vt_column_say_albums(const vt_table_row *row, vt_str *text);
void vt_column_write_albums(const vt_table_row *row, vt_csv *csv);
void vt_column_say_stack(const vt_table_row *row, vt_str *text);
void vt_column_write_stack(const vt_table_row *row, vt_csv *csv);

/* table_columns.c: a number, nothing for 0. */
void vt_column_say_count(uint64_t count, vt_str *text);

#endif
