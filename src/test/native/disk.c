/*
 * Stands between a process and its disk (LD_PRELOAD): writes down, in their order, what it writes,
 * cuts, makes, deletes and syncs below DISK_ROOT, and fails the calls that DISK_CONTROL asks for.
 * DISK_TRACE, where it is set, is the file that takes the record; Trace.java reads it.
 * No switch of Bailiwick's: the tests compile it and start their own child process with it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { OPEN = 1, WRITE = 2, SYNC = 4, TRUNCATE = 8, UNLINK = 16, READ = 32, SYNC_FOLDER = 64,
       RENAME = 128 };

/* Shared with the test; Disk.java writes it in this order. */
struct control {
  int64_t error;  /* the errno to fail with; -1 writes half and says so; 0 fails nothing */
  int64_t from;   /* the first call to fail, counted from 1 */
  int64_t times;  /* how many calls in a row fail */
  int64_t kinds;  /* which calls count */
  int64_t calls;  /* how many have been counted */
};

static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static struct control *control;
static const char *root;
static size_t root_length;
static int trace = -1;

__attribute__((constructor)) static void begin(void) {
  root = getenv("DISK_ROOT");
  root_length = root == NULL ? 0 : strlen(root);
  const char *to = getenv("DISK_TRACE");
  if (to != NULL) {
    trace = (int) syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_APPEND, 0600);
  }
  const char *asked = getenv("DISK_CONTROL");
  if (asked != NULL) {
    int fd = (int) syscall(SYS_openat, AT_FDCWD, asked, O_RDWR, 0);
    void *at = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    control = at == MAP_FAILED ? NULL : at;
  }
}

static int ends(const char *path, const char *with) {
  size_t length = strlen(path), tail = strlen(with);
  return length >= tail && strcmp(path + length - tail, with) == 0;
}

/* Files of the disk; shared memory and locks are none, and a deleted file is no more. */
static int ours(const char *path) {
  return root_length > 0 && strncmp(path, root, root_length) == 0 && !ends(path, "-shm")
      && !ends(path, ".lock") && !ends(path, " (deleted)");
}

static int path_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length <= 0) {
    return 0;
  }
  path[length] = 0;
  return ours(path);
}

/* What the test writes about acknowledgements is recorded and never fails. */
static int64_t failing(int kind, const char *path) {
  if (control == NULL || ends(path, ".acks") || (control->kinds & kind) == 0) {
    return 0;
  }
  int64_t call = ++control->calls;
  int asked = call >= control->from && call - control->from < control->times;
  return asked ? control->error : 0;
}

static void put(const void *bytes, size_t length) {
  const char *at = bytes;
  while (length > 0) {
    ssize_t written = syscall(SYS_write, trace, at, length);
    if (written <= 0) {
      abort();
    }
    at += written;
    length -= (size_t) written;
  }
}

static void record(int kind, int failed, const char *path, int64_t at, const void *data,
                   int32_t length) {
  if (trace < 0) {
    return;
  }
  int kept = errno;
  int32_t head[4] = {kind, failed, (int32_t) strlen(path), data == NULL ? 0 : length};
  put(head, sizeof head);
  put(&at, sizeof at);
  put(path, strlen(path));
  if (data != NULL) {
    put(data, (size_t) length);
  }
  errno = kept;
}

