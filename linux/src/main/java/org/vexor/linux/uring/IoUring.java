package org.vexor.linux.uring;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import org.vexor.linux.Errno;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.KernelException;
import org.vexor.linux.MappedMemory;
import org.vexor.linux.Syscall;
import org.vexor.linux.process.EventFd;

/// One io_uring: a queue of requests to the kernel and a queue of their results.
///
/// Made by any thread and, where the kernel can, disabled until [#enable], which makes its caller
/// the owner: the one thread that may do all else. Nothing allocates after the opening.
public final class IoUring implements AutoCloseable {
  /// [#result]s are `-errno` when negative; a completion with this flag is not the last of its
  /// request.
  public static final int CQE_F_MORE = 1 << 1;

  private static final int CQE_F_BUFFER = 1;
  private static final int CQE_BUFFER_SHIFT = 16;
  private static final int CANCEL_ALL = 1;
  private static final int NO_TIMEOUT = -1;

  /// Kernel threads that may serve requests which block: sockets do not, so none is needed; one of
  /// each kind is the least that can be asked for.
  private static final int WORKERS = 1;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final VarHandle WORD = JAVA_INT.varHandle();

  private final Arena arena = Arena.ofShared();
  private final FileDescriptor file;
  private final UringSetup setup;
  private final MemorySegment ring;
  private final MemorySegment sqes;
  private final MemorySegment waitArgument = arena.allocate(UringLayout.GETEVENTS_ARG_BYTES, 8);
  private final MemorySegment waitTime = arena.allocate(JAVA_LONG, 2);
  private final MemorySegment cancelArgument = arena.allocate(UringLayout.SYNC_CANCEL_BYTES, 8);
  private int sqTail;
  private int sqPublished;
  private int cqHead;
  private boolean enabled;

  private IoUring(UringSetup setup) {
    this.setup = setup;
    file = setup.file();
    ring = MappedMemory.mapShared(arena, file, setup.ringBytes(), UringLayout.OFF_SQ_RING);
    sqes =
        MappedMemory.mapShared(
            arena, file, (long) setup.sqEntries() * UringLayout.SQE_BYTES, UringLayout.OFF_SQES);
    if (setup.hasSqArray()) {
      for (int i = 0; i < setup.sqEntries(); i++) {
        ring.set(JAVA_INT, setup.sqArray() + 4L * i, i);
      }
    }
    waitArgument.set(JAVA_LONG, UringLayout.GETEVENTS_ARG_TS, waitTime.address());
    cancelArgument.set(JAVA_INT, UringLayout.SYNC_CANCEL_FD, -1);
    cancelArgument.set(JAVA_INT, UringLayout.SYNC_CANCEL_FLAGS, CANCEL_ALL);
    cancelArgument.set(JAVA_LONG, UringLayout.SYNC_CANCEL_TIMEOUT, NO_TIMEOUT);
    cancelArgument.set(JAVA_LONG, UringLayout.SYNC_CANCEL_TIMEOUT + 8, NO_TIMEOUT);
    enabled = !setup.disabled();
  }

  /// Opens one with the best set-up that this kernel takes.
  ///
  /// @param submissions requests that can be queued before an enter; a power of two
  /// @param completions results that can wait; a power of two, more than can arrive at once
  /// @throws KernelException when the kernel has none, or keeps it from this process
  public static IoUring open(int submissions, int completions) {
    UringSetup setup = UringSetup.create(submissions, completions);
    IoUring opened = null;
    try {
      opened = new IoUring(setup);
      opened.limitWorkers();
      return opened;
    } catch (KernelException e) {
      setup.file().close();
      throw e;
    }
  }

  private void limitWorkers() {
    try (Arena local = Arena.ofConfined()) {
      MemorySegment limits = local.allocateFrom(JAVA_INT, WORKERS, WORKERS);
      long result = register(UringLayout.REGISTER_IOWQ_MAX_WORKERS, limits.address(), 2);
      if (result != -Errno.EINVAL) {
        long _ = Syscall.IO_URING_REGISTER.check(result, "limit of io_uring's kernel threads");
      }
    }
  }

  /// What the kernel gave, for reports: `deferred task running` and so on.
  public String mode() {
    return setup.mode();
  }

