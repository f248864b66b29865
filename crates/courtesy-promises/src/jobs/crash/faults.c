/* Stands before the C library's calls that change files, and lets one of them fail.
 *
 * Loaded with LD_PRELOAD, so that the program under test is the one that people run. Only files below FAULTS_FOLDER
 * are looked at. Each call gets a number, from 1, and a line in the file FAULTS_LOG: number, call, path, second
 * path. The call with the number FAULTS_AT does what FAULTS_DO says:
 *
 *   kill        the process is gone before the call
 *   half        half of what is to be written is written, then the process is gone
 *   after       the process is gone after the call
 *   short       half of what is to be written is written, and the call says so
 *   once:ERRNO  the call fails
 *   from:ERRNO  the call fails, and so does every later one that needs room on the disk
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

enum verdict { PASS, FAIL, HALF, HALF_AND_DIE, PASS_AND_DIE };

static atomic_long number;
static int log_file = -2;

static const char *folder(void) { return getenv("FAULTS_FOLDER"); }

static int is_below(const char *path) {
  const char *root = folder();
  size_t length = root ? strlen(root) : 0;
  return length && strncmp(path, root, length) == 0;
}

static void absolute(const char *path, char out[PATH_MAX]) {
  char here[PATH_MAX];
  if (path[0] == '/' || !getcwd(here, sizeof here))
    snprintf(out, PATH_MAX, "%s", path);
  else
    snprintf(out, PATH_MAX, "%.2000s/%.2000s", here, path);
}

static int path_of(int file, char out[PATH_MAX]) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, out, PATH_MAX - 1);
  if (length < 0) return 0;
  out[length] = 0;
  return 1;
}

static void write_down(long at, const char *call, const char *path, const char *other) {
  char line[3 * PATH_MAX];
  const char *name = getenv("FAULTS_LOG");
  if (log_file == -2 && name)
    log_file = (int)syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  int length = snprintf(line, sizeof line, "%ld\t%s\t%s\t%s\n", at, call, path, other);
  if (log_file >= 0 && length > 0) syscall(SYS_write, log_file, line, (size_t)length);
}

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

/* What is to become of a call on a file below the folder; `room` says whether it needs room on the disk. */
static enum verdict judge(const char *call, const char *path, const char *other, int room) {
  if (!is_below(path)) return PASS;
  long at = atomic_fetch_add(&number, 1) + 1;
  write_down(at, call, path, other);
  const char *wanted = getenv("FAULTS_AT"), *what = getenv("FAULTS_DO");
  if (!wanted || !what) return PASS;
  long chosen = atol(wanted);
  if (at > chosen && room && strncmp(what, "from:", 5) == 0) {
    errno = atoi(what + 5);
    return FAIL;
  }
  if (at != chosen) return PASS;
  if (strcmp(what, "kill") == 0) die();
  if (strcmp(what, "half") == 0) return HALF_AND_DIE;
  if (strcmp(what, "after") == 0) return PASS_AND_DIE;
  if (strcmp(what, "short") == 0) return HALF;
  errno = atoi(what + 5);
  return FAIL;
}

static enum verdict judge_file(const char *call, int file, int room) {
  char path[PATH_MAX];
  int saved = errno;
  if (!path_of(file, path)) return errno = saved, PASS;
  errno = saved;
  return judge(call, path, "", room);
}

static long done(enum verdict verdict, long result) {
  if (verdict == PASS_AND_DIE || verdict == HALF_AND_DIE) die();
  return result;
}

static int opened(const char *path, int flags, mode_t mode) {
  char whole[PATH_MAX];
  int writes = (flags & O_ACCMODE) != O_RDONLY;
  absolute(path, whole);
  enum verdict verdict = writes ? judge("open", whole, "", 1) : PASS;
  if (verdict == FAIL) return -1;
  return (int)done(verdict, syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

#define MODE(flags)                                     \
  mode_t mode = 0;                                      \
  if ((flags) & (O_CREAT | O_TMPFILE)) {                \
    va_list more;                                       \
    va_start(more, flags);                              \
    mode = va_arg(more, mode_t);                        \
    va_end(more);                                       \
  }

int open(const char *path, int flags, ...) { MODE(flags) return opened(path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(path, flags, mode); }

ssize_t write(int file, const void *bytes, size_t count) {
  enum verdict verdict = judge_file("write", file, 1);
  if (verdict == FAIL) return -1;
  if ((verdict == HALF || verdict == HALF_AND_DIE) && count > 1) count /= 2;
  return done(verdict, REAL(write)(file, bytes, count));
}

ssize_t writev(int file, const struct iovec *parts, int count) {
  enum verdict verdict = judge_file("write", file, 1);
  if (verdict == FAIL) return -1;
  if ((verdict == HALF || verdict == HALF_AND_DIE) && count > 1) count = 1;
  return done(verdict, REAL(writev)(file, parts, count));
}

int fsync(int file) {
  enum verdict verdict = judge_file("fsync", file, 1);
  return verdict == FAIL ? -1 : (int)done(verdict, REAL(fsync)(file));
}

int fdatasync(int file) {
  enum verdict verdict = judge_file("fsync", file, 1);
  return verdict == FAIL ? -1 : (int)done(verdict, REAL(fdatasync)(file));
}

int ftruncate64(int file, off64_t length) {
  enum verdict verdict = judge_file("truncate", file, 0);
  return verdict == FAIL ? -1 : (int)done(verdict, REAL(ftruncate64)(file, length));
}

int fchmod(int file, mode_t mode) {
  enum verdict verdict = judge_file("chmod", file, 0);
  return verdict == FAIL ? -1 : (int)done(verdict, REAL(fchmod)(file, mode));
}

int rename(const char *from, const char *to) {
  char whole[PATH_MAX], other[PATH_MAX];
  absolute(from, whole);
  absolute(to, other);
  enum verdict verdict = judge("rename", whole, other, 0);
  return verdict == FAIL ? -1 : (int)done(verdict, REAL(rename)(from, to));
}

int link(const char *from, const char *to) {
  char whole[PATH_MAX], other[PATH_MAX];
  absolute(from, whole);
  absolute(to, other);
  enum verdict verdict = judge("link", whole, other, 1);
  return verdict == FAIL ? -1 : (int)done(verdict, REAL(link)(from, to));
}

int unlink(const char *path) {
  char whole[PATH_MAX];
  absolute(path, whole);
  enum verdict verdict = judge("unlink", whole, "", 0);
  return verdict == FAIL ? -1 : (int)done(verdict, REAL(unlink)(path));
}

int mkdir(const char *path, mode_t mode) {
  char whole[PATH_MAX];
  absolute(path, whole);
  enum verdict verdict = judge("mkdir", whole, "", 1);
  return verdict == FAIL ? -1 : (int)done(verdict, REAL(mkdir)(path, mode));
}
