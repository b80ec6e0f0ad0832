// SPDX-License-Identifier: Apache-2.0
// Stands between a process and its disk (LD_PRELOAD): records every call that changes files under
// a folder, and can make the n-th of them fail, be torn, or be the last thing the process does.
// Unarmed it changes nothing. Driven from tests/trust/disk.py through the disk_* functions.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define FILES 4096
enum { NOTHING = 0, PLAIN = 1, FOLDER = 2 };
enum { PASS = 0, KILL = 1, FAIL = 2, TEAR = 3 };

static char folder[4096];
static size_t folder_length;
static char kind[FILES];
static int log_fd = -1;
static long calls, target;
static int how, error_number, sticky;

struct record { char op; char pad[3]; int32_t fd; int64_t offset; int64_t length; } __attribute__((packed));

#define REAL(name) static typeof(&name) real; if (!real) real = dlsym(RTLD_NEXT, #name)

static ssize_t raw_write(int fd, const void *data, size_t size) {
  REAL(write);
  return real(fd, data, size);
}

static void emit(char op, int fd, int64_t offset, const void *data, size_t size) {
  if (log_fd < 0) return;
  struct record head = {op, {0}, fd, offset, (int64_t)size};
  char *line = malloc(sizeof head + size);
  memcpy(line, &head, sizeof head);
  if (size) memcpy(line + sizeof head, data, size);
  if (raw_write(log_fd, line, sizeof head + size) < 0) abort();
  free(line);
}

// What is to become of this call. Dies here when the process is to die before it.
static int fate(void) {
  calls++;
  if (!target || (sticky ? calls < target : calls != target)) return PASS;
  if (how == KILL) raise(SIGKILL);
  return how;
}

static int ours(int fd) { return fd >= 0 && fd < FILES && folder_length && kind[fd] != NOTHING; }
static int inside(const char *path) { return path && folder_length && !strncmp(path, folder, folder_length); }

void disk_watch(const char *path) {
  strncpy(folder, path, sizeof folder - 1);
  folder_length = strlen(folder);
  calls = 0;
}
void disk_arm(long number, int what, int error, int keep_failing) {
  calls = 0; target = number; how = what; error_number = error; sticky = keep_failing;
}
long disk_calls(void) { return calls; }
int disk_record(const char *path) {
  static int (*real)(const char *, int, ...);
  if (!real) real = dlsym(RTLD_NEXT, "open");
  log_fd = path ? real(path, O_CREAT | O_WRONLY | O_APPEND | O_TRUNC, 0600) : -1;
  return log_fd;
}
void disk_acknowledge(int64_t number) { emit('A', 0, number, 0, 0); }

static int opened(int fd, const char *path) {
  if (fd < 0 || fd >= FILES) return fd;
  kind[fd] = NOTHING;
  if (!inside(path)) return fd;
  struct stat about;
  kind[fd] = !fstat(fd, &about) && S_ISDIR(about.st_mode) ? FOLDER : PLAIN;
  emit(kind[fd] == FOLDER ? 'D' : 'O', fd, 0, path, strlen(path));
  return fd;
}

#define OPEN(name)                                                        \
  int name(const char *path, int flags, ...) {                            \
    va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest); \
    static int (*real)(const char *, int, ...);                           \
    if (!real) real = dlsym(RTLD_NEXT, #name);                            \
    if (inside(path) && (flags & O_CREAT) && fate() != PASS) { errno = error_number; return -1; } \
    return opened(real(path, flags, mode), path);                         \
  }
OPEN(open)
OPEN(open64)

int close(int fd) {
  REAL(close);
  if (fd >= 0 && fd < FILES) kind[fd] = NOTHING;
  return real(fd);
}

static ssize_t placed(int fd, const void *data, size_t size, int64_t at, ssize_t (*real)(int, const void *, size_t, off64_t)) {
  if (!ours(fd)) return real(fd, data, size, at);
  int what = fate();
  if (what == FAIL) { errno = error_number; return -1; }
  if (what == TEAR) { real(fd, data, size / 2, at); raise(SIGKILL); }
  ssize_t done = real(fd, data, size, at);
  if (done > 0) emit('W', fd, at, data, (size_t)done);
  return done;
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { REAL(pwrite64); return placed(fd, data, size, at, real); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) { REAL(pwrite64); return placed(fd, data, size, at, real); }

ssize_t write(int fd, const void *data, size_t size) {
  if (!ours(fd)) return raw_write(fd, data, size);
  int64_t at = lseek(fd, 0, SEEK_CUR);
  int what = fate();
  if (what == FAIL) { errno = error_number; return -1; }
  if (what == TEAR) { raw_write(fd, data, size / 2); raise(SIGKILL); }
  ssize_t done = raw_write(fd, data, size);
  if (done > 0) emit('W', fd, at, data, (size_t)done);
  return done;
}

#define CALL(name, arguments, given, op, mine, offset, text, size)        \
  int name arguments {                                                    \
    REAL(name);                                                           \
    int watched = mine;                                                   \
    if (watched && fate() != PASS) { errno = error_number; return -1; }   \
    int done = real given;                                                \
    if (watched && !done) emit(op, watched ? descriptor : 0, offset, text, size); \
    return done;                                                          \
  }
#define descriptor fd
CALL(ftruncate, (int fd, off_t size), (fd, size), 'T', ours(fd), size, 0, 0)
CALL(ftruncate64, (int fd, off64_t size), (fd, size), 'T', ours(fd), size, 0, 0)
CALL(fdatasync, (int fd), (fd), 'S', ours(fd), 0, 0, 0)
CALL(fsync, (int fd), (fd), 'S', ours(fd), 0, 0, 0)
#undef descriptor
#define descriptor 0
CALL(unlink, (const char *path), (path), 'U', inside(path), 0, path, strlen(path))

int rename(const char *from, const char *to) {
  REAL(rename);
  int watched = inside(from);
  if (watched && fate() != PASS) { errno = error_number; return -1; }
  int done = real(from, to);
  if (watched && !done) {
    char both[8192];
    size_t first = strlen(from) + 1, second = strlen(to);
    memcpy(both, from, first);
    memcpy(both + first, to, second);
    emit('R', 0, (int64_t)first, both, first + second);
  }
  return done;
}