  /// From now on `event` is signalled when there are completions, or work to be run by [#enter], as
  /// long as [#signalling] says so. To poll the ring itself is not enough: with deferred task
  /// running nobody wakes the sleeper (seen on 6.18).
  ///
  /// @throws KernelException when the kernel refuses
  public void signal(EventFd event) {
    signalling(false);
    try (Arena local = Arena.ofConfined()) {
      MemorySegment number = local.allocateFrom(JAVA_INT, event.file().number());
      long result = register(UringLayout.REGISTER_EVENTFD, number.address(), 1);
      long _ = Syscall.IO_URING_REGISTER.check(result, "eventfd of the io_uring");
    }
  }

  /// Switches the signals on or off. After it was switched on, [#available] and [#needsEnter] show
  /// all that was not signalled; so look there before going to sleep.
  public void signalling(boolean on) {
    // Ordered before the looks at the ring that follow; pairs with the kernel's order in
    // io_req_local_work_add: first the ring's flags, then this one.
    WORD.setVolatile(ring, (long) setup.cqFlags(), on ? 0 : UringLayout.CQ_EVENTFD_DISABLED);
    VarHandle.fullFence();
  }

  /// Makes the calling thread the owner; the first time only.
  public void enable() {
    if (!enabled) {
      long _ =
          Syscall.IO_URING_REGISTER.check(
              register(UringLayout.REGISTER_ENABLE_RINGS, 0, 0), "enabling the io_uring");
      enabled = true;
    }
  }

  public boolean isEnabled() {
    return enabled;
  }

  /// Begins a request, all zero but what is given.
  ///
  /// @return where it lies in [#requests()], or -1 when the queue is full: enter first
  long prepare(int opcode, int fd, long userData) {
    int head = (int) WORD.getAcquire(ring, (long) setup.sqHead());
    if (sqTail - head == setup.sqEntries()) {
      return -1;
    }
    long at = (long) (sqTail++ & (setup.sqEntries() - 1)) * UringLayout.SQE_BYTES;
    for (long word = at; word < at + UringLayout.SQE_BYTES; word += 8) {
      sqes.set(JAVA_LONG, word, 0);
    }
    sqes.set(JAVA_BYTE, at + UringLayout.SQE_OPCODE, (byte) opcode);
    sqes.set(JAVA_INT, at + UringLayout.SQE_FD, fd);
    sqes.set(JAVA_LONG, at + UringLayout.SQE_USER_DATA, userData);
    return at;
  }

  MemorySegment requests() {
    return sqes;
  }

  /// Queues a request that does nothing but complete with 0.
  ///
  /// @return false when the queue is full
  public boolean nop(long userData) {
    return prepare(UringLayout.OP_NOP, -1, userData) >= 0;
  }

  /// Queues a wait for a descriptor, once.
  ///
  /// @param events as those of a [org.vexor.linux.process.PollSet]
  /// @return false when the queue is full
  public boolean poll(FileDescriptor of, int events, long userData) {
    long at = prepare(UringLayout.OP_POLL_ADD, of.number(), userData);
    if (at >= 0) {
      // poll32_events shares its place with the flags of messages.
      sqes.set(JAVA_INT, at + UringLayout.SQE_MSG_FLAGS, events);
    }
    return at >= 0;
  }

  /// Queues a sendmsg(2).
  ///
  /// @param message address of a msghdr that stays as it is until the completion
  /// @param flags MSG_ flags
  /// @return false when the queue is full
  public boolean sendMessage(int socket, long message, int flags, long userData) {
    long at = prepare(UringLayout.OP_SENDMSG, socket, userData);
    if (at >= 0) {
      sqes.set(JAVA_LONG, at + UringLayout.SQE_ADDR, message);
      sqes.set(JAVA_INT, at + UringLayout.SQE_LEN, 1);
      sqes.set(JAVA_INT, at + UringLayout.SQE_MSG_FLAGS, flags);
    }
    return at >= 0;
  }

  /// Queues a recvmsg(2) that repeats itself into buffers of a [BufferRing].
  boolean receiveMessages(int socket, long template, int group, int flags, long userData) {
    long at = prepare(UringLayout.OP_RECVMSG, socket, userData);
    if (at >= 0) {
      sqes.set(JAVA_BYTE, at + UringLayout.SQE_FLAGS, (byte) UringLayout.SQE_BUFFER_SELECT);
      sqes.set(JAVA_SHORT, at + UringLayout.SQE_IOPRIO, (short) UringLayout.RECV_MULTISHOT);
      sqes.set(JAVA_LONG, at + UringLayout.SQE_ADDR, template);
      sqes.set(JAVA_INT, at + UringLayout.SQE_LEN, 1);
      sqes.set(JAVA_INT, at + UringLayout.SQE_MSG_FLAGS, flags);
      sqes.set(JAVA_SHORT, at + UringLayout.SQE_BUF_GROUP, (short) group);
    }
    return at >= 0;
  }

