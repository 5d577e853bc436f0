/* Reads Qt's headers with libclang into the model. */
#ifndef QT6C_GENERATOR_PARSE_H
#define QT6C_GENERATOR_PARSE_H

#include "model.h"

typedef struct gen_parse_input {
    const char *umbrella;         /* a header to parse that includes all others */
    const char *const *arguments; /* compiler arguments */
    int argument_count;
} gen_parse_input;

/* Fills the classes that `model` lists by name, and the enums of namespace Qt. False with lines on stderr. */
bool gen_parse(gen_model *model, const gen_parse_input *input);

/* Translates the inline bodies of methods that no library exports (after gen_find_symbols and
 * gen_classify_classes). */
void gen_translate_bodies(gen_model *model);

#endif
