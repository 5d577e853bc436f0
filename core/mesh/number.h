/*
 * Numbers in text: decimal floats as model files write them, with a point whatever the locale.
 *
 * Correctly rounded wherever the digits fit a double exactly, which is all that exporters write; else within
 * one unit in the last place. Any thread.
 */
#ifndef VT_MESH_NUMBER_H
#define VT_MESH_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

/* Reads the whole of `text` (`length` bytes, no NUL needed): sign, digits, point, exponent; also "nan" and
   "inf" with anything behind them, as printf of several systems writes. Too large becomes infinity. False if
   it is no number. */
bool vt_number_read_float(const char *text, size_t length, float *value);

#endif
