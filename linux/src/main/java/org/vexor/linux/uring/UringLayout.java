package org.vexor.linux.uring;

/// Offsets and numbers of include/uapi/linux/io_uring.h, the same on x86_64 and aarch64.
final class UringLayout {
  static final int PARAMS_BYTES = 120;
  static final int PARAMS_SQ_ENTRIES = 0;
  static final int PARAMS_CQ_ENTRIES = 4;
  static final int PARAMS_FLAGS = 8;
  static final int PARAMS_FEATURES = 20;
  static final int PARAMS_SQ_OFF = 40;
  static final int PARAMS_CQ_OFF = 80;

  // Within io_sqring_offsets.
  static final int SQ_HEAD = 0;
  static final int SQ_TAIL = 4;
  static final int SQ_MASK = 8;
  static final int SQ_FLAGS = 16;
  static final int SQ_ARRAY = 24;

  // Within io_cqring_offsets.
  static final int CQ_HEAD = 0;
  static final int CQ_TAIL = 4;
  static final int CQ_MASK = 8;
  static final int CQ_OVERFLOW = 16;
  static final int CQ_CQES = 20;
  static final int CQ_FLAGS = 24;

  static final int SQE_BYTES = 64;
  static final int SQE_OPCODE = 0;
  static final int SQE_FLAGS = 1;
  static final int SQE_IOPRIO = 2;
  static final int SQE_FD = 4;
  static final int SQE_ADDR = 16;
  static final int SQE_LEN = 24;
  static final int SQE_MSG_FLAGS = 28;
  static final int SQE_USER_DATA = 32;
  static final int SQE_BUF_GROUP = 40;

  static final int CQE_BYTES = 16;
  static final int CQE_RES = 8;
  static final int CQE_FLAGS = 12;

  static final long OFF_SQ_RING = 0;
  static final long OFF_SQES = 0x10000000L;

  static final int SETUP_CQSIZE = 1 << 3;
  static final int SETUP_R_DISABLED = 1 << 6;
  static final int SETUP_SUBMIT_ALL = 1 << 7;
  static final int SETUP_COOP_TASKRUN = 1 << 8;
  static final int SETUP_TASKRUN_FLAG = 1 << 9;
  static final int SETUP_SINGLE_ISSUER = 1 << 12;
  static final int SETUP_DEFER_TASKRUN = 1 << 13;
  static final int SETUP_NO_SQARRAY = 1 << 16;

  static final int FEAT_SINGLE_MMAP = 1;
  static final int FEAT_NODROP = 1 << 1;
  static final int FEAT_EXT_ARG = 1 << 8;

  static final int CQ_EVENTFD_DISABLED = 1;

  static final int SQ_CQ_OVERFLOW = 1 << 1;
  static final int SQ_TASKRUN = 1 << 2;

  static final int ENTER_GETEVENTS = 1;
  static final int ENTER_EXT_ARG = 1 << 3;
  static final int GETEVENTS_ARG_BYTES = 24;
  static final int GETEVENTS_ARG_TS = 16;

  static final int REGISTER_EVENTFD = 4;
  static final int REGISTER_ENABLE_RINGS = 12;
  static final int REGISTER_IOWQ_MAX_WORKERS = 19;
  static final int REGISTER_PBUF_RING = 22;
  static final int UNREGISTER_PBUF_RING = 23;
  static final int REGISTER_SYNC_CANCEL = 24;

  static final int SYNC_CANCEL_BYTES = 64;
  static final int SYNC_CANCEL_ADDR = 0;
  static final int SYNC_CANCEL_FD = 8;
  static final int SYNC_CANCEL_FLAGS = 12;
  static final int SYNC_CANCEL_TIMEOUT = 16;

  static final int BUF_REG_BYTES = 40;
  static final int BUF_REG_ENTRIES = 8;
  static final int BUF_REG_GROUP = 12;

  static final int BUF_BYTES = 16;
  static final int BUF_LEN = 8;
  static final int BUF_ID = 12;

  /// The ring's tail lies in the unused bytes of its first entry.
  static final int BUF_RING_TAIL = 14;

  static final int OP_NOP = 0;
  static final int OP_POLL_ADD = 6;
  static final int OP_SENDMSG = 9;
  static final int OP_RECVMSG = 10;

  static final int SQE_BUFFER_SELECT = 1 << 5;
  static final int RECV_MULTISHOT = 1 << 1;

  private UringLayout() {}
}
