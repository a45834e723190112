#include "tools/import/input/sandbox.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace entente {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

void limit(int what, rlim_t most) {
  const rlimit both = {most, most};
  ::setrlimit(static_cast<__rlimit_resource>(what), &both);
}

// Rights of the first version of Landlock; later kernels know them all.
constexpr std::uint64_t kAllRights = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
constexpr std::uint64_t kReadAndRun =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;

void confine_files(Confinement confinement) {
  landlock_ruleset_attr attributes = {};
  attributes.handled_access_fs = kAllRights;
  const int rules = int(::syscall(SYS_landlock_create_ruleset, &attributes,
                                  sizeof attributes.handled_access_fs, 0));
  if (rules < 0) return;
  if (confinement == Confinement::RunTool)
    for (const char* folder : {"/usr", "/lib", "/lib64", "/bin", "/etc"}) {
      landlock_path_beneath_attr beneath = {};
      beneath.allowed_access = kReadAndRun;
      beneath.parent_fd = ::open(folder, O_PATH | O_CLOEXEC);
      if (beneath.parent_fd < 0) continue;
      ::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
      ::close(beneath.parent_fd);
    }
  ::syscall(SYS_landlock_restrict_self, rules, 0);
  ::close(rules);
}

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t kArchitecture = 0;
#endif

// A filter that answers EPERM to what no parser needs, and lets the rest pass: the allocator, the C
// library and the sanitizers differ too much from system to system for a list of what is allowed.
void confine_calls(Confinement confinement) {
  if (kArchitecture == 0) return;
  std::vector<std::uint32_t> refused = {
      SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen, SYS_accept4, SYS_sendto,
      SYS_sendmsg, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_mount, SYS_umount2,
      SYS_pivot_root, SYS_chroot, SYS_unshare, SYS_setns, SYS_bpf, SYS_perf_event_open,
      SYS_userfaultfd, SYS_keyctl, SYS_add_key, SYS_request_key, SYS_init_module,
      SYS_finit_module, SYS_kexec_load, SYS_io_uring_setup, SYS_open_by_handle_at,
      SYS_pidfd_open, SYS_setrlimit};
  if (confinement == Confinement::ReadNothing) {
    refused.insert(refused.end(), {SYS_execve, SYS_execveat, SYS_openat, SYS_openat2, SYS_kill});
#ifdef SYS_open
    refused.insert(refused.end(), {SYS_open, SYS_fork, SYS_vfork});
#endif
  }
  std::vector<sock_filter> code;
  const auto load = [&](std::size_t offset) {
    code.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, std::uint32_t(offset)));
  };
  const auto refuse = [&](std::uint32_t with) {
    code.push_back(BPF_STMT(BPF_RET | BPF_K, with));
  };
  load(offsetof(seccomp_data, arch));
  code.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0));
  refuse(SECCOMP_RET_KILL_PROCESS);
  load(offsetof(seccomp_data, nr));
  for (const std::uint32_t number : refused) {
    code.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1));
    refuse(SECCOMP_RET_ERRNO | EPERM);
  }
  refuse(SECCOMP_RET_ALLOW);
  const sock_fprog program = {static_cast<unsigned short>(code.size()), code.data()};
  ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}
}  // namespace

void confine(Confinement confinement) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, 20);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_NOFILE, 32);
  if (!kSanitized) limit(RLIMIT_AS, rlim_t{1} << 30);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  confine_files(confinement);
  confine_calls(confinement);
}

}  // namespace entente
