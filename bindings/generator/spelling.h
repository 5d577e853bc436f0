/* How types, parameters and functions are spelled in the generated C. */
#ifndef QT6C_GENERATOR_SPELLING_H
#define QT6C_GENERATOR_SPELLING_H

#include "model.h"

/* ---- types ---- */

bool gen_is_string(const gen_type *type);
/* Parameters for which C may give UTF-8: const QString &, and a view of a string in any encoding. */
bool gen_is_string_in(const gen_type *type);
bool gen_is_view_in(const gen_type *type);
/* The C ABI would return it in registers where C++ does not: it is returned as QT_RESULT (value.h). */
bool gen_returns_padded(const gen_type *type);
/* The result of a function bound to Qt or called by Qt: QIconResult where the C ABI differs, else as
 * gen_c_result. */
const char *gen_abi_result(const gen_type *type);
bool gen_has_subclasses(const gen_model *model, const gen_class *cls);
/* The type without pointers; as a result; as a parameter. The last two end in a blank or star. */
const char *gen_value_spelling(const gen_type *type);
const char *gen_c_result(const gen_type *type);
const char *gen_c_param(const gen_model *model, const gen_type *type);

/* ---- parameters ---- */

const char *gen_param_name(const gen_param *param);
/* The C expression of a parameter's default, which must have one (default_c). */
const char *gen_default_argument(const gen_param *param);
/* "(QWidgetRef self, int w, int h)"; with `strings` QString parameters become const char *. `count` cuts. */
const char *gen_params_text(const gen_model *model, const gen_method *method, size_t count, bool strings);
bool gen_has_strings(const gen_method *method, size_t count);
/* How many parameters remain when trailing defaults that C can say are left out; "parent" always stays. */
size_t gen_without_defaults(const gen_method *method);

/* ---- functions ---- */

bool gen_returns_string(const gen_method *method);
const char *gen_full_name(const gen_method *method, const char *suffix);
/* The function that takes all parameters as they are; the one that returns a constructed value. */
const char *gen_raw_name(const gen_method *method);
const char *gen_make_name(const gen_method *method);

#endif
