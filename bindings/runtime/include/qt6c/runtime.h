/* The hand-written part of qt6c: what cannot be had by binding a symbol. Generated headers include it. */
#ifndef QT6C_RUNTIME_H
#define QT6C_RUNTIME_H

#include <qt6c/class.h>
#include <qt6c/connect.h>
#include <qt6c/invoke.h>
#include <qt6c/list.h>
#include <qt6c/string.h>
#include <qt6c/value.h>
#include <qt6c/variant.h>

#endif
