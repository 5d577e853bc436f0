/* The names C sees. */
#ifndef QT6C_GENERATOR_NAMING_H
#define QT6C_GENERATOR_NAMING_H

#include "model.h"

/* Overload names pinned by policy: "QPainter::drawText(QRect,int,QString,QRect)" -> "draw_text_rect". */
typedef struct gen_pins {
    struct {
        const char *signature, *name;
        bool used;
    } * pins;
    size_t count;
} gen_pins;

/* windowTitle -> window_title, toURL -> to_url */
const char *gen_snake(const char *name);

/* QAbstractButton -> abstractbutton */
const char *gen_class_prefix(const gen_class *cls);

/* "QPainter::drawText(QRect,int,QString,QRect)" */
const char *gen_signature(const gen_method *method);

/* Gives every method its c_name, without the q_<class>_ prefix; decides which overloads are left out. */
void gen_name_methods(gen_model *model, gen_pins *pins);

/* What tells overloads apart: the parameters' types as words. */
const char *gen_suffix(const gen_method *method);

/* True if C can say all types of the method. */
bool gen_is_supported(const gen_method *method);

/* The member name of each slot in the class's Virtuals struct. */
const char *gen_slot_name(const gen_class *cls, size_t slot);

#endif