  /// Whether [#enter] has something to do: requests queued, or completions that the kernel holds
  /// back until the owner runs its deferred work or makes room.
  public boolean needsEnter() {
    int flags = (int) WORD.getAcquire(ring, (long) setup.sqFlags());
    return sqTail != sqPublished
        || (flags & (UringLayout.SQ_TASKRUN | UringLayout.SQ_CQ_OVERFLOW)) != 0;
  }

  /// Hands queued requests over and lets the kernel post completions, without waiting.
  ///
  /// @return how many requests it took, or `-errno`: EBUSY and EAGAIN mean later, EEXIST another
  ///   thread owns this ring
  public int enter() {
    int count = publish();
    return entered(
        Syscall.IO_URING_ENTER.call(file.number(), count, 0, UringLayout.ENTER_GETEVENTS, 0, 0));
  }

  /// As [#enter], and waits until `completions` are there or the time is over (`-ETIME`).
  public int enter(int completions, long timeoutNs) {
    int count = publish();
    waitTime.setAtIndex(JAVA_LONG, 0, timeoutNs / NANOS_PER_SECOND);
    waitTime.setAtIndex(JAVA_LONG, 1, timeoutNs % NANOS_PER_SECOND);
    return entered(
        Syscall.IO_URING_ENTER.call(
            file.number(),
            count,
            completions,
            UringLayout.ENTER_GETEVENTS | UringLayout.ENTER_EXT_ARG,
            waitArgument.address(),
            UringLayout.GETEVENTS_ARG_BYTES));
  }

  private int publish() {
    // Pairs with the kernel's acquire in io_sqring_entries.
    WORD.setRelease(ring, (long) setup.sqTail(), sqTail);
    return sqTail - sqPublished;
  }

  private int entered(long result) {
    // What the kernel took it has read: its head says how far, also when the wait failed.
    sqPublished = (int) WORD.getAcquire(ring, (long) setup.sqHead());
    return (int) result;
  }

  /// Completions that wait.
  public int available() {
    // Pairs with the kernel's release in io_commit_cqring.
    return (int) WORD.getAcquire(ring, (long) setup.cqTail()) - cqHead;
  }

  /// The `user_data` of the request that completion `i` answers, 0 being the oldest.
  public long userData(int i) {
    return ring.get(JAVA_LONG, completion(i));
  }

  /// Its result, or `-errno`.
  public int result(int i) {
    return ring.get(JAVA_INT, completion(i) + UringLayout.CQE_RES);
  }

  /// Its flags.
  public int flags(int i) {
    return ring.get(JAVA_INT, completion(i) + UringLayout.CQE_FLAGS);
  }

  /// The buffer that completion flags name, or -1.
  public static int bufferId(int flags) {
    return (flags & CQE_F_BUFFER) == 0 ? -1 : flags >>> CQE_BUFFER_SHIFT;
  }

  private long completion(int i) {
    return setup.cqes() + (long) ((cqHead + i) & (setup.cqEntries() - 1)) * UringLayout.CQE_BYTES;
  }

  /// Gives the places of the oldest `count` completions back to the kernel.
  public void advance(int count) {
    cqHead += count;
    // Pairs with the kernel's acquire where it looks for room.
    WORD.setRelease(ring, (long) setup.cqHead(), cqHead);
  }

  /// Completions that the kernel lost for want of memory; 0 unless the system is out of it.
  public int overflowed() {
    return (int) WORD.getAcquire(ring, (long) setup.cqOverflow());
  }

  /// Cancels the requests with this `user_data` and waits until they are; their last completions
  /// come by the next [#enter].
  ///
  /// @return how many there were, or `-errno`: EEXIST when another thread owns this ring
  public int cancel(long userData) {
    cancelArgument.set(JAVA_LONG, UringLayout.SYNC_CANCEL_ADDR, userData);
    return (int) register(UringLayout.REGISTER_SYNC_CANCEL, cancelArgument.address(), 1);
  }

  long register(int operation, long argument, int count) {
    return Syscall.IO_URING_REGISTER.call(file.number(), operation, argument, count);
  }

  /// Closes the ring; the kernel cancels what is still under way, soon after. Cancel requests first
  /// whose buffers are to be used for something else.
  @Override
  public void close() {
    if (file.isOpen()) {
      file.close();
      arena.close();
    }
  }
}
