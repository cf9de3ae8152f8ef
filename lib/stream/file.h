/* Small files read and written whole: maps, cuts, segment tables. */
#ifndef CRM_STREAM_FILE_H
#define CRM_STREAM_FILE_H

#include "base/buffer.h"
#include "base/error.h"

/* Appends all of the file ("-": standard input) to text; more than 64 MiB is an error. */
int file_read(const char *path, struct buffer *text, struct error *err);

/* Writes the file whole or not at all, as sink.h does. */
int file_write(const char *path, struct slice text, struct error *err);

#endif
