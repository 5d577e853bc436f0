/* The models of the sample library, as STL. */
#ifndef VT_MAKE_SAMPLES_MODELS_H
#define VT_MAKE_SAMPLES_MODELS_H

#include <stdbool.h>

/* Writes every model into `folder`, which exists. False, with a message on stderr, if one cannot be written.
 */
bool write_models(const char *folder);

#endif