#define REAL(name, ...) \
  static __typeof__(&name) real; \
  if (real == NULL) { real = (__typeof__(&name)) dlsym(RTLD_NEXT, #name); }

#define FAIL(kind, path) \
  int64_t error = failing(kind, path); \
  if (error > 0) { pthread_mutex_unlock(&order); errno = (int) error; return -1; }

static int opening(int (*real)(const char *, int, ...), const char *path, int flags, mode_t mode) {
  char whole[PATH_MAX];
  if (path[0] != '/' || !ours(path)) {
    return real(path, flags, mode);
  }
  struct stat seen;
  snprintf(whole, sizeof whole, "%s", path);
  pthread_mutex_lock(&order);
  FAIL(OPEN, whole)
  int fresh = (flags & O_CREAT) && stat(whole, &seen) != 0;
  int fd = real(path, flags, mode);
  if (fd >= 0 && fresh) {
    record(OPEN, 0, whole, 0, NULL, 0);
  }
  if (fd >= 0 && (flags & O_TRUNC)) {
    record(TRUNCATE, 0, whole, 0, NULL, 0);
  }
  pthread_mutex_unlock(&order);
  return fd;
}

static mode_t mode_in(int flags, va_list more) {
  return (flags & O_CREAT) ? (mode_t) va_arg(more, int) : 0;
}

int open(const char *path, int flags, ...) {
  REAL(open)
  va_list more;
  va_start(more, flags);
  mode_t mode = mode_in(flags, more);
  va_end(more);
  return opening(real, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  REAL(open64)
  va_list more;
  va_start(more, flags);
  mode_t mode = mode_in(flags, more);
  va_end(more);
  return opening(real, path, flags, mode);
}

static ssize_t half(ssize_t wanted, int64_t error) {
  return error < 0 && wanted > 1 ? wanted / 2 : wanted;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) {
  REAL(pwrite64)
  char path[PATH_MAX];
  if (!path_of(fd, path)) {
    return real(fd, data, length, at);
  }
  pthread_mutex_lock(&order);
  FAIL(WRITE, path)
  ssize_t written = real(fd, data, (size_t) half((ssize_t) length, error), at);
  if (written > 0) {
    record(WRITE, 0, path, at, data, (int32_t) written);
  }
  pthread_mutex_unlock(&order);
  return written;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t at) {
  return pwrite64(fd, data, length, at);
}

ssize_t write(int fd, const void *data, size_t length) {
  REAL(write)
  char path[PATH_MAX];
  if (!path_of(fd, path)) {
    return real(fd, data, length);
  }
  pthread_mutex_lock(&order);
  FAIL(WRITE, path)
  ssize_t written = real(fd, data, (size_t) half((ssize_t) length, error));
  if (written > 0) {
    record(WRITE, 0, path, lseek(fd, 0, SEEK_CUR) - written, data, (int32_t) written);
  }
  pthread_mutex_unlock(&order);
  return written;
}

ssize_t pread64(int fd, void *data, size_t length, off64_t at) {
  REAL(pread64)
  char path[PATH_MAX];
  if (control == NULL || (control->kinds & READ) == 0 || !path_of(fd, path)) {
    return real(fd, data, length, at);
  }
  pthread_mutex_lock(&order);
  FAIL(READ, path)
  pthread_mutex_unlock(&order);
  return real(fd, data, length, at);
}

/* A failed sync is failed after nothing was written: the pages are lost, as on Linux. */
static int syncing(int (*real)(int), int fd) {
  char path[PATH_MAX];
  struct stat seen;
  if (!path_of(fd, path)) {
    return real(fd);
  }
  int folder = fstat(fd, &seen) == 0 && S_ISDIR(seen.st_mode);
  pthread_mutex_lock(&order);
  int64_t error = failing(SYNC, path);
  int result = error > 0 ? -1 : real(fd);
  record(folder ? SYNC_FOLDER : SYNC, result != 0, path, 0, NULL, 0);
  pthread_mutex_unlock(&order);
  if (error > 0) {
    errno = (int) error;
  }
  return result;
}

int fsync(int fd) {
  REAL(fsync)
  return syncing(real, fd);
}

int fdatasync(int fd) {
  REAL(fdatasync)
  return syncing(real, fd);
}

int ftruncate64(int fd, off64_t length) {
  REAL(ftruncate64)
  char path[PATH_MAX];
  if (!path_of(fd, path)) {
    return real(fd, length);
  }
  pthread_mutex_lock(&order);
  FAIL(TRUNCATE, path)
  int result = real(fd, length);
  if (result == 0) {
    record(TRUNCATE, 0, path, length, NULL, 0);
  }
  pthread_mutex_unlock(&order);
  return result;
}

int ftruncate(int fd, off_t length) {
  return ftruncate64(fd, length);
}

int unlink(const char *path) {
  REAL(unlink)
  if (!ours(path)) {
    return real(path);
  }
  pthread_mutex_lock(&order);
  FAIL(UNLINK, path)
  int result = real(path);
  if (result == 0) {
    record(UNLINK, 0, path, 0, NULL, 0);
  }
  pthread_mutex_unlock(&order);
  return result;
}

int rename(const char *from, const char *to) {
  REAL(rename)
  int result = real(from, to);
  if (result == 0 && (ours(from) || ours(to))) {
    record(RENAME, 0, from, 0, to, (int32_t) strlen(to));
  }
  return result;
}
