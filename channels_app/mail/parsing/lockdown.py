"""What the child that parses mail may do: compute, read its pipe, write its pipe (threats: N02, M04).

Two barriers, each enough for files, network and processes. Resource limits hold everywhere: no new file
descriptor, so no file and no socket; no byte written to a file. On Linux a filter of system calls
(seccomp) refuses all that computing does not need.
"""

import codecs
import contextlib
import ctypes
import encodings
import mimetypes
import os
import pkgutil
import platform
import resource
import struct
import sys
import zoneinfo
from importlib import import_module

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | 1  # SECCOMP_RET_ERRNO, EPERM
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06  # BPF: load a word, jump when equal, return
# By machine: the kernel's id of the architecture, then the numbers of the allowed system calls.
CALLS = {
    "x86_64": (
        0xC000003E,
        # read write mmap mprotect munmap brk rt_sigaction rt_sigprocmask rt_sigreturn madvise mremap
        (
            *(0, 1, 9, 10, 11, 12, 13, 14, 15, 28, 25),
            # getpid sched_yield nanosleep setitimer getitimer exit exit_group futex gettimeofday getrusage
            *(39, 24, 35, 38, 36, 60, 231, 202, 96, 98),
            # clock_gettime clock_nanosleep getrandom rseq sigaltstack gettid restart_syscall times
            *(228, 230, 318, 334, 131, 186, 219, 100),
        ),
    ),
    "aarch64": (
        0xC00000B7,
        # read write mmap mprotect munmap brk rt_sigaction rt_sigprocmask rt_sigreturn madvise mremap
        (
            *(63, 64, 222, 226, 215, 214, 134, 135, 139, 233, 216),
            # getpid sched_yield nanosleep setitimer getitimer exit exit_group futex gettimeofday getrusage
            *(172, 124, 101, 103, 102, 93, 94, 98, 169, 165),
            # clock_gettime clock_nanosleep getrandom rseq sigaltstack gettid restart_syscall times
            *(113, 115, 278, 293, 132, 178, 128, 153),
        ),
    ),
}
_zones: list[zoneinfo.ZoneInfo] = []  # referenced: the library drops those that nobody references


def lock_down(memory_bytes: int) -> bool:
    """Drop all that parsing a mail does not need, for good; returns whether the seccomp filter is on."""
    _load_what_comes_later()
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    for limit in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (0, 0))
    return _filter_calls()


def _load_what_comes_later() -> None:
    """Load charsets, time zones and MIME types, normally loaded at first use: afterwards nothing can be."""
    for module in pkgutil.iter_modules(encodings.__path__):
        with contextlib.suppress(ImportError, LookupError):  # codecs of another system
            import_module(f"encodings.{module.name}")
            codecs.lookup(module.name)
    for name in sorted(zoneinfo.available_timezones()):
        with contextlib.suppress(OSError, ValueError):
            _zones.append(zoneinfo.ZoneInfo(name))
    mimetypes.init()
    import_module("_strptime")
    os.environ.clear()
    sys.path.clear()
    sys.meta_path.clear()


def _filter_calls() -> bool:
    if sys.platform != "linux" or platform.machine() not in CALLS:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    program = _program(*CALLS[platform.machine()])
    buffer = ctypes.create_string_buffer(program, len(program))
    described = struct.pack("@HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, described, 0, 0) == 0)


def _program(architecture: int, allowed: tuple[int, ...]) -> bytes:
    """Build a filter that allows these calls on this architecture; every other one fails with EPERM."""
    calls = sorted(set(allowed))
    steps = [(LOAD, 0, 0, 4), (EQUAL, 0, len(calls) + 1, architecture), (LOAD, 0, 0, 0)]
    steps += [(EQUAL, len(calls) - number, 0, call) for number, call in enumerate(calls)]
    steps += [(RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
