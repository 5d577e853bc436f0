/* The painters of the sample library. See paint.h for what a painter is. */
#ifndef VT_MAKE_SAMPLES_PICTURES_H
#define VT_MAKE_SAMPLES_PICTURES_H

#include "paint.h"

/* landscapes.c */
colour paint_mountains_at_dawn(float x, float y, float aspect, float time);
colour paint_aurora(float x, float y, float aspect, float time);
colour paint_evening_sea(float x, float y, float aspect, float time);
colour paint_dunes(float x, float y, float aspect, float time);
colour paint_birch_wood(float x, float y, float aspect, float time);
colour paint_city_at_night(float x, float y, float aspect, float time);
colour paint_balloons(float x, float y, float aspect, float time);

/* patterns.c */
colour paint_julia(float x, float y, float aspect, float time);
colour paint_stained_glass(float x, float y, float aspect, float time);
colour paint_agate(float x, float y, float aspect, float time);
colour paint_tiles(float x, float y, float aspect, float time);
colour paint_paper_waves(float x, float y, float aspect, float time);
colour paint_contour_map(float x, float y, float aspect, float time);
colour paint_line_rose(float x, float y, float aspect, float time);
colour paint_ink(float x, float y, float aspect, float time);

/* objects.c */
colour paint_ringed_planet(float x, float y, float aspect, float time);
colour paint_nebula(float x, float y, float aspect, float time);
colour paint_flower(float x, float y, float aspect, float time);
colour paint_spheres(float x, float y, float aspect, float time);
colour paint_bright_sky(float x, float y, float aspect, float time);
colour paint_turning_planet(float x, float y, float aspect, float time);
colour paint_icon(float x, float y, float aspect, float time);

#endif
