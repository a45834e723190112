// What a process gives up before it touches a stranger's file. Linux; what a kernel does not offer
// (Landlock before 5.13, seccomp filters) is left out, the limits always hold.
#pragma once

namespace entente {

enum class Confinement {
  ReadNothing,  // no file, no program, no network: for a parser that has its bytes already
  RunTool,      // may read and run what the system installed (/usr, /lib, /etc), nothing else
};

// For this process and all that it starts: 20 s of processor time, 1 GiB of address space, no file
// may be written, no new descriptors beyond 32, no core dump, no new privileges, no file system
// beyond `confinement`, no network, no other process to be traced. Dies with its parent. Under
// sanitizers, which map terabytes, the address space is not limited. Only before other threads run.
void confine(Confinement confinement);

}  // namespace entente
